import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { paramPlaces, paramTypes } from '../src/net/catalogue.ts';

const code = z.union([z.number(), z.string()]);
const sources = z.union([z.string(), z.array(z.string())]);

const limit = z.object({
  id: z.string(),
  scope: z.string(),
  unit: z.string(),
  windows: z.array(z.object({ count: z.number(), per: z.string() })).min(1),
  overLimit: code.optional(),
  source: sources,
});

const param = z.object({
  name: z.string(),
  in: z.enum(paramPlaces),
  type: z.enum(paramTypes),
  also: z.array(z.enum(paramTypes)).optional(),
  aka: z.array(z.string()).optional(),
  required: z.boolean(),
  unless: z.string().optional(),
  min: z.number().optional(),
  max: z.union([z.string(), z.number()]).optional(),
  values: z.array(code).optional(),
  blank: z.boolean().optional(),
  empty: z.boolean().optional(),
  repeat: z.boolean(),
  note: z.string().optional(),
});

const methods = z.enum(['GET', 'POST', 'PUT', 'DELETE']);

const endpoint = z.object({
  id: z.string(),
  title: z.string(),
  seeds: z.array(z.unknown()),
  method: methods,
  alsoMethods: z.array(methods).optional(),
  path: z.string(),
  host: z.string().optional(),
  auth: z.literal('none').optional(),
  encoding: z.string(),
  limits: z.array(z.object({ bucket: z.string(), cost: code, by: z.string().optional() })),
  params: z.array(param),
  batch: z.object({ param: z.string(), max: z.number() }).nullable().optional(),
  paging: z.string(),
  idempotent: z.boolean(),
  readOnly: z.boolean(),
  deprecated: z.boolean(),
  errors: z.array(code),
  confidence: z.string(),
});

const areaFile = z.object({ area: z.string(), limits: z.array(limit), endpoints: z.array(endpoint) });

const callback = z.object({
  id: z.string(),
  title: z.string(),
  event: z.string().optional(),
  kind: z.enum(['event', 'decision']),
  seeds: z.array(z.unknown()),
  encoding: z.string(),
  timeoutMs: z.number().nullable(),
  dedupeKey: z.array(z.string()),
  fields: z.array(z.object({ name: z.string(), in: z.string(), type: z.string(), note: z.string().optional() })),
  example: z.string(),
});

const callbacksFile = z.object({ callbacks: z.array(callback) });

const vendorFile = z.object({
  vendor: z.string(),
  pathPrefix: z.string().default(''),
  /** What a limit "per day" means: the day of the data centre, which begins at midnight, or any 24 hours. */
  day: z.enum(['calendar', 'rolling']),
  errors: z.array(z.object({ code, http: z.number().nullable().optional(), meaning: z.string(), retry: z.string() })),
});

export type SourceParam = z.infer<typeof param>;
export type SourceEndpoint = z.infer<typeof endpoint> & { readonly area: string };

/** The catalogue of a vendor as its files say it. */
export interface CatalogueSource extends z.infer<typeof vendorFile>, z.infer<typeof callbacksFile> {
  readonly limits: readonly z.infer<typeof limit>[];
  readonly endpoints: readonly SourceEndpoint[];
}

/**
 * Reads `vendor.yaml`, `callbacks.yaml` and the file of each area from a vendor's catalogue folder. Throws with the file and the
 * path of each value that does not have the form of docs/catalogue.md.
 */
export function readCatalogueFiles(folder: string): CatalogueSource {
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const result = schema.safeParse(parse(readFileSync(join(folder, file), 'utf8'), { maxAliasCount: -1 }));
    if (result.success) return result.data;
    throw new Error(`${join(folder, file)}:\n${z.prettifyError(result.error)}`);
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
