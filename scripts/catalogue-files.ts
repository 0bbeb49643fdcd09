import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { readConfigFile } from '../src/config/file.ts';
import { ConfigError, problemsOf } from '../src/config/problems.ts';
import { paramPlaces, paramTypes } from '../src/net/catalogue.ts';

const code = z.union([z.number(), z.string()]);
/** A column for people: it is not made anything of. */
const unread = z
  .unknown()
  .transform(() => undefined)
  .optional();

/** 'second', '30 minutes'. */
export const periodPattern = /^(?:(\d+) )?(second|minute|hour|day)s?$/;
/** '32 bytes', '64 chars', '2 KB', '20 items', '20 items, 32 bytes each', or the largest number. */
export const boundPattern = /^(?:(\d+) items(?:, (\d+ (?:bytes|chars|KB|MB)) each)?|(\d+) (bytes|chars|KB|MB)|\d+)$/;

const confidence = z.enum(['documented', 'sdk', 'inferred']);
const sources = z.union([z.string(), z.array(z.string())]);

const limit = z.strictObject({
  id: z.string(),
  scope: z.string(),
  unit: z.string(),
  windows: z
    .array(
      z.strictObject({
        count: z.number(),
        per: z.string().regex(periodPattern, 'expected a period such as second or 30 minutes'),
      }),
    )
    .min(1),
  note: unread,
  overLimit: code.optional(),
  source: sources,
});

const param = z.strictObject({
  name: z.string(),
  in: z.enum(paramPlaces),
  type: z.enum(paramTypes),
  also: z.array(z.enum(paramTypes)).optional(),
  aka: z.array(z.string()).optional(),
  required: z.boolean(),
  unless: z.string().optional(),
  min: z.number().optional(),
  max: z
    .union([
      z.string().regex(boundPattern, 'expected a bound such as 64 bytes, 20 items or 20 items, 32 bytes each'),
      z.number(),
    ])
    .optional(),
  values: z.array(code).optional(),
  blank: z.boolean().optional(),
  empty: z.boolean().optional(),
  repeat: z.boolean(),
  note: z.string().optional(),
});

const methods = z.enum(['GET', 'POST', 'PUT', 'DELETE']);

const endpoint = z.strictObject({
  id: z.string(),
  title: z.string(),
  seeds: z.array(z.unknown()),
  seedTitles: unread,
  method: methods,
  alsoMethods: z.array(methods).optional(),
  path: z.string(),
  host: z.string().optional(),
  auth: z.literal('none').optional(),
  encoding: z.enum(['form', 'json', 'multipart', 'query']),
  limits: z.array(z.strictObject({ bucket: z.string(), cost: code, by: z.string().optional() })),
  params: z.array(param),
  response: unread,
  batch: z.strictObject({ param: z.string(), max: z.number() }).nullable().optional(),
  paging: z.string(),
  permission: unread,
  idempotent: z.boolean(),
  readOnly: z.boolean(),
  deprecated: z.boolean(),
  errors: z.array(code),
  example: unread,
  source: sources.transform(() => undefined),
  confidence,
  note: unread,
});

const areaFile = z.strictObject({ area: z.string(), limits: z.array(limit), endpoints: z.array(endpoint) });

const callback = z.strictObject({
  id: z.string(),
  title: z.string(),
  event: z.string().optional(),
  kind: z.enum(['event', 'decision']),
  seeds: z.array(z.unknown()),
  seedTitles: unread,
  method: unread,
  encoding: z.string(),
  path: unread,
  signature: unread,
  timeoutMs: z.number().nullable(),
  retry: unread,
  expects: unread,
  dedupeKey: z.array(z.string()),
  fields: z.array(z.strictObject({ name: z.string(), in: z.string(), type: z.string(), note: z.string().optional() })),
  example: z.string(),
  source: unread,
  confidence: confidence.transform(() => undefined),
  note: unread,
});

const callbacksFile = z.strictObject({ callbacks: z.array(callback) });

const vendorFile = z.strictObject({
  vendor: z.string(),
  name: unread,
  pathPrefix: z.string().default(''),
  /** What a limit "per day" means: the day of the data centre, which begins at midnight, or any 24 hours. */
  day: z.enum(['calendar', 'rolling']),
  auth: unread,
  hosts: unread,
  encoding: unread,
  envelope: unread,
  rateLimitedResponse: unread,
  pagination: unread,
  errors: z.array(
    z.strictObject({ code, http: z.number().nullable().optional(), meaning: z.string(), retry: z.string() }),
  ),
  messageTypes: unread,
  quirks: unread,
});

export type SourceParam = z.infer<typeof param>;
export type SourceEndpoint = z.infer<typeof endpoint> & { readonly area: string };

/** The catalogue of a vendor as its files say it. */
export interface CatalogueSource extends z.infer<typeof vendorFile>, z.infer<typeof callbacksFile> {
  readonly limits: readonly z.infer<typeof limit>[];
  readonly endpoints: readonly SourceEndpoint[];
}

/**
 * Reads `vendor.yaml`, `callbacks.yaml` and the file of each area from a vendor's catalogue folder. Throws a `ConfigError` with the file, path
 * and line of each value that does not have the form of docs/catalogue.md, and of each column that is not known.
 */
export function readCatalogueFiles(folder: string): CatalogueSource {
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const path = relative('', join(folder, file));
    const { value, lineOf } = readConfigFile(path, []);
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new ConfigError(
      problemsOf(result.error, [], schema).map(({ at = [], ...problem }) => ({
        path: `${path}: ${problem.path}`,
        line: lineOf(at),
        message: problem.message,
      })),
    );
  };
  const areas = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== 'vendor.yaml' && file !== 'callbacks.yaml')
    .sort()
    .map((file) => read(file, areaFile));
  return {
    ...read('vendor.yaml', vendorFile),
    ...read('callbacks.yaml', callbacksFile),
    limits: areas.flatMap((each) => each.limits),
    endpoints: areas.flatMap(({ area, endpoints }) => endpoints.map((each) => ({ ...each, area }))),
  };
}

/** The vendors that have a catalogue, each with the path of its folder in `src/vendors`. */
export function catalogueFolders(root: string): readonly { readonly vendor: string; readonly folder: string }[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'catalogue', 'vendor.yaml')))
    .map(({ name }) => ({ vendor: name, folder: join(root, name) }));
}
