import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Backup } from '../domain/context.ts';
import { AppError } from '../errors.ts';
import type { LiveFile } from '../live-file.ts';
import type { Copied, CopyAnswer, CopyOrder } from './copy-process.ts';
import { type Manifest, manifestName, parts } from './manifest.ts';

export interface BackupsOptions {
  /** Where backups go: a folder for each. Nothing is backed up where it is left out. */
  readonly folder: string | undefined;
  /** How many are kept; the oldest are deleted after a new one is there. */
  readonly kept: number;
  /** The files, in the order of `parts`; none where nothing is kept in files. */
  readonly files: readonly LiveFile[];
  readonly clock: Clock;
}

/** Room left for what is written meanwhile. */
const spareBytes = 64 * 1024 * 1024;
const namePattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;
const partialSuffix = '.partial';

/** Copies the files of a running server, all as they are at one moment. */
export class Backups {
  readonly #options: BackupsOptions;
  #isRunning = false;

  constructor(options: BackupsOptions) {
    this.#options = options;
  }

  /**
   * Makes a backup; the note is kept with it. Nothing waits for it: the files are copied by another process, and their changes meanwhile go to their
   * write-ahead logs. Throws `CONFLICT` while another is made, where no folder is configured, and where there is no room.
   */
  async create(note: string | null = null): Promise<Backup> {
    const { folder, files } = this.#options;
    if (folder === undefined || files.length < parts.length)
      throw new AppError('CONFLICT', 'Backups need events.file and events.backupFolder in the configuration.');
    if (this.#isRunning) throw new AppError('CONFLICT', 'Another backup is being made.');
    this.#isRunning = true;
    try {
      return await this.#create(folder, note);
    } finally {
      this.#isRunning = false;
    }
  }

  async #create(folder: string, note: string | null): Promise<Backup> {
    const createdAt = new Date(this.#options.clock.now());
    const name = createdAt.toISOString().replaceAll(':', '-');
    const partial = join(folder, `${name}${partialSuffix}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await this.#checkRoom(folder);
    try {
      await mkdir(partial, { mode: 0o700 });
      const finished = await this.#copyAll(partial);
      const manifest: Manifest = { version: 1, createdAt: createdAt.toISOString(), note, ...finished };
      await writeFile(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      for (const file of [...parts.map((part) => part.name), manifestName, '.']) await toDisk(join(partial, file));
      await rename(partial, join(folder, name));
      await toDisk(folder);
      await this.#letGo(folder);
      return { name, createdAt, bytes: finished.files.reduce((sum, { bytes }) => sum + bytes, 0) };
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  async #checkRoom(folder: string): Promise<void> {
    const sizes = await Promise.all(this.#options.files.map(async ({ file }) => (await stat(file)).size));
    const { bavail, bsize } = await statfs(folder);
    const wanted = sizes.reduce((sum, size) => sum + size, spareBytes);
    if (bavail * bsize < wanted)
      throw new AppError('CONFLICT', `A backup needs ${wanted} bytes in ${folder}, and there are ${bavail * bsize}.`);
  }

  async #copyAll(folder: string): Promise<Copied> {
    const { files } = this.#options;
    const releases: (() => void)[] = [];
    const child = fork(new URL('copy-process.ts', import.meta.url));
    try {
      for (const file of files) releases.push(file.hold());
      await ask(child, { files: files.map(({ file }) => file), folder } satisfies CopyOrder);
      await Promise.all(files.map((file) => file.ready()));
      // The one moment that all copies are of: nothing comes between.
      const lengths = files.map((file) => file.settledLength());
      const copied = await ask(child, lengths);
      if (copied === 'copied') throw new Error('the copies were not finished');
      return copied;
    } finally {
      for (const release of releases) release();
      child.kill();
    }
  }

  /** Deletes the oldest backups beyond those kept, and what was left of one that a stop cut off. */
  async #letGo(folder: string): Promise<void> {
    const names = await readdir(folder);
    const whole = names.filter((name) => namePattern.test(name)).sort();
    const cut = names.filter(
      (name) => name.endsWith(partialSuffix) && namePattern.test(name.slice(0, -partialSuffix.length)),
    );
    for (const name of [...whole.slice(0, -this.#options.kept), ...cut])
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What the process that copies answers. Throws when it fails or ends. */
function ask(child: ChildProcess, told: CopyOrder | readonly number[]): Promise<Copied | 'copied'> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`the process that copies ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (answer: CopyAnswer) => {
      child.off('exit', gone);
      if (typeof answer === 'object' && 'failed' in answer) reject(new Error(`the copies failed: ${answer.failed}`));
      else resolve(answer);
    });
    child.send(told);
  });
}

/** Has a file or folder reach the disk. */
async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
