import { existsSync } from 'node:fs';
import { chmod, copyFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openFile } from '../sqlite-file.ts';
import { digestOf } from './finish.ts';
import { type Manifest, manifestName, parts, readManifest } from './manifest.ts';

export interface RestoreOptions {
  /** The folder of one backup. */
  readonly from: string;
  /** The file of the event log; the others are beside it. */
  readonly file: string;
  /** Moves files that are there away, instead of refusing. */
  readonly replace: boolean;
  /**
   * Lets jobs go on where the backup has them. Else what they had left to do is not done, but reported as `OUTCOME_UNKNOWN`, since it may
   * have been done after the backup was made; what can be repeated without harm is done all the same.
   */
  readonly resumeJobs: boolean;
  readonly now: Date;
}

export interface Restored extends Manifest {
  /** What was there before, and where it is now. */
  readonly moved: readonly string[];
}

/** Files that SQLite has beside a file. */
const companions = ['', '-wal', '-shm', '-journal'];

/**
 * Puts the files of a backup in place; the server must not run. The event log begins another life, so that every subscriber that resumes
 * gets one gap. Throws for a backup that is damaged, for files that are in use, and for files that are there and not to be replaced;
 * nothing is changed then.
 */
export async function restore({ from, file, replace, resumeJobs, now }: RestoreOptions): Promise<Restored> {
  const manifest = readManifest(from);
  for (const { name, sha256 } of manifest.files)
    if ((await digestOf(join(from, name))) !== sha256)
      throw new Error(`${join(from, name)} is not as it was backed up`);
  const targets = parts.map((part) => ({ from: join(from, part.name), to: `${file}${part.suffix}` }));
  const there = targets.flatMap(({ to }) => companions.map((end) => `${to}${end}`)).filter((path) => existsSync(path));
  if (there.length > 0 && !replace)
    throw new Error(`${there.join(', ')} would be replaced: move them away, or say --replace`);
  for (const { to } of targets) if (existsSync(to)) checkUnused(to);
  for (const { from: source, to } of targets) {
    await copyFile(source, `${to}.restoring`);
    await chmod(`${to}.restoring`, 0o600);
  }
  if (!resumeJobs) holdJobs(`${file}-jobs.restoring`);
  const suffix = `.before-${now.toISOString().replaceAll(':', '-')}`;
  const moved: string[] = [];
  for (const path of there.filter((each) => existsSync(each))) {
    await rename(path, `${path}${suffix}`);
    moved.push(`${path}${suffix}`);
  }
  for (const { to } of targets) await rename(`${to}.restoring`, to);
  return { ...manifest, moved };
}

/** The newest backup in the folder of backups. Throws when there is none. */
export async function newestIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, manifestName))).sort();
  const newest = names.filter((name) => !name.endsWith('.partial')).at(-1);
  if (newest === undefined) throw new Error(`${folder} holds no backup`);
  return join(folder, newest);
}

/** Throws for a file that another process has open. A damaged one may be replaced. */
function checkUnused(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK');
  } catch (error) {
    if (/locked|busy/.test(String(error))) throw new Error(`${file} is in use: stop the server first`);
  } finally {
    database.close();
  }
}

/** Has every item that is left count as begun: nobody knows what became of it after the backup. */
function holdJobs(file: string): void {
  const database = openFile(file, { what: 'the copy', remedy: 'take another backup', isExclusive: true }, () => {});
  database.exec('UPDATE items SET in_flight = 1');
  database.close();
}
