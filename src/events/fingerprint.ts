import { hash } from 'node:crypto';

const length = 16;

/** A digest of texts, of equal length however long they are; where one ends and the next begins counts. */
export function fingerprint(...texts: readonly string[]): Buffer {
  return hash('sha256', texts.length === 1 ? (texts[0] ?? '') : JSON.stringify(texts), 'buffer').subarray(0, length);
}
