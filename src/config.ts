import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { z } from 'zod';
import { answerMarginMs } from './bounds.ts';
import { checkNames, type Environment, ignoredNames, type Overlay, readVariables } from './config/environment.ts';
import { type ConfigFile, readConfigFile } from './config/file.ts';
import { interpolate } from './config/interpolate.ts';
import {
  argumentProblem,
  ConfigError,
  isNear,
  namesOf,
  type Problem,
  pathOf,
  problemsOf,
  unknownKey,
} from './config/problems.ts';
import { redact } from './config/redact.ts';
import { type AppSettings, appNameSchema, appSchema, type Settings, settingsSchema } from './config/schema.ts';

export { ConfigError } from './config/problems.ts';

/** What the configuration has to know of a vendor. */
export interface ConfigVendor {
  readonly slug: string;
  readonly config: z.ZodType;
  /** Names of fields that are never printed. */
  readonly secrets: readonly string[];
  /** The limits that an app may replace; left out, any name is taken. */
  readonly limits?: readonly { readonly id: string }[] | undefined;
  /** How long it waits for a verdict on a message, where it asks for one. */
  readonly callbacks?: { readonly decisions?: { readonly waitMs: number } | undefined } | undefined;
}

export interface AppConfig extends AppSettings {
  /** The vendor's slug. */
  readonly vendor: string;
  /** What the vendor's own schema made of the vendor's own fields. */
  readonly config: unknown;
}

export interface Config extends Omit<Settings, 'server'> {
  /** No file was named: the caller fills in emulators, and a secret where there is none. */
  readonly demo: boolean;
  readonly server: Omit<Settings['server'], 'introspection'> & {
    readonly corsOrigins: readonly string[];
    /** `token`: for those with a token. */
    readonly introspection: boolean | 'token';
    readonly landingPage: boolean;
    readonly drainDelayMs: number;
  };
  readonly apps: Readonly<Record<string, AppConfig>>;
}

export interface ConfigInput {
  readonly env: Environment;
  /** Without the names of the runtime and the script. Only `--config <file>` is read here. */
  readonly argv: readonly string[];
  readonly vendors: readonly ConfigVendor[];
}

/**
 * Reads the configuration: the file that `SWITCHBOARD_CONFIG` or `--config` names, with variables over it. The result is
 * frozen. Throws a `ConfigError` that tells everything that is wrong at once.
 */
export function readConfig({ env, argv, vendors }: ConfigInput): Config {
  const problems: Problem[] = [];
  const file = fileOf(env, argv, problems);
  const read = file === undefined ? undefined : readConfigFile(file, problems);
  const { value, texts, used, failed } = interpolate(read?.value ?? {}, env, problems);
  const overlay = readVariables(env, problems);
  checkNames(env, used, problems);
  const { apps, ...rest } = isRecord(value) ? value : {};
  const demo = file === undefined;

  const given = merge(rest, overlay);
  const allTexts = new Set([...texts, ...overlay.sources.keys()]);
  const place = { prefix: [], texts: allTexts, failed, sources: overlay.sources };
  const settings = check(settingsSchema, given, place, problems);
  const { secret, jwksUrl } = settings?.auth ?? {};
  if (!demo && settings && secret === undefined && jwksUrl === undefined) {
    problems.push({
      path: 'auth',
      message: 'expected secret (SWITCHBOARD_AUTH_SECRET) or jwksUrl (SWITCHBOARD_AUTH_JWKS_URL)',
    });
  }
  if (demo && settings && secret === undefined && !isLoopback(settings.server.host)) {
    problems.push({
      path: 'server.host (SWITCHBOARD_HOST)',
      message: 'expected 127.0.0.1, ::1 or localhost for the demo, whose secret is public; or SWITCHBOARD_AUTH_SECRET',
    });
  }
  const checkedApps = demo ? {} : checkApps(apps, { vendors, texts, failed, problems });
  if (problems.length > 0 || !settings) throw new ConfigError(unique(placed(problems, vendors, file, read)));
  const { landingPage = demo, drainDelayMs = demo ? 0 : 5000 } = settings.server;
  const { corsOrigins = demo ? ['loopback'] : [] } = settings.server;
  const introspection: boolean | 'token' = settings.server.introspection ?? (demo || 'token');
  const server = { ...settings.server, corsOrigins, introspection, landingPage, drainDelayMs };
  return freeze({ ...settings, demo, server, apps: checkedApps });
}

/** Problems with their lines, and without keys that are no names of a configuration: these could be secrets in a wrong place. */
function placed(
  problems: readonly Problem[],
  vendors: readonly ConfigVendor[],
  file: string | undefined,
  read: ConfigFile | undefined,
): readonly Problem[] {
  const names = [
    ...namesOf(settingsSchema),
    ...namesOf(appSchema),
    ...vendors.flatMap(({ config, limits }) => [...namesOf(config), ...(limits ?? []).map(({ id }) => id)]),
    ...['apps', 'vendor'],
  ];
  const isShown = (part: PropertyKey, index: number, at: readonly PropertyKey[]) =>
    typeof part === 'number' ||
    (index === 1 && at[0] === 'apps' ? appNameSchema.safeParse(part).success : isNear(String(part), names));
  return problems.map((problem) => {
    const { at } = problem;
    if (!at) return problem;
    const hidden = at.findIndex((part, index) => !isShown(part, index, at));
    const path = hidden === -1 ? problem.path : pathOf(at.slice(0, hidden));
    return { ...problem, path: path || (file ?? ''), line: read?.lineOf(at) };
  });
}

/** For `--check-config`: whether the configuration can be used, and what is wrong with it. */
export function checkConfig(input: ConfigInput): { text: string; exitCode: number } {
  return told(input, (config) =>
    config.demo ? 'No configuration: the demo would start.\n' : `Good: ${Object.keys(config.apps).length} app(s).\n`,
  );
}

/** One line about variables that look like this server's and are not; undefined when there are none. */
export function ignoredVariables(env: Environment): string | undefined {
  const names = ignoredNames(env);
  if (names.length === 0) return undefined;
  return `Ignored, as variables of a Kubernetes Service: ${names.join(', ')}.`;
}

/** For `--print-config`: the configuration in force as YAML, with secrets as `***`. */
export function printConfig(input: ConfigInput): { text: string; exitCode: number } {
  return told(input, ({ apps, demo, ...settings }) => {
    const shown = Object.entries(apps).map(([name, { vendor, config, ...app }]) => {
      const secrets = input.vendors.find(({ slug }) => slug === vendor)?.secrets ?? [];
      return [
        name,
        {
          vendor,
          ...(isRecord(config) ? redact(config, secrets) : {}),
          ...redact(app, ['token', 'secret', 'headers']),
        },
      ];
    });
    const note = demo ? '# No configuration file: the demo.\n' : '';
    return note + stringify({ ...redact(settings, ['secret']), ...(demo ? {} : { apps: Object.fromEntries(shown) }) });
  });
}

function told(input: ConfigInput, tell: (config: Config) => string): { text: string; exitCode: number } {
  try {
    return { text: tell(readConfig(input)), exitCode: 0 };
  } catch (error) {
    if (error instanceof ConfigError) return { text: `${error.message}\n`, exitCode: 1 };
    throw error;
  }
}

function fileOf(env: Environment, argv: readonly string[], problems: Problem[]): string | undefined {
  const flags = {
    'check-config': { type: 'boolean' },
    'print-config': { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' }, ...flags } });
    return (values.config ?? env['SWITCHBOARD_CONFIG']) || undefined;
  } catch (error) {
    problems.push({ path: 'arguments', message: argumentProblem(error) ?? String(error) });
    return env['SWITCHBOARD_CONFIG'] || undefined;
  }
}

function merge(file: Readonly<Record<string, unknown>>, { values }: Overlay): Record<string, unknown> {
  const merged = { ...file };
  for (const [[section, field], value] of values) {
    const before = merged[section] ?? {};
    // What is no mapping stays, to be refused by the schema.
    if (isRecord(before)) merged[section] = { ...before, [field]: value };
  }
  return merged;
}

interface Place {
  readonly prefix: readonly PropertyKey[];
  readonly texts: ReadonlySet<string>;
  /** Paths that problems were found at already. */
  readonly failed: ReadonlySet<string>;
  /** The variables that values came from, by path. */
  readonly sources?: ReadonlyMap<string, string>;
  /** The keys beside the part's own, which are checked by another schema. */
  readonly beside?: readonly string[];
}

/** Parses a part; text out of variables becomes a number or boolean where one is expected. Adds to `problems`. */
function check<T>(schema: z.ZodType<T>, part: unknown, place: Place, problems: Problem[]): T | undefined {
  const { prefix, texts, failed, sources, beside } = place;
  const first = schema.safeParse(part);
  if (first.success) return first.data;
  let converted = part;
  for (const issue of first.error.issues) {
    const isText = texts.has(pathOf([...prefix, ...issue.path]));
    if (issue.code === 'invalid_type' && isText) converted = convertAt(converted, issue.path, issue.expected);
  }
  const second = schema.safeParse(converted);
  if (second.success) return second.data;
  for (const problem of problemsOf(second.error, prefix, schema, beside)) {
    const { path } = problem;
    if ([...failed].some((each) => each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`)))
      continue;
    const source = sources?.get(path.replace(/\[\d+\]$/, ''));
    problems.push(source ? { ...problem, path: `${path} (${source})`, at: undefined } : problem);
  }
  return undefined;
}

function convertAt(value: unknown, path: readonly PropertyKey[], expected: string): unknown {
  const [key, ...rest] = path;
  if (key !== undefined) {
    if (Array.isArray(value))
      return value.map((item, index) => (index === key ? convertAt(item, rest, expected) : item));
    return isRecord(value) ? { ...value, [key]: convertAt(value[String(key)], rest, expected) } : value;
  }
  if (typeof value !== 'string') return value;
  if (expected === 'boolean' && /^(true|false|1|0)$/.test(value)) return value === 'true' || value === '1';
  return ['number', 'int'].includes(expected) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

interface AppPlace {
  readonly vendors: readonly ConfigVendor[];
  readonly texts: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly problems: Problem[];
}

function checkApps(apps: unknown, place: AppPlace): Record<string, AppConfig> {
  if (!isRecord(apps) || Object.keys(apps).length === 0) {
    const message = 'expected a mapping of at least one app, from its name to its settings';
    place.problems.push({ path: 'apps', at: ['apps'], message });
    return {};
  }
  const checked = Object.entries(apps).map(([name, app]) => [name, checkApp(name, app, place)] as const);
  return Object.fromEntries(checked.flatMap(([name, app]) => (app ? [[name, app]] : [])));
}

function checkApp(name: string, given: unknown, place: AppPlace): AppConfig | undefined {
  const { vendors, problems } = place;
  const prefix = ['apps', name];
  const refuse = (at: readonly PropertyKey[], message: string) => problems.push({ path: pathOf(at), at, message });
  if (!appNameSchema.safeParse(name).success) {
    refuse(prefix, 'expected 1 to 32 of a-z, 0-9 and -, as the name of an app');
  }
  if (!isRecord(given)) {
    refuse(prefix, 'expected a mapping with vendor and its fields');
    return undefined;
  }
  const { vendor: slug, baseUrls, callbacks, decisions, limits, viewerShare, leastRoundTripMs, ...own } = given;
  const settings = defined({ baseUrls, callbacks, decisions, limits, viewerShare, leastRoundTripMs });
  const common = check(appSchema, settings, { ...place, prefix }, problems);
  const vendor = vendors.find((candidate) => candidate.slug === slug);
  if (!vendor) {
    const slugs = vendors.map((candidate) => candidate.slug);
    refuse([...prefix, 'vendor'], `is not known; expected one of: ${slugs.join(', ')}`);
    return undefined;
  }
  const schema = vendor.config instanceof z.ZodObject ? vendor.config.strict() : vendor.config;
  const beside = ['vendor', ...Object.keys(appSchema.shape)];
  const config = check(schema, own, { ...place, prefix, beside }, problems);
  const buckets = vendor.limits?.map(({ id }) => id);
  for (const bucket of buckets ? Object.keys(common?.limits ?? {}) : []) {
    if (!buckets?.includes(bucket)) problems.push(unknownKey([...prefix, 'limits'], bucket, buckets ?? []));
  }
  const problem = common?.decisions && isRecord(decisions) && deadlineProblem(common.decisions, decisions, vendor);
  if (problem) refuse([...prefix, 'decisions', 'deadlineMs'], problem);
  return common && { ...common, vendor: vendor.slug, config };
}

/** Why a deadline that somebody wrote would not hold; undefined where it does. */
function deadlineProblem(
  { deadlineMs, vendorWaitMs }: NonNullable<AppSettings['decisions']>,
  written: Readonly<Record<string, unknown>>,
  vendor: ConfigVendor,
): string | undefined {
  const waitMs = vendorWaitMs ?? vendor.callbacks?.decisions?.waitMs;
  if (waitMs === undefined || written['deadlineMs'] === undefined || deadlineMs <= waitMs - answerMarginMs)
    return undefined;
  const wait = `the vendor waits ${waitMs} ms${vendorWaitMs === undefined ? ', unless vendorWaitMs says otherwise' : ''}`;
  return `expected at most ${waitMs - answerMarginMs}: ${wait}`;
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}: ${problem.message}`, problem])).values()];
}

/** Freezes plain objects and lists all the way down. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}
