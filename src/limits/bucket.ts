/** One window of a bucket: at most `count` units in any stretch of `seconds`. */
export interface Window {
  readonly count: number;
  readonly seconds: number;
}

/** One rate limit of a vendor. All its windows hold at once. */
export interface Bucket {
  /** As in the catalogue. */
  readonly id: string;
  /** What one unit is: calls, recipients, groups, properties. */
  readonly unit: string;
  /** What one bucket is keyed by besides the app; `app` for one in all. */
  readonly scope: string;
  readonly windows: readonly Window[];
}

/** What a call draws from one bucket. */
export interface Charge {
  readonly bucket: string;
  /** Which one of the scope: a group's or chatroom's id; empty for buckets of the whole app. */
  readonly scope: string;
  /** Units, at least 1. */
  readonly cost: number;
}
