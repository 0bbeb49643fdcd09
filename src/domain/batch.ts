import type { AppError } from '../errors.ts';
import type { RequestOptions } from './page.ts';

/**
 * A read of single keys that a vendor answers for many at once. Keys wait together, across requests, and leave as few
 * calls as `max` allows.
 */
export interface Batch<K, V> {
  /** The most keys of one call; 1 where the vendor has no bulk read. */
  readonly max: number;
  /** Keys that give the same text can share a call; all can when left out. */
  readonly group?: (key: K) => string;
  /** Makes two keys one when they give the same text. The key itself when left out; needed for keys that are objects. */
  readonly identity?: (key: K) => string;
  /** A value or an error for each key, in their order. A thrown error is every key's. */
  readonly load: (keys: readonly K[], options?: RequestOptions) => Promise<readonly (V | AppError)[]>;
}
