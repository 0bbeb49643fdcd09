import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Bucket } from '../limits/bucket.ts';

const limitSchema = z.object({
  id: z.string(),
  scope: z.string(),
  unit: z.string(),
  windows: z.array(z.object({ count: z.number(), seconds: z.number(), calendar: z.boolean().optional() })),
  overLimit: z.union([z.number(), z.string()]).optional(),
  source: z.string(),
});

export const paramPlaces = ['path', 'query', 'form', 'json', 'header', 'multipart'] as const;
export const paramTypes = [
  'string',
  'int',
  'long',
  'bool',
  'object',
  'json',
  'file',
  'string[]',
  'int[]',
  'object[]',
] as const;

const paramSchema = z.object({
  name: z.string(),
  in: z.enum(paramPlaces),
  type: z.enum(paramTypes),
  /** Types that the vendor takes as well, and that a client does not send. */
  also: z.array(z.enum(paramTypes)).optional(),
  /** Names by which the vendor takes it as well; a client sends `name`. */
  aka: z.array(z.string()).optional(),
  required: z.boolean(),
  /** The parameter that may be sent in place of this one; a client sends this one. */
  unless: z.string().optional(),
  repeat: z.boolean(),
  /** The smallest and the largest number. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** How many items or keys; bytes and chars are then of each. */
  items: z.number().optional(),
  bytes: z.number().optional(),
  chars: z.number().optional(),
  /** The only values. */
  values: z.array(z.union([z.number(), z.string()])).optional(),
  /** Whether a text may be empty. When left out, one that is required, or an item of a list, may not. */
  blank: z.boolean().optional(),
  /** Whether a list may be without items. */
  empty: z.boolean().optional(),
  note: z.string().optional(),
});

const endpointSchema = z.object({
  id: z.string(),
  title: z.string(),
  area: z.string(),
  listed: z.boolean(),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  /** Methods that the vendor takes as well; a client sends `method`. */
  alsoMethods: z.array(z.enum(['GET', 'POST', 'PUT', 'DELETE'])).optional(),
  path: z.string(),
  host: z.string().optional(),
  /** Made before there is a session: signed by its own parameters. */
  auth: z.literal('none').optional(),
  encoding: z.string(),
  /** `cost`: a number, or the parameter whose items count. `by`: the parameter that tells one bucket from another. */
  limits: z.array(z.object({ bucket: z.string(), cost: z.union([z.number(), z.string()]), by: z.string().optional() })),
  params: z.array(paramSchema),
  batch: z.object({ param: z.string(), max: z.number() }).optional(),
  paging: z.string(),
  idempotent: z.boolean(),
  readOnly: z.boolean(),
  deprecated: z.boolean(),
  errors: z.array(z.union([z.number(), z.string()])),
  confidence: z.string(),
});

const callbackSchema = z.object({
  id: z.string(),
  title: z.string(),
  event: z.string().optional(),
  kind: z.enum(['event', 'decision']),
  listed: z.boolean(),
  encoding: z.string(),
  timeoutMs: z.number().nullable().optional(),
  dedupeKey: z.array(z.string()),
  fields: z.array(z.object({ name: z.string(), in: z.string(), type: z.string(), note: z.string().optional() })),
  /** A request's body, or the whole request, as the vendor documents it. */
  example: z.string(),
});

const catalogueSchema = z.object({
  vendor: z.string(),
  /** What all paths begin with, which the base URL of an app has. */
  pathPrefix: z.string(),
  limits: z.array(limitSchema),
  endpoints: z.array(endpointSchema),
  callbacks: z.array(callbackSchema),
  errors: z.array(z.unknown()),
});

/** A vendor's server API as facts: the compact form of its `catalogue` folder, written by `npm run codegen`. */
export type Catalogue = z.infer<typeof catalogueSchema>;
export type CatalogueEndpoint = Catalogue['endpoints'][number];
export type CatalogueParam = CatalogueEndpoint['params'][number];
export type CatalogueLimit = Catalogue['limits'][number];

/** Reads a `catalogue.json`. Throws when the file does not have the form that `npm run codegen` writes. */
export function readCatalogue(url: URL): Catalogue {
  return catalogueSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
}

/** The rate limits of a catalogue as the scheduler takes them; calendar days begin at midnight UTC unless the app says otherwise. */
export function bucketsOf(catalogue: Catalogue): Bucket[] {
  return catalogue.limits.map(({ id, unit, scope, windows, overLimit, source }) => ({
    id,
    unit,
    scope,
    windows: windows.map(({ count, seconds, calendar }) => ({
      count,
      seconds,
      ...(calendar && { dayOffsetMinutes: 0 }),
    })),
    overLimit: overLimit === undefined ? undefined : String(overLimit),
    source,
  }));
}
