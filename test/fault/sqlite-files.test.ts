import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { SqliteConversationStore } from '../../src/conversations/sqlite-store.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { SqliteJobStore } from '../../src/jobs/sqlite-store.ts';
import { FileError } from '../../src/sqlite-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Opened {
  close(): void;
}

/** Every file of the server, with something in it. */
const kinds: Readonly<Record<string, (file: string) => Opened>> = {
  'the event log': (file) => new SqliteLog({ clock: systemClock, file }),
  'the file of conversations': (file) => {
    const store = new SqliteConversationStore({ clock: systemClock, file, keepMs: 1e10 });
    for (let index = 0; index < 500; index += 1)
      store.putSettings(
        'a',
        `user ${index}`,
        { kind: 'direct', id: 'x'.repeat(200) },
        {
          clearedAt: null,
          notificationLevel: null,
          labels: ['1'],
        },
      );
    return store;
  },
  'the file of jobs': (file) => new SqliteJobStore(file),
};
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe.each(Object.entries(kinds))('%s', (what, open) => {
  const file = join(folder, what.replaceAll(' ', '-'));

  test('can be read by its owner only, with the files beside it, also where it was there before', () => {
    const before = process.umask(0o022);
    try {
      const first = open(file);
      expect([file, `${file}-wal`].map(modeOf)).toEqual([0o600, 0o600]);
      first.close();
      chmodSync(file, 0o644);
      const again = open(file);
      expect([file, `${file}-wal`].map(modeOf)).toEqual([0o600, 0o600]);
      again.close();
    } finally {
      process.umask(before);
    }
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    [
      'with a page of noise',
      (bytes) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xaa)]),
    ],
    ['cut off', (bytes) => bytes.subarray(0, 5000)],
    ['that is a text', () => Buffer.from('this is no database, but long enough to be looked at'.repeat(100))],
  ])('%s fails by its name, says what to do, and is left as it is', (damage, spoil) => {
    const damaged = `${file} ${damage}`;
    open(file).close();
    writeFileSync(damaged, spoil(readFileSync(file)));
    const before = readFileSync(damaged);
    expect(() => open(damaged)).toThrow(FileError);
    expect(() => open(damaged)).toThrow(`${what} ${damaged} cannot be used: it is damaged`);
    expect(() => open(damaged)).toThrow(/move it away/);
    expect(() => open(damaged)).toThrow(/restore a backup/);
    expect(readFileSync(damaged).equals(before)).toBe(true);
  });

  test('in a folder that is not there fails by its name', () => {
    expect(() => open(join(folder, 'nowhere', 'file'))).toThrow(
      `${what} ${join(folder, 'nowhere', 'file')} cannot be used`,
    );
  });
});
