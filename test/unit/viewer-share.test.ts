import { describe, expect, test } from 'vitest';
import { bucket, charge, setUpScheduler } from '../support/limits.ts';

/** RongCloud's limit on recipients of direct messages. */
const recipients = () => bucket('recipients', { count: 6_000, seconds: 60 });
/** RongCloud takes so many recipients in one call, at the most. */
const most = 1_000;

function setUp(windows = recipients(), viewerShare = 0.5) {
  const { clock, call, scheduler } = setUpScheduler([windows], { viewerShare });
  const units: Record<string, { at: number; cost: number }[]> = {};
  const start = clock.now();
  const forever = clock.ticks() + 1e9;
  /** Asks as a viewer; gives whether it was granted before its deadline, which is ten seconds away when left out. */
  const ask = (viewer: string, cost: number, patienceMs = 10_000) =>
    call(viewer, [charge('recipients', cost)], {
      viewer,
      deadline: Math.min(forever, clock.ticks() + patienceMs),
    }).then(
      () => {
        const list = units[viewer] ?? [];
        units[viewer] = list;
        list.push({ at: clock.now() - start, cost });
        return true;
      },
      () => false,
    );
  /** Units that a viewer got between two moments, in seconds from the start. */
  const got = (viewer: string, from: number, to: number) =>
    (units[viewer] ?? [])
      .filter(({ at }) => at >= from * 1000 && at < to * 1000)
      .reduce((sum, { cost }) => sum + cost, 0);
  return { clock, ask, got, scheduler };
}

describe('a window of 60 seconds', () => {
  test('alone a viewer has all of it', async () => {
    const { clock, ask, got } = setUp();
    for (let index = 0; index < 20; index += 1) void ask('greedy', most, 1e9);
    await clock.advance(1_000);
    expect(got('greedy', 0, 1)).toBe(6_000);
    await clock.advance(60_000);
    expect(got('greedy', 0, 61)).toBe(12_000);
  });

  test('while one floods, everything that others ask for within their fair share is granted at once, in every window', async () => {
    const { clock, ask, got } = setUp();
    await ask('honest', 1);
    await ask('other', 1);
    const waits: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      // Twenty requests a second of a thousand recipients each; those that cannot be had in ten seconds are refused.
      for (let index = 0; index < 20; index += 1) void ask('greedy', most);
      if (second % 5 === 0) {
        for (const viewer of ['honest', 'other']) {
          const since = clock.now();
          expect(await ask(viewer, 100, 100)).toBe(true);
          waits.push(clock.now() - since);
        }
      }
      await clock.advance(1_000);
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(1);
    for (let minute = 0; minute < 5; minute += 1)
      expect(got('honest', minute * 60, (minute + 1) * 60)).toBeGreaterThanOrEqual(1_200);
    // What is left to the one that floods is half of what the others leave, and it gets that.
    expect(got('greedy', 120, 180)).toBeGreaterThanOrEqual(1_000);
    expect(got('greedy', 120, 180)).toBeLessThanOrEqual(3_000);
  });

  test('while two flood, a third gets what it asks for up to its third of every window', async () => {
    const { clock, ask, got } = setUp();
    await ask('third', 1);
    const refused: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      for (const viewer of ['one', 'two']) for (let index = 0; index < 5; index += 1) void ask(viewer, 100);
      // A window is held a little longer than it is long, so that 21 of these are in it.
      if (second % 3 === 0 && !(await ask('third', 95, 100))) refused.push(second);
      await clock.advance(1_000);
    }
    expect(refused).toEqual([]);
    for (let minute = 0; minute < 5; minute += 1)
      expect(got('third', minute * 60, minute * 60 + 60)).toBeGreaterThanOrEqual(1_900);
    expect(got('one', 120, 180)).toBeGreaterThan(1_000);
    expect(Math.abs(got('one', 120, 300) - got('two', 120, 300))).toBeLessThanOrEqual(300);
  });

  test('two that flood leave half of what one has to a third at once', async () => {
    const { clock, ask, got } = setUp();
    await ask('third', 1);
    for (let second = 0; second < 120; second += 1) {
      for (const viewer of ['one', 'two']) for (let index = 0; index < 5; index += 1) void ask(viewer, 100);
      await clock.advance(1_000);
    }
    expect(got('one', 60, 120)).toBeGreaterThan(1_700);
    for (let index = 0; index < 10; index += 1) expect(await ask('third', 100, 100)).toBe(true);
  });

  test('viewers who all wait share all of it: nothing is kept for nobody', async () => {
    const { clock, ask, got } = setUp();
    for (const viewer of ['a', 'b', 'c']) for (let index = 0; index < 200; index += 1) void ask(viewer, 100, 1e9);
    await clock.advance(60_500);
    const shares = ['a', 'b', 'c'].map((viewer) => got(viewer, 0, 60));
    expect(shares.reduce((sum, each) => sum + each, 0)).toBe(6_000);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(100);
  });

  test('one who wanted something and was refused counts too, so that it is not locked out every minute anew', async () => {
    const { clock, ask, got } = setUp();
    for (let index = 0; index < 6; index += 1) await ask('greedy', most);
    expect(await ask('honest', 100)).toBe(false);
    for (let second = 0; second < 62; second += 1) {
      for (let index = 0; index < 5; index += 1) void ask('greedy', most);
      await clock.advance(1_000);
    }
    expect(got('greedy', 59, 62)).toBe(3_000);
    expect(await ask('honest', 100, 100)).toBe(true);
  });

  test('a share is open again when no other viewer was active for nine minutes and a window', async () => {
    const { clock, ask, got } = setUp();
    await ask('honest', 1);
    await clock.advance(599_000);
    for (let index = 0; index < 6; index += 1) void ask('greedy', most, 1e9);
    await clock.advance(500);
    expect(got('greedy', 0, 600)).toBe(3_000);
    await clock.advance(1_000);
    expect(got('greedy', 0, 601)).toBe(6_000);
  });

  test('what the gateway does in nobody’s name is not held back', async () => {
    const { ask } = setUp();
    await ask('honest', 1);
    for (let index = 0; index < 5; index += 1) expect(await ask('', most, 100)).toBe(true);
  });

  test('the share is a figure of the configuration; 1 leaves all to whoever comes first', async () => {
    const quarter = setUp(recipients(), 0.25);
    await quarter.ask('honest', 1);
    for (let index = 0; index < 20; index += 1) void quarter.ask('greedy', 100, 1e9);
    await quarter.clock.advance(100);
    expect(quarter.got('greedy', 0, 1)).toBe(1_500);
    const all = setUp(recipients(), 1);
    await all.ask('honest', 1);
    for (let index = 0; index < 5; index += 1) expect(await all.ask('greedy', most, 100)).toBe(true);
  });

  test('one call that is larger than the share is let through when the viewer holds nothing', async () => {
    const { ask, clock, got } = setUp();
    await ask('honest', 1);
    expect(await ask('greedy', 4_000, 100)).toBe(true);
    expect(await ask('greedy', 1, 100)).toBe(false);
    await clock.advance(100);
    expect(got('greedy', 0, 1)).toBe(4_000);
  });
});

test('what is left is shared by those who wait for it, however much they hold, when nobody else was active', async () => {
  const { clock, ask, got } = setUp(bucket('recipients', { count: 20, seconds: 60 }));
  await ask('one', 10);
  await ask('other', 9);
  await clock.advance(10);
  const waiting = [ask('one', 1, 1e9), ask('other', 2, 1e9)];
  await clock.advance(1_000);
  // One is left, and both hold the half that is theirs.
  expect([got('one', 0, 2), got('other', 0, 2)]).toEqual([11, 9]);
  await clock.advance(61_000);
  expect(await Promise.all(waiting)).toEqual([true, true]);
});

describe('a window of a second', () => {
  test('while one floods, others get their fair share in every window', async () => {
    const { clock, ask, got } = setUp(bucket('recipients', { count: 20, seconds: 1 }));
    await ask('honest', 1);
    for (let tick = 0; tick < 100; tick += 1) {
      for (let index = 0; index < 10; index += 1) void ask('greedy', 1, 5_000);
      if (tick % 2 === 0) expect(await ask('honest', 1, 50), `after ${tick} ticks`).toBe(true);
      await clock.advance(100);
    }
    expect(got('honest', 0, 10)).toBe(51);
    expect(got('greedy', 3, 8) / 5).toBeGreaterThan(6);
    expect(got('greedy', 3, 8) / 5).toBeLessThanOrEqual(10);
  });

  test('is all for one viewer ten seconds after another has used it', async () => {
    const { clock, ask, got } = setUp(bucket('recipients', { count: 20, seconds: 1 }));
    await ask('honest', 1);
    for (let tick = 0; tick < 200; tick += 1) {
      for (let index = 0; index < 4; index += 1) void ask('greedy', 1, 1e9);
      await clock.advance(100);
    }
    expect(got('greedy', 2, 9) / 7).toBeLessThanOrEqual(10);
    expect(got('greedy', 12, 19) / 7).toBeGreaterThan(19);
  });
});
