import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { DraftEvent } from '../../src/domain/event.ts';
import { type EventLog, type RawCallback, type Retention, SealError } from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
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

interface Settings extends Partial<Retention> {
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
      expect(await log.read('a', log.top('a'), 10)).toEqual({ events: [], gap: null, hasMore: false });
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
        epoch: first.epoch,
        offset: 2,
        receivedAt: clock.now(),
        draft: draft('y'),
      });
    });

    test('same-position: nothing, and no gap', async () => {
      const { log } = make();
      await log.append('a', drafts('x'));
      expect(await log.read('a', log.top('a'), 10)).toEqual({ events: [], gap: null, hasMore: false });
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
      expect(await log.read('a', start, 10)).toEqual({ events: [], gap: 'EXPIRED', hasMore: false });
      expect(log.top('a').offset).toBe(3);
    });

    test('expired-but-same-position: who has had all that expired has no gap', async () => {
      const { log, clock } = make({ maxAgeMs: day });
      await log.append('a', drafts('x', 'y'));
      const place = log.top('a');
      await clock.advance(2 * day);
      expect(await log.read('a', place, 10)).toEqual({ events: [], gap: null, hasMore: false });
      await log.append('a', drafts('z'));
      expect(names((await log.read('a', place, 10)).events)).toEqual(['z']);
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
