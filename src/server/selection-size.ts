import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** The fields of a value of a type, its own and not those below them, by the response names they have. */
export class SelectionSizes {
  /** By the nodes of a field: graphql-js gives the same list of nodes for the same place of an execution. */
  readonly #known = new WeakMap<readonly FieldNode[], number>();

  /** Of a composite type the most that one of its types has. */
  of(
    fields: readonly FieldNode[],
    type: GraphQLCompositeType,
    info: Pick<GraphQLResolveInfo, 'schema' | 'fragments'>,
  ): number {
    const known = this.#known.get(fields);
    if (known !== undefined) return known;
    const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    const size = sizeOf(sets, type, info.schema, info.fragments);
    this.#known.set(fields, size);
    return size;
  }
}

function sizeOf(
  sets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
  fragments: Fragments,
): number {
  const types = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
  return Math.max(0, ...types.map((each) => namesOf(sets, each, schema, fragments).size));
}

function namesOf(
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  schema: GraphQLSchema,
  fragments: Fragments,
): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection.typeCondition?.name.value, type, schema)) collect(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments[selection.name.value];
        if (fragment && applies(fragment.typeCondition.name.value, type, schema)) collect(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) collect(set);
  return names;
}

function applies(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}
