import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLFieldConfig,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Context } from '../domain/context.ts';

/** Types without an id whose fields an app's vendor may lack all the same. */
const others = ['Presence', 'Relation'];

/** What such a field is of. */
interface OfApp {
  readonly app?: string;
}

/**
 * The schema in which what an app does not support is null, as `App.supports` says: a list or object with `NOT_SUPPORTED`, a single value
 * alone.
 */
export function withSupportRules(schema: GraphQLSchema): GraphQLSchema {
  const node = schema.getType('Node');
  const nodeTypes = isInterfaceType(node) ? schema.getPossibleTypes(node).filter(isObjectType) : [];
  const ruled = new Set([...nodeTypes.map(({ name }) => name), ...others]);
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<OfApp, Context>, fieldName, typeName) => {
      if (!ruled.has(typeName) || isNonNullType(field.type)) return field;
      const coordinate = `${typeName}.${fieldName}`;
      const isSingle = isLeafType(field.type);
      const resolve = field.resolve ?? defaultFieldResolver;
      return {
        ...field,
        resolve(source, args, context, info) {
          if (source.app !== undefined) {
            const view = context.app(source.app);
            if (isSingle && !view.supports(coordinate)) return null;
            view.mustSupport(coordinate);
          }
          return resolve(source, args, context, info);
        },
      };
    },
  });
}
