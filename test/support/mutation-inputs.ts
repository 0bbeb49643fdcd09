import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

/** What stands for an input's fields, by `Type.field` or by the field's name alone. */
export type Samples = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: '2026-01-01T00:00:00.000Z',
  Float: 1,
  Int: 1,
  JSON: { sample: true },
  String: 'sample',
};

/** The input of every mutation of the schema, filled as `sampleOf` fills it. */
export function mutationInputs(schema: GraphQLSchema, samples: Samples) {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => {
    const type = getNullableType(field.args[0]?.type);
    if (!isInputObjectType(type)) throw new Error(`${field.name} has no input`);
    return { name: field.name, inputType: type.name, input: sampleOf(type, samples) };
  });
}

/** The required fields of an input, and those of the others that `samples` names. */
function sampleOf(type: GraphQLInputObjectType, samples: Samples): Record<string, unknown> {
  const fields = Object.values(type.getFields());
  const named = (field: GraphQLInputField) => samples[`${type.name}.${field.name}`] ?? samples[field.name];
  const wanted = type.isOneOf
    ? fields.slice(0, 1)
    : fields.filter((field) => isRequiredInputField(field) || named(field) !== undefined);
  return Object.fromEntries(wanted.map((field) => [field.name, sampleValue(field.type, samples, named(field))]));
}

/** A value for an argument or a field of an input; `named` stands for what it holds in the end. */
export function sampleValue(type: GraphQLInputType, samples: Samples, named: unknown): unknown {
  if (isNonNullType(type)) return sampleValue(type.ofType, samples, named);
  if (isListType(type)) return [sampleValue(type.ofType, samples, named)];
  if (isInputObjectType(type)) return sampleOf(type, samples);
  if (isEnumType(type)) return named ?? type.getValues()[0]?.name;
  const value = named ?? scalars[type.name];
  if (value === undefined) throw new Error(`no sample of ${String(type)}`);
  return value;
}
