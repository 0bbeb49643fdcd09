/**
 * Condenses the vendors' catalogues (../shared/vendors/*.yaml, described in FORMAT.md beside them) into
 * src/vendors/<vendor>/catalogue.json, one entry per line. With --check nothing is written: the files must be up to
 * date. Where ../shared is absent (a clone elsewhere) there is nothing to compare with, and --check passes.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const source = join(root, '..', 'shared', 'vendors');
const folder = join(root, 'src', 'vendors');
/** A vendor is a folder; its catalogue has the folder's name. */
const vendors = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Vendors whose "per day" is a natural day of their data centre rather than any 24 hours. */
const naturalDays: ReadonlySet<string> = new Set(['rongcloud', 'easemob']);

const code = z.union([z.number(), z.string()]);
const field = z.object({ name: z.string(), in: z.string(), type: z.string(), note: z.string().optional() });
const catalogueSchema = z.object({
  vendor: z.string(),
  limits: z.array(
    z.object({
      id: z.string(),
      scope: z.string(),
      unit: z.string(),
      windows: z.array(z.object({ count: z.number(), per: z.string() })).min(1),
      overLimit: code.optional(),
      source: z.union([z.string(), z.array(z.string())]),
    }),
  ),
  endpoints: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      area: z.string(),
      seeds: z.array(z.unknown()),
      method: z.string(),
      path: z.string(),
      host: z.string().optional(),
      encoding: z.string(),
      limits: z.array(z.object({ bucket: z.string(), cost: code })),
      params: z.array(
        z.object({
          name: z.string(),
          in: z.string(),
          type: z.string(),
          required: z.boolean(),
          max: z.string().optional(),
          repeat: z.boolean(),
          note: z.string().optional(),
        }),
      ),
      batch: z
        .object({ param: z.string(), max: z.union([z.number(), z.literal('not stated').transform(() => null)]) })
        .nullable()
        .optional(),
      paging: z.string(),
      idempotent: z.boolean(),
      readOnly: z.boolean(),
      deprecated: z.boolean(),
      errors: z.array(code),
      confidence: z.string(),
    }),
  ),
  callbacks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      event: z.string().optional(),
      kind: z.enum(['event', 'decision']),
      seeds: z.array(z.unknown()),
      encoding: z.string(),
      timeoutMs: z.number().nullable(),
      dedupeKey: z.array(z.string()),
      fields: z.array(field),
      example: z.string(),
    }),
  ),
  errors: z.array(z.object({ code, http: z.number().nullable().optional(), meaning: z.string(), retry: z.string() })),
});

const unitSeconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** '30 minutes' is 1800; throws for a period it cannot read. */
function toSeconds(per: string): number {
  const match = /^(?:(\d+) )?(second|minute|hour|day)s?$/.exec(per);
  const seconds = unitSeconds[match?.[2] ?? ''];
  if (seconds === undefined) throw new Error(`cannot read the period "${per}"`);
  return Number(match?.[1] ?? 1) * seconds;
}

/** One line. A key without a value is left out, except `timeoutMs`: null there says that the vendor names none. */
function compact(entry: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(entry, (key, value: unknown) => (key === 'timeoutMs' ? value : (value ?? undefined)));
}

function isListed(entry: { readonly seeds: readonly unknown[] }): boolean {
  return entry.seeds.length > 0;
}

function condense(vendor: string): string {
  const yaml: unknown = parse(readFileSync(join(source, `${vendor}.yaml`), 'utf8'), { maxAliasCount: -1 });
  const catalogue = catalogueSchema.parse(yaml);

  const limits = catalogue.limits.map(({ windows, source: sources, ...rest }) => ({
    ...rest,
    source: [sources].flat().join(', '),
    windows: windows.map(({ count, per }) => ({
      count,
      seconds: toSeconds(per),
      calendar: per === 'day' && naturalDays.has(vendor),
    })),
  }));
  const endpoints = catalogue.endpoints.map(({ seeds, id, title, area, ...rest }) => ({
    id,
    title,
    area,
    listed: isListed({ seeds }),
    ...rest,
  }));
  const callbacks = catalogue.callbacks.map(({ seeds, encoding, timeoutMs, dedupeKey, fields, example, ...rest }) => ({
    ...rest,
    listed: isListed({ seeds }),
    encoding,
    timeoutMs,
    dedupeKey,
    fields,
    example,
  }));

  const known = new Set(limits.map((limit) => limit.id));
  for (const endpoint of endpoints) {
    for (const { bucket } of endpoint.limits) {
      if (!known.has(bucket)) throw new Error(`${endpoint.id} draws from the unknown bucket "${bucket}"`);
    }
  }

  const sections = Object.entries({ limits, endpoints, callbacks, errors: catalogue.errors }).map(
    ([name, entries]) => `${JSON.stringify(name)}:[\n${entries.map(compact).join(',\n')}\n]`,
  );
  return `{"vendor":${JSON.stringify(vendor)},\n${sections.join(',\n')}}\n`;
}

const isCheck = process.argv.includes('--check');
if (!existsSync(source)) {
  console.log(`${source} is not here: nothing to ${isCheck ? 'compare with' : 'read'}`);
  process.exit(isCheck ? 0 : 1);
}
for (const vendor of vendors) {
  const file = join(folder, vendor, 'catalogue.json');
  const text = condense(vendor);
  if (!isCheck) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is out of date: run npm run catalogue`);
    process.exitCode = 1;
  }
  console.log(`${vendor}: ${Buffer.byteLength(text)} bytes, ${text.split('\n').length - 1} lines`);
}
