import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { demoSecret } from '../../src/config/schema.ts';
import { makeTokenVerifier } from '../../src/server/auth.ts';
import { NpmProcess } from '../support/npm-process.ts';

// Whole processes are slow to start beside other tests.
vi.setConfig({ testTimeout: 90_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchboard-commands-'));
const started: NpmProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.dispose())));
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment of a user who has set nothing. */
const { NODE_OPTIONS: _, ...plain } = process.env;

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = folder) {
  const options = { cwd, env: { ...plain, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(script), ...args], options);
  return { status, stdout, stderr };
}

const secret = 'a secret of these tests, long enough for HS256';
const file = join(folder, 'switchboard.yaml');
writeFileSync(
  file,
  `server: { port: 4567, host: 0.0.0.0 }
auth: { secret: "${secret}", issuer: me, audience: you }
apps: { rc: { vendor: rongcloud, appKey: k, appSecret: s, region: cn } }`,
);

describe('npm run token', () => {
  const token = (args: readonly string[], env = {}) => run('scripts/token.ts', args, env);

  test('mints tokens of the demo where there is no configuration', async () => {
    const args = [
      '--account',
      'zim-eu=bob',
      '--account',
      'em-1=Bob=1',
      '--scope',
      'chat:read,chat:write',
      '--ttl',
      '2h',
    ];
    const { status, stdout, stderr } = token(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const viewer = await makeTokenVerifier({ secret: demoSecret }, systemClock)(stdout.trim());
    expect(viewer).toMatchObject({
      subject: 'bob',
      scopes: new Set(['chat:read', 'chat:write']),
      accounts: new Map([
        ['zim-eu', 'bob'],
        ['em-1', 'Bob=1'],
      ]),
    });
    const { exp = 0, iat = 0 } = decodeJwt(stdout.trim());
    expect(exp - iat).toBe(7200);
  });

  test('mints tokens that a configuration trusts, with its issuer and audience', async () => {
    const { stdout } = token(['--config', file, '--scope', 'chat:admin', '--subject', 'ops', '--ttl', '90']);
    const trust = { secret, issuer: 'me', audience: 'you' };
    expect(await makeTokenVerifier(trust, systemClock)(stdout.trim())).toMatchObject({ subject: 'ops' });
    expect(token(['--account', 'rc=ann'], { SWITCHBOARD_CONFIG: file }).status).toBe(0);
  });

  test.each([
    [[], 'Without accounts and scopes a token opens nothing: give --account or --scope, or see --help.\n'],
    [['--account', 'nobody=bob'], '--account: no app nobody; expected one of em-1, rc-cn, zim-eu\n'],
    [['--account', 'bob'], '--account: expected <app>=<user>\n'],
    [['--scope', 'chat:all'], /^--scope: no scope chat:all; expected chat:read, /],
    [['--scope', 'chat:read', '--ttl', '2w'], /^--ttl: expected a time such as /],
    [['--scope', 'chat:read', '--ttl', '0'], /^--ttl: expected a time such as /],
    [['--scope', 'chat:read', '--ttl', '9999d'], /^--ttl: expected a time such as /],
    [['zim-eu=bob'], /^expected options only, after -- where npm runs this/],
    [['--config', '/nowhere.yaml', '--scope', 'chat:read'], /SWITCHBOARD_CONFIG: cannot be read \(ENOENT\)/],
  ])('refuses %j with a line', (args, said) => {
    const { status, stdout, stderr } = token(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('    at ');
  });

  test('does not sign in the name of an issuer', () => {
    const trusting = { SWITCHBOARD_CONFIG: join(folder, 'jwks.yaml') };
    writeFileSync(
      trusting.SWITCHBOARD_CONFIG,
      `auth: { jwksUrl: "https://keys.example" }\napps: { rc: { vendor: rongcloud, appKey: k, appSecret: s, region: cn } }`,
    );
    expect(token(['--scope', 'chat:read'], trusting)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('get one from there'),
    });
  });
});

describe('npm run callbacks:tail', () => {
  const tail = (args: readonly string[], env = {}) => run('scripts/callbacks-tail.ts', args, env);

  test('needs a token, and says how to get one', () => {
    expect(tail([])).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run token') });
  });

  test('listens at the address of the configuration, and is told why a viewer’s token is refused, without a stack', async () => {
    const demo = new NpmProcess('npm', ['start'], { PORT: '0' });
    started.push(demo);
    const [url] = await demo.says(/http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/);
    await demo.says(/An operator's token[^\n]*\n\n\S+\n/);
    const [viewer = '', , operator = ''] = [...demo.said.matchAll(/^ey\S+$/gm)].map(([token]) => token);
    const refused = tail(['--token', viewer], { PORT: new URL(url).port });
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(new RegExp(`^listening at ${url}; .*\nThis needs chat:read`));
    expect(refused.stderr).not.toMatch(/ {4}at |Error:/);
    const forged = tail(['--token', 'x.y.z', '--url', `${url}/graphql`]);
    expect(forged).toMatchObject({ status: 1, stderr: expect.not.stringContaining('    at ') });

    const shown = new NpmProcess('npm', ['--silent', 'run', 'callbacks:tail', '--', '--token', operator, '--url', url]);
    started.push(shown);
    await shown.says(/listening at/);
    const emulator = /zim (http:\/\/\S+)/.exec(demo.said)?.[1];
    const content = { kind: 'TEXT', text: 'hi' };
    const body = JSON.stringify({ type: 'message', from: 'bob', to: { kind: 'direct', id: 'alice' }, content });
    await vi.waitFor(
      async () => {
        await fetch(`${emulator}/_emulator/events`, { method: 'POST', body });
        expect(shown.said).toContain('zim.callback.message.sent');
      },
      { timeout: 30_000, interval: 500 },
    );
    process.kill(shown.pid, 'SIGTERM');
    await shown.ended();
  });
});

describe('npm start', () => {
  test('reads .env in the working directory, and the environment over it', () => {
    const cwd = mkdtempSync(join(folder, 'env-'));
    writeFileSync(join(cwd, '.env'), `SWITCHBOARD_CONFIG=${file}\nSWITCHBOARD_LOG_LEVEL=warn\nPORT=\n`);
    const print = (env = {}) => run('src/main.ts', ['--print-config'], env, cwd);
    expect(print()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('level: warn') });
    expect(print({ SWITCHBOARD_LOG_LEVEL: 'error' }).stdout).toContain('level: error');
    expect(print({ SWITCHBOARD_LOG_LEVEL: 'error' }).stdout).toContain('port: 4567');
  });

  test('says in one line which variables of a Kubernetes Service it ignores', () => {
    const env = {
      SWITCHBOARD_CONFIG: file,
      SWITCHBOARD_PORT: 'tcp://10.0.0.1:80',
      SWITCHBOARD_SERVICE_HOST: '10.0.0.1',
    };
    expect(run('src/main.ts', ['--check-config'], env)).toEqual({
      status: 0,
      stdout: 'Good: 1 app(s).\n',
      stderr: 'Ignored, as variables of a Kubernetes Service: SWITCHBOARD_PORT, SWITCHBOARD_SERVICE_HOST.\n',
    });
  });

  test('says in lines without a stack why files cannot be used', () => {
    const broken = join(folder, 'broken.db');
    writeFileSync(broken, 'this is no database');
    for (const env of [
      { SWITCHBOARD_CONFIG: '/nowhere.yaml' },
      { SWITCHBOARD_CONFIG: folder },
      { SWITCHBOARD_CONFIG: file, SWITCHBOARD_EVENTS_FILE: broken },
      { SWITCHBOARD_CONFIG: file, SWITCHBOARD_EVENTS_FILE: '/nowhere/events.db' },
      { SWITCHBOARD_CONFIG: file, SWITCHBOARD_AUTH_SECRET_FILE: '/nowhere' },
    ]) {
      const { status, stderr } = run('src/main.ts', [], env);
      expect(status).toBe(1);
      expect(stderr).not.toMatch(/^ +at |^node:/m);
      expect(stderr.trim().split('\n').length).toBeLessThan(3);
    }
  });
});

test.each(['src/main.ts', 'src/emulators.ts', 'scripts/token.ts', 'scripts/callbacks-tail.ts'])(
  '%s --help prints its usage, and does nothing else',
  (script) => {
    const { status, stdout, stderr } = run(script, ['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm (start|run [\w:]+)/);
  },
);
