import { describe, expect, test } from 'vitest';
import { check, type Fault, faults, type Read, type Write } from '../support/checker.ts';

const write = (serial: number, outcome: Write['outcome'] = 'ok'): Write => ({
  stream: 's',
  key: `k${serial}`,
  from: serial * 10,
  to: serial * 10 + 5,
  outcome,
});
const place = (offset: number, epoch = 'e') => ({ epoch, offset });
const start = (client: string, after: number, epoch = 'e'): Read => ({
  kind: 'start',
  client,
  stream: 's',
  // When the event at that place was there already, and the next was not handed in.
  at: after * 10 + 6,
  after: place(after, epoch),
});
const event = (client: string, offset: number, key = `k${offset}`, epoch = 'e'): Read => ({
  kind: 'event',
  client,
  stream: 's',
  at: offset * 10 + 7,
  place: place(offset, epoch),
  key,
  content: key,
});
const gap = (client: string, upTo: number, epoch = 'e'): Read => ({
  kind: 'gap',
  client,
  stream: 's',
  at: upTo * 10 + 6,
  upTo: place(upTo, epoch),
});
const writes = (count: number) => Array.from({ length: count }, (_, index) => write(index + 1));

describe('a history that is as promised is valid', () => {
  test.each<[string, readonly Write[], readonly Read[]]>([
    ['one reader', writes(3), [start('a', 0), event('a', 1), event('a', 2), event('a', 3)]],
    ['a reader that resumes', writes(3), [start('a', 0), event('a', 1), start('a', 1), event('a', 2), event('a', 3)]],
    [
      'a reader that came late, beside one that was there',
      writes(3),
      [start('a', 0), event('a', 1), event('a', 2), event('a', 3), start('b', 2), event('b', 3)],
    ],
    [
      'a reader that is behind',
      writes(3),
      [start('a', 0), event('a', 1), start('b', 0), event('b', 1), event('b', 2), event('b', 3)],
    ],
    [
      'a gap that was announced',
      writes(4),
      [
        start('a', 0),
        event('a', 1),
        gap('a', 3),
        event('a', 4),
        start('b', 0),
        ...[1, 2, 3, 4].map((at) => event('b', at)),
      ],
    ],
    [
      'another life of the log, announced',
      writes(2),
      [start('a', 0), event('a', 1), gap('a', 0, 'f'), event('a', 1, 'k2', 'f')],
    ],
    [
      'a write of unknown outcome that was taken',
      [write(1), write(2, 'unknown')],
      [start('a', 0), event('a', 1), event('a', 2)],
    ],
    ['a write of unknown outcome that was not', [write(1), write(2, 'unknown')], [start('a', 0), event('a', 1)]],
    ['a write that was refused', [write(1), write(2, 'failed')], [start('a', 0), event('a', 1)]],
  ])('%s', (_, given, reads) => {
    expect(check(given, reads)).toMatchObject({ verdict: 'valid', uncovered: 0 });
  });
});

describe('what is wrong is told as what it is', () => {
  test.each<[string, Fault, readonly Write[], readonly Read[]]>([
    [
      'an acknowledged write that one reader had and another passed over',
      'lost',
      writes(3),
      [start('a', 0), event('a', 1), event('a', 2), event('a', 3), start('b', 0), event('b', 1), event('b', 3)],
    ],
    [
      'an acknowledged write that nobody had, though later ones came',
      'lost',
      writes(3),
      [start('a', 0), event('a', 1, 'k1'), event('a', 2, 'k3')],
    ],
    ['the same place twice', 'duplicated', writes(2), [start('a', 0), event('a', 1), event('a', 2), event('a', 2)]],
    ['the same key at two places', 'duplicated', writes(1), [start('a', 0), event('a', 1), event('a', 2, 'k1')]],
    [
      'an event again after resuming',
      'duplicated',
      writes(2),
      [start('a', 0), event('a', 1), start('a', 1), event('a', 1), event('a', 2)],
    ],
    [
      'a place before the last',
      'reordered',
      writes(3),
      [start('a', 0), event('a', 1), gap('a', 2), event('a', 3), event('a', 2)],
    ],
    ['an event that nobody wrote', 'phantom', writes(1), [start('a', 0), event('a', 1), event('a', 2)]],
    [
      'an event that was refused',
      'phantom',
      [write(1), write(2, 'failed')],
      [start('a', 0), event('a', 1), event('a', 2)],
    ],
    [
      'two events at one place',
      'diverged',
      writes(3),
      [start('a', 0), event('a', 1), start('b', 0), event('b', 1, 'k2')],
    ],
    [
      'one event at two places',
      'diverged',
      writes(2),
      [start('a', 0), event('a', 1, 'k1'), start('b', 4), event('b', 5, 'k1')],
    ],
    ['offsets that are missing', 'unannounced', writes(3), [start('a', 0), event('a', 1), event('a', 3)]],
    ['another life of the log', 'unannounced', writes(2), [start('a', 0), event('a', 1), event('a', 2, 'k2', 'f')]],
    ['an event before any beginning', 'unannounced', writes(1), [event('a', 1)]],
  ])('%s', (_, fault, given, reads) => {
    const report = check(given, reads);
    expect(report.verdict).toBe('invalid');
    expect(faults.filter((each) => report.found[each].length > 0)).toContain(fault);
  });

  test('a sound history with one event left out, repeated, swapped or changed is invalid, wherever that is', () => {
    const count = 12;
    const readers = ['a', 'b'].flatMap((client) => [
      start(client, 0),
      ...Array.from({ length: count }, (_, index) => event(client, index + 1)),
    ]);
    expect(check(writes(count), readers).verdict).toBe('valid');
    for (let at = 1; at < count; at += 1) {
      const one = readers[at] as Read;
      const next = readers[at + 1] as Read;
      const changed = one.kind === 'event' ? { ...one, content: 'another' } : one;
      for (const reads of [
        readers.toSpliced(at, 1),
        readers.toSpliced(at, 0, one),
        readers.toSpliced(at, 2, next, one),
        readers.toSpliced(at, 1, changed),
      ])
        expect(check(writes(count), reads).verdict, `at ${at}`).toBe('invalid');
    }
  });
});

describe('what was not seen is not judged', () => {
  test.each<[string, readonly Write[], readonly Read[]]>([
    ['nothing was written', [], [start('a', 0)]],
    ['nobody read', writes(2), []],
    ['the last write had no reader', writes(2), [start('a', 0), event('a', 1)]],
    ['the first write was before every reader', writes(2), [start('a', 1), event('a', 2)]],
    ['all that read it had a gap there', writes(3), [start('a', 0), event('a', 1), gap('a', 2), event('a', 3)]],
  ])('%s: unknown', (_, given, reads) => {
    expect(check(given, reads).verdict).toBe('unknown');
  });
});

test('staleness is from the acknowledgement to the first delivery', () => {
  const reads = [
    start('a', 0),
    event('a', 1),
    { ...event('a', 2), at: 125 },
    start('b', 0),
    { ...event('b', 1), at: 900 },
  ];
  expect(check(writes(2), reads).staleness).toEqual({ p50: 100, p99: 100, max: 100 });
});
