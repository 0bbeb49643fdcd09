import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultBounds } from '../../src/bounds.ts';
import { variables } from '../../src/config/environment.ts';
import { demoSecret } from '../../src/config/schema.ts';
import { ConfigError, checkConfig, ignoredVariables, printConfig, readConfig } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How a file names a variable. */
const reference = (name: string) => ['$', '{', name, '}'].join('');

let files = 0;
function file(text: string): string {
  files += 1;
  const path = join(folder, `${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

const vendors = [
  {
    slug: 'acme',
    config: z.strictObject({
      appId: z.int().min(1),
      serverSecret: z.string().length(8),
      region: z.enum(['eu', 'us']).default('eu'),
      extra: z.strictObject({ deep: z.boolean() }).optional(),
    }),
    secrets: ['serverSecret'],
    limits: [{ id: 'acme.user.query' }, { id: 'acme.group.query' }],
  },
];
const secret = 'x'.repeat(32);
const callbackToken = 'abcdefghij-KLMNO_';
const app = `vendor: acme, appId: 7, serverSecret: '12345678'`;
const good = `{ auth: { secret: ${secret} }, apps: { zim-eu: { ${app} } } }`;

function read(text: string, env: Record<string, string> = {}) {
  return readConfig({ env: { SWITCHBOARD_CONFIG: file(text), ...env }, argv: [], vendors });
}

function problemsOf(text: string, env: Record<string, string> = {}) {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const { drainDelayMs: _drainDelayMs, drainMs: _drainMs, ...bounds } = defaultBounds;

describe('a good configuration', () => {
  it('has defaults for what is left out, and what the vendor makes of its fields', () => {
    expect(read(good)).toEqual({
      demo: false,
      server: {
        host: '127.0.0.1',
        port: 4000,
        corsOrigins: [],
        introspection: 'token',
        trustedProxies: [],
        landingPage: false,
        drainDelayMs: 5000,
        drainMs: 10_000,
        bounds,
      },
      auth: { secret, staleKeysSeconds: 86_400 },
      log: { level: 'info' },
      events: {
        maxEvents: 100_000,
        maxAgeDays: 7,
        maxBytes: 256 * 1024 * 1024,
        backupsKept: 7,
        maxEventsPerCallback: 1_000,
        maxBytesPerCallback: 8 * 1024 * 1024,
        unsigned: {
          maxEvents: 10_000,
          maxBytes: 24 * 1024 * 1024,
          maxEventsPerCallback: 100,
          maxBytesPerCallback: 256 * 1024,
          maxBodyBytes: 64 * 1024,
          maxEventsPerMinute: 6_000,
          maxBytesPerMinute: 16 * 1024 * 1024,
        },
        maxSearchesPerViewer: 50,
        maxSearches: 1_000,
      },
      conversations: { keepDays: 30 },
      viewers: { addMembers: false },
      userTokens: { operatorSeconds: 2_592_000, endless: false },
      apps: { 'zim-eu': { vendor: 'acme', config: { appId: 7, serverSecret: '12345678', region: 'eu' } } },
    });
  });

  it('is the demo when no file is named', () => {
    const config = readConfig({ env: { PORT: '0' }, argv: [], vendors });
    expect(config).toMatchObject({
      demo: true,
      server: { port: 0, landingPage: true, drainDelayMs: 0 },
      auth: {},
      apps: {},
    });
  });

  it('takes each bound of the server by its name, and the defaults for the others', () => {
    const { server } = read(`{ server: { bounds: { bodyBytes: 1000 } }, ${good.slice(1)}`);
    expect(server.bounds).toEqual({ ...bounds, bodyBytes: 1000 });
    for (const wrong of ['{ bodyBytes: 0 }', '{ bodyBytes: 1.5 }', '{ bodyByte: 1 }', '{ wsPingMs: -1 }'])
      expect(problemsOf(`{ server: { bounds: ${wrong} }, ${good.slice(1)}`), wrong).toHaveLength(1);
  });

  it('cannot be changed', () => {
    const { server, apps } = read(good);
    expect(Object.isFrozen(server.corsOrigins)).toBe(true);
    expect(Object.isFrozen(apps['zim-eu']?.config)).toBe(true);
  });

  it('may be named by an argument', () => {
    expect(readConfig({ env: {}, argv: ['--config', file(good)], vendors }).demo).toBe(false);
  });

  it('takes variables over the file, and an empty one for none', () => {
    const { server, log } = read(`{ server: { port: 1, host: '::1' }, ${good.slice(1)}`, {
      PORT: '2',
      SWITCHBOARD_PORT: '3',
      SWITCHBOARD_HOST: '',
      SWITCHBOARD_LOG_LEVEL: 'warn',
      SWITCHBOARD_CORS_ORIGINS: 'https://a.example, https://b.example:8443',
      SWITCHBOARD_INTROSPECTION: 'false',
    });
    expect(server).toMatchObject({ port: 3, host: '::1', introspection: false });
    expect(server.corsOrigins).toEqual(['https://a.example', 'https://b.example:8443']);
    expect(log.level).toBe('warn');
  });

  it('puts variables, files of variables and defaults into its texts, as numbers where numbers are expected', () => {
    const { apps } = read(
      `{ auth: { secret: "${reference('A_SECRET')}" }, apps: { a: { vendor: acme, appId: "${reference('ID')}",
        serverSecret: "${reference('S:-1234')}5678", region: "${reference('R:-us')}" } } }`,
      { A_SECRET_FILE: file(`${secret}\n`), ID: '9', S: '1234' },
    );
    expect(apps['a']?.config).toEqual({ appId: 9, serverSecret: '12345678', region: 'us' });
  });

  it('drops a newline at the end of a variable, as of a file that a variable names', () => {
    const env = { A: `${secret}\n`, SWITCHBOARD_LOG_LEVEL: 'warn\r\n' };
    const { auth, log } = read(good.replace(`secret: ${secret}`, `secret: "${reference('A')}"`), env);
    expect({ auth, log }).toMatchObject({ auth: { secret }, log: { level: 'warn' } });
    expect(read(good, { SWITCHBOARD_AUTH_SECRET: `${secret}y\n` }).auth.secret).toBe(`${secret}y`);
  });

  it('keeps the names of apps as they are written', () => {
    const { apps } = read(
      `auth: { secret: ${secret} }\napps:\n  007: { ${app} }\n  1e3: { ${app} }\n  0x1f: { ${app} }`,
    );
    expect(Object.keys(apps)).toEqual(['007', '1e3', '0x1f']);
  });

  it('takes $$ before a name in capitals or a brace for one $, and any other $ as it is', () => {
    const text = `decisions: { rules: [{ name: r, keywords: ['$$TSLA', '$$${'{x}'}', 'US$5', '$a', 'a$$'], then: DROP }] }`;
    const { apps } = read(good.replace(app, () => `${app}, ${text}`));
    const keywords = ['$TSLA', ['$', '{x}'].join(''), 'US$5', '$a', 'a$$'];
    expect(apps['zim-eu']?.decisions?.rules[0]?.keywords).toEqual(keywords);
  });

  it('ignores what Kubernetes sets for Services named switchboard and switchboard-…, and says so in one line', () => {
    const env = {
      SWITCHBOARD_SERVICE_HOST: '10.0.0.11',
      SWITCHBOARD_SERVICE_PORT: '4000',
      SWITCHBOARD_SERVICE_PORT_HTTP: '4000',
      SWITCHBOARD_PORT: 'tcp://10.0.0.11:4000',
      SWITCHBOARD_PORT_4000_TCP: 'tcp://10.0.0.11:4000',
      SWITCHBOARD_PORT_4000_TCP_PROTO: 'tcp',
      SWITCHBOARD_PORT_4000_TCP_PORT: '4000',
      SWITCHBOARD_PORT_4000_TCP_ADDR: '10.0.0.11',
      SWITCHBOARD_METRICS_SERVICE_HOST: '10.0.0.12',
      SWITCHBOARD_METRICS_PORT: 'udp://10.0.0.12:1',
      PORT: '81',
    };
    expect(read(good, env).server.port).toBe(81);
    expect(ignoredVariables(env)?.split('\n')).toHaveLength(1);
    for (const name of Object.keys(env).slice(0, -1)) expect(ignoredVariables(env)).toContain(name);
    expect(ignoredVariables({ SWITCHBOARD_PORT: '4000', HOME_PORT: 'tcp://1' })).toBeUndefined();
  });

  it('does not let a variable add keys', () => {
    const text = `{ auth: { secret: "${reference('A')}" }, apps: { a: { ${app} } } }`;
    const { auth } = read(text, { A: `${secret}\nissuer: evil` });
    expect(auth).toEqual({ secret: `${secret}\nissuer: evil`, staleKeysSeconds: 86_400 });
  });

  it('takes callbacks, base URLs and limits beside the vendor’s fields', () => {
    const callbacks = `callbacks: { token: ${callbackToken}, allowFrom: [10.0.0.0/8, '::1'] }`;
    const limits = 'limits: { acme.user.query: { windows: [{ count: 5, seconds: 1 }] } }';
    const { apps } = read(good.replace(app, `${app}, ${callbacks}, baseUrls: ['http://127.0.0.1:1'], ${limits}`));
    expect(apps['zim-eu']).toMatchObject({
      baseUrls: ['http://127.0.0.1:1'],
      callbacks: { token: callbackToken, allowFrom: ['10.0.0.0/8', '::1'] },
      limits: { 'acme.user.query': { windows: [{ count: 5, seconds: 1 }] } },
    });
  });
});

describe('a wrong configuration is refused with its place', () => {
  const withApp = (fields: string) => good.replace(app, fields);
  const withServer = (fields: string) => `{ server: { ${fields} }, ${good.slice(1)}`;
  const withAuth = (fields: string) => good.replace(`secret: ${secret}`, fields);

  it.each<[string, string, Record<string, string>, string, RegExp]>([
    ['broken YAML', '{ auth: [ }', {}, 'yaml:1:', /is not valid YAML/],
    ['a key given twice', 'log: {}\nlog: {}', {}, 'yaml:2:1', /unique/],
    ['a list', '[]', {}, 'yaml', /expected a mapping/],
    ['no apps', `{ auth: { secret: ${secret} } }`, {}, 'apps', /at least one app/],
    ['an unknown section', `{ sever: {}, ${good.slice(1)}`, {}, 'sever', /did you mean server\?/],
    ['an unknown field', withServer('prot: 1'), {}, 'server.prot', /did you mean port\?/],
    ['a port that is too large', withServer('port: 70000'), {}, 'server.port', /65535/],
    ['a port that is no number', withServer('port: many'), {}, 'server.port', /expected number/],
    [
      'an origin with a path',
      withServer('corsOrigins: [https://a.example/x]'),
      {},
      'server.corsOrigins[0]',
      /an origin/,
    ],
    ['a proxy that is no address', withServer('trustedProxies: [lb]'), {}, 'server.trustedProxies[0]', /range/],
    ['a log level that is none', `{ log: { level: loud }, ${good.slice(1)}`, {}, 'log.level', /"debug"/],
    ['no trust at all', withAuth(''), {}, 'auth', /SWITCHBOARD_AUTH_SECRET/],
    ['a short secret', withAuth('secret: short'), {}, 'auth.secret', /at least 32 bytes/],
    ['two kinds of trust', withAuth(`secret: ${secret}, jwksUrl: "https://a"`), {}, 'auth', /either/],
    ['keys over plain HTTP', withAuth('jwksUrl: "http://keys.example"'), {}, 'auth.jwksUrl', /https/],
    ['an app’s name in capitals', good.replace('zim-eu', 'ZIM'), {}, 'apps', /a-z/],
    ['an app that is no mapping', withApp(''), {}, 'apps.zim-eu.vendor', /expected one of: acme/],
    ['an unknown vendor', withApp('vendor: emca'), {}, 'apps.zim-eu.vendor', /expected one of: acme/],
    [
      'a missing field',
      withApp('vendor: acme, appId: 1'),
      {},
      'apps.zim-eu.serverSecret',
      /expected string, found nothing/,
    ],
    ['a vendor’s unknown field', withApp(`${app}, regoin: eu`), {}, 'apps.zim-eu.regoin', /did you mean region\?/],
    ['a misspelt section', withApp(`${app}, decison: {}`), {}, 'apps.zim-eu.decison', /did you mean decisions\?/],
    [
      'a section that is none',
      withApp(`${app}, moderation: {}`),
      {},
      'apps.zim-eu',
      /appId, .*callbacks, decisions, limits/,
    ],
    ['a nested unknown field', withApp(`${app}, extra: { deep: true, dep: 1 }`), {}, 'apps.zim-eu.extra.dep', /deep/],
    ['a short callback token', withApp(`${app}, callbacks: { token: short }`), {}, 'apps.zim-eu.callbacks.token', /16/],
    [
      'a range that is none',
      withApp(`${app}, callbacks: { token: ${callbackToken}, allowFrom: [10.0.0.0/33] }`),
      {},
      'apps.zim-eu.callbacks.allowFrom[0]',
      /range/,
    ],
    ['a base URL that is none', withApp(`${app}, baseUrls: [nowhere]`), {}, 'apps.zim-eu.baseUrls[0]', /http/],
    [
      'a limit of nothing',
      withApp(`${app}, limits: { acme.user.query: { windows: [] } }`),
      {},
      'apps.zim-eu.limits.acme.user.query.windows',
      /at least one window/,
    ],
    [
      'a limit that the vendor has not',
      withApp(`${app}, limits: { acme.usr.query: { windows: [{ count: 1, seconds: 1 }] } }`),
      {},
      'apps.zim-eu.limits.acme.usr.query',
      /did you mean acme.user.query\?/,
    ],
    [
      'a variable that is not set',
      withAuth(`secret: "${reference('NOBODY')}"`),
      {},
      'auth.secret',
      /expected NOBODY or NOBODY_FILE/,
    ],
    ['a variable without braces', withAuth('secret: $A_SECRET_OF_MINE'), {}, 'auth.secret', /without braces/],
    ['a variable without braces in a text', withAuth('jwksUrl: "https://$HOST/keys"'), {}, 'auth.jwksUrl', /braces/],
    [
      'a Kubernetes name with a value of another kind',
      good,
      { SWITCHBOARD_X_PORT: '1' },
      'SWITCHBOARD_X_PORT',
      /known/,
    ],
    [
      'a directory of events that is not there',
      `{ events: { file: /nowhere/events.db }, ${good.slice(1)}`,
      {},
      'events.file',
      /a directory that exists/,
    ],
    [
      'a directory of events that is a file',
      good,
      { SWITCHBOARD_EVENTS_FILE: '/etc/passwd/events.db' },
      'events.file (SWITCHBOARD_EVENTS_FILE)',
      /a directory that exists/,
    ],
    [
      'a file of events that is a directory',
      `{ events: { file: /tmp }, ${good.slice(1)}`,
      {},
      'events.file',
      /file in/,
    ],
    ['the demo’s secret', withAuth(`secret: "${demoSecret}"`), {}, 'auth.secret', /your own/],
    ['a malformed reference', withAuth(`secret: "${reference('no body')}"`), {}, 'auth.secret', /malformed/],
    [
      'an unknown variable',
      good,
      { SWITCHBOARD_AUTH_SECERT: 'x' },
      'SWITCHBOARD_AUTH_SECERT',
      /mean SWITCHBOARD_AUTH_SECRET/,
    ],
    ['a variable of the wrong kind', good, { SWITCHBOARD_PORT: 'http' }, 'server.port (SWITCHBOARD_PORT)', /number/],
    [
      'a variable that is no truth',
      good,
      { SWITCHBOARD_INTROSPECTION: 'maybe' },
      'server.introspection (SWITCHBOARD_INTROSPECTION)',
      /boolean/,
    ],
    [
      'a secret given twice',
      good,
      { SWITCHBOARD_AUTH_SECRET: secret, SWITCHBOARD_AUTH_SECRET_FILE: '/x' },
      'SWITCHBOARD_AUTH_SECRET',
      /twice/,
    ],
    [
      'a secret’s file that is not there',
      good,
      { SWITCHBOARD_AUTH_SECRET_FILE: '/nowhere' },
      'SWITCHBOARD_AUTH_SECRET_FILE',
      /ENOENT/,
    ],
    ['a file that is not there', good, { SWITCHBOARD_CONFIG: '/nowhere.yaml' }, 'SWITCHBOARD_CONFIG', /ENOENT/],
  ])('%s', (_title, text, env, path, message) => {
    const problems = problemsOf(text, env);
    const found = problems.find((problem) => problem.path === path || problem.path.includes(path));
    expect(found?.path ?? problems).toContain(path);
    expect(found?.message).toMatch(message);
  });

  it('a variable that is not set, once, whatever it is used for and however often', () => {
    const text = `{ auth: { secret: "${reference('S')}" }, apps: { a: { ${app.replace("'12345678'", `"${reference('S')}"`)} } } }`;
    expect(problemsOf(text)).toEqual([expect.objectContaining({ path: 'auth.secret', line: 1 })]);
  });

  it('the demo at an address that others reach, with the secret that everybody knows', () => {
    const demo = (env: Record<string, string>) => checkConfig({ env, argv: [], vendors });
    expect(demo({ SWITCHBOARD_HOST: '0.0.0.0' })).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('secret is public'),
    });
    for (const host of ['127.0.0.1', '::1', 'localhost'])
      expect(demo({ SWITCHBOARD_HOST: host })).toMatchObject({ exitCode: 0 });
    expect(demo({ SWITCHBOARD_HOST: '0.0.0.0', SWITCHBOARD_AUTH_SECRET: secret })).toMatchObject({ exitCode: 0 });
  });

  it('an unknown argument', () => {
    const { text, exitCode } = checkConfig({ env: {}, argv: ['--cofnig', 'x'], vendors });
    expect(exitCode).toBe(1);
    expect(text).toContain('--cofnig');
  });

  it('tells everything at once, and never a value', () => {
    const text = `{ log: { level: hunter2 }, auth: { secret: hunter2 }, apps: { a: { vendor: acme, serverSecret: hunter2 } } }`;
    const { text: told, exitCode } = checkConfig({ env: { SWITCHBOARD_CONFIG: file(text) }, argv: [], vendors });
    expect(exitCode).toBe(1);
    for (const path of ['log.level', 'auth.secret', 'apps.a.appId', 'apps.a.serverSecret'])
      expect(told).toContain(`  ${path} (line 1): `);
    expect(told).not.toContain('hunter2');
  });
});

describe('--print-config', () => {
  it('prints what is in force, without secrets', () => {
    const text = good.replace(app, `${app}, callbacks: { token: ${callbackToken} }`);
    const printed = printConfig({
      env: { SWITCHBOARD_CONFIG: file(text), PORT: '81' },
      argv: ['--print-config'],
      vendors,
    });
    expect(printed.exitCode).toBe(0);
    expect(printed.text).toContain('port: 81');
    expect(printed.text).toContain('serverSecret: "***"');
    expect(printed.text).not.toMatch(new RegExp(`${secret}|12345678|${callbackToken}`));
  });
});

describe('.env.example', () => {
  it('has every variable, and no other', () => {
    const listed = [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const known = variables.flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
    expect(listed.sort()).toEqual(known.sort());
  });
});
