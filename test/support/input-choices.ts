import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLNamedInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';

type Input = Readonly<Record<string, unknown>>;

/** One choice of a caller: an input that differs from a base in one place. */
export interface Choice {
  /** The coordinates of the field and of those that it is in, the field last. */
  readonly fields: readonly string[];
  /** The field and its value: `DeliveryInput.priority=HIGH`. */
  readonly chosen: string;
  /** Where it stands and what is chosen: `delivery.priority=HIGH`. */
  readonly title: string;
  readonly input: Input;
  /** Whether it says what the schema says of those who leave it out. */
  readonly isDefault: boolean;
}

/** What stands in a field and what is chosen instead: by `Type.field`, by the field's name, or by its type. */
export type Values = Readonly<Record<string, readonly [stands: unknown, chosen: unknown]>>;

/** What stands in an input's required fields, and what is chosen instead. */
const ofTypes: Values = {
  DateTime: ['2026-01-01T00:00:00.000Z', '2026-01-02T03:04:05.678Z'],
  Float: [1.5, 12.25],
  Int: [3, 7],
  JSON: ['sample', { sample: [1, true] }],
  Long: [1234, 4321],
  String: ['Base', 'Sample'],
  URL: ['https://img.example/base.png', 'https://img.example/sample.png'],
};

/** Every choice of every field of an input, each made alone: both Booleans, every value of an enum, a first and a second item. */
export function choicesOf(type: GraphQLInputObjectType, base: Input, values: Values): readonly Choice[] {
  return choicesIn(type, base, values, '', []);
}

/** What is below a type that is in itself is walked once. */
function choicesIn(
  type: GraphQLInputObjectType,
  base: Input,
  values: Values,
  path: string,
  above: readonly GraphQLInputObjectType[],
): Choice[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const at = path === '' ? field.name : `${path}.${field.name}`;
    const own = `${type.name}.${field.name}`;
    const place = type.isOneOf ? {} : base;
    const choice = (value: unknown): Choice => ({
      fields: [own],
      chosen: `${own}=${shown(value)}`,
      title: `${at}=${shown(value)}`,
      input: { ...place, [field.name]: value },
      isDefault: field.defaultValue !== undefined && JSON.stringify(field.defaultValue) === JSON.stringify(value),
    });
    const others = optionsOf(type, field, values)
      .filter((value) => JSON.stringify(value) !== JSON.stringify(base[field.name]) && JSON.stringify(value) !== '{}')
      .map((value) => choice(value));
    const inner = getNamedType(field.type);
    if (!isInputObjectType(inner) || inner === type || above.includes(inner)) return others;
    const isList = isListType(getNullableType(field.type));
    const given = [base[field.name] ?? (isList ? [sample(inner, values)] : sample(inner, values))].flat()[0] as Input;
    const below = choicesIn(inner, given, values, isList ? `${at}[0]` : at, [...above, type]);
    return [
      ...others,
      ...below.map((each) => ({
        ...each,
        fields: [own, ...each.fields],
        input: { ...place, [field.name]: isList ? [each.input] : each.input },
      })),
    ];
  });
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The values that a field is tried with. Lists have one item, then two. */
function optionsOf(parent: GraphQLInputObjectType, field: GraphQLInputField, values: Values): unknown[] {
  const type = getNullableType(field.type);
  const inner = getNamedType(type);
  const [stands, chosen] = valuesOf(parent, field, inner, values);
  if (isListType(type)) return [[chosen], [chosen, stands]];
  if (isEnumType(inner)) return inner.getValues().map(({ name }) => name);
  return inner.name === 'Boolean' ? [true, false] : [chosen];
}

/** What stands in a field, and what is chosen instead. */
function valuesOf(
  parent: GraphQLInputObjectType,
  field: GraphQLInputField,
  type: GraphQLNamedInputType,
  values: Values,
): readonly [stands: unknown, chosen: unknown] {
  const names = [`${parent.name}.${field.name}`, field.name, type.name];
  const named = names.map((name) => values[name]).find((each) => each !== undefined) ?? ofTypes[names[2] ?? ''];
  if (named) return named;
  if (isEnumType(type))
    return type
      .getValues()
      .slice(0, 2)
      .map(({ name }) => name) as unknown as readonly [unknown, unknown];
  if (isInputObjectType(type)) return [sample(type, values, 0), sample(type, values, 1)];
  if (type.name === 'Boolean') return [false, true];
  throw new Error(`no value for ${names[0]}`);
}

/** The required fields of an input, or the first of an input that has one of its fields. */
function sample(type: GraphQLInputObjectType, values: Values, which: 0 | 1 = 0): Input {
  const fields = Object.values(type.getFields());
  const wanted = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  const value = (field: GraphQLInputField) => {
    const chosen = valuesOf(type, field, getNamedType(field.type), values)[which];
    return isListType(getNullableType(field.type)) ? [chosen] : chosen;
  };
  return Object.fromEntries(wanted.map((field) => [field.name, value(field)]));
}
