import { describe, expect, test } from 'vitest';
import type { DraftEvent } from '../../src/domain/event.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { Feed } from '../../src/events/feed.ts';
import type { EventLog } from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { pastEvents } from '../../src/events/past.ts';
import { PacedReads } from '../../src/events/reads.ts';
import { FakeClock } from '../support/fake-clock.ts';

const draft = (serial: number, subject: Subject): DraftEvent => ({
  dedupeKey: `e${serial}`,
  occurredAt: new Date(0),
  subjects: [subject],
  payload: { type: 'UNKNOWN', callback: `e${serial}` },
});

/** A log of so many events of others, and the turns of the loop in which each of its reads was made. */
async function setUp(count: number) {
  const log = new MemoryLog({ clock: new FakeClock(), maxEvents: count + 1000 });
  for (let at = 0; at < count; at += 1000) {
    const length = Math.min(1000, count - at);
    await log.append(
      'a',
      Array.from({ length }, (_, index) => draft(at + index, 'to:user:another')),
    );
  }
  const turns: number[] = [];
  let turn = 0;
  let isOver = false;
  const next = () => {
    turn += 1;
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  const watched = new Proxy<EventLog>(log, {
    get(target, name) {
      if (name !== 'read') return Reflect.get(target, name).bind(target);
      return (...args: Parameters<EventLog['read']>) => {
        turns.push(turn);
        return target.read(...args);
      };
    },
  });
  return {
    log,
    watched,
    turns,
    start: { ...log.top('a'), offset: 0 },
    cursor: Buffer.from(JSON.stringify([['a', log.top('a').epoch, 0]])).toString('base64url'),
    stop: () => {
      isOver = true;
    },
  };
}

describe('reads of a log', () => {
  test('hold the loop for one page at a time, however many callers read however much', async () => {
    const { watched, turns, start, stop } = await setUp(1000);
    const paced = new PacedReads(watched);
    const all = Array.from({ length: 20 }, (_, caller) =>
      Array.from({ length: 10 }, () => paced.of(`viewer ${caller}`).read('a', start, 50)),
    );
    await Promise.all(all.flat());
    stop();
    expect(turns).toHaveLength(200);
    expect(new Set(turns).size).toBe(200);
  });

  test('are made for the callers in rotation: one page of each for a page of one that reads a lot', async () => {
    const { watched, start, stop } = await setUp(100);
    const paced = new PacedReads(watched);
    const done: string[] = [];
    const read = async (caller: string) => {
      await paced.of(caller).read('a', start, 10);
      done.push(caller);
    };
    await Promise.all([...Array.from({ length: 50 }, () => read('greedy')), read('alice'), read('bob')]);
    stop();
    expect(done.slice(0, 4)).toEqual(['greedy', 'alice', 'bob', 'greedy']);
  });

  test('of a stream that resumes far back look at the index, and not at events of others', async () => {
    const { log, watched, turns, cursor, stop } = await setUp(50_000);
    const wanted = { apps: ['a'], subjects: new Map([['a', ['to:user:alice'] as const]]) };
    const feed = new Feed(new PacedReads(watched).of('alice'), wanted, cursor, () => 0);
    await log.append('a', [draft(50_000, 'to:user:alice')]);
    const { value } = await feed.next();
    stop();
    expect(value?.payload).toMatchObject({ callback: 'e50000' });
    expect(feed.isAtEnd).toBe(true);
    expect(turns.length).toBeLessThanOrEqual(4);
    expect(new Set(turns).size).toBe(turns.length);
  });

  test('that search past events are bounded for each caller and in all; what is refused says that it may be tried again', async () => {
    const { log, stop } = await setUp(10);
    stop();
    const paced = new PacedReads(log, { maxSearchesPerViewer: 2, maxSearches: 3 });
    const ends: (() => void)[] = [];
    const search = (caller: string) =>
      paced.of(caller).search(
        () =>
          new Promise<void>((resolve) => {
            ends.push(resolve);
          }),
      );
    const running = [search('alice'), search('alice')];
    await expect(search('alice')).rejects.toMatchObject({ code: 'TOO_MANY_OPERATIONS', retry: 'backoff' });
    running.push(search('bob'));
    await expect(search('carol')).rejects.toMatchObject({ code: 'TOO_MANY_OPERATIONS' });
    ends.shift()?.();
    await running[0];
    running.push(search('carol'));
    for (const end of ends) end();
    await Promise.all(running);
    await paced.of('alice').search(async () => {});
  });
});

describe('past events', () => {
  test('that a filter does not pass give empty pages whose cursors go on, until one comes that passes', async () => {
    const { log, stop } = await setUp(40_000);
    stop();
    await log.append('a', [draft(40_000, 'user:alice')]);
    const reader = new PacedReads(log).of('operator');
    const wanted = { apps: ['a'], also: [['user:alice']] };
    const seen: unknown[] = [];
    const cursors = new Set<string | null>();
    let pages = 0;
    for (let after: string | null = null, hasNext = true; hasNext; pages += 1) {
      expect(pages).toBeLessThan(10);
      const page = await pastEvents(reader, wanted, { first: 5, after }, {}, 1);
      seen.push(...page.nodes.map(({ payload }) => payload));
      after = page.pageInfo.endCursor;
      cursors.add(after);
      hasNext = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([{ type: 'UNKNOWN', callback: 'e40000' }]);
    expect(pages).toBeGreaterThan(2);
    expect(cursors.size).toBe(pages);
  });
});
