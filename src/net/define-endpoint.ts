import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { lazily } from '../lazy-package.ts';
import type { Catalogue, CatalogueEndpoint } from './catalogue.ts';
import { type Endpoint, empty, pathSegment } from './endpoint.ts';
import { type ParamRules, paramShapes } from './param-schema.ts';

type Refined<P> = { readonly [K in keyof P]?: z.ZodType };

/** The parameters of an endpoint: those that are refined have the input of their schema, and stay as optional as they are. */
type Params<P, S> = { [K in keyof P]: K extends keyof S ? (S[K] extends z.ZodType ? z.input<S[K]> : P[K]) : P[K] };

/** What the code says of an endpoint beyond the catalogue. */
interface EndpointOptions<S, R extends z.ZodType> {
  /** The payload of a success, after the vendor's envelope was taken off. Unknown fields are let through unread. */
  readonly reply?: R;
  /** Schemas of parameters whose rules are no columns of the catalogue; whether one is optional is a column. */
  readonly params?: S;
  /** Schemas of texts by name, in front of the vendor's own. */
  readonly named?: ParamRules['named'];
  /** Vendor codes that mean something else here than in the vendor's own table. */
  readonly errors?: Readonly<Record<string, ErrorCode>>;
}

/** Makes the endpoint of an id of the catalogue. Throws for an id that the catalogue does not have. */
export type DefineEndpoint<T> = <
  const Id extends keyof T & string,
  // biome-ignore lint/complexity/noBannedTypes: no refinement adds no keys
  S extends Refined<T[Id]> = {},
  R extends z.ZodType = typeof empty,
>(
  id: Id,
  options?: EndpointOptions<S, R>,
) => Endpoint<Params<T[Id], S>, z.output<R>>;

/**
 * How a vendor's tables make their endpoints. Method, path, places and types of parameters, limits, batches, and whether a call may
 * be repeated come from the catalogue.
 */
export function endpointsOf<T>(catalogue: Catalogue, rules: ParamRules = {}): DefineEndpoint<T> {
  const known = new Map(catalogue.endpoints.map((entry) => [entry.id, entry]));
  const define = (id: string, options: EndpointOptions<Refined<Record<string, unknown>>, z.ZodType> = {}): Endpoint => {
    const facts = known.get(id);
    if (!facts) throw new Error(`${id} is not in the catalogue`);
    return endpointOf(facts, facts.path.slice(catalogue.pathPrefix.length), rules, options);
  };
  // The types of the parameters are generated from the catalogue that is read here.
  return define as unknown as DefineEndpoint<T>;
}

function endpointOf(
  facts: CatalogueEndpoint,
  path: string,
  rules: ParamRules,
  { reply = empty, params = {}, named = {}, errors = {} }: EndpointOptions<Refined<Record<string, unknown>>, z.ZodType>,
): Endpoint {
  // Made when it is first called: an app calls few of its vendor's endpoints.
  const inputs = lazily(() => inputsOf(facts, path, { ...rules, named: { ...rules.named, ...named } }, params));
  return {
    id: facts.id,
    method: facts.method,
    path,
    get query() {
      return inputs().query;
    },
    get body() {
      return inputs().body;
    },
    bodyKind: bodyKindOf(facts),
    reply,
    limits: facts.limits.map(({ bucket, cost, by }) => ({
      bucket,
      ...(typeof cost === 'string' && { cost }),
      ...(by !== undefined && { by }),
    })),
    batch: facts.batch,
    idempotent: facts.idempotent || facts.readOnly,
    readOnly: facts.readOnly,
    auth: facts.auth ?? 'app',
    errors,
    host: facts.host,
    get params() {
      return inputs().params;
    },
  };
}

function inputsOf(
  facts: CatalogueEndpoint,
  path: string,
  rules: ParamRules,
  refined: Readonly<Record<string, z.ZodType | undefined>>,
): Pick<Endpoint, 'query' | 'body' | 'params'> {
  const shapes = paramShapes(facts, rules, refined as Readonly<Record<string, z.ZodType>>);
  const segments = Object.fromEntries(
    [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => [
      name,
      (shapes.path[name] ?? z.string()).pipe(pathSegment),
    ]),
  );
  const body = { ...shapes.form, ...shapes.json };
  return { query: shapes.query, body, params: z.strictObject({ ...segments, ...shapes.query, ...body }) };
}

/** A body that is a list, or an object whose keys are the caller's, is the parameter `body`. */
function bodyKindOf({ params }: CatalogueEndpoint): Endpoint['bodyKind'] {
  const isForm = params.some((param) => param.in === 'form');
  if (params.some(({ name }) => /^[[{]/.test(name))) return isForm ? 'wholeForm' : 'whole';
  if (isForm) return 'form';
  return params.some((param) => param.in === 'json') ? 'json' : 'none';
}
