import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';

/** How a vendor writes a list in a query or form: `a=1&a=2` or `a[]=1&a[]=2`. */
export type ListStyle = 'repeat' | 'brackets';

/** A request before it is signed. */
export interface PlainRequest {
  readonly method: string;
  /** With encoded segments, without the query. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Checks a call's parameters against its entry and writes them to where the entry says.
 * Throws `BAD_USER_INPUT` with the parameter's path, before anything is sent.
 */
export function encodeRequest<P>(endpoint: Endpoint<P>, params: P, lists: ListStyle): PlainRequest {
  const checked = endpoint.params.safeParse(params);
  if (!checked.success) throw badParams(endpoint.id, checked.error);
  const values = checked.data;
  const [template = '', fixedQuery = ''] = endpoint.path.split('?');
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => encode(String(values[name])));
  const query = [...new URLSearchParams(fixedQuery), ...fields(values, Object.keys(endpoint.query), lists)] as [
    string,
    string,
  ][];
  const names = Object.keys(endpoint.body);
  switch (endpoint.bodyKind) {
    case 'none':
      return { method: endpoint.method, path, query, headers: {}, body: undefined };
    case 'form': {
      const body = encodeFields(fields(values, names, lists));
      return {
        method: endpoint.method,
        path,
        query,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      };
    }
    case 'json': {
      const body = JSON.stringify(
        Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
      );
      return { method: endpoint.method, path, query, headers: { 'content-type': 'application/json' }, body };
    }
    case 'whole':
      return {
        method: endpoint.method,
        path,
        query,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(values['body']),
      };
    case 'wholeForm':
      return {
        method: endpoint.method,
        path,
        query,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: encodeFields(fields({ ...(values['body'] ?? {}) }, Object.keys(values['body'] ?? {}), lists)),
      };
  }
}

/** Query or form text; `%20` for a space, which every vendor's decoder understands, unlike `+`. */
export function encodeFields(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

/** Percent-encodes; half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD instead of a thrown `URIError`. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

function fields(values: Record<string, unknown>, names: readonly string[], lists: ListStyle): [string, string][] {
  return names.flatMap((name): [string, string][] => {
    const value = values[name];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item) => [lists === 'brackets' ? `${name}[]` : name, String(item)]);
    // A record is written as bracketed keys: group[g1]=name.
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).map(([key, item]) => [`${name}[${key}]`, String(item)]);
    return [[name, String(value)]];
  });
}

function badParams(operation: string, error: z.ZodError): AppError {
  const issue = error.issues[0];
  const input = issue?.path.join('.');
  return new AppError('BAD_USER_INPUT', `${input ? `${input}: ` : ''}${issue?.message ?? 'malformed'}`, {
    operation,
    input,
  });
}
