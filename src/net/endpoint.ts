import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

type Shape = Readonly<Record<string, z.ZodType>>;
// biome-ignore lint/complexity/noBannedTypes: the empty shape must add no keys to an intersection
type None = {};

/** The names of the placeholders of a path: `/users/{username}/blocks/{id}` has `username` and `id`. */
type PathNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never;

// The input of an object without keys forbids every key, so an empty shape must not take part.
type Inputs<S> = [keyof S] extends [never]
  ? unknown
  : z.input<z.ZodObject<S extends Shape ? { [K in keyof S]: S[K] } : None>>;

/** What a call draws from one rate limit. */
export interface Draw {
  /** The limit's id in the catalogue. */
  readonly bucket: string;
  /** The list parameter whose items are counted; each call counts as one when left out. */
  readonly cost?: string;
  /** The parameter whose value tells one bucket from another, for limits of a user, group or chatroom. */
  readonly by?: string;
}

/** What an endpoint is, beside its method and path. Everything a vendor does differently is a property here. */
export interface EndpointSpec<
  Q extends Shape,
  B extends Shape,
  W extends z.ZodType,
  R extends z.ZodType,
  S extends Shape,
> {
  /** Placeholders of the path that are more than plain text: bounded, or a `commaList`. */
  readonly segments?: S;
  /** Parameters in the query. */
  readonly query?: Q;
  /** Parameters in an `application/x-www-form-urlencoded` body. */
  readonly form?: B;
  /** Parameters in a JSON object as the body. */
  readonly json?: B;
  /** A JSON body that is not an object of parameters; it is given as the parameter `body`. */
  readonly whole?: W;
  /** `form` writes `whole`, a record of texts, as a form whose names are the caller's. */
  readonly wholeAs?: 'json' | 'form';
  /** The payload of a success, after the vendor's envelope was taken off. Unknown fields are let through unread. */
  readonly reply: R;
  /** The rate limits it draws from; all or none. */
  readonly limits: readonly (string | Draw)[];
  /** The list parameter by which one call takes many items, and how many. */
  readonly batch?: { readonly param: string; readonly max: number };
  /** Whether sending it twice leaves the same state, so that it may be tried again. Reads are. */
  readonly idempotent?: boolean;
  /** Whether it changes nothing. */
  readonly readOnly?: boolean;
  /** `none` for calls that are made before there is a session: signed by their own parameters. */
  readonly auth?: 'app' | 'none';
  /** Vendor codes that mean something else here than in the vendor's own table. */
  readonly errors?: Readonly<Record<string, ErrorCode>>;
  /** A host of its own, where it does not live at the app's. */
  readonly host?: string;
}

/** One entry of a vendor's table: what the client, the limits, the retry rule and the coverage report read. */
export interface Endpoint<P = Record<string, unknown>, R = unknown> {
  /** As in the catalogue: `vendor.area.verb`. */
  readonly id: string;
  readonly method: Method;
  /** With `{placeholders}`; may hold fixed query parameters. */
  readonly path: string;
  readonly query: Shape;
  readonly body: Shape;
  readonly bodyKind: 'none' | 'form' | 'json' | 'whole' | 'wholeForm';
  readonly reply: z.ZodType<R>;
  readonly limits: readonly Draw[];
  readonly batch: { readonly param: string; readonly max: number } | undefined;
  readonly idempotent: boolean;
  readonly readOnly: boolean;
  readonly auth: 'app' | 'none';
  readonly errors: Readonly<Record<string, ErrorCode>>;
  readonly host: string | undefined;
  /** Checks and encodes the parameters of a call. */
  readonly params: z.ZodType<Record<string, unknown>, P>;
}

type Params<P extends string, Q, B, W, S> = { [K in Exclude<PathNames<P>, keyof S>]: string } & Inputs<S> &
  Inputs<Q> &
  Inputs<B> &
  (W extends z.ZodUndefined ? unknown : { body: z.input<W & z.ZodType> });

function define(method: Method) {
  return <
    const P extends string,
    R extends z.ZodType,
    Q extends Shape = None,
    B extends Shape = None,
    W extends z.ZodType = z.ZodUndefined,
    S extends Shape = None,
  >(
    id: string,
    path: P,
    spec: EndpointSpec<Q, B, W, R, S>,
  ): Endpoint<Params<P, Q, B, W, S>, z.output<R>> => {
    const query: Shape = spec.query ?? {};
    const body: Shape = spec.whole ? { body: spec.whole } : (spec.form ?? spec.json ?? {});
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    const segments: Shape = spec.segments ?? {};
    const inPath: Shape = Object.fromEntries(
      names.map((name) => [name, segments[name]?.pipe(pathSegment) ?? pathSegment]),
    );
    const readOnly = spec.readOnly ?? false;
    return {
      id,
      method,
      path,
      query,
      body,
      bodyKind: bodyKindOf(spec),
      reply: spec.reply as z.ZodType<z.output<R>>,
      limits: spec.limits.map((draw) => (typeof draw === 'string' ? { bucket: draw } : draw)),
      batch: spec.batch,
      idempotent: readOnly || (spec.idempotent ?? false),
      readOnly,
      auth: spec.auth ?? 'app',
      errors: spec.errors ?? {},
      host: spec.host,
      // The shapes are only known to the caller's types; zod sees the same keys at run time.
      params: z.strictObject({ ...inPath, ...query, ...body }) as unknown as z.ZodType<
        Record<string, unknown>,
        Params<P, Q, B, W, S>
      >,
    };
  };
}

function bodyKindOf(spec: {
  readonly whole?: unknown;
  readonly wholeAs?: 'json' | 'form';
  readonly form?: unknown;
  readonly json?: unknown;
}): Endpoint['bodyKind'] {
  if (spec.whole) return spec.wholeAs === 'form' ? 'wholeForm' : 'whole';
  if (spec.form) return 'form';
  return spec.json ? 'json' : 'none';
}

/** `get('zim.blocklist.list', '/?Action=QueryBlacklist', { query: {...}, reply: ..., limits: [...] })`. */
export const get = define('GET');
export const post = define('POST');
export const put = define('PUT');
export const del = define('DELETE');

/** Text of at least one character and at most `max` bytes in UTF-8, as vendors count. */
export const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, { error: `must be at most ${max} bytes` });

/** Text of at most `max` bytes that may be empty. */
export const optionalBytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, { error: `must be at most ${max} bytes` });

/** 1 to `max` items, sent as the vendor sends lists: repeated, bracketed, or a JSON array. */
export const list = <T extends z.ZodType>(item: T, max: number) => z.array(item).min(1).max(max);

/** 1 to `max` items sent as one value joined by commas. */
export const commaList = <T extends z.ZodType<string>>(item: T, max: number) =>
  list(item, max).transform((items) => items.join(','));

/** A value sent as JSON text inside a form or string. */
export const jsonText = <T extends z.ZodType>(value: T) => value.transform((inner) => JSON.stringify(inner));

/** A vendor's 64-bit id: text, however the vendor writes it. */
export const id64 = z.union([z.string(), z.number(), z.bigint()]).transform(String);

/** A payload nobody reads. */
export const empty = z.unknown();

// A dot segment would be resolved away by URL parsers, and an empty one changes the path's meaning.
const pathSegment = z
  .string()
  .min(1)
  .refine((text) => text !== '.' && text !== '..', { error: 'must not be a dot segment' });
