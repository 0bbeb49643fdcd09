import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftEvent } from '../../src/domain/event.ts';
import { unsignedOf } from '../../src/domain/stream.ts';
import { AppError } from '../../src/errors.ts';
import { decodeEventCursor } from '../../src/events/cursor.ts';
import { Feed } from '../../src/events/feed.ts';
import type { EventLog } from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { PacedReads } from '../../src/events/reads.ts';
import { FakeClock } from '../support/fake-clock.ts';

const clock = new FakeClock();
const readerOf = (log: EventLog) => new PacedReads(log).of('reader');
const draft = (key: string, ...subjects: DraftEvent['subjects'][number][]): DraftEvent => ({
  dedupeKey: key,
  occurredAt: new Date(0),
  subjects,
  payload: { type: 'UNKNOWN', callback: key },
});
const name = (event: { payload: { type: string; callback?: string } } | undefined) =>
  event?.payload.type === 'GAP' ? 'gap' : event?.payload.callback;
const take = async (feed: Feed, count: number) => {
  const names: unknown[] = [];
  for (let index = 0; index < count; index += 1) names.push(name((await feed.next()).value as never));
  return names;
};

describe('a feed', () => {
  test('begins now: what was there before does not come', async () => {
    const log = new MemoryLog({ clock });
    await log.append('a', [draft('before')]);
    const feed = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0);
    await log.append('a', [draft('after')]);
    expect(await take(feed, 1)).toEqual(['after']);
  });

  test('gives only events of the subjects wanted, in each of its apps', async () => {
    const log = new MemoryLog({ clock });
    const feed = new Feed(
      readerOf(log),
      {
        apps: ['a', 'b'],
        subjects: new Map([
          ['a', ['user:x']],
          ['b', ['group:g']],
        ]),
      },
      null,
      () => 0,
    );
    await log.append('a', [draft('1', 'user:x'), draft('2', 'group:g')]);
    await log.append('b', [draft('3', 'user:x'), draft('4', 'group:g')]);
    expect(await take(feed, 2)).toEqual(['1', '4']);
  });

  test('goes on from a cursor that holds a place in each app', async () => {
    const log = new MemoryLog({ clock });
    const first = new Feed(readerOf(log), { apps: ['a', 'b'] }, null, () => 0);
    await log.append('a', [draft('1')]);
    await log.append('b', [draft('2')]);
    await first.next();
    const { value } = await first.next();
    await log.append('a', [draft('3')]);
    await log.append('b', [draft('4')]);
    const second = new Feed(readerOf(log), { apps: ['a', 'b'] }, value?.cursor, () => 0);
    expect(await take(second, 2)).toEqual(['3', '4']);
  });

  test('says with one gap what cannot be had any more, and goes on', async () => {
    const log = new MemoryLog({ clock, maxEvents: 2 });
    const from = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0);
    await log.append('a', [draft('1')]);
    const { value } = await from.next();
    for (const key of ['2', '3', '4', '5']) await log.append('a', [draft(key)]);
    const late = new Feed(readerOf(log), { apps: ['a'] }, value?.cursor, () => 0);
    expect(await take(late, 3)).toEqual(['gap', '4', '5']);
  });

  test("says with one gap that both of an app's streams lost something, and goes on in the order things came", async () => {
    const moving = new FakeClock();
    const log = new MemoryLog({ clock: moving, maxEvents: 3, unsigned: { maxEvents: 3, maxBytes: 1_000_000 } });
    const from = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0);
    const start = from.cursor;
    for (let index = 0; index < 12; index += 1) {
      await log.append(index % 2 === 0 ? 'a' : unsignedOf('a'), [draft(String(index))]);
      await moving.advance(10);
    }
    const late = new Feed(readerOf(log), { apps: ['a'] }, start, () => 0);
    expect(await take(late, 7)).toEqual(['gap', '6', '7', '8', '9', '10', '11']);
    expect(late.isAtEnd).toBe(true);
  });

  test('gives what came first first, over the pages of both streams of an app', async () => {
    const moving = new FakeClock();
    const log = new MemoryLog({ clock: moving });
    const from = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0).cursor;
    const all = Array.from({ length: 500 }, (_, index) => String(index));
    for (const name of all) {
      await log.append(Number(name) % 5 === 0 ? unsignedOf('a') : 'a', [draft(name)]);
      await moving.advance(1);
    }
    const feed = new Feed(readerOf(log), { apps: ['a'] }, from, () => 0);
    expect(await take(feed, 500)).toEqual(all);
    expect(feed.isAtEnd).toBe(true);
  });

  test('whose clock was set back goes on all the same, each stream in its own order', async () => {
    const stepping = new FakeClock();
    const log = new MemoryLog({ clock: stepping });
    const from = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0).cursor;
    const all = Array.from({ length: 600 }, (_, index) => String(index));
    for (const name of all) {
      await log.append(Number(name) % 2 === 0 ? unsignedOf('a') : 'a', [draft(name)]);
      stepping.step(Number(name) % 7 === 0 ? -90 : 13);
    }
    const feed = new Feed(readerOf(log), { apps: ['a'] }, from, () => 0);
    const seen = (await take(feed, 600)).map(Number);
    expect(feed.isAtEnd).toBe(true);
    for (const rest of [0, 1])
      expect(seen.filter((each) => each % 2 === rest)).toEqual(all.map(Number).filter((each) => each % 2 === rest));
  });

  test('begins again right before the oldest event when its filter changes after a gap', async () => {
    const log = new MemoryLog({ clock });
    await log.append('a', [draft('1', 'user:x'), draft('2', 'user:y')]);
    const lost = Buffer.from(JSON.stringify([['a', 'another', 7]])).toString('base64url');
    const { value } = await new Feed(readerOf(log), { apps: ['a'], also: [['user:z']] }, lost, () => 0).next();
    const feed = new Feed(readerOf(log), { apps: ['a'] }, value?.cursor, () => 0);
    expect(await take(feed, 2)).toEqual(['1', '2']);
  });

  test('ends at once when it is returned while it waits', async () => {
    const feed = new Feed(readerOf(new MemoryLog({ clock })), { apps: ['a'] }, null, () => 0);
    const waiting = feed.next();
    await feed.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  test('keeps nothing for a reader that does not read but its place', async () => {
    const log = new MemoryLog({ clock, maxEvents: 100 });
    const feed = new Feed(readerOf(log), { apps: ['a'] }, null, () => 0);
    for (let index = 0; index < 1000; index += 1) await log.append('a', [draft(`e${index}`)]);
    expect(await take(feed, 2)).toEqual(['gap', expect.stringMatching(/^e[89]\d\d$/)]);
  });
});

test('whatever text is given as an event cursor, only BAD_CURSOR comes out', () => {
  const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, fc.base64String()), (text) => {
      try {
        decodeEventCursor(text, ['a']);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toBe('BAD_CURSOR');
      }
    }),
    { numRuns: 2000 },
  );
});
