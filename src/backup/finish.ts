import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Manifest, parts } from './manifest.ts';

/**
 * Makes the copies in a folder whole: writes their write-ahead logs into them and checks them, and marks the event log as a copy, so that
 * it begins another life when it is opened. Throws for a copy that is damaged. It takes time: not for the event loop of a server.
 */
export async function finishCopies(folder: string): Promise<Pick<Manifest, 'files' | 'places'>> {
  const places: Record<string, { epoch: string; offset: number }> = {};
  for (const { name } of parts) {
    const database = new DatabaseSync(join(folder, name));
    try {
      const health = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
      if (health !== 'ok') throw new Error(`the copy ${name} is damaged: ${health}`);
      if (name !== 'events.db') continue;
      const epoch = String(database.prepare('SELECT epoch FROM life WHERE id = 1').get()?.['epoch']);
      for (const { name: stream, top } of database.prepare('SELECT name, top FROM apps').all())
        places[String(stream)] = { epoch, offset: Number(top) };
      database.exec("UPDATE life SET previous = epoch, epoch = '' WHERE id = 1");
    } finally {
      // Writes what is in the write-ahead log into the file.
      database.close();
    }
  }
  const files = [];
  for (const { name } of parts) {
    const { size } = await stat(join(folder, name));
    files.push({ name, bytes: size, sha256: await digestOf(join(folder, name)) });
  }
  return { files, places };
}

export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
