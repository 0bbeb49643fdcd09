/**
 * Makes of each vendor's catalogue (src/vendors/<vendor>/catalogue/*.yaml, described in docs/catalogue.md) what the code reads:
 * src/vendors/<vendor>/catalogue.json, one entry per line, and catalogue.types.ts beside it, the parameters of each endpoint as types.
 * With --check nothing is written: the files must be up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, linesOf } from '../src/config/problems.ts';
import {
  boundPattern,
  type CatalogueSource,
  catalogueFolders,
  periodPattern,
  readCatalogueFiles,
  type SourceParam,
} from './catalogue-files.ts';
import { typesOf } from './catalogue-types.ts';

const root = join(import.meta.dirname, '..', 'src');
const unitSeconds: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const unitBytes: Readonly<Record<string, number>> = { bytes: 1, KB: 1024, MB: 1024 * 1024 };

/** '30 minutes' is 1800. */
function toSeconds(per: string): number {
  const [, count = 1, unit = ''] = periodPattern.exec(per) ?? [];
  return Number(count) * (unitSeconds[unit] ?? 1);
}

interface Bounds {
  readonly max?: number;
  readonly items?: number;
  readonly bytes?: number;
  readonly chars?: number;
}

function boundsOf(max: SourceParam['max']): Bounds {
  if (max === undefined) return {};
  const [, items, each, count, unit = ''] = boundPattern.exec(String(max)) ?? [];
  if (items !== undefined) return { ...(each !== undefined && boundsOf(each)), items: Number(items) };
  if (count === undefined) return { max: Number(max) };
  return unit === 'chars' ? { chars: Number(count) } : { bytes: Number(count) * (unitBytes[unit] ?? 1) };
}

/** One line. A key without a value is left out, except `timeoutMs`: null there says that the vendor names none. */
function compact(entry: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(entry, (key, value: unknown) => (key === 'timeoutMs' ? value : (value ?? undefined)));
}

const isListed = ({ seeds }: { readonly seeds: readonly unknown[] }) => seeds.length > 0;
const plain = (name: string) => name.replace(/\[(\{[^}]*\})?\]$/, '');

/** Throws where an entry names what the catalogue does not have, or is not named after the vendor. */
function checkNames({ vendor, limits, endpoints, callbacks }: CatalogueSource): void {
  for (const { id } of [...endpoints, ...callbacks])
    if (!id.startsWith(`${vendor}.`))
      throw new ConfigError([{ path: id, message: `expected an id that begins with ${vendor}.` }]);
  const scopes = new Map(limits.map(({ id, scope }) => [id, scope]));
  for (const { id, limits: draws, batch, params } of endpoints) {
    const names = new Set(params.map(({ name }) => (name.startsWith('[]') ? 'body' : plain(name))));
    const ensure = (isKnown: boolean, problem: string) => {
      if (!isKnown) throw new ConfigError([{ path: id, message: problem }]);
    };
    for (const { bucket, cost, by } of draws) {
      ensure(scopes.has(bucket), `there is no limit "${bucket}"`);
      ensure(typeof cost === 'number' || names.has(cost), `the cost "${cost}" is no parameter`);
      ensure((by !== undefined) === (scopes.get(bucket) !== 'app'), `"${bucket}" needs a "by" unless its scope is app`);
      ensure(by === undefined || names.has(by), `"${by}" is no parameter`);
    }
    for (const { name, aka = [], unless } of params) {
      ensure(
        unless === undefined || names.has(unless),
        `"${name}" may be left out for "${unless}", which is no parameter`,
      );
      for (const other of aka) ensure(!names.has(other), `"${other}" is another name of "${name}" and a parameter`);
    }
    ensure(!batch || names.has(batch.param), `the batch's "${batch?.param}" is no parameter`);
  }
}

function condense(source: CatalogueSource) {
  const limits = source.limits.map(({ windows, source: sources, ...rest }) => ({
    ...rest,
    source: [sources].flat().join(', '),
    windows: windows.map(({ count, per }) => ({
      count,
      seconds: toSeconds(per),
      calendar: per === 'day' && source.day === 'calendar',
    })),
  }));
  const endpoints = source.endpoints.map(({ seeds, id, title, area, params, ...rest }) => ({
    id,
    title,
    area,
    listed: isListed({ seeds }),
    ...rest,
    params: params.map(({ max, note, ...param }) => ({ ...param, ...boundsOf(max), note })),
  }));
  const callbacks = source.callbacks.map(({ seeds, encoding, timeoutMs, dedupeKey, fields, example, ...rest }) => ({
    ...rest,
    listed: isListed({ seeds }),
    encoding,
    timeoutMs,
    dedupeKey,
    fields,
    example,
  }));
  return { limits, endpoints, callbacks, errors: source.errors };
}

function textOf({ vendor, pathPrefix }: CatalogueSource, catalogue: ReturnType<typeof condense>): string {
  const sections = Object.entries(catalogue).map(
    ([name, entries]) => `${JSON.stringify(name)}:[\n${entries.map(compact).join(',\n')}\n]`,
  );
  return `{"vendor":${JSON.stringify(vendor)},"pathPrefix":${JSON.stringify(pathPrefix)},\n${sections.join(',\n')}}\n`;
}

const isCheck = process.argv.includes('--check');

function make(vendor: string, folder: string): void {
  const source = readCatalogueFiles(join(folder, 'catalogue'));
  checkNames(source);
  const catalogue = condense(source);
  const outputs = [
    [join(folder, 'catalogue.json'), textOf(source, catalogue)],
    [join(folder, 'catalogue.types.ts'), typesOf(vendor, catalogue.endpoints)],
  ] as const;
  for (const [file, text] of outputs) {
    if (!isCheck) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is out of date: run npm run codegen`);
      process.exitCode = 1;
    }
  }
  console.log(`${vendor}: ${source.endpoints.length} endpoints, ${source.callbacks.length} callbacks`);
}

for (const { vendor, folder } of catalogueFolders(join(root, 'vendors'))) {
  try {
    make(vendor, folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`The catalogue of ${vendor} cannot be used:\n${linesOf(error.problems)}`);
    process.exitCode = 1;
  }
}
