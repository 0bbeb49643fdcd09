import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { KeySets } from '../../src/net/key-sets.ts';
import { makeTokenVerifier } from '../../src/server/auth.ts';
import type { KeyFetch } from '../../src/server/issuer-keys.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type IssuerKey, KeyServer, type KeyServerMood, makeKey, signWith } from '../support/key-server.ts';

const minute = 60_000;
const hour = 60 * minute;

let first: IssuerKey;
let second: IssuerKey;
let clock: FakeClock;
let server: KeyServer;
let fetches: KeyFetch[];
let keySets: KeySets;
let verify: ReturnType<typeof makeTokenVerifier>;

beforeEach(async () => {
  first = await makeKey('k1');
  second = await makeKey('k2');
  clock = new FakeClock();
  server = new KeyServer([first]);
  fetches = [];
  const options = { jwksUrl: `${await server.start()}?tenant=secret`, staleKeysSeconds: 6 * 3600 };
  keySets = new KeySets(clock);
  verify = makeTokenVerifier(options, clock, { readKeys: keySets.read, report: (fetch) => void fetches.push(fetch) });
});
afterEach(async () => {
  server.stop();
  await keySets.close();
});

/** The subject of a token just signed, or the code of the refusal. */
async function outcome(key: IssuerKey): Promise<string> {
  try {
    return (await verify(await signWith(key, clock.now()))).subject;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

/** Waits until the fetches so far are `count`: those that no token waits for go on by themselves. */
async function fetched(count: number): Promise<void> {
  for (let turn = 0; fetches.length < count && turn < 200; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(fetches.length).toBe(count);
}

test('the set is fetched once for all tokens that come within five minutes, and then behind the tokens', async () => {
  expect(await Promise.all(Array.from({ length: 20 }, () => outcome(first)))).toEqual(Array(20).fill('bob'));
  await clock.advance(4 * minute);
  expect(await outcome(first)).toBe('bob');
  expect(server.asked).toBe(1);
  await clock.advance(2 * minute);
  server.mood = 'hangs';
  const before = performance.now();
  expect(await outcome(first)).toBe('bob');
  expect(performance.now() - before).toBeLessThan(1000);
  expect(server.asked).toBeLessThanOrEqual(2);
});

describe('while the issuer cannot be asked', () => {
  it.each<KeyServerMood>(['fails', 'refuses', 'serves nonsense'])(
    '(%s) tokens of known keys are good',
    async (mood) => {
      expect(await outcome(first)).toBe('bob');
      server.mood = mood;
      await clock.advance(11 * minute);
      expect(await outcome(first)).toBe('bob');
      await clock.advance(5 * hour);
      expect(await outcome(first)).toBe('bob');
    },
  );

  it('tokens of known keys are good without a wait for an issuer that hangs, once it is known not to answer', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    await clock.advance(11 * minute);
    expect(await outcome(first)).toBe('bob');
    server.mood = 'hangs';
    await clock.advance(minute);
    const before = performance.now();
    expect(await Promise.all([outcome(first), outcome(first), outcome(first)])).toEqual(['bob', 'bob', 'bob']);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('known keys are used for the configured time and no longer', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    await clock.advance(10 * minute + 6 * hour - 1000);
    expect(await outcome(first)).toBe('bob');
    await clock.advance(2 * minute);
    expect(await outcome(first)).toBe('UNAVAILABLE');
    server.mood = 'serves';
    await clock.advance(minute);
    expect(await outcome(first)).toBe('bob');
  });

  it('a jump of the machine’s clock does not make known keys too old', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    clock.step(8 * 24 * hour);
    expect(await outcome(first)).toBe('bob');
  });

  it('a token of a key that is not known cannot be judged', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    await clock.advance(minute);
    expect(await outcome(second)).toBe('UNAVAILABLE');
    expect(await outcome(first)).toBe('bob');
  });

  it('a token that is not good for another reason is refused as ever', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    await clock.advance(11 * minute);
    expect(await outcome({ ...second, kid: 'k1' })).toBe('UNAUTHENTICATED');
  });

  it('each change is reported once, without the query of the address', async () => {
    expect(await outcome(first)).toBe('bob');
    server.mood = 'fails';
    for (let turn = 0; turn < 5; turn += 1) {
      await clock.advance(10 * minute);
      expect(await outcome(first)).toBe('bob');
    }
    await fetched(6);
    server.mood = 'serves';
    await clock.advance(minute);
    await outcome(first);
    await fetched(7);
    const changes = fetches.filter(({ isChange }) => isChange);
    expect(changes).toMatchObject([
      { status: 'stale', reason: 'the answer has status 500', usableMs: 6 * hour },
      { status: 'current', reason: null, usableMs: 6 * hour + 10 * minute },
    ]);
    expect(JSON.stringify(fetches)).not.toContain('secret');
  });
});

describe('without any key yet', () => {
  it.each<KeyServerMood>(['fails', 'refuses', 'serves nonsense'])('(%s) no token can be judged', async (mood) => {
    server.mood = mood;
    expect(await outcome(first)).toBe('UNAVAILABLE');
    expect(fetches).toMatchObject([{ status: 'none', isChange: true, usableMs: 0 }]);
    server.mood = 'serves';
    await clock.advance(6000);
    expect(await outcome(first)).toBe('bob');
  });

  it('the issuer is asked at most every five seconds, and the refusal says when again', async () => {
    server.mood = 'fails';
    for (let turn = 0; turn < 20; turn += 1) expect(await outcome(first)).toBe('UNAVAILABLE');
    expect(server.asked).toBe(1);
    await clock.advance(2000);
    await expect(verify(await signWith(first, clock.now()))).rejects.toMatchObject({ details: { retryAfterMs: 3000 } });
  });
});

describe('a new key', () => {
  it('is fetched when its first token comes, and no more often than every 30 seconds', async () => {
    expect(await outcome(first)).toBe('bob');
    server.keys = [first, second];
    await clock.advance(31_000);
    expect(await outcome(second)).toBe('bob');
    const asked = server.asked;
    const stranger = await makeKey('k3');
    for (let turn = 0; turn < 10; turn += 1) expect(await outcome(stranger)).toBe('UNAUTHENTICATED');
    expect(server.asked).toBe(asked);
  });

  it('that takes the place of one without a name is fetched when a signature does not fit', async () => {
    const [old, fresh] = [await makeKey(), await makeKey()];
    server.keys = [old];
    expect(await outcome(old)).toBe('bob');
    server.keys = [fresh];
    await clock.advance(31_000);
    expect(await outcome(fresh)).toBe('bob');
    expect(await outcome(old)).toBe('UNAUTHENTICATED');
  });
});

test('keys without a name are tried in turn', async () => {
  const [one, other, stranger] = [await makeKey(), await makeKey(), await makeKey()];
  server.keys = [one, other];
  expect(await outcome(one)).toBe('bob');
  expect(await outcome(other)).toBe('bob');
  expect(await outcome(stranger)).toBe('UNAUTHENTICATED');
});

test('a token is checked against 16 keys at most', async () => {
  const keys = await Promise.all(Array.from({ length: 17 }, () => makeKey()));
  server.keys = keys;
  const [fits, beyond] = [keys[15], keys[16]];
  if (!fits || !beyond) throw new Error('no keys');
  expect(await outcome(fits)).toBe('bob');
  expect(await outcome(beyond)).toBe('UNAUTHENTICATED');
});
