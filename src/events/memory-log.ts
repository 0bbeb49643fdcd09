import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import type { EventLog, LogSlice, Position, StoredEvent } from './log.ts';

export interface MemoryLogOptions {
  readonly clock: Clock;
  /** Events kept for each app; the oldest go first. */
  readonly maxEvents?: number;
  /** Keys of events remembered for each app, for dropping repeats. */
  readonly maxKeys?: number;
}

interface AppLog {
  readonly events: StoredEvent[];
  readonly keys: LRUCache<string, true>;
  readonly listeners: Set<(events: readonly StoredEvent[]) => void>;
  top: number;
}

/** An `EventLog` for the life of one process. */
export class MemoryLog implements EventLog {
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #options: Required<MemoryLogOptions>;
  readonly #apps = new Map<string, AppLog>();

  constructor(options: MemoryLogOptions) {
    this.#options = { maxEvents: 20_000, maxKeys: 100_000, ...options };
  }

  async append(app: string, drafts: readonly DraftEvent[]): Promise<readonly StoredEvent[]> {
    const log = this.#log(app);
    const stored: StoredEvent[] = [];
    for (const draft of drafts) {
      if (log.keys.has(draft.dedupeKey)) continue;
      log.keys.set(draft.dedupeKey, true);
      log.top += 1;
      stored.push({ app, epoch: this.#epoch, offset: log.top, receivedAt: this.#options.clock.now(), draft });
    }
    log.events.push(...stored);
    // Cut in strides, so that an append does not move the whole array each time.
    if (log.events.length > this.#options.maxEvents * 1.1)
      log.events.splice(0, log.events.length - this.#options.maxEvents);
    if (stored.length > 0) for (const listener of log.listeners) listener(stored);
    return stored;
  }

  async read(app: string, after: Position, limit: number): Promise<LogSlice> {
    const log = this.#log(app);
    if (after.epoch !== this.#epoch || after.offset > log.top)
      return { events: log.events.slice(0, limit), gap: 'LOG_LOST' };
    const oldest = log.events[0]?.offset ?? log.top + 1;
    if (after.offset + 1 < oldest) return { events: log.events.slice(0, limit), gap: 'EXPIRED' };
    const start = after.offset + 1 - oldest;
    return { events: log.events.slice(start, start + limit), gap: null };
  }

  top(app: string): Position {
    return { epoch: this.#epoch, offset: this.#log(app).top };
  }

  onAppend(app: string, listener: (events: readonly StoredEvent[]) => void): () => void {
    const { listeners } = this.#log(app);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Nothing to close. */
  close(): void {}

  #log(app: string): AppLog {
    const found = this.#apps.get(app);
    if (found) return found;
    const log: AppLog = {
      events: [],
      keys: new LRUCache({ max: this.#options.maxKeys }),
      listeners: new Set(),
      top: 0,
    };
    this.#apps.set(app, log);
    return log;
  }
}
