import type { DraftEvent } from '../domain/event.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';

/** Numbers that are remembered by key; 0 for a key that is not known. */
export interface Numbers {
  get(key: Fingerprint): number;
  set(key: Fingerprint, value: number): void;
}

/**
 * Whether an event is news to a stream, and takes note that it came. A repeat of its key is none. Of a change that callbacks of several
 * forms tell of, only that one is whose form has told of more such changes than any other.
 */
export function isNews(numbers: Numbers, stream: string, { dedupeKey, change }: DraftEvent): boolean {
  const own = fingerprint(stream, dedupeKey);
  if (numbers.get(own) !== 0) return false;
  numbers.set(own, 1);
  if (!change) return true;
  const shared = fingerprint(stream, `change|${change.key}`);
  const ofForm = fingerprint(stream, `change|${change.key}|form|${change.form}`);
  const count = numbers.get(ofForm) + 1;
  numbers.set(ofForm, count);
  if (count <= numbers.get(shared)) return false;
  numbers.set(shared, count);
  return true;
}
