import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { Backups } from '../../src/backup/backups.ts';
import { newestIn, restore } from '../../src/backup/restore.ts';
import { systemClock } from '../../src/clock.ts';
import { SqliteConversationStore } from '../../src/conversations/sqlite-store.ts';
import type { DraftEvent } from '../../src/domain/event.ts';
import type { Job } from '../../src/domain/job.ts';
import { Query } from '../../src/events/query.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { SqliteJobStore } from '../../src/jobs/sqlite-store.ts';
import { LiveFile } from '../../src/live-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'backup-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

const draft = (serial: number): DraftEvent => ({
  dedupeKey: `e${serial}`,
  occurredAt: new Date(0),
  subjects: [serial % 10 === 0 ? 'to:user:alice' : 'to:user:bob'],
  payload: { type: 'UNKNOWN', callback: `e${serial} ${'x'.repeat(500)}` },
});

const job: Job = {
  id: '000000001-abc',
  app: 'a',
  kind: 'MESSAGE_IMPORT',
  status: 'WAITING',
  pauseCause: null,
  createdAt: new Date(0),
  startedAt: null,
  finishedAt: null,
  total: 3,
  succeeded: 0,
  failed: 0,
};

/** The three files of a server, open and in use; the conversations are moved on by every event, as in the server. */
function open(file: string) {
  const log = new SqliteLog({ clock: systemClock, file });
  const conversations = new SqliteConversationStore({
    clock: systemClock,
    file: `${file}-conversations`,
    keepMs: 1e10,
  });
  const jobs = new SqliteJobStore(`${file}-jobs`);
  log.onAppend('a', (events) => {
    for (const { epoch, offset } of events) conversations.setApplied('a', { epoch, offset });
  });
  return {
    log,
    conversations,
    jobs,
    files: [log.liveFile, conversations.liveFile, jobs.liveFile],
    close() {
      jobs.close();
      conversations.close();
      log.close();
    },
  };
}

function setUp() {
  count += 1;
  const home = join(folder, String(count));
  mkdirSync(home);
  const [file, backupFolder] = [join(home, 'events.db'), join(home, 'backups')];
  const running = open(file);
  const backups = (options: Partial<ConstructorParameters<typeof Backups>[0]> = {}) =>
    new Backups({ folder: backupFolder, kept: 3, files: running.files, clock: systemClock, ...options });
  return { home, file, backupFolder, running, backups };
}

describe('a backup', () => {
  test('of files that are written to meanwhile is all of one moment: what was acknowledged before it, without a hole', async () => {
    const { file, home, backupFolder, running, backups } = setUp();
    let serial = 0;
    const append = async () => {
      serial += 1;
      await running.log.append('a', [draft(serial)]);
    };
    for (let index = 0; index < 2000; index += 1) await append();
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await append();
    })();
    const acknowledged = running.log.top('a').offset;
    const before = serial;
    const { name } = await backups().create();
    const meanwhile = serial - before;
    isOver = true;
    await writing;
    const after = running.log.top('a').offset;
    running.close();
    expect(meanwhile).toBeGreaterThan(10);

    const target = join(home, 'restored.db');
    const restored = await restore({
      from: join(backupFolder, name),
      file: target,
      replace: false,
      resumeJobs: false,
      now: new Date(),
    });
    const again = open(target);
    const top = again.log.top('a');
    expect(top.offset).toBeGreaterThanOrEqual(acknowledged);
    expect(top.offset).toBeLessThan(after);
    expect(restored.places['a']?.offset).toBe(top.offset);
    // The conversations had been moved on by the very events that the log has, not by one more or less.
    const applied = again.conversations.applied('a');
    expect(applied).toEqual(restored.places['a']);
    if (applied) expect(again.log.adopt('a', applied)).toEqual(top);
    const seen: string[] = [];
    for (let place = { ...top, offset: 0 }, hasMore = true; hasMore; ) {
      const slice = await again.log.read('a', place, 500);
      seen.push(...slice.events.map(({ draft: { dedupeKey } }) => dedupeKey));
      place = slice.upTo;
      hasMore = slice.hasMore;
    }
    expect(seen).toEqual(Array.from({ length: top.offset }, (_, index) => `e${index + 1}`));
    const own = await again.log.read('a', { ...top, offset: 0 }, 10, new Query([['to:user:alice']]));
    expect(own.events.map(({ offset }) => offset)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    // A repeat is known as one, and counting goes on.
    expect(await again.log.append('a', [draft(1), draft(top.offset)])).toEqual([]);
    expect(await again.log.append('a', [draft(999_999)])).toMatchObject([{ offset: top.offset + 1 }]);
    again.close();
    expect(statSync(file).size).toBeGreaterThan(0);
  }, 60_000);

  test('holds nothing up: the turns of the loop stay short while large files are copied', async () => {
    const { running, backups } = setUp();
    for (let at = 0; at < 20_000; at += 500)
      await running.log.append(
        'a',
        Array.from({ length: 500 }, (_, index) => draft(at + index)),
      );
    let longest = 0;
    let before = process.threadCpuUsage();
    const timer = setInterval(() => {
      const { user, system } = process.threadCpuUsage(before);
      longest = Math.max(longest, (user + system) / 1000);
      before = process.threadCpuUsage();
    }, 1);
    await backups().create();
    clearInterval(timer);
    running.close();
    // Of processor time, since others share the machine.
    expect(longest).toBeLessThan(100);
  });

  test('keeps the files of the server to the server: another process is refused as before', async () => {
    const { running, backups, file } = setUp();
    await running.log.append('a', [draft(1)]);
    await backups().create();
    for (const each of [file, `${file}-jobs`]) {
      const said = spawnSync(process.execPath, [
        '-e',
        `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(each)}).exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')`,
      ]);
      expect(said.stderr.toString()).toContain('database is locked');
    }
    running.close();
  });

  test('can be read by its owner only, and the oldest beyond those kept go, with what a stop cut off', async () => {
    const { running, backups, backupFolder } = setUp();
    await running.log.append('a', [draft(1)]);
    mkdirSync(join(backupFolder, '2020-01-01T00-00-00.000Z.partial'), { recursive: true });
    mkdirSync(join(backupFolder, 'not-ours'));
    const names: string[] = [];
    for (let index = 0; index < 5; index += 1) names.push((await backups().create()).name);
    running.close();
    expect(readdirSync(backupFolder).sort()).toEqual([...names.slice(-3), 'not-ours'].sort());
    expect(await newestIn(backupFolder)).toBe(join(backupFolder, names.at(-1) ?? ''));
    const newest = join(backupFolder, names.at(-1) ?? '');
    expect(statSync(newest).mode & 0o777).toBe(0o700);
    expect(readdirSync(newest).sort()).toEqual(['backup.json', 'conversations.db', 'events.db', 'jobs.db']);
    for (const name of readdirSync(newest)) expect(statSync(join(newest, name)).mode & 0o777).toBe(0o600);
  });

  test('is refused while another is made, where no folder is configured, and where nothing is kept in files', async () => {
    const { running, backups } = setUp();
    const conflict = { code: 'CONFLICT' };
    const both = backups();
    const [one, other] = await Promise.allSettled([both.create(), both.create()]);
    expect([one.status, other]).toEqual([
      'fulfilled',
      { status: 'rejected', reason: expect.objectContaining(conflict) },
    ]);
    await expect(backups({ folder: undefined }).create()).rejects.toMatchObject(conflict);
    await expect(backups({ files: [] }).create()).rejects.toMatchObject(conflict);
    running.close();
  });

  test('that fails leaves nothing behind, and the next one is made', async () => {
    const { running, backups, backupFolder } = setUp();
    await running.log.append('a', [draft(1)]);
    const away = new LiveFile(join(folder, 'a-folder'), new DatabaseSync(':memory:'));
    mkdirSync(away.file);
    const failing = backups({ files: [...running.files.slice(0, 2), away] });
    await expect(failing.create()).rejects.toThrow(/a-folder/);
    expect(readdirSync(backupFolder)).toEqual([]);
    await backups().create();
    await running.log.append('a', [draft(2)]);
    expect(readdirSync(backupFolder)).toHaveLength(1);
    running.close();
  });
});

describe('a restore', () => {
  async function backedUp() {
    const made = setUp();
    const { running, backups, backupFolder } = made;
    for (let serial = 1; serial <= 50; serial += 1) await running.log.append('a', [draft(serial)]);
    const items = [1, 2, 3].map((index) => ({ index, target: `m${index}`, input: { index } }));
    running.jobs.create(job, { owner: 'o', key: null, fingerprint: 'f' }, items);
    const { name } = await backups().create();
    return { ...made, from: join(backupFolder, name) };
  }
  const options = { replace: false, resumeJobs: false, now: new Date(0) };

  test('begins another life of the log: a cursor of the one before has a gap, though its offset is there again', async () => {
    const { running, from, file } = await backedUp();
    for (let serial = 51; serial <= 80; serial += 1) await running.log.append('a', [draft(serial)]);
    const cursor = running.log.top('a');
    running.close();
    const lives = new Set([cursor.epoch]);
    for (let round = 0; round < 2; round += 1) {
      await restore({ ...options, from, file, replace: true, now: new Date(round) });
      const log = new SqliteLog({ clock: systemClock, file });
      for (let serial = 100; serial < 140; serial += 1) await log.append('a', [draft(serial)]);
      expect((await log.read('a', cursor, 500)).gap).toBe('LOG_LOST');
      expect((await log.read('a', { ...cursor, offset: 10 }, 500)).gap).toBe('LOG_LOST');
      lives.add(log.top('a').epoch);
      log.close();
      const reopened = new SqliteLog({ clock: systemClock, file });
      lives.add(reopened.top('a').epoch);
      reopened.close();
    }
    // Of the same backup too, and only once for each.
    expect(lives.size).toBe(3);
  });

  test('of files copied by hand begins another life too', async () => {
    const { running, from, home } = await backedUp();
    const { epoch } = running.log.top('a');
    running.close();
    const file = join(home, 'by-hand.db');
    for (const [name, suffix] of [
      ['events.db', ''],
      ['conversations.db', '-conversations'],
      ['jobs.db', '-jobs'],
    ])
      copyFileSync(join(from, name ?? ''), `${file}${suffix}`);
    const again = open(file);
    expect(again.log.top('a').epoch).not.toBe(epoch);
    expect(again.log.top('a').offset).toBe(50);
    again.close();
  });

  test('does nothing twice: what jobs had left to do counts as begun, unless they may go on', async () => {
    const { running, from, home } = await backedUp();
    running.close();
    for (const resumeJobs of [false, true]) {
      const file = join(home, `jobs-${resumeJobs}.db`);
      await restore({ ...options, from, file, resumeJobs });
      const jobs = new SqliteJobStore(`${file}-jobs`);
      expect(jobs.inFlight(job.id)).toHaveLength(resumeJobs ? 0 : 3);
      expect(jobs.take(job.id, 10)).toHaveLength(resumeJobs ? 3 : 0);
      jobs.close();
    }
  });

  test('of a running server, over files that are there, or of a damaged backup is refused, and changes nothing', async () => {
    const { running, from, file } = await backedUp();
    await expect(restore({ ...options, from, file })).rejects.toThrow(/would be replaced/);
    await expect(restore({ ...options, from, file, replace: true })).rejects.toThrow(`${file} is in use`);
    running.close();
    const before = readFileSync(file);
    const spoiled = readFileSync(join(from, 'events.db'));
    spoiled[5000] = (spoiled[5000] ?? 0) ^ 1;
    writeFileSync(join(from, 'events.db'), spoiled);
    await expect(restore({ ...options, from, file, replace: true })).rejects.toThrow(/is not as it was backed up/);
    await expect(restore({ ...options, from: folder, file, replace: true })).rejects.toThrow(/holds no backup/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('that replaces files keeps them beside', async () => {
    const { running, from, file, home } = await backedUp();
    await running.log.append('a', [draft(51)]);
    running.close();
    const { moved } = await restore({ ...options, from, file, replace: true });
    expect(moved).toContain(`${file}.before-1970-01-01T00-00-00.000Z`);
    const old = new SqliteLog({ clock: systemClock, file: moved[0] ?? '' });
    expect(old.top('a').offset).toBe(51);
    old.close();
    expect(readdirSync(home).filter((name) => name.endsWith('.restoring'))).toEqual([]);
  });
});
