import { describe, expect, test } from 'vitest';
import { Activity } from '../../src/limits/activity.ts';
import { FairQueue } from '../../src/limits/fair-queue.ts';
import { isSame, type KeyEntry, KeyLine, partsOf } from '../../src/limits/key-line.ts';
import { Lane, type Waiter } from '../../src/limits/lane.ts';
import { Turns } from '../../src/limits/turns.ts';
import type { Charge, Priority } from '../../src/request-options.ts';

interface Item {
  readonly name: string;
  readonly viewer: string;
  readonly priority: Priority;
}

const item = (viewer: string, name: string, priority: Priority = 'interactive'): Item => ({ viewer, name, priority });
const namesOf = (items: Iterable<{ readonly name: string }>) => [...items].map(({ name }) => name);

describe('a fair queue', () => {
  const [a1, a2, b1, b2, c1] = [item('a', 'a1'), item('a', 'a2'), item('b', 'b1'), item('b', 'b2'), item('c', 'c1')];
  const queueOf = (...items: Item[]) => {
    const queue = new FairQueue<Item>();
    for (const each of items) queue.add(each);
    return queue;
  };

  test('gives to the viewer who has had least, each one’s own in the order they came', () => {
    const queue = queueOf(a1, a2, b1, b2);
    const order: string[] = [];
    for (let next = queue.head(); next; next = queue.head()) {
      order.push(next.name);
      expect(queue.remove(next, 1)).toBe(true);
    }
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  test('counts what is in it, of whom, and forgets a viewer of whom nothing is left', () => {
    const queue = queueOf(a1, a2, b1);
    expect([queue.size, queue.viewers, queue.countOf('a'), queue.countOf('b'), queue.countOf('c')]).toEqual([
      3, 2, 2, 1, 0,
    ]);
    expect([queue.has(b1), queue.has(b2), queue.has(c1)]).toEqual([true, false, false]);
    expect(queue.remove(b1, 1)).toBe(true);
    expect([queue.size, queue.viewers, queue.countOf('b'), queue.has(b1)]).toEqual([2, 1, 0, false]);
    expect([...queue.names()]).toEqual(['a']);
  });

  test('takes out nothing that is not in it, and charges nobody for it', () => {
    const queue = queueOf(a1, b1);
    expect([queue.remove(a2, 5), queue.remove(c1, 5)]).toEqual([false, false]);
    expect([queue.size, queue.head()]).toEqual([2, a1]);
  });

  test('lets a viewer who comes new begin where the one stands who had least', () => {
    const queue = queueOf(a1, a2, b1, b2);
    queue.remove(a1, 3);
    queue.remove(b1, 2);
    queue.add(c1);
    // c stands at 2 like b, who came before it.
    expect(queue.head()).toBe(b2);
    queue.remove(b2, 1);
    expect(queue.head()).toBe(c1);
  });

  test('passes over the viewers to skip, and has the first of each', () => {
    const queue = queueOf(a1, a2, b1, c1);
    expect(queue.head(new Set(['a']))).toBe(b1);
    expect(queue.head(new Set(['a', 'b', 'c']))).toBeUndefined();
    expect([queue.headOf('a'), queue.headOf('x')]).toEqual([a1, undefined]);
    expect([namesOf(queue.heads()), namesOf(queue)]).toEqual([
      ['a1', 'b1', 'c1'],
      ['a1', 'a2', 'b1', 'c1'],
    ]);
  });
});

describe('turns', () => {
  const urgent = [item('a', 'a1'), item('a', 'a2'), item('b', 'b1')];
  const mass = [item('c', 'c1', 'bulk'), item('a', 'a3', 'bulk')];
  const turnsOf = (...items: Item[]) => {
    const turns = new Turns<Item>();
    for (const each of items) turns.add(each);
    return turns;
  };

  test('take the most urgent first, viewers in rotation, as many as are wanted', () => {
    const turns = turnsOf(...mass, ...urgent);
    const { taken, late } = turns.take(4);
    expect([namesOf(taken), late, turns.size]).toEqual([['a1', 'b1', 'a2', 'c1'], [], 1]);
    expect([turns.take(0).taken, turns.size]).toEqual([[], 1]);
    expect(namesOf(turns.take(9).taken)).toEqual(['a3']);
  });

  test('take the late ones out on the way, at nobody’s cost', () => {
    const turns = turnsOf(...urgent);
    const { taken, late } = turns.take(2, ({ name }) => name === 'a1');
    expect([namesOf(taken), namesOf(late), turns.size]).toEqual([['a2', 'b1'], ['a1'], 0]);
  });

  test('take one of the viewer that is to be first, and those of others last', () => {
    expect(namesOf(turnsOf(...mass, ...urgent).take(3, undefined, { first: 'c' }).taken)).toEqual(['c1', 'a1', 'b1']);
    const last = new Set(['a']);
    expect(namesOf(turnsOf(...mass, ...urgent).take(3, undefined, { last }).taken)).toEqual(['b1', 'a1', 'a2']);
    expect(turnsOf(...urgent).take(0, undefined, { first: 'b' }).taken).toEqual([]);
  });

  test('know what is in them, and take out one of them once', () => {
    const turns = turnsOf(...mass, ...urgent);
    const one = urgent[0] ?? item('', '');
    expect([turns.has(one), turns.remove(one), turns.has(one), turns.remove(one), turns.size]).toEqual([
      true,
      true,
      false,
      false,
      4,
    ]);
    expect([...turns.viewers()]).toEqual(['a', 'b', 'c']);
    expect([namesOf(turns.peek(2)), turns.size]).toEqual([['a2', 'b1'], 4]);
  });

  test('say how many go before one who comes now: the more urgent, and of each viewer one more than it has itself', () => {
    const turns = turnsOf(...mass, ...urgent);
    expect(turns.ahead({ priority: 'interactive', viewer: 'new' })).toBe(2);
    expect(turns.ahead({ priority: 'interactive', viewer: 'a' })).toBe(3);
    expect(turns.ahead({ priority: 'bulk', viewer: 'new' })).toBe(5);
    expect(turnsOf(...urgent).ahead({ priority: 'bulk', viewer: 'new' })).toBe(3);
  });
});

describe('keys in line', () => {
  const entry = (key: string, more: Partial<KeyEntry<string, string>> = {}): KeyEntry<string, string> => ({
    key,
    identity: key,
    priority: 'interactive',
    viewer: 'a',
    deadline: 1000,
    wanted: 1,
    askers: new Set([more.viewer ?? 'a']),
    traces: new Set(),
    settle: () => {},
    ...more,
  });
  const charge = (cost: number, bucket = 'x', scope = ''): Charge => ({ bucket, scope, cost });

  test('are counted for everybody who asked for them, until they leave', () => {
    const line = new KeyLine<string, string>();
    const [one, other] = [entry('k1'), entry('k2', { viewer: 'b' })];
    line.add(one);
    line.add(other);
    line.join(one, 'b');
    line.join(one, 'b');
    expect([...line.askers]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect([line.remove(one), line.remove(one)]).toEqual([true, false]);
    expect([...line.askers]).toEqual([['b', 1]]);
    line.join(one, 'c');
    expect([one.askers.has('c'), line.askers.has('c')]).toEqual([true, false]);
    line.take(1, 0);
    expect([line.askers.size, line.queue.size]).toEqual([0, 0]);
  });

  test('are late after their deadline, not at it; the others’ deadlines are known then', () => {
    const line = new KeyLine<string, string>();
    const all = [entry('k1', { deadline: 10 }), entry('k2', { deadline: 20 }), entry('k3', { deadline: 30 })];
    for (const each of all) line.add(each);
    expect([line.earliest, line.latest]).toEqual([10, 30]);
    expect(line.takeLate(10)).toEqual([]);
    expect(line.takeLate(11)).toEqual([all[0]]);
    expect([line.earliest, line.latest, line.queue.size]).toEqual([20, 30, 2]);
    const { taken, late } = line.take(5, 30);
    expect([taken, late]).toEqual([[all[2]], [all[1]]]);
    expect([line.takeLate(99), line.earliest, line.latest]).toEqual([
      [],
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  test('go by the more urgent of two who want one, and wait for the more patient', () => {
    const line = new KeyLine<string, string>();
    const one = entry('k1', { priority: 'bulk', viewer: 'job', deadline: 50 });
    line.add(one);
    line.hurry(one, { priority: 'bulk', viewer: 'b', deadline: 40 });
    expect(one).toMatchObject({ priority: 'bulk', viewer: 'job', deadline: 50 });
    line.hurry(one, { viewer: 'b', deadline: 60 });
    expect(one).toMatchObject({ priority: 'interactive', viewer: 'b', deadline: 60 });
    expect([line.latest, line.queue.size]).toEqual([60, 1]);
    line.hurry(one, { priority: 'bulk', viewer: 'c' });
    expect(one).toMatchObject({ priority: 'interactive', viewer: 'b', deadline: 60 });
  });

  test('draw what is planned for as many as wait, or for the most that are fewer, or else for the fewest', () => {
    const line = new KeyLine<string, string>();
    const plans = [
      [2, [charge(2)]],
      [3, [charge(3)]],
      [6, [charge(6)]],
    ] as const;
    for (const [count, plan] of plans) line.plans.set(count, plan);
    const drawn = (waiting: number, max: number) => {
      const queue = new KeyLine<string, string>();
      for (const [count, plan] of plans) queue.plans.set(count, plan);
      for (let index = 0; index < waiting; index += 1) queue.add(entry(`k${index}`));
      return queue.charges(max)[0]?.cost;
    };
    expect([drawn(1, 9), drawn(2, 9), drawn(4, 9), drawn(5, 9), drawn(6, 9), drawn(8, 9), drawn(8, 3)]).toEqual([
      2, 2, 3, 3, 6, 6, 3,
    ]);
    expect(new KeyLine().charges(5)).toEqual([]);
  });

  test('are as many in a call as the most for whose plan it draws just the same', () => {
    const line = new KeyLine<string, string>();
    line.plans.set(1, [charge(1)]);
    line.plans.set(5, [charge(1)]);
    line.plans.set(9, [charge(1), charge(2, 'y')]);
    expect([line.fitting([charge(1)]), line.fitting([charge(1), charge(2, 'y')]), line.fitting([charge(7)])]).toEqual([
      5, 9, 1,
    ]);
  });

  test('have their timer stopped once', () => {
    const line = new KeyLine<string, string>();
    let stopped = 0;
    line.timerAt = 5;
    line.cancelTimer = () => {
      stopped += 1;
    };
    line.stopTimer();
    line.stopTimer();
    expect([stopped, line.timerAt]).toEqual([1, Number.POSITIVE_INFINITY]);
  });

  test.each([
    [[charge(1)], [charge(1)], true],
    [[], [], true],
    [[charge(1)], [charge(2)], false],
    [[charge(1)], [charge(1, 'y')], false],
    [[charge(1)], [charge(1, 'x', 'g')], false],
    [[charge(1)], [charge(1), charge(1, 'y')], false],
    [[charge(1), charge(1, 'y')], [charge(1)], false],
    [[charge(1), charge(1, 'y')], [charge(1), charge(2, 'y')], false],
    [[charge(1), charge(1, 'y')], [charge(2), charge(1, 'y')], false],
  ])('of which calls draw %j and %j draw the same: %s', (one, other, same) => {
    expect(isSame(one, other)).toBe(same);
  });

  test('share a call by who asked for them', () => {
    const entries = [{ askers: new Set(['a']) }, { askers: new Set(['a', 'b']) }];
    expect([...partsOf(entries)]).toEqual([
      ['a', 0.75],
      ['b', 0.25],
    ]);
  });
});

describe('a lane', () => {
  const waiter = (viewer: string, since: number, more: Partial<Waiter> = {}): Waiter => ({
    viewer,
    since,
    priority: 'interactive',
    deadline: 1e9,
    charges: () => [],
    grant: () => {},
    refuse: () => {},
    ...more,
  });
  const nobody: ReadonlySet<string> = new Set();
  const laneOf = (...waiters: Waiter[]) => {
    const lane = new Lane();
    for (const each of waiters) lane.add(each);
    return lane;
  };

  test('has upkeep go as if it had come five seconds later, and mass work ten', () => {
    for (const [priority, ms] of [
      ['background', 5_000],
      ['bulk', 10_000],
    ] as const) {
      const early = waiter('job', 0, { priority });
      const person = waiter('a', ms - 1);
      expect(laneOf(early, person).head(nobody)?.waiter).toBe(person);
      const head = laneOf(early, waiter('a', ms + 1)).head(nobody);
      expect([head?.waiter, head?.rank]).toEqual([early, ms]);
    }
  });

  test('ranks by the oldest of those who are not skipped', () => {
    const [one, other] = [waiter('a', 10), waiter('b', 20)];
    const lane = laneOf(other, one);
    expect(lane.head(nobody)?.rank).toBe(10);
    expect(lane.head(new Set(['a']))).toEqual({ rank: 20, waiter: other });
    expect(lane.head(new Set(['a', 'b']))).toBeUndefined();
  });

  test('counts and forgets who waits', () => {
    const [one, other] = [waiter('a', 10), waiter('b', 20, { askers: () => ['b', 'c'] })];
    const lane = laneOf(one, other);
    expect([lane.size, lane.has(one), [...lane.viewers()], [...lane]]).toEqual([
      2,
      true,
      ['a', 'b', 'c'],
      [one, other],
    ]);
    expect([lane.remove(one, 1), lane.remove(one, 1), lane.size, lane.has(one)]).toEqual([true, false, 1, false]);
  });

  test('says how many go before one that waits', () => {
    const own = waiter('a', 3);
    const lane = laneOf(waiter('a', 1), own, waiter('b', 2), waiter('job', 0, { priority: 'bulk' }));
    expect(lane.ahead({ priority: 'interactive', viewer: 'a' })).toBe(2);
    expect(lane.ahead({ priority: 'interactive', viewer: 'b' })).toBe(1);
    expect(lane.ahead({ priority: 'bulk', viewer: 'job' })).toBe(3);
    expect(lane.ahead({ priority: 'bulk', viewer: 'other' })).toBe(3);
  });
});

test('activity is that of the last viewer beside those who are left out', () => {
  const activity = new Activity();
  activity.note('x', 'a', 10);
  activity.note('x', 'b', 20);
  activity.note('x', 'a', 30);
  activity.note('y', 'c', 40);
  const beside = (some: string[], others: string[] = []) => activity.lastBeside('x', new Set(some), new Set(others));
  expect([beside([]), beside(['a']), beside([], ['a']), beside(['a'], ['b'])]).toEqual([
    30,
    20,
    20,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(activity.lastBeside('z', new Set(), new Set())).toBe(Number.NEGATIVE_INFINITY);
});
