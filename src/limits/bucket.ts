export type { Charge } from '../request-options.ts';

/** One window of a bucket: at most `count` units in any stretch of `seconds`. */
export interface Window {
  readonly count: number;
  readonly seconds: number;
  /**
   * For windows that begin with the calendar day: how far that day's midnight is ahead of UTC's, in minutes. Left out for windows
   * that slide.
   */
  readonly dayOffsetMinutes?: number | undefined;
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
  /** The vendor's code, as text, of an answer that refuses a call for this bucket or one of a few. */
  readonly overLimit?: string | undefined;
  /** Where the figures come from: the catalogue's source, or `configuration`. */
  readonly source: string;
}
