import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { AppError } from '../../src/errors.ts';
import { KeySets } from '../../src/net/key-sets.ts';
import { bearerOf, makeTokenVerifier, signDemoToken } from '../../src/server/auth.ts';

const secret = 'the secret of these tests, 32 bytes or more';
const key = new TextEncoder().encode(secret);
const clock = systemClock;
const verify = makeTokenVerifier({ secret }, clock);
const claims = { subject: 'alice', expiresInSeconds: 60 };

/** The code and message of what a promise rejects with. */
async function refusal(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, message: error.message };
}

function token(fields: Record<string, unknown>, header: { alg: string } = { alg: 'HS256' }, signingKey = key) {
  return new SignJWT({ sub: 'alice', exp: Math.floor(Date.now() / 1000) + 60, ...fields })
    .setProtectedHeader(header)
    .sign(signingKey);
}

describe('a token signed with the secret', () => {
  it('names its subject, scopes and accounts, and when it ends', async () => {
    const accounts = { 'zim-eu': 'alice', 'rc-cn': 'a17' };
    const viewer = await verify(await signDemoToken(secret, { ...claims, scopes: ['chat:read'], accounts }, clock));
    expect(viewer.subject).toBe('alice');
    expect([...viewer.scopes]).toEqual(['chat:read']);
    expect([...viewer.accounts]).toEqual(Object.entries(accounts));
    expect(Math.abs((viewer.expiresAt ?? 0) - Date.now() - 60_000)).toBeLessThan(1500);
  });

  it('carries the scopes of this server only: other words of its scope claim do not count', async () => {
    const scopesOf = async (scope: string) => [...(await verify(await token({ scope }))).scopes];
    expect(await scopesOf('openid profile')).toEqual([]);
    expect(await scopesOf('openid chat:write email  chat:read chat:write')).toEqual(['chat:read', 'chat:write']);
    expect(await scopesOf('CHAT:READ chat:read2 chat: chat:reads,chat:write constructor')).toEqual([]);
  });

  it('needs neither scopes nor accounts', async () => {
    const viewer = await verify(await token({}));
    expect([viewer.scopes.size, viewer.accounts.size]).toEqual([0, 0]);
  });

  it('may have ended 5 seconds ago, since clocks differ, and no longer', async () => {
    const at = Math.floor(Date.now() / 1000);
    expect((await verify(await token({ exp: at - 3 }))).subject).toBe('alice');
    expect(await refusal(verify(await token({ exp: at - 7 })))).toEqual({
      code: 'UNAUTHENTICATED',
      message: 'The token has expired.',
    });
  });

  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`app-${index}`, 'u']));
  it.each<[string, Record<string, unknown>, string]>([
    ['no exp', { exp: undefined }, '"exp"'],
    ['no sub', { sub: undefined }, '"sub"'],
    ['an empty sub', { sub: '' }, 'sub'],
    ['a later nbf', { nbf: Math.floor(Date.now() / 1000) + 60 }, '"nbf"'],
    ['a scope that is a list', { scope: ['chat:admin'] }, 'scope'],
    ['accounts that are a list', { accounts: ['alice'] }, 'accounts'],
    ['an account that is a number', { accounts: { 'zim-eu': 7 } }, 'accounts'],
    ['101 accounts', { accounts: many }, 'accounts'],
  ])('is refused with %s', async (_title, fields, named) => {
    const { code, message } = await refusal(verify(await token(fields)));
    expect(code).toBe('UNAUTHENTICATED');
    expect(message).toContain(named);
  });

  it('is refused when it is altered, signed by another, not signed, or of another algorithm', async () => {
    const good = await token({});
    const [head = '', body = '', signature = ''] = good.split('.');
    const altered = Buffer.from(JSON.stringify({ sub: 'root', exp: 9e9 })).toString('base64url');
    const bad = [
      `${head}.${altered}.${signature}`,
      await token({}, { alg: 'HS256' }, new TextEncoder().encode('another secret, also 32 bytes long')),
      new UnsecuredJWT({ sub: 'alice' }).setExpirationTime('1h').encode(),
      await token({}, { alg: 'HS512' }),
      `${head}.${body}.`,
      `${head}.${body}`,
      'x',
      '..',
      `${good}.x.y`,
      good.padEnd(9000, 'A'),
    ];
    for (const text of bad) {
      const { code, message } = await refusal(verify(text));
      expect(code).toBe('UNAUTHENTICATED');
      expect(message).not.toMatch(/secret|jose|at .*\.ts/);
    }
  });

  it('must have the configured issuer and audience', async () => {
    const strict = makeTokenVerifier({ secret, issuer: 'https://id.example', audience: 'chat' }, clock);
    const good = { ...claims, issuer: 'https://id.example', audience: 'chat' };
    expect((await strict(await signDemoToken(secret, good, clock))).subject).toBe('alice');
    expect(
      (await refusal(strict(await signDemoToken(secret, { ...good, audience: 'mail' }, clock)))).message,
    ).toContain('"aud"');
    expect((await refusal(strict(await signDemoToken(secret, claims, clock)))).message).toContain('"iss"');
  });
});

describe('a token signed with a key of a set', () => {
  const issuer = { readKeys: new KeySets(clock).read, report: () => {} };
  let keys: Server;
  let url: string;
  let privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    privateKey = pair.privateKey;
    const body = JSON.stringify({
      keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }],
    });
    keys = createServer((request, response) => {
      response.statusCode = request.url === '/keys' ? 200 : 500;
      response.setHeader('content-type', 'application/json').end(body);
    });
    await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
    const address = keys.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => keys.close());

  const sign = (kid: string) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('bob')
      .setExpirationTime('1m')
      .sign(privateKey);

  it('is trusted; one of an unknown key or of a shared secret is not', async () => {
    const verifyByKeys = makeTokenVerifier({ jwksUrl: `${url}/keys` }, clock, issuer);
    expect((await verifyByKeys(await sign('k1'))).subject).toBe('bob');
    expect((await refusal(verifyByKeys(await sign('k2')))).code).toBe('UNAUTHENTICATED');
    expect((await refusal(verifyByKeys(await token({})))).code).toBe('UNAUTHENTICATED');
  });

  it('cannot be judged, which is no fault of the caller, when the keys cannot be had', async () => {
    for (const jwksUrl of [`${url}/none`, 'http://127.0.0.1:1/keys']) {
      const verifyByNone = makeTokenVerifier({ jwksUrl }, clock, issuer);
      expect((await refusal(verifyByNone(await sign('k1')))).code).toBe('UNAVAILABLE');
    }
  });
});

describe('the Authorization header', () => {
  it.each([
    [[], null],
    [['Authorization', ''], null],
    [['Host', 'x', 'authorization', 'Bearer abc'], 'abc'],
    [['AUTHORIZATION', '  bearer   abc '], 'abc'],
    [['x', 'authorization', 'y', 'Bearer z'], null],
  ])('%j gives %j', (headers, expected) => {
    expect(bearerOf(headers)).toBe(expected);
  });

  it.each([
    [['authorization', 'Bearer a', 'Authorization', 'Bearer a']],
    [['authorization', 'Basic YTpi']],
    [['authorization', 'Bearer a, Bearer b']],
    [['authorization', 'Bearer a b']],
    [['authorization', 'Bearer']],
  ])('%j is refused', (headers) => {
    expect(() => bearerOf(headers)).toThrow(AppError);
  });
});
