import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { serialize } from 'node:v8';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { DraftEvent } from '../../src/domain/event.ts';
import { DiskSync } from '../../src/events/disk-sync.ts';
import { SealError } from '../../src/events/log.ts';
import { Query } from '../../src/events/query.ts';
import { openLogFile, statementTexts } from '../../src/events/sqlite-file.ts';
import { SqliteLog, type SqliteLogOptions } from '../../src/events/sqlite-log.ts';
import { FileError } from '../../src/sqlite-file.ts';
import { FakeClock } from '../support/fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
const writerPath = new URL('../support/log-writer.ts', import.meta.url).pathname;

/** The last serial that a writer told before it was killed in the midst of its work. */
async function writeAndKill(file: string, from: number): Promise<number> {
  const writer = spawn(process.execPath, [writerPath, file, String(from)]);
  let told = from - 1;
  writer.stdout.on('data', (chunk: Buffer) => {
    told = Number(chunk.toString().trim().split('\n').at(-1));
    if (told > from + 300) writer.kill('SIGKILL');
  });
  await new Promise((resolve) => writer.once('close', resolve));
  return told;
}

test('what was acknowledged before a kill -9 is there after it: each once, in order, under the same epoch', async () => {
  const file = join(folder, 'events.db');
  let from = 1;
  let epoch: string | undefined;
  for (let round = 0; round < 3; round += 1) {
    const told = await writeAndKill(file, from);
    const log = new SqliteLog({ clock: systemClock, file });
    epoch ??= log.top('a').epoch;
    const serials: number[] = [];
    for (let hasMore = true; hasMore; ) {
      const slice = await log.read('a', { epoch, offset: serials.length }, 500);
      serials.push(...slice.events.map((event) => Number(event.draft.dedupeKey.slice(1))));
      expect(slice.gap).toBe(null);
      hasMore = slice.hasMore;
    }
    // What the vendor sent and what it was signed with are there with each event, as they were appended.
    const last = serials.length;
    expect(await log.raw('a', { epoch, offset: last })).toMatchObject({ body: `body ${last}` });
    const seal = { signature: `signature ${last}`, content: 'other' };
    await expect(log.append('a', [draft('forged')], { seal })).rejects.toThrow(SealError);
    log.close();
    expect(told).toBeGreaterThan(from);
    // One more may be there than was told: it was on the disk when the process died.
    expect(serials).toEqual(Array.from({ length: serials.length }, (_, index) => index + 1));
    expect(serials.length - told).toBeGreaterThanOrEqual(0);
    from = serials.length + 1;
  }
}, 60_000);

const draft = (key: string, padding = ''): DraftEvent => ({
  dedupeKey: key,
  occurredAt: new Date(0),
  subjects: [],
  payload: { type: 'UNKNOWN', callback: key + padding },
});
const open = (file: string, options: Partial<SqliteLogOptions> = {}) =>
  new SqliteLog({ clock: systemClock, file, ...options });

test('a full disk refuses the append and keeps all before it; when there is room, the same append is taken', async () => {
  const file = join(folder, 'full.db');
  const log = open(file, { maxFileBytes: 1024 * 1024 });
  const start = log.top('a');
  const seal = (key: string) => ({ seal: { signature: key, content: 'c' } });
  const fill = async (key: string) => log.append('a', [draft(key, 'x'.repeat(20_000))], seal(key));
  let taken = 0;
  while (await fill(`e${taken + 1}`).catch(() => null)) taken += 1;
  expect(taken).toBeGreaterThan(20);
  await expect(fill(`e${taken + 1}`)).rejects.toThrow(/full/);
  expect(log.top('a').offset).toBe(taken);
  await log.trim('a', { ...start, offset: 10 });
  expect(await fill(`e${taken + 1}`)).toMatchObject([{ offset: taken + 1 }]);
  log.close();

  const again = open(file);
  expect(again.top('a').offset).toBe(taken + 1);
  const { events } = await again.read('a', { ...start, offset: 10 }, 500);
  expect(events.map(({ offset }) => offset)).toEqual(Array.from({ length: taken - 9 }, (_, index) => index + 11));
  again.close();
});

test('a log is not writable from an append that the disk refused until the disk takes something again', async () => {
  const file = join(folder, 'probe.db');
  const clock = new FakeClock();
  const log = open(file, { clock, maxFileBytes: 1024 * 1024 });
  const start = log.top('a');
  expect(log.isWritable).toBe(true);
  let taken = 0;
  while (await log.append('a', [draft(`e${taken}`, 'x'.repeat(20_000))]).catch(() => null)) taken += 1;
  expect(log.isWritable).toBe(false);
  await clock.advance(10_000);
  expect(log.isWritable).toBe(false);
  await log.trim('a', { ...start, offset: taken - 1 });
  await clock.advance(1_000);
  expect(log.isWritable).toBe(true);
  expect(await log.append('a', [draft('next')])).toHaveLength(1);
  expect(log.isWritable).toBe(true);
  log.close();
});

/** A disk whose syncs fail from the second on. */
class FailingSync extends DiskSync {
  #runs = 0;
  #failed: unknown;

  override get failure(): unknown {
    return this.#failed;
  }

  override run(done: (error: unknown) => void): void {
    this.#runs += 1;
    if (this.#runs > 1) this.#failed = new Error('EIO: i/o error, fdatasync');
    setImmediate(() => done(this.#failed ?? null));
  }
}

test('what the disk did not take is there for nobody: not for readers, and not for who asks for the top', async () => {
  const file = join(folder, 'failing.db');
  const log = open(file, { makeSync: (wal) => new FailingSync(wal) });
  await log.append('a', [draft('kept')]);
  const heard: number[] = [];
  log.onAppend('a', (events) => heard.push(...events.map(({ offset }) => offset)));
  await expect(log.append('a', [draft('lost')])).rejects.toThrow(/EIO/);
  expect(log.top('a').offset).toBe(1);
  const { events, hasMore } = await log.read('a', { ...log.top('a'), offset: 0 }, 10);
  expect([events.map(({ draft: { dedupeKey } }) => dedupeKey), hasMore]).toEqual([['kept'], false]);
  expect(heard).toEqual([]);
  // Nothing is sure any more after that, so nothing is taken until the next start.
  await expect(log.append('a', [draft('later')])).rejects.toThrow(/EIO/);
  expect(log.isWritable).toBe(false);
  log.close();
});

test('a file that is taken away while it is in use refuses appends: nothing is acknowledged that nobody would find', async () => {
  const file = join(folder, 'away.db');
  const log = open(file);
  await log.append('a', [draft('x')]);
  renameSync(file, `${file}.old`);
  await expect(log.append('a', [draft('y')])).rejects.toThrow(/taken away/);
  renameSync(`${file}.old`, file);
  expect(await log.append('a', [draft('y')])).toMatchObject([{ offset: 2 }]);
  log.close();
});

test('a second process on the same file is refused at its start, and the first goes on', async () => {
  const file = join(folder, 'shared.db');
  const log = open(file);
  await log.append('a', [draft('x')]);
  const writer = spawn(process.execPath, [writerPath, file, '1']);
  let said = '';
  writer.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => writer.once('close', resolve));
  expect(code).not.toBe(0);
  expect(said).toContain(`the event log ${file} cannot be used: another process uses it`);
  expect(await log.append('a', [draft('y')])).toMatchObject([{ offset: 2 }]);
  log.close();
});

const large = async (file: string) => {
  const log = open(file);
  for (let serial = 0; serial < 100; serial += 1) await log.append('a', [draft(`e${serial}`, 'x'.repeat(3000))]);
  log.close();
};
const damages: readonly [string, (file: string) => Promise<void> | void][] = [
  ['a text', (file) => writeFileSync(file, 'this is no database, but long enough to be looked at'.repeat(100))],
  [
    'a damaged log',
    async (file) => {
      await large(file);
      const bytes = readFileSync(file);
      writeFileSync(file, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(40_000, 0xaa), bytes.subarray(48_192)]));
    },
  ],
  [
    'half of a log',
    async (file) => {
      await large(file);
      writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    },
  ],
  [
    'a database of another kind',
    (file) => {
      const other = new DatabaseSync(file);
      other.exec('CREATE TABLE people (name TEXT)');
      other.close();
    },
  ],
  ['a folder', (file) => void mkdirSync(file)],
];

test.each(damages)(
  '%s in place of the file is told at the start, by its name, and is left as it is',
  async (title, damage) => {
    const file = join(folder, `${title.replaceAll(' ', '-')}.db`);
    await damage(file);
    const before = title === 'a folder' ? null : readFileSync(file);
    expect(() => open(file)).toThrow(FileError);
    expect(() => open(file)).toThrow(file);
    if (before) expect(readFileSync(file).equals(before)).toBe(true);
  },
);

/** A file as the first version made it, with events of everybody and some of alice. */
function firstVersion(file: string, count: number): void {
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE life (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, fresh INTEGER NOT NULL, turned_at INTEGER NOT NULL);
    CREATE TABLE apps (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, top INTEGER NOT NULL, oldest INTEGER NOT NULL, bytes INTEGER NOT NULL);
    CREATE TABLE events (place INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, bytes INTEGER NOT NULL, raw_at INTEGER, body BLOB NOT NULL, raw TEXT);
    CREATE TABLE keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    CREATE TABLE keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    PRAGMA application_id = ${0x73_62_45_76}; PRAGMA user_version = 1; BEGIN;
    INSERT INTO life VALUES (1, 'abcd1234', 0, 0);
    INSERT INTO apps VALUES (1, 'a', ${count}, 101, ${(count - 100) * 500})`);
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, 500, null, ?, null)');
  for (let offset = 101; offset <= count; offset += 1) {
    const subjects: DraftEvent['subjects'] = [offset % 300 === 0 ? 'to:user:alice' : 'to:user:bob'];
    insert.run(2 ** 40 + offset, Date.now(), serialize({ ...draft(`e${offset}`), subjects }));
  }
  database.exec('COMMIT');
  database.close();
}

test('a file of the first version is taken over: its events, its epoch, and what they are found by', async () => {
  const file = join(folder, 'first-version.db');
  firstVersion(file, 2000);
  for (let round = 0; round < 2; round += 1) {
    const log = open(file);
    expect(log.top('a')).toEqual({ epoch: 'abcd1234', offset: 2000 + round });
    const { events, gap } = await log.read(
      'a',
      { epoch: 'abcd1234', offset: 0 },
      100,
      new Query([['to:user:alice', 'to:user:carol']]),
    );
    expect(gap).toBe('EXPIRED');
    expect(events.map(({ offset }) => offset)).toEqual([300, 600, 900, 1200, 1500, 1800, ...(round > 0 ? [2001] : [])]);
    await log.append('a', [{ ...draft(`new ${round}`), subjects: ['to:user:carol'] }]);
    log.close();
  }
});

test('a file of a later version is refused by its name, and is left as it is', () => {
  const file = join(folder, 'later-version.db');
  firstVersion(file, 101);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => open(file)).toThrow(
    `the event log ${file} cannot be used: it is of another kind, or of a later version`,
  );
});

test('an index is whole after a transaction that the disk refused', async () => {
  const file = join(folder, 'index.db');
  const log = open(file, { maxFileBytes: 1024 * 1024 });
  const start = log.top('a');
  const mine = (key: string, padding: string): DraftEvent => ({ ...draft(key, padding), subjects: ['user:alice'] });
  for (let index = 0; index < 250; index += 1) await log.append('a', [mine(`e${index}`, '')]);
  await expect(log.append('a', [mine('huge', 'x'.repeat(2_000_000))])).rejects.toThrow(/full/);
  for (let index = 250; index < 600; index += 1) await log.append('a', [mine(`e${index}`, '')]);
  const { events } = await log.read('a', start, 1000, new Query([['user:alice']]));
  expect(events).toHaveLength(500);
  const { events: rest } = await log.read('a', events.at(-1) ?? start, 1000, new Query([['user:alice']]));
  expect(rest.map(({ offset }) => offset)).toEqual(Array.from({ length: 100 }, (_, index) => 501 + index));
  log.close();
});

test('what is due after days without the process goes within hours, and not at its start', async () => {
  const file = join(folder, 'off.db');
  const clock = new FakeClock();
  const day = 86_400_000;
  const first = open(file, { clock });
  const start = first.top('a');
  for (let index = 0; index < 70; index += 1) {
    await first.append('a', [draft(`e${index}`)]);
    await clock.advance(day / 10);
  }
  first.close();
  clock.step(8 * day);
  const log = open(file, { clock });
  await log.append('a', [draft('since')]);
  await clock.advance(60_000);
  expect((await log.read('a', start, 500)).events.length).toBeGreaterThan(65);
  await clock.advance(day / 2);
  expect((await log.read('a', start, 500)).events.map(({ offset }) => offset)).toEqual([71]);
  log.close();
});

test('every statement of a read goes by the places of events, and sorts and scans nothing', () => {
  const file = join(folder, 'plan.db');
  open(file).close();
  const database = openLogFile(file, 0);
  for (const [name, sql] of Object.entries(statementTexts)) {
    if (['saveApp', 'insert', 'fill', 'empty'].includes(name)) continue;
    const values = [...sql.matchAll(/\?/g)].map(() => 1);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH events USING INTEGER PRIMARY KEY \(rowid(=\?|>\? AND rowid<\?)\)$/),
    ]);
  }
  database.close();
});

test('how often a form told of a change is known after a restart', async () => {
  const file = join(folder, 'changes.db');
  const told = (key: string, form: string): DraftEvent => ({ ...draft(key), change: { key: 'c', form } });
  const count = async (log: SqliteLog, event: DraftEvent) => (await log.append('a', [event])).length;
  const first = new SqliteLog({ clock: systemClock, file });
  expect(await count(first, told('o1', 'old'))).toBe(1);
  expect(await count(first, told('o2', 'old'))).toBe(1);
  expect(await count(first, told('n1', 'new'))).toBe(0);
  first.close();
  const second = new SqliteLog({ clock: systemClock, file });
  expect(await count(second, told('n2', 'new'))).toBe(0);
  expect(await count(second, told('n3', 'new'))).toBe(1);
  second.close();
});

test('a file gives back to the disk what its events took, and a quiet log lets all go that is too old', async () => {
  const file = join(folder, 'shrinks.db');
  const clock = new FakeClock();
  const log = new SqliteLog({ clock, file, maxAgeMs: 86_400_000, maxBytes: 1024 * 1024 * 1024 });
  for (let batch = 0; batch < 40; batch += 1)
    await log.append(
      'a',
      Array.from({ length: 300 }, (_, index) => draft(`e${batch}-${index}`, 'x'.repeat(4000))),
    );
  const full = statSync(file).size;
  expect(full).toBeGreaterThan(30_000_000);
  // Nothing more comes: only the sweeps go on.
  await clock.advance(86_400_000 + 60_000);
  await clock.advance(60_000);
  expect((await log.read('a', { ...log.top('a'), offset: 0 }, 1)).events).toEqual([]);
  log.close();
  expect(statSync(file).size).toBeLessThan(full / 5);
});

test('a file that was made before it could shrink is written anew at its start, with everything in it', async () => {
  const file = join(folder, 'older.db');
  const log = new SqliteLog({ clock: systemClock, file });
  await log.append('a', [draft('x'), draft('y')]);
  log.close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA auto_vacuum = NONE; VACUUM');
  const modeOf = (each: DatabaseSync) => Object.values(each.prepare('PRAGMA auto_vacuum').get() ?? {})[0];
  expect(modeOf(database)).toBe(0);
  database.close();
  const again = new SqliteLog({ clock: systemClock, file });
  expect((await again.read('a', { ...again.top('a'), offset: 0 }, 9)).events).toHaveLength(2);
  again.close();
  const reopened = new DatabaseSync(file);
  expect(modeOf(reopened)).toBe(2);
  reopened.close();
});
