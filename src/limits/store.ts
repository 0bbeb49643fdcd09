import type { Bucket, Charge } from './bucket.ts';

/** What came of asking for charges. A refusal says which bucket is the last to be free, and when. */
export type Grant =
  | { readonly isGranted: true; readonly at: number }
  | {
      readonly isGranted: false;
      readonly lacking: readonly string[];
      readonly bucket: string;
      readonly retryAt: number;
    };

/** How one bucket stands. */
export interface BucketState {
  /** Units used of each window, in their order. */
  readonly used: readonly number[];
  /** 1, or less while the bucket is narrowed after refusals. */
  readonly scale: number;
  readonly refusals: number;
}

/**
 * Where the takes of one app's buckets are kept: in this process, or shared by several. Every implementation guarantees: a take
 * takes all charges or none, atomically against every other taker of the store; with the guard given, no window of a counter that
 * sees the calls with less jitter than that holds more than its count; times are the store's own clock; a take that is given
 * back within its window frees its units.
 */
export interface LimitStore {
  /** The store's time, in milliseconds since the epoch. */
  now(): number;
  take(charges: readonly Charge[], guardMs: number): Grant | Promise<Grant>;
  /** The call of a take has been answered: it reached the vendor at most `guardMs` later than the fastest call would have. */
  settle(charges: readonly Charge[], at: number, guardMs: number): void | Promise<void>;
  /** Gives back what `take` granted at a moment and nobody used. */
  giveBack(charges: readonly Charge[], at: number): void | Promise<void>;
  /** After a refusal of the vendor: narrows these buckets, and blocks them for `retryAfterMs` where the vendor said so. */
  penalize(charges: readonly Charge[], retryAfterMs: number | undefined): void | Promise<void>;
  /** How a bucket stands, for one scope. */
  state(bucket: Bucket, scope: string): BucketState | Promise<BucketState>;
}

export const keyOf = (charge: { readonly bucket: string; readonly scope: string }) =>
  `${charge.bucket} ${charge.scope}`;
