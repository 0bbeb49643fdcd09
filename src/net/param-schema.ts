import { z } from 'zod';
import type { CatalogueEndpoint, CatalogueParam } from './catalogue.ts';
import { bytes, commaList, list, optionalBytes } from './endpoint.ts';
import { keyedBy } from './keyed.ts';
import { type ParamNode, paramTree } from './param-tree.ts';

/** What a vendor's parameters are beyond the catalogue's columns. */
export interface ParamRules {
  /** Schemas of texts by the parameter's name, wherever it stands; of each item where it is a list. */
  readonly named?: Readonly<Record<string, z.ZodType<string, string>>>;
  /** Whether the vendor's servers split the values of a form's list at commas, so that an item must have none. */
  readonly splitsList?: (name: string) => boolean;
}

/** The schemas of an endpoint's parameters, by where they go. */
export interface ParamShapes {
  readonly path: Readonly<Record<string, z.ZodType>>;
  readonly query: Readonly<Record<string, z.ZodType>>;
  readonly form: Readonly<Record<string, z.ZodType>>;
  readonly json: Readonly<Record<string, z.ZodType>>;
}

/**
 * Schemas of the parameters that a call may have, by the columns of the catalogue. `refined` has the schemas of those that need
 * more than the columns say, without whether they are optional: that is a column.
 */
export function paramShapes(
  endpoint: CatalogueEndpoint,
  rules: ParamRules,
  refined: Readonly<Record<string, z.ZodType>>,
): ParamShapes {
  // One parameter may be in two places, where the vendor's page leaves open which it means.
  const shapeOf = (place: CatalogueParam['in']) =>
    Object.fromEntries(
      paramTree(endpoint.params.filter((param) => param.in === place)).map((node) => {
        const schema = refined[node.name] ?? schemaOf(node, { ...rules, batch: endpoint.batch });
        return [node.name, node.isRequired ? schema : schema.optional()] as const;
      }),
    );
  return { path: shapeOf('path'), query: shapeOf('query'), form: shapeOf('form'), json: shapeOf('json') };
}

interface Rules extends ParamRules {
  readonly batch: CatalogueEndpoint['batch'];
}

function schemaOf(node: ParamNode, rules: Rules): z.ZodType {
  const { param, name } = node;
  if (param?.type === 'json') return jsonField;
  const most = Math.min(
    param?.items ?? Number.POSITIVE_INFINITY,
    rules.batch?.param === name ? rules.batch.max : Number.POSITIVE_INFINITY,
  );
  const isSplit = (param?.in === 'form' || param?.in === 'query') && rules.splitsList?.(name);
  const item = itemOf(node, rules);
  if (node.isJoined) return commaList(withoutComma(item as z.ZodType<string, string>), most);
  if (!node.isList) return item;
  const each = isSplit && param.type.startsWith('string') ? withoutComma(item as z.ZodType<string, string>) : item;
  return param?.empty ? z.array(each).max(most) : list(each, most);
}

function itemOf(node: ParamNode, rules: Rules): z.ZodType {
  const { param, name, fields, value } = node;
  if (value) return keyedBy(z.string().min(1), schemaOf(value, rules));
  if (fields.length > 0) return z.strictObject(fieldsOf(fields, rules));
  if (param?.values) return z.literal(param.values);
  switch (param?.type.replace('[]', '')) {
    case 'string':
      return rules.named?.[name] ?? textOf(param, node.isList || node.isJoined);
    case 'int':
    case 'long':
      return z
        .int()
        .min(param.min ?? 0)
        .max(param.max ?? Number.MAX_SAFE_INTEGER);
    case 'bool':
      return z.boolean();
    default:
      return z.record(z.string(), z.unknown());
  }
}

const fieldsOf = (fields: readonly ParamNode[], rules: Rules) =>
  Object.fromEntries(
    fields.map((field) => {
      const schema = schemaOf(field, rules);
      return [field.name, field.isRequired ? schema : schema.optional()] as const;
    }),
  );

/** A text that is required, or an item of a list, has at least one character, unless it may be blank. */
function textOf(param: CatalogueParam, isItem: boolean): z.ZodType<string, string> {
  const mayBeEmpty = param.blank ?? !(param.required || isItem);
  if (param.bytes !== undefined) return mayBeEmpty ? optionalBytes(param.bytes) : bytes(param.bytes);
  const text = mayBeEmpty ? z.string() : z.string().min(1);
  const { chars } = param;
  if (chars === undefined) return text;
  return text.refine((value) => [...value].length <= chars, { error: `must be at most ${chars} characters` });
}

const withoutComma = (text: z.ZodType<string, string>) =>
  text.refine((value) => !value.includes(','), { error: 'must have no comma' });

/** Sent as JSON text. */
const jsonField = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value)),
  z.array(z.unknown()).transform((value) => JSON.stringify(value)),
]);
