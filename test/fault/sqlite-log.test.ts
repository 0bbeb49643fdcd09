import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The last serial that a writer told before it was killed in the midst of its work. */
async function writeAndKill(file: string, from: number): Promise<number> {
  const writer = spawn(process.execPath, [
    new URL('../support/log-writer.ts', import.meta.url).pathname,
    file,
    String(from),
  ]);
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
    const { events, gap } = await log.read('a', { epoch, offset: 0 }, 1_000_000);
    const serials = events.map(({ draft }) => Number(draft.dedupeKey.slice(1)));
    log.close();
    expect(gap).toBe(null);
    expect(told).toBeGreaterThan(from);
    // One more may be there than was told: it was on the disk when the process died.
    expect(serials).toEqual(Array.from({ length: serials.length }, (_, index) => index + 1));
    expect(serials.length - told).toBeGreaterThanOrEqual(0);
    from = serials.length + 1;
  }
}, 60_000);

test('a log that cannot be written refuses the append, and takes the next', async () => {
  const file = join(folder, 'busy.db');
  const log = new SqliteLog({ clock: systemClock, file });
  const draft = (key: string) => ({
    dedupeKey: key,
    occurredAt: new Date(0),
    subjects: [],
    payload: { type: 'UNKNOWN' as const, callback: key },
  });
  await log.append('a', [draft('x')]);
  const other = new SqliteLog({ clock: systemClock, file });
  const { DatabaseSync } = await import('node:sqlite');
  const blocker = new DatabaseSync(file);
  blocker.exec('BEGIN IMMEDIATE');
  await expect(log.append('a', [draft('y')])).rejects.toThrow(/locked/);
  expect(log.top('a').offset).toBe(1);
  blocker.exec('ROLLBACK');
  blocker.close();
  expect(await log.append('a', [draft('y')])).toMatchObject([{ offset: 2 }]);
  log.close();
  other.close();
});
