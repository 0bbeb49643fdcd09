import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { PlainRequest } from '../../src/net/encode.ts';
import { NoAnswer } from '../../src/net/send.ts';
import type { Call } from '../../src/net/wire.ts';
import { configSchema, hostsOf, regionOf } from '../../src/vendors/easemob/app-config.ts';
import { Session } from '../../src/vendors/easemob/auth.ts';
import { FakeClock } from '../support/fake-clock.ts';

const config = configSchema.parse({
  orgName: 'org',
  appName: 'app',
  clientId: 'id',
  clientSecret: 'secret',
  callbackSecret: 'callback-secret',
});
const request: PlainRequest = { method: 'GET', path: '/users', query: [], headers: {}, body: undefined };

/** A session whose vendor gives tokens t1, t2 and so on, or fails when told to. */
function newSession(expiresIn: number | undefined = 3600) {
  const clock = new FakeClock();
  const state = { calls: 0, failure: undefined as AppError | undefined };
  const call: Call = async (endpoint, params) => {
    state.calls += 1;
    expect(endpoint.id).toBe('easemob.token.app');
    expect(params).toEqual({ grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' });
    if (state.failure) throw state.failure;
    return endpoint.reply.parse({ access_token: `t${state.calls}`, expires_in: expiresIn, application: 'uuid' });
  };
  const session = new Session({ config, clock, call });
  const bearer = async () => (await session.authorize(request)).headers['authorization'];
  return { clock, state, session, bearer };
}

describe('the session', () => {
  test('adds the token as a bearer, and keeps the other headers', async () => {
    const { session } = newSession();
    const signed = await session.authorize({ ...request, headers: { accept: 'application/json' } });
    expect(signed.headers).toEqual({ accept: 'application/json', authorization: 'Bearer t1' });
  });

  test('fetches one token for many who wait', async () => {
    const { state, bearer } = newSession();
    const bearers = await Promise.all(Array.from({ length: 50 }, bearer));
    expect(new Set(bearers)).toEqual(new Set(['Bearer t1']));
    expect(state.calls).toBe(1);
  });

  test('renews at half the life of the token', async () => {
    const { clock, bearer } = newSession(3600);
    await bearer();
    await clock.advance(1_799_999);
    expect(await bearer()).toBe('Bearer t1');
    await clock.advance(1);
    expect(await bearer()).toBe('Bearer t2');
  });

  test.each([0, undefined])('keeps a token whose expires_in is %s for ever', async (expiresIn) => {
    const { clock, bearer } = newSession(expiresIn ?? 0);
    await bearer();
    await clock.advance(365 * 24 * 60 * 60 * 1000);
    expect(await bearer()).toBe('Bearer t1');
  });

  test('goes on with a good token when its renewal fails, until it expires', async () => {
    const { clock, state, bearer } = newSession(3600);
    await bearer();
    await clock.advance(1_800_000);
    state.failure = new AppError('VENDOR_UNAVAILABLE');
    expect(await bearer()).toBe('Bearer t1');
    expect(await bearer()).toBe('Bearer t1');
    expect(state.calls, 'asks again half a minute later only').toBe(2);
    await clock.advance(30_000);
    await bearer();
    expect(state.calls).toBe(3);
    await clock.advance(1_770_000);
    await expect(bearer()).rejects.toBeInstanceOf(NoAnswer);
  });

  test('drops a refused token once for all who were refused with it', async () => {
    const { session, state, bearer } = newSession();
    await bearer();
    session.drop();
    session.drop();
    expect(await bearer()).toBe('Bearer t2');
    session.drop();
    expect(await bearer()).toBe('Bearer t2');
    expect(state.calls).toBe(2);
  });

  test('drops again a few seconds later', async () => {
    const { clock, session, bearer } = newSession();
    await bearer();
    session.drop();
    await bearer();
    await clock.advance(5_000);
    session.drop();
    expect(await bearer()).toBe('Bearer t3');
  });

  test.each(['OUTCOME_UNKNOWN', 'VENDOR_UNAVAILABLE', 'VENDOR_BAD_RESPONSE'] as const)(
    'tells that the waiting call was not sent when the token call ends in %s',
    async (code) => {
      const { state, bearer } = newSession();
      state.failure = new AppError(code);
      await expect(bearer()).rejects.toMatchObject({ name: 'NoAnswer', wasSent: false });
    },
  );

  test('passes on that the credentials are refused, and asks again for the next call', async () => {
    const { state, bearer } = newSession();
    state.failure = new AppError('VENDOR_MISCONFIGURED');
    await expect(bearer()).rejects.toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
    state.failure = undefined;
    expect(await bearer()).toBe('Bearer t2');
  });
});

describe('the hosts', () => {
  test.each([
    [{}, ['https://a1.easemob.com/org/app', 'https://a1.easecdn.com/org/app'], 'China 1'],
    [{ cluster: 'cn2' as const }, ['https://a31.easemob.com/org/app', 'https://a31.easecdn.com/org/app'], 'China 2'],
    [{ cluster: 'sgp1' as const }, ['https://a1-sgp.easemob.com/org/app'], 'Singapore 1'],
    [{ host: 'vip5.example' }, ['https://vip5.example/org/app'], null],
  ])('of %o are the cluster and its alternative, with the app key in front of every path', (part, hosts, region) => {
    expect(hostsOf({ ...config, ...part })).toEqual(hosts);
    expect(regionOf({ ...config, ...part })).toBe(region);
  });

  test('are replaced by the base URLs given', () => {
    expect(hostsOf(config, ['http://127.0.0.1:9'])).toEqual(['http://127.0.0.1:9/org/app']);
  });
});
