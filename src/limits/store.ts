import type { Bucket, Charge } from './bucket.ts';
import type { Held, Parts } from './window-use.ts';

/** What came of asking for charges. A refusal says which bucket is the last to be free, and when. */
export type Grant =
  | { readonly isGranted: true; readonly at: number }
  | {
      readonly isGranted: false;
      /** The keys of the buckets that have too little left for anybody; none when only the viewer's own share is spent. */
      readonly lacking: readonly string[];
      readonly bucket: string;
      readonly retryAt: number;
    };

/** For whom charges are taken, and beside whom. */
export interface Taker {
  /** Empty for the gateway's own work, which no share holds back. */
  readonly viewer: string;
  /** The part of the call that is about for this viewer, 0-1, where several share it. */
  readonly part: number;
  /** When a viewer was last active for whom the bucket is kept and who is not among `except`; -Infinity when none was. */
  othersAt(charge: Charge, except: ReadonlySet<string>): number;
  /** What must be left of the bucket for somebody who has waited long. */
  held(charge: Charge): Held | undefined;
}

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
 * takes all charges or none, atomically against every other taker of the store; as long as every call is counted between its take and
 * its `countedBy`, no window of a counter, at any phase, holds more than its count; times are the store's own clock; a take that is
 * given back within its window frees its units.
 */
export interface LimitStore {
  /** The store's time, in milliseconds since the epoch. */
  now(): number;
  take(charges: readonly Charge[], taker: Taker): Grant | Promise<Grant>;
  /** What `take` would give, without taking. */
  look(charges: readonly Charge[], taker: Taker): Grant | Promise<Grant>;
  /** Tells whom a take, which was taken for one viewer, is for in truth. */
  assign(charges: readonly Charge[], at: number, viewer: string, parts: Parts): void | Promise<void>;
  /** The call of a take is over: the vendor counted it by `countedBy`, if at all. */
  settle(charges: readonly Charge[], at: number, viewer: string, countedBy: number): void | Promise<void>;
  /** Gives back what `take` granted at a moment and nobody used. */
  giveBack(charges: readonly Charge[], at: number, viewer: string): void | Promise<void>;
  /** After a refusal of the vendor: narrows these buckets, and blocks them for `retryAfterMs` where the vendor said so. */
  penalize(charges: readonly Charge[], retryAfterMs: number | undefined): void | Promise<void>;
  /** How a bucket stands, for one scope. */
  state(bucket: Bucket, scope: string): BucketState | Promise<BucketState>;
}

export const keyOf = (charge: { readonly bucket: string; readonly scope: string }) =>
  `${charge.bucket} ${charge.scope}`;
