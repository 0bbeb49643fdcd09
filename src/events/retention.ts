import type { Clock } from '../clock.ts';
import { isUnsigned } from '../domain/stream.ts';
import type { AppRetention, Retention } from './log.ts';

export const dayMs = 86_400_000;

export const defaultRetention: AppRetention = {
  maxEvents: 100_000,
  maxAgeMs: 7 * dayMs,
  maxBytes: 256 * 1024 * 1024,
  unsigned: { maxEvents: 10_000, maxBytes: 24 * 1024 * 1024 },
};

/** What is kept of a stream. */
export const retentionOf = ({ unsigned, ...signed }: AppRetention, stream: string): Retention =>
  isUnsigned(stream) ? { ...signed, ...unsigned } : signed;

/** Keys remembered for what nobody signed, for each that is for what somebody did: they push out none of those. */
export const unsignedKeyShare = 0.1;

/**
 * How long a key is known at the least, unless there come more than are kept: longer than any vendor's callback is good, so that
 * a repeat is known as one though its event may have gone.
 */
export const keyLifeMs = 8 * dayMs;

/** Events let go at once at the most, besides as many as came: nothing that goes wrong with the time takes all. */
export const stride = 1000;

/** What a stream keeps now. */
export interface Kept {
  readonly events: number;
  readonly bytes: number;
  /** When the oldest event was received; infinity when there is none. */
  readonly oldestAt: number;
}

/** Whether so much is kept that it is time to trim: with a tenth to spare, so that not every append does. */
export function isOverdue({ maxEvents, maxAgeMs, maxBytes }: Retention, kept: Kept, now: number): boolean {
  const spare = Math.min(maxEvents / 10, 1000);
  return kept.events > maxEvents + spare || kept.bytes > maxBytes * 1.1 || kept.oldestAt < now - maxAgeMs * 1.1;
}

/** Whether the oldest event must go for the rest to be within the retention. */
export function isPast({ maxEvents, maxAgeMs, maxBytes }: Retention, kept: Kept, now: number): boolean {
  return kept.events > maxEvents || kept.bytes > maxBytes || kept.oldestAt < now - maxAgeMs;
}

/** Between two sweeps where the first left something to do: a turn of the loop may be long, and many come before the next. */
const pauseMs = 100;

/**
 * Runs `sweep` now and then, so that age tells where nothing comes, and soon again while it says that there is more to do; gives the
 * function that ends it.
 */
export function sweepRegularly(clock: Clock, { maxAgeMs }: Retention, sweep: () => boolean): () => void {
  const everyMs = Math.min(60_000, maxAgeMs / 10);
  let cancel = () => {};
  const next = (delayMs: number) => {
    cancel = clock.schedule(delayMs, () => next(sweep() ? pauseMs : everyMs));
  };
  next(everyMs);
  return () => cancel();
}
