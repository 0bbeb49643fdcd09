import type { EventWanted } from '../domain/context.ts';
import type { EventNode, GapPayload } from '../domain/node.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { eventNode, isWanted } from './event-node.ts';
import type { EventLog, Position, StoredEvent } from './log.ts';

const pageSize = 100;

/**
 * The events wanted, pulled from the log by cursor: nothing is kept for a reader but its place, so a slow one costs no
 * memory. Begins now, or right after a cursor: in order, once each, or with one gap that says what cannot be had any more.
 * Ends at once when `return` is called, also while it waits. Throws `BAD_CURSOR` when made with a bad one.
 */
export class Feed implements AsyncIterableIterator<EventNode> {
  readonly #log: EventLog;
  readonly #wanted: EventWanted;
  readonly #now: () => number;
  readonly #onGiven: ((event: StoredEvent) => void) | undefined;
  readonly #positions = new Map<string, Position>();
  readonly #unlisten: (() => void)[] = [];
  #ready: { readonly node: EventNode; readonly stored: StoredEvent | null }[] = [];
  #hasMore = true;
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** `onGiven` hears of every event that a reader takes. */
  constructor(
    log: EventLog,
    wanted: EventWanted,
    after: string | null | undefined,
    now: () => number,
    onGiven?: (event: StoredEvent) => void,
  ) {
    this.#log = log;
    this.#onGiven = onGiven;
    this.#wanted = wanted;
    this.#now = now;
    const from = after ? decodeEventCursor(after, wanted.apps) : undefined;
    for (const app of wanted.apps) {
      this.#positions.set(app, from?.get(app) ?? log.top(app));
      this.#unlisten.push(log.onAppend(app, () => this.#rouse()));
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<EventNode, undefined>> {
    while (!this.#isClosed) {
      const ready = this.#ready.shift();
      if (ready) {
        if (ready.stored) this.#onGiven?.(ready.stored);
        return { value: ready.node, done: false };
      }
      if (this.#hasMore) await this.#fill();
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<EventNode, undefined>> {
    this.#isClosed = true;
    for (const stop of this.#unlisten.splice(0)) stop();
    this.#rouse();
    return { value: undefined, done: true };
  }

  #rouse(): void {
    this.#hasMore = true;
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Reads the next page of every app; forgets that there is more only when there was none. */
  async #fill(): Promise<void> {
    this.#hasMore = false;
    for (const app of this.#wanted.apps) {
      const position = this.#positions.get(app) ?? this.#log.top(app);
      const { events, gap } = await this.#log.read(app, position, pageSize);
      if (gap) {
        const first = events[0];
        this.#positions.set(app, first ? { epoch: first.epoch, offset: first.offset - 1 } : this.#log.top(app));
        this.#ready.push({ node: this.#gap(app, gap), stored: null });
      }
      for (const event of events) {
        this.#positions.set(app, { epoch: event.epoch, offset: event.offset });
        if (isWanted(event, this.#wanted))
          this.#ready.push({ node: eventNode(event, encodeEventCursor(this.#positions)), stored: event });
      }
      if (events.length === pageSize) this.#hasMore = true;
    }
  }

  #gap(app: string, cause: 'EXPIRED' | 'LOG_LOST'): EventNode {
    const payload: GapPayload = { type: 'GAP', cause, since: null };
    const now = new Date(this.#now());
    const { epoch, offset } = this.#positions.get(app) ?? this.#log.top(app);
    return {
      __typename: 'GapEvent',
      id: `Event:${app}:gap-${epoch}-${offset}`,
      cursor: encodeEventCursor(this.#positions),
      app,
      occurredAt: now,
      receivedAt: now,
      payload,
    };
  }
}
