import type { CatalogueEndpoint, CatalogueParam } from '../net/catalogue.ts';
import { parseJson } from '../net/json.ts';
import type { EmulatorVendor, ParamProblem } from './vendor.ts';
import type { Params, WireRequest } from './wire.ts';

type Decoded = { readonly params: Params } | { readonly problem: ParamProblem };
type Spelling = Pick<EmulatorVendor, 'lists' | 'anyCaseBooleans'>;

/** The catalogue's names without the decorations of lists: `UserId[]`, `blackUserId`. */
const plainName = (name: string) => name.replace(/\[\]$/, '');

/** Text that stands for the type, as parameters in queries and forms are text. */
function convert(text: string, type: string, anyCase: boolean): unknown {
  if (/^(int|long)$/.test(type)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === 'bool') return readBoolean(anyCase ? text.toLowerCase() : text) ?? text;
  return text;
}

function readBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** A JSON value of another type that the vendor takes, as the parameter's own type where it can be read so. */
function readAs(value: unknown, type: string): unknown {
  if (hasType(value, type)) return value;
  if (typeof value === 'string') return convert(value, type, true);
  if (type === 'bool' && (value === 0 || value === 1)) return value === 1;
  if (type === 'string' && typeof value === 'number') return String(value);
  return type.endsWith('[]') ? [value] : value;
}

/** The names that a parameter may have, the catalogue's first. */
const namesOf = ({ name, aka = [] }: CatalogueParam) => [name, ...aka].map(plainName);

const isList = (param: CatalogueParam) => param.repeat || param.type.endsWith('[]');

/** Whether a form's parameter is what the endpoint is batched by: then it may come several times, whatever its type says. */
const isBatch = (param: CatalogueParam, endpoint: CatalogueEndpoint) =>
  param.in === 'form' && endpoint.batch?.param === param.name && param.type !== 'json';

function fromFields(
  fields: URLSearchParams,
  param: CatalogueParam,
  { lists, anyCaseBooleans = false }: Spelling,
  asList = isList(param),
): unknown {
  const names = namesOf(param).flatMap((name) => (lists.brackets ? [name, `${name}[]`] : [name]));
  const values = names.flatMap((each) => fields.getAll(each));
  if (values.length === 0) return undefined;
  const item = param.type.replace('[]', '');
  // One value joined by commas: servers take the name once for each item as well.
  if (!asList && item === 'string' && param.items !== undefined) return values.join(',');
  if (!asList) return convert(values[0] ?? '', item, anyCaseBooleans);
  const split = lists.comma ? values.flatMap((value) => value.split(',')) : values;
  return split.map((value) => convert(value, item, anyCaseBooleans));
}

/** Whether a JSON value has the documented type. Objects' insides are the handlers' to judge. */
function hasType(value: unknown, type: string): boolean {
  if (type.endsWith('[]')) return Array.isArray(value);
  if (/^(int|long)$/.test(type)) return typeof value === 'number' || /^\d{16,}$/.test(String(value));
  if (type === 'bool') return typeof value === 'boolean';
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'string') return typeof value === 'string';
  return true;
}

/**
 * Decodes a request's parameters from where the catalogue says they are, and checks that what is required is there and
 * has its type. Only top-level names are decoded; `MessageBody.Message` and the like stay inside their object, but a
 * required inner name must be there when its object is. Bounds and meanings are the handlers' to judge.
 */
export function decodeParams(
  endpoint: CatalogueEndpoint,
  request: WireRequest,
  pathParams: Readonly<Record<string, string>>,
  spelling: Spelling,
): Decoded {
  const params: Record<string, unknown> = {};
  const usesJson = endpoint.params.some((param) => param.in === 'json') || endpoint.encoding === 'json';
  let json: unknown;
  let form = new URLSearchParams();
  if (usesJson && request.body.length > 0) {
    try {
      json = parseJson(request.body.toString('utf8'));
    } catch {
      return { problem: { reason: 'body' } };
    }
    if (typeof json !== 'object' || json === null) return { problem: { reason: 'body' } };
  } else if (request.body.length > 0) {
    form = new URLSearchParams(request.body.toString('utf8'));
  }
  if (Array.isArray(json)) params['body'] = json;
  const root: Readonly<Record<string, unknown>> = Array.isArray(json) ? {} : ((json ?? {}) as Record<string, unknown>);
  for (const param of endpoint.params) {
    const name = plainName(param.name);
    const segments = name.split('.');
    if (segments.length > 1 || /\[\]\./.test(param.name) || /[{}*\s]/.test(name)) {
      const missing = param.in === 'json' && param.required && isMissingInside(root, param.name);
      if (missing) return { problem: { reason: 'missing', param } };
      continue;
    }
    const value =
      param.in === 'path'
        ? pathParams[name]
        : param.in === 'query'
          ? fromFields(request.query, param, spelling)
          : param.in === 'form'
            ? fromFields(form, param, spelling, isList(param) || isBatch(param, endpoint))
            : param.in === 'header'
              ? request.headers[name.toLowerCase()]
              : namesOf(param)
                  .map((each) => root[each])
                  .find((each) => each !== undefined && each !== null);
    if (value === undefined || value === null) {
      const isReplaced = param.unless !== undefined && (param.unless in root || form.has(param.unless));
      if (param.required && !isReplaced) return { problem: { reason: 'missing', param } };
      continue;
    }
    if (param.in === 'json' && ![param.type, ...(param.also ?? [])].some((type) => hasType(value, type)))
      return { problem: { reason: 'type', param } };
    params[name] = param.in === 'json' ? readAs(value, param.type) : value;
  }
  const read = new Set([...Object.keys(params), ...endpoint.params.flatMap(({ aka = [] }) => aka)]);
  if (usesJson) for (const [name, value] of Object.entries(root)) if (!read.has(name)) params[name] = value;
  for (const [name, value] of form) if (!read.has(plainName(name))) params[name] = value;
  return { params };
}

/** Whether `a.b` or `a[].b` is missing although what is before the last name is there. */
function isMissingInside(root: unknown, name: string): boolean {
  const segments = name.split('.');
  let holders: unknown[] = [root];
  for (const segment of segments.slice(0, -1)) {
    const key = plainName(segment);
    holders = holders.flatMap((holder) => {
      const inner =
        typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
      return inner === undefined ? [] : Array.isArray(inner) ? inner : [inner];
    });
  }
  const last = plainName(segments.at(-1) ?? '');
  return holders.some(
    (holder) =>
      typeof holder === 'object' && holder !== null && (holder as Record<string, unknown>)[last] === undefined,
  );
}
