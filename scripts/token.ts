import { parseArgs } from 'node:util';
import { systemClock } from '../src/clock.ts';
import { environment, fail, readOptions } from '../src/command-line.ts';
import { demoSecret } from '../src/config/schema.ts';
import { type Config, readConfig } from '../src/config.ts';
import { demoApps } from '../src/demo.ts';
import { scopes } from '../src/domain/viewer.ts';
import { signDemoToken } from '../src/server/auth.ts';
import { vendors } from '../src/vendors/index.ts';

const usage = `Usage: npm run token -- [options]

Prints a token for development, signed with the secret of the configuration in force, or with the demo's where there is none.

  --account <app>=<user>   whose account the token opens; may be repeated
  --scope <scope>          one of ${scopes.join(', ')}; may be repeated
  --subject <name>         the claim "sub"; default: the first account's user, else "operator"
  --ttl <time>             how long it is good: seconds, or with a unit as in 30s, 15m, 12h or 7d; default 1h
  --config <file>          the configuration file; also SWITCHBOARD_CONFIG
`;

const { values } = readOptions(usage, () =>
  parseArgs({
    options: {
      account: { type: 'string', multiple: true, default: [] },
      scope: { type: 'string', multiple: true, default: [] },
      subject: { type: 'string' },
      ttl: { type: 'string', default: '1h' },
      config: { type: 'string' },
    },
  }),
);

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const longestSeconds = 366 * 86_400;

function secondsOf(text: string): number {
  const [, count, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(text) ?? [];
  const seconds = Number(count) * (unitSeconds[unit] ?? Number.NaN);
  return seconds >= 1 && seconds <= longestSeconds
    ? seconds
    : fail('--ttl: expected a time such as 30s, 15m, 12h or 7d, of a year at most');
}

function accountOf(text: string, apps: readonly string[]): readonly [string, string] {
  const [, app = '', user = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? fail('--account: expected <app>=<user>');
  return apps.includes(app) ? [app, user] : fail(`--account: no app ${app}; expected one of ${apps.join(', ')}`);
}

function scopesOf(given: readonly string[]): readonly string[] {
  const words = given.flatMap((text) => text.split(/[\s,]+/)).filter((word) => word !== '');
  const unknown = words.find((word) => !scopes.some((scope) => scope === word));
  return unknown === undefined ? words : fail(`--scope: no scope ${unknown}; expected ${scopes.join(', ')}`);
}

function secretOf({ auth, demo }: Config): string {
  return (
    auth.secret ??
    (demo ? demoSecret : fail('The configuration trusts the tokens of an issuer (auth.jwksUrl): get one from there.'))
  );
}

const argv = values.config === undefined ? [] : ['--config', values.config];
const config = readOptions(usage, () => readConfig({ env: environment(), argv, vendors }));
const apps = config.demo ? demoApps.map(({ name }) => name) : Object.keys(config.apps);
const accounts = Object.fromEntries(values.account.map((text) => accountOf(text, apps)));
const granted = scopesOf(values.scope);
if (values.account.length === 0 && granted.length === 0) {
  fail('Without accounts and scopes a token opens nothing: give --account or --scope, or see --help.');
}
const { issuer, audience } = config.auth;
const token = await signDemoToken(
  secretOf(config),
  {
    subject: values.subject ?? Object.values(accounts)[0] ?? 'operator',
    scopes: granted,
    accounts,
    expiresInSeconds: secondsOf(values.ttl),
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  },
  systemClock,
);
process.stdout.write(`${token}\n`);
