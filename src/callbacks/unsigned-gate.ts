import type { Clock } from '../clock.ts';
import { RefusedCallback } from '../domain/callback-refusal.ts';
import type { UnsignedBounds } from './bounds.ts';

const windowMs = 60_000;

interface Spent {
  readonly since: number;
  readonly events: number;
  readonly bytes: number;
}

/** Counts, for each app, what came without a signature in a minute. */
export class UnsignedGate {
  readonly #bounds: UnsignedBounds;
  readonly #clock: Clock;
  readonly #spent = new Map<string, Spent>();

  constructor(bounds: UnsignedBounds, clock: Clock) {
    this.#bounds = bounds;
    this.#clock = clock;
  }

  /** Throws `TOO_LARGE` for a body that is, and `TOO_MANY_UNSIGNED` when the minute's share is spent. */
  check(app: string, body: string): void {
    const { maxBodyBytes, maxEventsPerMinute, maxBytesPerMinute } = this.#bounds;
    const size = Buffer.byteLength(body);
    if (size > maxBodyBytes)
      throw new RefusedCallback('TOO_LARGE', `A callback without a signature has ${size} of ${maxBodyBytes} bytes.`);
    const { events, bytes } = this.#current(app);
    if (events >= maxEventsPerMinute || bytes + size > maxBytesPerMinute)
      throw new RefusedCallback(
        'TOO_MANY_UNSIGNED',
        'More callbacks without a signature came in a minute than are taken: somebody may know the path of the app.',
      );
  }

  /** Takes note of one that was taken. */
  spend(app: string, body: string, eventCount: number): void {
    const { since, events, bytes } = this.#current(app);
    this.#spent.set(app, {
      since,
      events: events + Math.max(1, eventCount),
      bytes: bytes + Buffer.byteLength(body),
    });
  }

  #current(app: string): Spent {
    const now = this.#clock.ticks();
    const spent = this.#spent.get(app);
    return spent && now - spent.since < windowMs ? spent : { since: now, events: 0, bytes: 0 };
  }
}
