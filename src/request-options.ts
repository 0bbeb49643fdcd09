/** Who goes first when calls wait for a rate limit: people, then upkeep, then mass work. */
export const priorities = ['interactive', 'background', 'bulk'] as const;
export type Priority = (typeof priorities)[number];

/** What a call draws from one rate limit. */
export interface Charge {
  /** The limit's id in the vendor's catalogue. */
  readonly bucket: string;
  /** Which one of the scope: a group's or chatroom's id; empty for buckets of the whole app. */
  readonly scope: string;
  /** Units, at least 1. */
  readonly cost: number;
}

/** What a call was granted; it must be settled once the call is over, or given back. */
export interface Granted {
  readonly charges: readonly Charge[];
  /** When it was granted, in the limit store's time. */
  readonly at: number;
  /** Whom it was charged to. */
  readonly viewer: string;
}

/** The right to make one call whose charges were taken already. */
export interface Permit {
  readonly granted: Granted;
  /** Whether it covers these charges; the first call that asks with fitting ones uses it up. */
  use(charges: readonly Charge[]): boolean;
}

/** One vendor call as it went. */
export interface VendorCall {
  readonly app: string;
  /** The endpoint's id in the catalogue. */
  readonly endpoint: string;
  /** How many items it carried. */
  readonly items: number;
  readonly attempts: number;
  /** How long it waited for rate limits, all attempts together. */
  readonly waitMs: number;
  /** From the first wait to the answer. */
  readonly durationMs: number;
  /** `ok` or the error's code. */
  readonly outcome: string;
  /** How many requests shared it. */
  readonly sharedBy: number;
}

/** One request to a vendor as it went; a call may need several. */
export interface VendorAttempt {
  readonly app: string;
  /** The endpoint's id in the catalogue. */
  readonly endpoint: string;
  /** `ok`, the code of what it failed with, or `ABORTED`. */
  readonly outcome: string;
}

/** What a request passes down to every vendor call it causes. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** The moment after which the answer is of no use, in the clock's ticks. */
  readonly deadline?: number | undefined;
  /** `interactive` when left out. */
  readonly priority?: Priority | undefined;
  /** For whom it is, so that one viewer cannot starve another; calls without a viewer share one place. */
  readonly viewer?: string | undefined;
  readonly permit?: Permit | undefined;
  /** Sends nothing: the first vendor call throws `Planned` with what it would draw. */
  readonly isPlan?: boolean | undefined;
  /** Hears of each vendor call. */
  readonly trace?: ((call: VendorCall) => void) | undefined;
}

/** Thrown in place of a call by `isPlan`. Not an `AppError`, so that nobody takes it for an answer. */
export class Planned extends Error {
  override readonly name = 'Planned';
  readonly endpoint: string;
  readonly items: number;
  readonly charges: readonly Charge[];

  constructor(endpoint: string, items: number, charges: readonly Charge[]) {
    super(`would call ${endpoint}`);
    this.endpoint = endpoint;
    this.items = items;
    this.charges = charges;
  }
}

/** Why a change cannot be planned: its calls are made later by a job, or it is a change of this server's own, without a call. */
export type NotPlannableCode = 'RUNS_LATER' | 'CHANGES_THIS_SERVER';

/** Thrown in place of a change that is no vendor call, when the operation is only planned. */
export class NotPlannable extends Error {
  override readonly name = 'NotPlannable';
  readonly code: NotPlannableCode;

  constructor(code: NotPlannableCode, message: string) {
    super(message);
    this.code = code;
  }
}
