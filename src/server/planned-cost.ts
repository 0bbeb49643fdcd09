import {
  type ArgumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Items of a list of which no argument says how many it has. */
const unknownItems = 10;

/**
 * How many fields an answer could have, by what its document and variables ask for: the fields below a list count for each of its
 * items. A list has as many items as `first` or `last` of its connection, or the longest list among its own or its parent's arguments
 * say. Takes time in proportion to the fields of the operation. Introspection is not counted.
 */
export function plannedCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): number {
  const root = schema.getRootType(operation.operation);
  const defaults = new Map(operation.variableDefinitions?.map((each) => [each.variable.name.value, each.defaultValue]));
  const plain = (node: ValueNode): unknown => plainValue(node, variables, defaults);

  const ofSet = (set: SelectionSetNode, type: GraphQLOutputType, items: number | null): number => {
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const named = getNamedType(type);
        const field =
          isObjectType(named) || isInterfaceType(named) ? named.getFields()[selection.name.value] : undefined;
        sum += field ? ofField(field, selection.arguments ?? [], selection.selectionSet, items) : 1;
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sum += ofSet(selection.selectionSet, conditionOf(selection.typeCondition?.name.value, type), items);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) sum += ofSet(fragment.selectionSet, conditionOf(fragment.typeCondition.name.value, type), items);
      }
    }
    return sum;
  };
  const ofField = (
    field: GraphQLField<unknown, unknown>,
    given: readonly ArgumentNode[],
    set: SelectionSetNode | undefined,
    items: number | null,
  ): number => {
    if (!set) return 1;
    const own = itemsOf(field, new Map(given.map(({ name, value }) => [name.value, plain(value)])));
    const times = isList(field.type) ? (own ?? items ?? unknownItems) : 1;
    return times * (1 + ofSet(set, field.type, isList(field.type) ? null : own));
  };
  const conditionOf = (name: string | undefined, type: GraphQLOutputType): GraphQLOutputType => {
    const named = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(named) ? named : type;
  };
  return root ? ofSet(operation.selectionSet, root, null) : 0;
}

/** How many items the arguments ask for: those of a page, or as many as the longest list among them has. Null when none does. */
function itemsOf(field: GraphQLField<unknown, unknown>, given: ReadonlyMap<string, unknown>): number | null {
  let longest: number | null = null;
  for (const { name, defaultValue } of field.args) {
    const value = given.get(name) ?? defaultValue;
    if ((name === 'first' || name === 'last') && typeof value === 'number') return Math.max(0, value);
    const length = longestList(value);
    if (length !== null) longest = Math.max(longest ?? 0, length);
  }
  return longest;
}

/** Variables are looked at once, however often the document names them. */
const known = new WeakMap<object, number | null>();

function longestList(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null;
  const before = known.get(value);
  if (before !== undefined) return before;
  let longest = Array.isArray(value) ? value.length : null;
  for (const each of Object.values(value)) {
    const inner = longestList(each);
    if (inner !== null) longest = Math.max(longest ?? 0, inner);
  }
  known.set(value, longest);
  return longest;
}

/** An argument as plain data, as far as its size matters. */
function plainValue(
  node: ValueNode,
  variables: Variables,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): unknown {
  switch (node.kind) {
    case Kind.VARIABLE: {
      const name = node.name.value;
      const byDefault = defaults.get(name);
      return variables[name] ?? (byDefault && plainValue(byDefault, variables, new Map()));
    }
    case Kind.INT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((each) => plainValue(each, variables, defaults));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, plainValue(value, variables, defaults)]),
      );
    default:
      return null;
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
