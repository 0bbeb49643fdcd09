import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  type GraphQLArgument,
  type GraphQLFieldConfig,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Context } from '../domain/context.ts';

type Field = GraphQLFieldConfig<unknown, Context>;
type Fold = (value: unknown, context: Context) => unknown;

/**
 * Makes every `ID` that a field takes canonical before anything looks at it: before rules of access, keys of streams, reads and
 * changes alike. Two ids of one node are one id from here on.
 */
export function withCanonicalIds(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field: Field) {
      const { resolve, subscribe } = field;
      const folds = Object.entries(field.args ?? {}).flatMap(([name, argument]): [string, Fold][] => {
        const fold = foldOf((argument as GraphQLArgument).type, new Map());
        return fold ? [[name, fold]] : [];
      });
      if (folds.length === 0) return undefined;
      const folded = (args: object, context: Context) => foldFields(folds, args, context);
      return {
        ...field,
        ...(resolve && {
          resolve: (source, args, context, info) => resolve(source, folded(args, context), context, info),
        }),
        ...(subscribe && {
          subscribe: (source, args, context, info) => subscribe(source, folded(args, context), context, info),
        }),
      };
    },
  });
}

/** How the ids in values of a type are folded; undefined where there can be none. `above` has the input types on the way. */
function foldOf(type: GraphQLInputType, above: ReadonlyMap<string, Fold>): Fold | undefined {
  if (isNonNullType(type)) return foldOf(type.ofType, above);
  if (isListType(type)) {
    const item = foldOf(type.ofType, above);
    return item && ((value, context) => (Array.isArray(value) ? value.map((each) => item(each, context)) : value));
  }
  if (type === GraphQLID || ('name' in type && type.name === 'ID'))
    return (value, context) => (typeof value === 'string' ? context.canonicalId(value) : value);
  if (!isInputObjectType(type)) return undefined;
  const known = above.get(type.name);
  if (known) return known;
  const folds: [string, Fold][] = [];
  const fold: Fold = (value, context) =>
    typeof value === 'object' && value !== null ? foldFields(folds, value, context) : value;
  const within = new Map([...above, [type.name, fold]]);
  for (const { name, type: inner } of Object.values(type.getFields())) {
    const found = foldOf(inner, within);
    if (found) folds.push([name, found]);
  }
  return folds.length > 0 ? fold : undefined;
}

function foldFields(folds: readonly [string, Fold][], value: object, context: Context): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...value };
  for (const [name, fold] of folds) if (Object.hasOwn(fields, name)) fields[name] = fold(fields[name], context);
  return fields;
}
