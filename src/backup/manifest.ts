import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a backup is made of; the part is what the file's name has behind that of the event log. */
export const parts = [
  { name: 'events.db', suffix: '' },
  { name: 'conversations.db', suffix: '-conversations' },
  { name: 'jobs.db', suffix: '-jobs' },
] as const;

export const manifestName = 'backup.json';

const manifestSchema = z.strictObject({
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  note: z.string().nullable(),
  /** The newest event of each stream. */
  places: z.record(z.string(), z.strictObject({ epoch: z.string(), offset: z.int().min(0) })),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })).length(parts.length),
});

export type Manifest = z.output<typeof manifestSchema>;

/** The manifest of a backup. Throws for a folder that holds none, or one of a later version. */
export function readManifest(folder: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(folder, manifestName), 'utf8')));
  } catch (cause) {
    throw new Error(`${folder} holds no backup that this version can read: its ${manifestName} is missing or damaged`, {
      cause,
    });
  }
}
