import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { finishCopies } from './finish.ts';
import { type Manifest, parts } from './manifest.ts';

/**
 * Copies the files of a server, in a process of its own: a process that closes a file loses every lock that it has on it, and the server
 * must keep those of its files. Told the files and a folder by IPC, it copies the files and answers `copied`; told the lengths of their
 * write-ahead logs, it copies those, makes the copies whole and answers what they are, or `{failed}`.
 */
export interface CopyOrder {
  /** In the order of `parts`. */
  readonly files: readonly string[];
  readonly folder: string;
}

export type Copied = Pick<Manifest, 'files' | 'places'>;
export type CopyAnswer = 'copied' | Copied | { readonly failed: string };

const nextMessage = <T>() => new Promise<T>((resolve) => process.once('message', (told) => resolve(told as T)));
const answer = (said: CopyAnswer) => process.send?.(said);

process.once('disconnect', () => process.exit(1));
try {
  const { files, folder } = await nextMessage<CopyOrder>();
  for (const [index, file] of files.entries()) await copyFile(file, join(folder, parts[index]?.name ?? ''));
  const told = nextMessage<readonly number[]>();
  answer('copied');
  for (const [index, length] of (await told).entries()) {
    if (length === 0) continue;
    const to = createWriteStream(join(folder, `${parts[index]?.name}-wal`), { mode: 0o600 });
    await pipeline(createReadStream(`${files[index]}-wal`, { end: length - 1 }), to);
  }
  answer(await finishCopies(folder));
} catch (error) {
  answer({ failed: error instanceof Error ? error.message : String(error) });
}
