import { readFileSync } from 'node:fs';
import type { Problem } from './problems.ts';
import { suggest } from './problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  /** Where its value goes; null for what is no part of the result. */
  readonly path: readonly [string, string] | null;
  /** A secret may be in a file, named by `<name>_FILE`. */
  readonly isSecret?: true;
  /** Values are separated by commas. */
  readonly isList?: true;
}

/** Every variable, besides those that a file names in `${…}`. */
export const variables: readonly Variable[] = [
  { name: 'SWITCHBOARD_CONFIG', path: null },
  { name: 'SWITCHBOARD_TOKEN', path: null },
  { name: 'SWITCHBOARD_HOST', path: ['server', 'host'] },
  { name: 'PORT', path: ['server', 'port'] },
  { name: 'SWITCHBOARD_PORT', path: ['server', 'port'] },
  { name: 'SWITCHBOARD_CORS_ORIGINS', path: ['server', 'corsOrigins'], isList: true },
  { name: 'SWITCHBOARD_TRUSTED_PROXIES', path: ['server', 'trustedProxies'], isList: true },
  { name: 'SWITCHBOARD_INTROSPECTION', path: ['server', 'introspection'] },
  { name: 'SWITCHBOARD_LANDING_PAGE', path: ['server', 'landingPage'] },
  { name: 'SWITCHBOARD_DRAIN_DELAY_MS', path: ['server', 'drainDelayMs'] },
  { name: 'SWITCHBOARD_DRAIN_MS', path: ['server', 'drainMs'] },
  { name: 'SWITCHBOARD_AUTH_SECRET', path: ['auth', 'secret'], isSecret: true },
  { name: 'SWITCHBOARD_AUTH_JWKS_URL', path: ['auth', 'jwksUrl'] },
  { name: 'SWITCHBOARD_AUTH_STALE_KEYS_SECONDS', path: ['auth', 'staleKeysSeconds'] },
  { name: 'SWITCHBOARD_AUTH_ISSUER', path: ['auth', 'issuer'] },
  { name: 'SWITCHBOARD_AUTH_AUDIENCE', path: ['auth', 'audience'] },
  { name: 'SWITCHBOARD_LOG_LEVEL', path: ['log', 'level'] },
  { name: 'SWITCHBOARD_EVENTS_FILE', path: ['events', 'file'] },
  { name: 'SWITCHBOARD_EVENTS_BACKUP_FOLDER', path: ['events', 'backupFolder'] },
  { name: 'SWITCHBOARD_EVENTS_MAX_EVENTS', path: ['events', 'maxEvents'] },
  { name: 'SWITCHBOARD_EVENTS_MAX_AGE_DAYS', path: ['events', 'maxAgeDays'] },
  { name: 'SWITCHBOARD_EVENTS_MAX_BYTES', path: ['events', 'maxBytes'] },
  { name: 'SWITCHBOARD_VIEWERS_ADD_MEMBERS', path: ['viewers', 'addMembers'] },
  { name: 'SWITCHBOARD_USER_TOKENS_VIEWER_SECONDS', path: ['userTokens', 'viewerSeconds'] },
  { name: 'SWITCHBOARD_USER_TOKENS_OPERATOR_SECONDS', path: ['userTokens', 'operatorSeconds'] },
  { name: 'SWITCHBOARD_USER_TOKENS_ENDLESS', path: ['userTokens', 'endless'] },
];

/** A variable's value without a newline at its end; undefined when it is empty or not set. */
function variableOf(env: Environment, name: string): string | undefined {
  return env[name]?.replace(/\r?\n$/, '') || undefined;
}

/** A variable's value, or that of the file named by `<name>_FILE`. An empty one is none. Adds to `problems`. */
export function lookUp(env: Environment, name: string, problems: Problem[]): string | undefined {
  const value = variableOf(env, name);
  const file = variableOf(env, `${name}_FILE`);
  if (file === undefined) return value;
  if (value !== undefined) {
    problems.push({ path: name, message: `is given twice; expected either ${name} or ${name}_FILE` });
    return undefined;
  }
  const text = readText(file, `${name}_FILE`, problems)?.replace(/\r?\n$/, '');
  if (text === '') problems.push({ path: `${name}_FILE`, message: 'names an empty file; expected a value in it' });
  return text || undefined;
}

/** A file's text. Adds to `problems` when it cannot be read, with `shown` of the file's name: a variable may hold a secret in its place. */
export function readText(file: string, path: string, problems: Problem[], shown = ''): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    problems.push({
      path,
      message: `cannot be read (${code}); expected the path of a readable file${shown && `: ${shown}`}`,
    });
    return undefined;
  }
}

/** What the variables say, by the path in the configuration. */
export interface Overlay {
  readonly values: ReadonlyMap<readonly [string, string], string | readonly string[]>;
  /** Path to variable, for naming what is wrong. */
  readonly sources: ReadonlyMap<string, string>;
}

export function readVariables(env: Environment, problems: Problem[]): Overlay {
  const values = new Map<readonly [string, string], string | readonly string[]>();
  const sources = new Map<string, string>();
  for (const { name, path, isSecret, isList } of variables) {
    const text = isSecret ? lookUp(env, name, problems) : variableOf(env, name);
    if (path === null || text === undefined || isOfKubernetes(name, text)) continue;
    values.set(path, isList ? text.split(',').map((item) => item.trim()) : text);
    sources.set(path.join('.'), name);
  }
  return { values, sources };
}

/** Refuses `SWITCHBOARD_…` names that nobody reads. `used` are those that the file names. */
export function checkNames(env: Environment, used: ReadonlySet<string>, problems: Problem[]): void {
  const known = variables.flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
  for (const [name, value] of Object.entries(env)) {
    const isKnown = known.includes(name) || used.has(name) || used.has(name.replace(/_FILE$/, ''));
    if (!value || isKnown || !name.startsWith('SWITCHBOARD_') || isOfKubernetes(name, value)) continue;
    problems.push({ path: name, message: `is not known${suggest(name, known)}` });
  }
}

const serviceName =
  /^SWITCHBOARD_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;

/** Whether a variable is one of those that Kubernetes sets in every container for a Service named `switchboard` or `switchboard-…`. */
function isOfKubernetes(name: string, value: string): boolean {
  return serviceName.test(name) || (/^SWITCHBOARD_(\w+_)?PORT$/.test(name) && /^(tcp|udp|sctp):\/\//.test(value));
}

/** The names of variables that are ignored, since Kubernetes made them. */
export function ignoredNames(env: Environment): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (value && isOfKubernetes(name, value) ? [name] : []));
}
