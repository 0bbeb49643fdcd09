import type { ErrorCode } from '../errors.ts';
import type { CallbackRefusal } from './callback-refusal.ts';
import type { MessageDecision } from './event.ts';

/** What became of a callback. `REPEATED`: the log had it all already. */
export type CallbackOutcome = 'ACCEPTED' | 'REPEATED' | 'DECIDED' | 'REFUSED';

/** One callback as it was handled. */
export interface HandledCallback {
  readonly app: string;
  /** Its id in the catalogue; null for one that is not there, and for one that was refused unread. */
  readonly callback: string | null;
  readonly outcome: CallbackOutcome;
  /** Why it was refused. */
  readonly code: ErrorCode | null;
  readonly reason: CallbackRefusal | null;
  readonly decision: MessageDecision | null;
  readonly isLate: boolean;
  readonly receivedAt: Date;
  /** How long the answer took, in milliseconds. */
  readonly latencyMs: number;
  /** How long after the vendor's moment it came, in milliseconds; null where that is not told. */
  readonly lagMs: number | null;
  /** How many events it made. */
  readonly eventCount: number;
}

/** The callbacks of one kind of an app since the server started. */
export interface CallbackCount {
  readonly callback: string | null;
  readonly accepted: number;
  readonly repeated: number;
  readonly decided: number;
  readonly refused: number;
  /** How many were refused for each reason that there was. */
  readonly refusals: readonly { readonly reason: CallbackRefusal; readonly count: number }[];
  readonly lastReceivedAt: Date;
  readonly lastLagMs: number | null;
}

/** Callbacks of ten minutes that a vendor could not deliver and keeps. */
export interface FailedCallbacks {
  readonly since: Date;
  readonly count: number;
  /** How many times they were sent again. */
  readonly redeliveries: number;
}

/** A verdict as it is counted. */
export interface CountedVerdict {
  readonly app: string;
  readonly decision: MessageDecision;
  readonly isLate: boolean;
}

/** Verdicts of one kind since the server started. */
export interface VerdictCount {
  readonly decision: MessageDecision;
  readonly count: number;
  readonly late: number;
}
