import type { EventWanted } from '../domain/context.ts';
import type { EventNode, GapPayload } from '../domain/node.ts';
import { streamsOf } from '../domain/stream.ts';
import type { Audience } from '../domain/subject.ts';
import { AppError } from '../errors.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { Departures, type NotedDeparture } from './departures.ts';
import { eventNode, isWanted } from './event-node.ts';
import type { LogSlice, Position, StoredEvent } from './log.ts';
import {
  concernsFollowed,
  endsMembership,
  followed,
  heardThrough,
  isDeparted,
  isForReader,
  withoutSpace,
} from './membership.ts';
import { merged } from './merged.ts';
import { type Query, queryOf } from './query.ts';
import type { LogReader } from './reads.ts';

/** Events read at once of an app: they are all that is kept for a reader besides its place. */
const pageSize = 20;
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
    for (const stream of wanted.apps.flatMap(streamsOf)) {
      this.#positions.set(stream, from?.get(stream) ?? reader.log.top(stream));
      this.#unlisten.push(reader.log.onAppend(stream, () => this.#rouse()));
    }
    for (const app of wanted.apps) {
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
    for (const [stream, { epoch, offset }] of this.#positions) {
      const top = this.#reader.log.top(stream);
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

  /** Reads the next page of every stream; forgets that there is more only when there was none. */
  async #fill(): Promise<void> {
    this.#hasMore = false;
    for (const app of this.#wanted.apps) {
      const slices = await this.#readApp(app);
      if (this.#isClosed) return;
      if (!this.#takeAll(app, slices)) this.#hasMore = true;
      if (this.#isCutOff) return;
      this.#settle((departure) => departure.app === app && this.#isReached(departure));
      if (this.#isCutOff) return;
    }
  }

  /** The next page of each of an app's streams that is not at its end. */
  async #readApp(app: string): Promise<ReadonlyMap<string, LogSlice>> {
    const { log } = this.#reader;
    const slices = new Map<string, LogSlice>();
    // The signed stream last, so that it has what came before anything that was read of the other.
    for (const stream of streamsOf(app).toReversed()) {
      const top = log.top(stream);
      const position = this.#position(stream);
      if (position.epoch === top.epoch && position.offset === top.offset) continue;
      slices.set(stream, await this.#reader.read(stream, position, pageSize, this.#queryOf(app)));
      if (this.#isClosed) break;
    }
    return slices;
  }

  /** Takes what was read of an app. Whether there is nothing more to read: after an event that changed what is wanted, all is read anew. */
  #takeAll(app: string, slices: ReadonlyMap<string, LogSlice>): boolean {
    for (const [stream, { from, gap }] of slices) if (gap) this.#positions.set(stream, from);
    const gap = [...slices.values()].map((slice) => slice.gap).find((cause) => cause !== null);
    if (gap) this.#ready.push({ node: this.#gap(app, gap), stored: null, granted: [] });
    for (const event of merged([...slices.values()])) {
      const before = this.#wanted;
      this.#take(event);
      if (this.#isCutOff || this.#wanted !== before) return false;
    }
    let isAtEnd = true;
    for (const [stream, { events, upTo, hasMore }] of slices) {
      const last = events.at(-1);
      const isWhole = last === undefined || this.#positions.get(stream)?.offset === last.offset;
      if (isWhole) this.#positions.set(stream, upTo);
      if (!isWhole || hasMore) isAtEnd = false;
    }
    return isAtEnd;
  }

  #take(event: StoredEvent): void {
    this.#settle(({ app, at }) => app === event.app && isBefore(at.get(event.stream), event));
    if (this.#isCutOff) return;
    this.#positions.set(event.stream, { epoch: event.epoch, offset: event.offset });
    const before = this.#wanted;
    this.#wanted = followed(before, event);
    if (this.#wanted !== before) this.#queries.delete(event.app);
    if (isWanted(event, before) && isForReader(event, before)) {
      const granted = heardThrough(event, before, this.#wanted);
      this.#ready.push({ node: eventNode(event, this.cursor), stored: event, granted });
    }
    if (before.membership) this.#isCutOff = endsMembership(event, before.membership);
  }

  #queryOf(app: string): Query | undefined {
    if (!this.#queries.has(app)) this.#queries.set(app, queryOf(this.#wanted, app));
    return this.#queries.get(app);
  }

  #position(stream: string): Position {
    return this.#positions.get(stream) ?? this.#reader.log.top(stream);
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
    const at = departure.at.get(departure.app);
    return at?.epoch === epoch && at.offset > offset && concernsFollowed(departure, this.#wanted);
  }

  /** Keeps a departure until everything before it was read. */
  #note(departure: NotedDeparture): void {
    this.#departures.push(departure);
    if (this.#departures.length > maxBehind) this.#isCutOff = true;
  }

  /** Whether everything before a departure was read. */
  #isReached({ at }: NotedDeparture): boolean {
    return [...at].every(([stream, place]) => {
      const { epoch, offset } = this.#position(stream);
      return isBefore(place, { epoch, offset: offset + 1 });
    });
  }

  /** Has those departures take effect whose time has come. */
  #settle(isDue: (departure: NotedDeparture) => boolean): void {
    for (const departure of this.#departures.filter(isDue)) {
      if (this.#wanted.membership) this.#isCutOff = true;
      this.#wanted = withoutSpace(this.#wanted, departure);
      this.#queries.delete(departure.app);
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

/** Whether a place comes before another in its stream; one of another life of the log does. */
const isBefore = (place: Position | undefined, other: Position): boolean =>
  place === undefined || place.epoch !== other.epoch || place.offset < other.offset;
