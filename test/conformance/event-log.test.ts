import { describe, expect, test } from 'vitest';
import type { DraftEvent } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** Every implementation of `EventLog`, keeping 10 events (and up to a tenth more) for each app. */
const implementations: Record<string, () => EventLog> = {
  memory: () => new MemoryLog({ clock: new FakeClock(), maxEvents: 10, maxKeys: 1000 }),
  sqlite: () => new SqliteLog({ clock: new FakeClock(), file: ':memory:', maxEvents: 10, maxKeys: 1000 }),
};

const draft = (key: string): DraftEvent => ({
  dedupeKey: key,
  occurredAt: new Date(0),
  subjects: [],
  payload: { type: 'UNKNOWN', callback: key },
});
const drafts = (...keys: string[]) => keys.map(draft);
const names = (events: readonly { readonly draft: DraftEvent }[]) => events.map((event) => event.draft.dedupeKey);
const many = (count: number) => Array.from({ length: count }, (_, index) => `e${index + 1}`);

describe.each(Object.entries(implementations))('%s', (_, make) => {
  test('empty: the top is offset 0, and nothing comes after it', async () => {
    const log = make();
    expect(log.top('a').offset).toBe(0);
    expect(await log.read('a', log.top('a'), 10)).toEqual({ events: [], gap: null });
  });

  test('from-position: everything after a place, in order, offsets without holes', async () => {
    const log = make();
    const [first] = await log.append('a', drafts('x', 'y', 'z'));
    if (!first) throw new Error('not appended');
    const { events, gap } = await log.read('a', first, 10);
    expect([names(events), events.map((event) => event.offset), gap]).toEqual([['y', 'z'], [2, 3], null]);
  });

  test('same-position: nothing, and no gap', async () => {
    const log = make();
    await log.append('a', drafts('x'));
    expect(await log.read('a', log.top('a'), 10)).toEqual({ events: [], gap: null });
  });

  test('already-trimmed: a gap, then what is left', async () => {
    const log = make();
    const { epoch } = log.top('a');
    for (const key of many(30)) await log.append('a', drafts(key));
    const { events, gap } = await log.read('a', { epoch, offset: 2 }, 100);
    expect(gap).toBe('EXPIRED');
    expect(names(events).at(-1)).toBe('e30');
    expect(events.length).toBeGreaterThanOrEqual(10);
  });

  test('ahead-of-top: a gap, since that place is of a log that is lost', async () => {
    const log = make();
    await log.append('a', drafts('x'));
    const { gap } = await log.read('a', { ...log.top('a'), offset: 99 }, 10);
    expect(gap).toBe('LOG_LOST');
  });

  test('wrong-epoch: a gap, then everything that there is', async () => {
    const log = make();
    await log.append('a', drafts('x'));
    const { events, gap } = await log.read('a', { epoch: 'another', offset: 1 }, 10);
    expect([names(events), gap]).toEqual([['x'], 'LOG_LOST']);
  });

  test('more-than-page-limit: pages, not a gap', async () => {
    const log = make();
    const start = log.top('a');
    await log.append('a', drafts(...many(9)));
    const first = await log.read('a', start, 4);
    const last = first.events.at(-1);
    if (!last) throw new Error('nothing read');
    const second = await log.read('a', last, 100);
    expect([...names(first.events), ...names(second.events)]).toEqual(many(9));
    expect([first.gap, second.gap]).toEqual([null, null]);
  });

  test('idempotent-append: the same key twice is one event', async () => {
    const log = make();
    await log.append('a', drafts('x'));
    expect(await log.append('a', drafts('x', 'y'))).toHaveLength(1);
    expect(log.top('a').offset).toBe(2);
  });

  test('the same key in two apps is two events, each with its own offsets', async () => {
    const log = make();
    await log.append('a', drafts('x'));
    expect(await log.append('b', drafts('x'))).toMatchObject([{ app: 'b', offset: 1 }]);
  });

  test('listeners hear of an append once it can be read, of their app only, until they stop', async () => {
    const log = make();
    const heard: string[] = [];
    const stop = log.onAppend('a', (events) => heard.push(...names(events)));
    await log.append('a', drafts('x'));
    await log.append('b', drafts('y'));
    stop();
    await log.append('a', drafts('z'));
    expect(heard).toEqual(['x']);
  });
});
