import type { EventWanted } from '../domain/context.ts';
import type { EventNode, GapPayload } from '../domain/node.ts';
import type { Audience } from '../domain/subject.ts';
import { AppError } from '../errors.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { Departures, type NotedDeparture } from './departures.ts';
import { eventNode, isWanted } from './event-node.ts';
import type { LogSlice, Position, StoredEvent } from './log.ts';
import { concernsFollowed, endsMembership, followed, heardThrough, isDeparted, withoutSpace } from './membership.ts';
import { type Query, queryOf } from './query.ts';
import type { LogReader } from './reads.ts';

/** Events read at once of an app: they are all that is kept for a reader besides its place. */
const pageSize = 50;
/** Departures that a reader may be behind; beyond, it has to begin anew. */
const maxBehind = 1000;

/** An event for a reader, as resolvers have it and as the log has it; null for a gap, which the log does not have. */
export interface FeedItem {
  readonly node: EventNode;
  readonly stored: StoredEvent | null;
  /** Through whom the reader hears of it; see `heardThrough`. */
  readonly granted: readonly Audience[];
}

/** What a reader is told that is not let hear any more what it asked for. */
export function membershipEnded(): AppError {
  return new AppError('FORBIDDEN', 'The viewer is not in the space any more.');
}

/**
 * The events wanted, pulled from the log by cursor: nothing is kept for a reader but its place, so a slow one costs no
 * memory. Begins now, or right after a cursor: in order, once each, or with one gap that says what cannot be had any more.
 * Ends at once when `return` is called, also while it waits. Throws `BAD_CURSOR` when made with a bad one, and `FORBIDDEN`
 * from `next` and `poll` after the event, or the departure noted, that ends the membership it rests on.
 */
export class Feed implements AsyncIterableIterator<EventNode> {
  readonly #reader: LogReader;
  readonly #now: () => number;
  readonly #onGiven: ((event: StoredEvent) => void) | undefined;
  readonly #positions = new Map<string, Position>();
  readonly #unlisten: (() => void)[] = [];
  /** What is read of each app for what is wanted now. */
  readonly #queries = new Map<string, Query | undefined>();
  #wanted: EventWanted;
  #departures: NotedDeparture[] = [];
  #ready: FeedItem[] = [];
  #hasMore = true;
  #isClosed = false;
  #isCutOff = false;
  #wake: (() => void) | undefined;

  /**
   * `onGiven` is called with every event that a reader takes. `seen` is the number of the newest departure when it was asked whether the
   * reader is in its spaces.
   */
  constructor(
    reader: LogReader,
    wanted: EventWanted,
    after: string | null | undefined,
    now: () => number,
    onGiven?: (event: StoredEvent) => void,
    departures: Departures = new Departures(reader.log),
    seen: number = departures.sequence,
  ) {
    this.#reader = reader;
    this.#onGiven = onGiven;
    this.#wanted = wanted;
    this.#now = now;
    const from = after ? decodeEventCursor(after, wanted.apps) : undefined;
    for (const app of wanted.apps) {
      this.#positions.set(app, from?.get(app) ?? reader.log.top(app));
      this.#unlisten.push(reader.log.onAppend(app, () => this.#rouse()));
      for (const each of departures.of(app)) if (this.#hasMissed(each, seen)) this.#note(each);
    }
    this.#unlisten.push(departures.listen((departure) => this.#depart(departure)));
  }

  /** What it wants now: a stream that follows its viewer comes to want other events as it goes on. */
  get wanted(): EventWanted {
    return this.#wanted;
  }

  /** The place up to which everything has been read. */
  get cursor(): string {
    return encodeEventCursor(this.#positions);
  }

  /** Whether everything that the log has now was given. */
  get isAtEnd(): boolean {
    if (this.#ready.length + this.#departures.length > 0 || this.#isCutOff || this.#isClosed) return false;
    for (const [app, { epoch, offset }] of this.#positions) {
      const top = this.#reader.log.top(app);
      if (top.epoch !== epoch || top.offset !== offset) return false;
    }
    return true;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<EventNode, undefined>> {
    for (;;) {
      const item = await this.poll();
      if (item) return { value: item.node, done: false };
      if (this.#isClosed) return { value: undefined, done: true };
      await this.more();
    }
  }

  /** Fulfilled when there may be more, or when it is closed. */
  more(): Promise<void> {
    if (this.#hasMore || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** The next event, or null when there is none yet, or it was closed. */
  async poll(): Promise<FeedItem | null> {
    while (!this.#isClosed) {
      const ready = this.#ready.shift();
      if (ready) {
        if (ready.stored) this.#onGiven?.(ready.stored);
        return ready;
      }
      if (this.#isCutOff) {
        await this.return();
        throw membershipEnded();
      }
      if (!this.#hasMore) return null;
      await this.#fill();
    }
    return null;
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
      await this.#read(app);
      if (this.#isClosed || this.#isCutOff) return;
      this.#settle(app, this.#position(app).offset + 1);
      if (this.#isCutOff) return;
    }
  }

  async #read(app: string): Promise<void> {
    const position = this.#position(app);
    const top = this.#reader.log.top(app);
    if (position.epoch === top.epoch && position.offset === top.offset) return;
    const slice = await this.#reader.read(app, position, pageSize, this.#queryOf(app));
    if (this.#isClosed) return;
    const isWhole = this.#takeAll(app, slice);
    if (this.#isCutOff) return;
    if (isWhole) this.#positions.set(app, slice.upTo);
    if (slice.hasMore || !isWhole) this.#hasMore = true;
  }

  /** Takes what was read. Whether all of it was: what comes after an event that changed what is wanted is read anew. */
  #takeAll(app: string, { events, gap, upTo }: LogSlice): boolean {
    if (gap) {
      const first = events[0];
      this.#positions.set(app, first ? { epoch: first.epoch, offset: first.offset - 1 } : upTo);
      this.#ready.push({ node: this.#gap(app, gap), stored: null, granted: [] });
    }
    for (const event of events) {
      const before = this.#wanted;
      this.#take(event);
      if (this.#isCutOff || this.#wanted !== before) return false;
    }
    return true;
  }

  #take(event: StoredEvent): void {
    this.#settle(event.app, event.offset);
    if (this.#isCutOff) return;
    this.#positions.set(event.app, { epoch: event.epoch, offset: event.offset });
    const before = this.#wanted;
    this.#wanted = followed(before, event);
    if (this.#wanted !== before) this.#queries.delete(event.app);
    if (isWanted(event, before)) {
      const granted = heardThrough(event, before, this.#wanted);
      this.#ready.push({ node: eventNode(event, this.cursor), stored: event, granted });
    }
    if (before.membership) this.#isCutOff = endsMembership(event, before.membership);
  }

  #queryOf(app: string): Query | undefined {
    if (!this.#queries.has(app)) this.#queries.set(app, queryOf(this.#wanted, app));
    return this.#queries.get(app);
  }

  #position(app: string): Position {
    return this.#positions.get(app) ?? this.#reader.log.top(app);
  }

  #depart(departure: NotedDeparture): void {
    if (!this.#concerns(departure)) return;
    this.#note(departure);
    this.#rouse();
  }

  #concerns(departure: NotedDeparture): boolean {
    const { membership } = this.#wanted;
    return membership ? isDeparted(departure, membership) : concernsFollowed(departure, this.#wanted);
  }

  /** What is read again may tell of a coming whose going was told by nobody. */
  #hasMissed(departure: NotedDeparture, seen: number): boolean {
    if (departure.sequence > seen) return this.#concerns(departure);
    const { epoch, offset } = this.#position(departure.app);
    return departure.at.epoch === epoch && departure.at.offset > offset && concernsFollowed(departure, this.#wanted);
  }

  /** Keeps a departure until everything before it was read. */
  #note(departure: NotedDeparture): void {
    this.#departures.push(departure);
    if (this.#departures.length > maxBehind) this.#isCutOff = true;
  }

  /** Has the departures take effect that were before an event of the app. */
  #settle(app: string, offset: number): void {
    const { epoch } = this.#position(app);
    const isDue = ({ app: of, at }: NotedDeparture) => of === app && (at.epoch !== epoch || at.offset < offset);
    for (const departure of this.#departures.filter(isDue)) {
      if (this.#wanted.membership) this.#isCutOff = true;
      this.#wanted = withoutSpace(this.#wanted, departure);
      this.#queries.delete(app);
    }
    this.#departures = this.#departures.filter((departure) => !isDue(departure));
  }

  #gap(app: string, cause: 'EXPIRED' | 'LOG_LOST'): EventNode {
    const payload: GapPayload = { type: 'GAP', cause, since: null };
    const now = new Date(this.#now());
    const { epoch, offset } = this.#position(app);
    return {
      __typename: 'GapEvent',
      id: `Event:${app}:gap-${epoch}-${offset}`,
      cursor: this.cursor,
      app,
      occurredAt: now,
      receivedAt: now,
      payload,
    };
  }
}
