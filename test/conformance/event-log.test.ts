import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { DraftEvent } from '../../src/domain/event.ts';
import { unsignedOf } from '../../src/domain/stream.ts';
import type { Subject } from '../../src/domain/subject.ts';
import {
  type AppRetention,
  type EventLog,
  type LogSlice,
  type Position,
  type RawCallback,
  SealError,
} from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { Query } from '../../src/events/query.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Bench {
  readonly clock: FakeClock;
  readonly log: EventLog;
  /** The same log after what it is kept in was lost. */
  lose(): EventLog;
}

interface Settings extends Partial<AppRetention> {
  readonly maxKeys?: number;
}

/** Every implementation of `EventLog`. */
const implementations: Record<string, (settings?: Settings) => Bench> = {
  memory(settings) {
    const clock = new FakeClock();
    const make = () => new MemoryLog({ clock, ...settings });
    return { clock, log: make(), lose: make };
  },
  sqlite(settings) {
    const clock = new FakeClock();
    files += 1;
    const file = join(folder, `${files}.db`);
    const make = () => new SqliteLog({ clock, file, ...settings });
    const log = make();
    const lose = () => {
      log.close();
      for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
      return make();
    };
    return { clock, log, lose };
  },
};

const draft = (key: string, padding = ''): DraftEvent => ({
  dedupeKey: key,
  occurredAt: new Date(0),
  subjects: [],
  payload: { type: 'UNKNOWN', callback: key + padding },
});
const drafts = (...keys: string[]) => keys.map((key) => draft(key));
const names = (events: readonly { readonly draft: DraftEvent }[]) => events.map((event) => event.draft.dedupeKey);
const many = (count: number) => Array.from({ length: count }, (_, index) => `e${index + 1}`);
const raw = (body: string): RawCallback => ({
  receivedAt: 7,
  callback: 'told',
  method: 'POST',
  query: 'a=1',
  headers: { 'content-type': 'application/json' },
  body,
});
const day = 86_400_000;

describe.each(Object.entries(implementations))('%s', (_, make) => {
  describe('reading', () => {
    test('empty: the top is offset 0, and nothing comes after it', async () => {
      const { log } = make();
      expect(log.top('a').offset).toBe(0);
      expect(await log.read('a', log.top('a'), 10)).toMatchObject({ events: [], gap: null, hasMore: false });
    });

    test('first-ever-cursor: a place before the first event gives them all', async () => {
      const { log } = make();
      const start = log.top('a');
      await log.append('a', drafts('x', 'y'));
      const { events, gap } = await log.read('a', start, 10);
      expect([names(events), gap]).toEqual([['x', 'y'], null]);
    });

    test('from-position: everything after a place, in order, offsets without holes, as it was appended', async () => {
      const { log, clock } = make();
      const [first] = await log.append('a', drafts('x', 'y', 'z'));
      if (!first) throw new Error('not appended');
      const { events, gap } = await log.read('a', first, 10);
      expect([names(events), events.map((event) => event.offset), gap]).toEqual([['y', 'z'], [2, 3], null]);
      expect(events[0]).toEqual({
        app: 'a',
        stream: 'a',
        epoch: first.epoch,
        offset: 2,
        receivedAt: clock.now(),
        draft: draft('y'),
      });
    });

    test('same-position: nothing, and no gap', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      expect(await log.read('a', log.top('a'), 10)).toMatchObject({ events: [], gap: null, hasMore: false });
    });

    test('ahead-of-top: a gap, since that place is of a log that is lost', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      const { gap } = await log.read('a', { ...log.top('a'), offset: 99 }, 10);
      expect(gap).toBe('LOG_LOST');
    });

    test('wrong-epoch: a gap, then everything that there is', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      const { events, gap } = await log.read('a', { epoch: 'another', offset: 1 }, 10);
      expect([names(events), gap]).toEqual([['x'], 'LOG_LOST']);
    });

    test('meta-evicted: a log that lost all is another epoch, so that no old place fits it', async () => {
      const { log, lose } = make();
      await log.append('a', drafts('x', 'y'));
      const old = log.top('a');
      const other = lose();
      await other.append('a', drafts('z', 'w', 'v'));
      expect(other.top('a').epoch).not.toBe(old.epoch);
      const { events, gap } = await other.read('a', old, 10);
      expect([names(events), gap]).toEqual([['z', 'w', 'v'], 'LOG_LOST']);
    });

    test('more-than-page-limit: pages, not a gap', async () => {
      const { log } = make();
      const start = log.top('a');
      await log.append('a', drafts(...many(9)));
      const first = await log.read('a', start, 4);
      const last = first.events.at(-1);
      if (!last) throw new Error('nothing read');
      const second = await log.read('a', last, 5);
      expect([...names(first.events), ...names(second.events)]).toEqual(many(9));
      expect([first.gap, first.hasMore, second.gap, second.hasMore]).toEqual([null, true, null, false]);
    });

    test('10,000 events come back in order over pages of any size', async () => {
      const { log } = make();
      const start = log.top('a');
      for (let at = 0; at < 10_000; at += 500) await log.append('a', drafts(...many(10_000).slice(at, at + 500)));
      const seen: string[] = [];
      for (let place = start, hasMore = true; hasMore; ) {
        const slice = await log.read('a', place, 777);
        expect(slice.gap).toBe(null);
        seen.push(...names(slice.events));
        place = slice.events.at(-1) ?? place;
        hasMore = slice.hasMore;
      }
      expect(seen).toEqual(many(10_000));
    });
  });

  describe('reading by a query', () => {
    const subjects: readonly Subject[] = ['to:user:a', 'user:a', 'to:group:g', 'group:g', 'thread:9', 'call:7'];
    /** Events with some of the subjects each, in no order, of one type in a hundred that is another. */
    const mixed = (count: number): DraftEvent[] =>
      Array.from({ length: count }, (_, index) => ({
        ...draft(`m${index}`),
        subjects: subjects.filter((_, place) => (index * 7919 + place * 104_729) % (place * 37 + 3) === 0),
        ...(index % 100 === 42 && { payload: { type: 'USER_UPDATED', userId: 'a' } as const }),
      }));
    const readAll = async (log: EventLog, from: Position, limit: number, query: Query | undefined) => {
      const seen: string[] = [];
      let reads = 0;
      for (let place = from, hasMore = true; hasMore; reads += 1) {
        const slice: LogSlice = await log.read('a', place, limit, query);
        expect(slice.events.length).toBeLessThanOrEqual(limit);
        seen.push(...names(slice.events));
        expect(slice.upTo.offset).toBeGreaterThanOrEqual(slice.events.at(-1)?.offset ?? place.offset);
        if (slice.hasMore) expect(slice.upTo.offset).toBeGreaterThan(place.offset);
        place = slice.upTo;
        hasMore = slice.hasMore;
      }
      return { seen, reads };
    };
    const queries: readonly [string, readonly (readonly string[])[]][] = [
      ['of one subject', [['to:user:a']]],
      ['of one of several subjects', [['user:a', 'thread:9', 'call:7', 'group:nowhere']]],
      ['of a subject and another', [['to:group:g'], ['user:a']]],
      ['of a type', [['type:USER_UPDATED']]],
      [
        'of a subject and a type',
        [
          ['to:user:a', 'group:g'],
          ['type:USER_UPDATED', 'type:CALL_STARTED'],
        ],
      ],
      ['of a subject that no event has', [['to:user:nobody']]],
      ['of no subject', [[]]],
    ];

    test.each(queries)('a query %s gives the very events that meet it, in order, in pages', async (_, conditions) => {
      const { log } = make();
      const start = log.top('a');
      const all = mixed(3000);
      for (let at = 0; at < all.length; at += 700) await log.append('a', all.slice(at, at + 700));
      const query = new Query(conditions);
      const wanted = all.filter((each) =>
        conditions.every((terms) =>
          terms.some((term) => [...each.subjects, `type:${each.payload.type}`].some((own) => own === term)),
        ),
      );
      for (const limit of [7, 500]) {
        const { seen } = await readAll(log, start, limit, query);
        expect(seen).toEqual(wanted.map(({ dedupeKey }) => dedupeKey));
      }
      const rest = await readAll(log, { ...start, offset: 1234 }, 50, query);
      const offsetOf = ({ dedupeKey }: DraftEvent) => Number(dedupeKey.slice(1)) + 1;
      expect(rest.seen).toEqual(wanted.filter((each) => offsetOf(each) > 1234).map(({ dedupeKey }) => dedupeKey));
    });

    test('what is let go of, and what comes after, is found as before', async () => {
      const { log } = make({ maxEvents: 1000 });
      const start = log.top('a');
      const all = mixed(4000);
      for (let at = 0; at < all.length; at += 100) await log.append('a', all.slice(at, at + 100));
      const kept = await readAll(log, start, 100, undefined);
      const wanted = all.filter(
        ({ subjects: own, dedupeKey }) => own.includes('user:a') && kept.seen.includes(dedupeKey),
      );
      const found = await readAll(log, start, 100, new Query([['user:a']]));
      expect(found.seen).toEqual(wanted.map(({ dedupeKey }) => dedupeKey));
      expect((await log.read('a', start, 10, new Query([['to:user:nobody']]))).gap).toBe('EXPIRED');
    });

    test('a read that finds nothing in a large log ends early with the place up to which it looked', async () => {
      const { log } = make();
      const start = log.top('a');
      for (let at = 0; at < 20_000; at += 500) await log.append('a', drafts(...many(20_000).slice(at, at + 500)));
      const first = await log.read('a', start, 100, new Query([['user:x']]));
      expect(first).toMatchObject({ events: [], gap: null, hasMore: true });
      expect(first.upTo.offset).toBeGreaterThan(10_000);
      expect(await readAll(log, start, 100, new Query([['user:x']]))).toEqual({ seen: [], reads: 2 });
    });
  });

  describe('retention', () => {
    test('already-trimmed: by count, a gap, then what is left', async () => {
      const { log } = make({ maxEvents: 10 });
      const { epoch } = log.top('a');
      for (const key of many(30)) await log.append('a', drafts(key));
      const { events, gap } = await log.read('a', { epoch, offset: 2 }, 100);
      expect(gap).toBe('EXPIRED');
      expect(names(events)).toEqual(many(30).slice(-events.length));
      expect(events.length).toBeGreaterThanOrEqual(10);
      expect(events.length).toBeLessThanOrEqual(11);
    });

    test('the place right before the oldest event that is left is no gap', async () => {
      const { log } = make({ maxEvents: 10 });
      const { epoch } = log.top('a');
      for (const key of many(30)) await log.append('a', drafts(key));
      const oldest = (await log.read('a', { epoch, offset: 0 }, 1)).events[0]?.offset ?? 0;
      expect((await log.read('a', { epoch, offset: oldest - 1 }, 1)).gap).toBe(null);
      expect((await log.read('a', { epoch, offset: oldest - 2 }, 1)).gap).toBe('EXPIRED');
    });

    test('by size: events and what was sent for them stay below the bytes that are allowed', async () => {
      const { log } = make({ maxBytes: 100_000 });
      const start = log.top('a');
      for (const key of many(50)) {
        await log.append('a', [draft(key, 'x'.repeat(4000))], { raw: raw('y'.repeat(6000)) });
      }
      const { events, gap } = await log.read('a', start, 100);
      expect(gap).toBe('EXPIRED');
      expect(events.length).toBeGreaterThanOrEqual(7);
      expect(events.length).toBeLessThanOrEqual(11);
      expect(await log.raw('a', { ...start, offset: 1 })).toBe(null);
      expect(await log.raw('a', { ...start, offset: 50 })).toMatchObject({ body: 'y'.repeat(6000) });
    });

    test('expired-stream: what is too old goes by itself where nothing more comes, and an old place has a gap', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      const start = log.top('a');
      await log.append('a', drafts('x', 'y'));
      await clock.advance(day / 2);
      await log.append('a', drafts('z'));
      await clock.advance(day / 2 + day / 5);
      expect(await log.read('a', start, 10)).toMatchObject({ events: [{ offset: 3 }], gap: 'EXPIRED' });
      await clock.advance(day);
      expect(await log.read('a', start, 10)).toMatchObject({ events: [], gap: 'EXPIRED', hasMore: false });
      expect(log.top('a').offset).toBe(3);
    });

    test('expired-but-same-position: who has had all that expired has no gap', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      await log.append('a', drafts('x', 'y'));
      const place = log.top('a');
      await clock.advance(2 * day);
      expect(await log.read('a', place, 10)).toMatchObject({ events: [], gap: null, hasMore: false });
      await log.append('a', drafts('z'));
      expect(names((await log.read('a', place, 10)).events)).toEqual(['z']);
    });

    test('a clock that is 8 days ahead for a minute takes no event that is not due, and no key', async () => {
      const { log, clock } = make({ maxAgeMs: 7 * day });
      const start = log.top('a');
      for (const key of many(60)) {
        await log.append('a', drafts(key));
        await clock.advance(day / 20);
      }
      const seal = { signature: 's', content: 'c' };
      await log.append('a', drafts('sealed'), { seal });
      clock.step(8 * day);
      for (const key of ['during 1', 'during 2', 'during 3']) {
        await log.append('a', drafts(key));
        await clock.advance(20_000);
      }
      clock.step(-8 * day);
      await log.append('a', drafts('after'));
      await clock.advance(120_000);
      const { events, gap } = await log.read('a', start, 500);
      expect([names(events), gap]).toEqual([
        [...many(60), 'sealed', 'during 1', 'during 2', 'during 3', 'after'],
        null,
      ]);
      expect(await log.append('a', drafts('e1', 'sealed', 'during 1'))).toEqual([]);
      await expect(log.check('a', { ...seal, content: 'other' })).rejects.toThrow(SealError);
    });

    test('a clock that goes ahead and stays there lets go of what is due little by little, and of nothing that came since', async () => {
      const { log, clock } = make({ maxAgeMs: 7 * day });
      const start = log.top('a');
      for (const key of many(70)) {
        await log.append('a', drafts(key));
        await clock.advance(day / 10);
      }
      clock.step(8 * day);
      await log.append('a', drafts('since'));
      const kept: number[] = [];
      for (let hour = 0; hour < 9; hour += 1) {
        await clock.advance(day / 24);
        kept.push((await log.read('a', start, 500)).events.length);
      }
      expect(kept[0]).toBeGreaterThan(55);
      expect(kept).toEqual([...kept].sort((a, b) => b - a));
      expect(new Set(kept).size).toBeGreaterThan(6);
      expect(names((await log.read('a', start, 500)).events)).toEqual(['since']);
    });

    test('a clock that is set back keeps what it would have let go', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      const start = log.top('a');
      await log.append('a', drafts('x'));
      clock.step(-3 * day);
      await clock.advance(2 * day);
      await log.append('a', drafts('y'));
      expect(names((await log.read('a', start, 10)).events)).toEqual(['x', 'y']);
    });

    test('however much is too old, only some of it goes at once', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      const start = log.top('a');
      for (let at = 0; at < 5000; at += 500) await log.append('a', drafts(...many(5000).slice(at, at + 500)));
      await clock.advance(day - 1000);
      await clock.advance(61_000);
      const { events } = await log.read('a', start, 500);
      expect(events[0]?.offset).toBeGreaterThan(900);
      expect(events[0]?.offset).toBeLessThanOrEqual(2001);
    });

    test('trim lets go up to a place, in one app, and never the key of what it let go', async () => {
      const { log } = make();
      const start = log.top('a');
      await log.append('a', drafts('x', 'y', 'z'));
      await log.append('b', drafts('x'));
      await log.trim('a', { ...start, offset: 2 });
      expect(await log.read('a', start, 10)).toMatchObject({ events: [{ offset: 3 }], gap: 'EXPIRED' });
      expect((await log.read('b', { ...start, offset: 0 }, 10)).events).toHaveLength(1);
      expect(await log.append('a', drafts('x', 'y'))).toEqual([]);
      await log.trim('a', { epoch: 'another', offset: 3 });
      expect((await log.read('a', start, 10)).events).toHaveLength(1);
    });

    test('trim past the top lets go of everything, and the next event goes on counting', async () => {
      const { log } = make();
      await log.append('a', drafts('x', 'y'));
      await log.trim('a', { ...log.top('a'), offset: 99 });
      expect(await log.append('a', drafts('z'))).toMatchObject([{ offset: 3 }]);
    });
  });

  describe('what no signature proves', () => {
    const unsigned = { maxEvents: 10, maxBytes: 100_000 };

    test('is counted by itself: however much of it comes, what was signed stays', async () => {
      const { log } = make({ maxEvents: 100, unsigned });
      await log.append('a', drafts(...many(50)));
      for (let index = 0; index < 300; index += 1) await log.append(unsignedOf('a'), drafts(`u${index}`));
      const start = { ...log.top('a'), offset: 0 };
      expect((await log.read('a', start, 500)).events).toHaveLength(50);
      const left = await log.read(unsignedOf('a'), start, 500);
      expect([left.gap, left.events.length]).toEqual([
        'EXPIRED',
        expect.toSatisfy((count) => count >= 10 && count <= 11),
      ]);
      expect(left.events[0]).toMatchObject({ app: 'a', stream: unsignedOf('a') });
    });

    test('takes no key of what was signed, and its own keys are a tenth', async () => {
      const { log } = make({ maxKeys: 100, unsigned });
      await log.append('a', drafts('x'), { seal: { signature: 's', content: 'c' } });
      await log.append(unsignedOf('a'), drafts('x', 'y'));
      for (let index = 0; index < 300; index += 1) await log.append(unsignedOf('a'), drafts(`u${index}`));
      expect(await log.append('a', drafts('x'))).toEqual([]);
      await expect(log.check('a', { signature: 's', content: 'd' })).rejects.toThrow(SealError);
      expect(await log.append(unsignedOf('a'), drafts('u299', 'u298'))).toEqual([]);
      expect(await log.append(unsignedOf('a'), drafts('y'))).toHaveLength(1);
    });
  });

  describe('reading back', () => {
    /** Every page from a place back. */
    async function back(log: EventLog, from: Position, limit: number, query?: Query) {
      const found: string[] = [];
      for (let place = from, hasMore = true; hasMore; ) {
        const slice = await log.readBack('a', place, limit, query);
        expect(slice.events.length).toBeLessThanOrEqual(limit);
        expect(slice.upTo.offset).toBeLessThan(place.offset);
        found.push(...names(slice.events));
        place = slice.upTo;
        hasMore = slice.hasMore;
      }
      return found;
    }

    test('gives the newest first from a place, over pages of any size, with and without a query', async () => {
      const { log } = make();
      const even: Subject = 'user:even';
      const all = many(1000).map((key, index) => ({ ...draft(key), subjects: index % 2 ? [even] : [] }));
      await log.append('a', all);
      const newest = many(1000).reverse();
      for (const limit of [1, 7, 256, 500]) {
        expect(await back(log, log.top('a'), limit)).toEqual(newest);
        const query = new Query([[even]]);
        const wanted = newest.filter((key) => Number(key.slice(1)) % 2 === 0);
        expect(await back(log, log.top('a'), limit, query)).toEqual(wanted);
        expect(await back(log, { ...log.top('a'), offset: 600 }, limit, query)).toEqual(wanted.slice(200));
      }
    });

    test('ends at the oldest event kept, and gives nothing before it or of another life', async () => {
      const { log } = make({ maxEvents: 10 });
      await log.append('a', drafts(...many(30)));
      await log.trim('a');
      const oldest = Number((await log.read('a', { ...log.top('a'), offset: 0 }, 1)).events[0]?.offset);
      expect(await back(log, log.top('a'), 4)).toHaveLength(30 - oldest + 1);
      const gone = await log.readBack('a', { ...log.top('a'), offset: oldest - 1 }, 4);
      expect([gone.events, gone.hasMore, gone.gap]).toEqual([[], false, null]);
      const other = await log.readBack('a', { epoch: 'another', offset: 30 }, 4);
      expect([other.events, other.hasMore, other.gap]).toEqual([[], false, 'LOG_LOST']);
      expect(await log.readBack('nothing', log.top('nothing'), 4)).toMatchObject({ events: [], hasMore: false });
    });

    test('the place before a moment is that of the last event received before it', async () => {
      const { log, clock } = make();
      const start = clock.now();
      for (const key of ['x', 'y', 'z']) {
        await log.append('a', drafts(key, `${key}2`));
        await clock.advance(1000);
      }
      const at = (ms: number) => log.placeBefore('a', start + ms).offset;
      expect([at(0), at(1), at(1000), at(1001), at(2000), at(9000)]).toEqual([0, 2, 2, 4, 4, 6]);
      expect(log.placeBefore('nothing', start).offset).toBe(0);
    });
  });

  describe('appending', () => {
    test('idempotent-append: the same key twice is one event, in one append too', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      expect(names(await log.append('a', drafts('x', 'y', 'y')))).toEqual(['y']);
      expect(log.top('a').offset).toBe(2);
    });

    test('the key outlives the event for a week', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      await log.append('a', drafts('x'));
      await clock.advance(7 * day);
      expect((await log.read('a', { ...log.top('a'), offset: 0 }, 1)).events).toEqual([]);
      expect(await log.append('a', drafts('x'))).toEqual([]);
    });

    test('of a change that several forms tell of, the one that has told of more than the others is news', async () => {
      const { log } = make();
      const told = (key: string, form: string, change = 'c'): DraftEvent => ({
        ...draft(key),
        change: { key: change, form },
      });
      // Two changes that cannot be told apart, in the older form at once, then in the newer, and a third in the newer only.
      expect(names(await log.append('a', [told('o1', 'old'), told('o2', 'old')]))).toEqual(['o1', 'o2']);
      expect(names(await log.append('a', [told('n1', 'new')]))).toEqual([]);
      expect(names(await log.append('a', [told('n1', 'new')]))).toEqual([]);
      expect(names(await log.append('a', [told('n2', 'new'), told('n3', 'new')]))).toEqual(['n3']);
      expect(names(await log.append('a', [told('o3', 'old')]))).toEqual([]);
      expect(names(await log.append('a', [told('o4', 'old'), told('o1', 'old')]))).toEqual(['o4']);
      // Another change, and another stream, have counts of their own.
      expect(names(await log.append('a', [told('p1', 'new', 'd')]))).toEqual(['p1']);
      expect(names(await log.append('b', [told('o1', 'old')]))).toEqual(['o1']);
    });

    test('an append that cannot be kept counts for no form', async () => {
      const { log } = make();
      const change = { key: 'c', form: 'old' };
      const bad = {
        ...draft('bad'),
        change,
        payload: { type: 'UNKNOWN', callback: () => {} },
      } as unknown as DraftEvent;
      await expect(log.append('a', [bad])).rejects.toThrow();
      expect(names(await log.append('a', [{ ...draft('n1'), change: { ...change, form: 'new' } }]))).toEqual(['n1']);
    });

    test('keys are bounded: the last ones are known, those before twice as many are not', async () => {
      const { log } = make({ maxKeys: 100 });
      for (const key of many(400)) await log.append('a', drafts(key));
      expect(await log.append('a', drafts(...many(400).slice(-100)))).toEqual([]);
      expect(await log.append('a', drafts('e1'))).toHaveLength(1);
    });

    test('the same key in two apps is two events, each with its own offsets', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      expect(await log.append('b', drafts('x'))).toMatchObject([{ app: 'b', offset: 1 }]);
    });

    test('appends at the same time do not mix', async () => {
      const { log } = make();
      const start = log.top('a');
      await Promise.all(many(100).map((key) => log.append('a', drafts(`${key}-1`, `${key}-2`))));
      const { events } = await log.read('a', start, 500);
      expect(names(events)).toEqual(many(100).flatMap((key) => [`${key}-1`, `${key}-2`]));
    });

    test('whole-or-nothing: an append that cannot be kept leaves no trace, and none of its keys', async () => {
      const { log } = make();
      const start = log.top('a');
      const bad = { ...draft('bad'), payload: { type: 'UNKNOWN', callback: () => {} } } as unknown as DraftEvent;
      const seal = { signature: 's', content: 'c' };
      const [failed, other] = await Promise.allSettled([
        log.append('a', [draft('x'), bad], { seal, raw: raw('lost') }),
        log.append('a', drafts('y')),
      ]);
      expect([failed.status, other.status]).toEqual(['rejected', 'fulfilled']);
      expect(names((await log.read('a', start, 10)).events)).toEqual(['y']);
      expect(names(await log.append('a', drafts('x'), { seal }))).toEqual(['x']);
    });

    test('listeners hear of an append once it can be read, of their app only, until they stop', async () => {
      const { log } = make();
      const heard: (string | boolean)[] = [];
      const stop = log.onAppend('a', (events) => {
        heard.push(...names(events), log.top('a').offset === events.at(-1)?.offset);
      });
      await log.append('a', drafts('x'));
      await log.append('a', drafts('x'));
      await log.append('b', drafts('y'));
      stop();
      await log.append('a', drafts('z'));
      expect(heard).toEqual(['x', true]);
    });

    test('a listener that throws keeps neither the append nor other listeners', async () => {
      const { log } = make();
      const heard: string[] = [];
      log.onAppend('a', () => {
        throw new Error('not mine');
      });
      log.onAppend('a', (events) => heard.push(...names(events)));
      await log.append('a', drafts('x'));
      expect(await log.append('a', drafts('y'))).toMatchObject([{ offset: 2 }]);
      expect(heard).toEqual(['x', 'y']);
    });
  });

  describe('what came with the events', () => {
    test('what the vendor sent is there for each of its events, and for no other', async () => {
      const { log } = make();
      const at = (offset: number) => log.raw('a', { ...log.top('a'), offset });
      await log.append('a', drafts('x'));
      await log.append('a', drafts('y', 'z'), { raw: raw('{"two":"你好"}') });
      await log.append('a', drafts('w'), { raw: raw('w') });
      expect(await Promise.all([1, 2, 3, 4, 5].map(at))).toEqual([
        null,
        raw('{"two":"你好"}'),
        raw('{"two":"你好"}'),
        raw('w'),
        null,
      ]);
      expect(await log.raw('a', { epoch: 'another', offset: 2 })).toBe(null);
      expect(await log.raw('nowhere', { ...log.top('a'), offset: 2 })).toBe(null);
    });

    test('a repeat is not kept, and what it repeats stays', async () => {
      const { log } = make();
      await log.append('a', drafts('x'), { raw: raw('first') });
      await log.append('a', drafts('x'), { raw: raw('second') });
      await log.append('a', drafts('x', 'y'), { raw: raw('third') });
      const bodies = [1, 2].map(async (offset) => (await log.raw('a', { ...log.top('a'), offset }))?.body);
      expect(await Promise.all(bodies)).toEqual(['first', 'third']);
    });

    test('a seal that comes again with the same content appends nothing, whatever the keys say', async () => {
      const { log } = make();
      const seal = { signature: 's', content: 'c' };
      await log.append('a', drafts('x'), { seal });
      expect(await log.append('a', drafts('y'), { seal })).toEqual([]);
      expect(await log.append('b', drafts('y'), { seal })).toHaveLength(1);
    });

    test('a seal that comes with other content is refused, at the same time too', async () => {
      const { log } = make();
      const [one, other] = await Promise.allSettled([
        log.append('a', drafts('x'), { seal: { signature: 's', content: 'c' } }),
        log.append('a', drafts('y'), { seal: { signature: 's', content: 'd' } }),
      ]);
      expect([one.status, other.status]).toEqual(['fulfilled', 'rejected']);
      await expect(log.append('a', drafts('z'), { seal: { signature: 's', content: 'e' } })).rejects.toThrow(SealError);
      expect(log.top('a').offset).toBe(1);
    });

    test('a seal is used by a callback that tells nothing', async () => {
      const { log } = make();
      await log.append('a', [], { seal: { signature: 's', content: 'c' } });
      await expect(log.append('a', drafts('x'), { seal: { signature: 's', content: 'd' } })).rejects.toThrow(SealError);
    });
  });
});
