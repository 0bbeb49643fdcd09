import { hash } from 'node:crypto';

/** 64 bits of a digest, for telling texts apart however long they are. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** Of two texts, where the first does not hold NUL; `isSeal` keeps the two kinds of keys apart. */
export function fingerprint(app: string, text: string, isSeal = false): Fingerprint {
  const digest = hash('sha1', `${app}${isSeal ? '\0\0' : '\0'}${text}`, 'buffer');
  return { high: digest.readUInt32LE(0), low: digest.readUInt32LE(4) };
}

/** 32 bits of a digest, and never 0: enough to tell that what came again is another, since nobody gains by one taken for the same. */
export function tagOf(text: string): number {
  return hash('sha1', text, 'buffer').readUInt32LE(0) || 1;
}
