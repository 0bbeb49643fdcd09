import type { SpaceKey } from '../domain/space.ts';
import { streamsOf } from '../domain/stream.ts';
import type { EventLog, Position } from './log.ts';

/** Users who are in a space no more; everybody where none are named, since the space is no more. */
export interface Departure {
  readonly app: string;
  readonly space: SpaceKey;
  readonly userIds: readonly string[] | null;
}

/** A departure, with the places in its app's streams after which nothing is given through the space. */
export interface NotedDeparture extends Departure {
  readonly at: ReadonlyMap<string, Position>;
  /** Counts up over all apps. */
  readonly sequence: number;
}

const maxRemembered = 1000;

/**
 * Who left which space by what was done from here, ahead of the callback that tells it, or in its stead where none comes. The newest
 * 1,000 of each app are remembered, for readers that are behind.
 */
export class Departures {
  readonly #log: EventLog;
  readonly #listeners = new Set<(departure: NotedDeparture) => void>();
  #sequence = 0;
  readonly #recent = new Map<string, NotedDeparture[]>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  note(departure: Departure): void {
    this.#sequence += 1;
    const at = new Map(streamsOf(departure.app).map((stream) => [stream, this.#log.top(stream)]));
    const noted = { ...departure, at, sequence: this.#sequence };
    const recent = this.#recent.get(noted.app) ?? [];
    recent.push(noted);
    if (recent.length > maxRemembered) recent.shift();
    this.#recent.set(noted.app, recent);
    for (const listener of [...this.#listeners]) listener(noted);
  }

  /** The number of the newest departure. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Those of an app that are remembered, the oldest first. */
  of(app: string): readonly NotedDeparture[] {
    return this.#recent.get(app) ?? [];
  }

  /** Calls `listener` with every departure from now on; it must not throw. Gives the function that ends it. */
  listen(listener: (departure: NotedDeparture) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
