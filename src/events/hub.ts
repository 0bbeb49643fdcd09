import type { EventWanted } from '../domain/context.ts';
import type { EventNode } from '../domain/node.ts';
import { appOf, streamsOf } from '../domain/stream.ts';
import { type Audience, hearing } from '../domain/subject.ts';
import { encodeEventCursor } from './cursor.ts';
import { type Departure, Departures } from './departures.ts';
import { eventNode, isWanted } from './event-node.ts';
import { Feed } from './feed.ts';
import type { EventLog, Position, StoredEvent } from './log.ts';
import { concernsFollowed, followed, heardThrough, isOfMembership, isOfViewer, withoutSpace } from './membership.ts';
import { PacedReads } from './reads.ts';

/** An event at the live end. */
export interface LiveItem {
  /** Counts up over all events of all apps. */
  readonly sequence: number;
  readonly stored: StoredEvent;
  /** Null for an event that is not wanted and told only because it changes who is in a space. */
  readonly node: EventNode | null;
  /** Through whom a stream that is had for what its viewer is hears of it; see `heardThrough`. */
  readonly granted: readonly Audience[];
  /** The place right after it. */
  readonly cursor: string;
}

/** The live end of one filter, for all who want the same. */
export interface Channel {
  /** Equal for two that want the same. */
  readonly key: string;
  /** What is wanted now: it changes where a viewer is followed. */
  readonly wanted: EventWanted;
  /** Calls `listener` with every event from now on; it must not throw. Gives the function that ends it. */
  listen(listener: (item: LiveItem) => void): () => void;
}

interface OpenChannel extends Channel {
  key: string;
  wanted: EventWanted;
  readonly listeners: Set<(item: LiveItem) => void>;
}

/** An app with listeners: its channels, by the subjects they want. */
interface LiveApp {
  readonly unlisten: () => void;
  /** Where its streams end. */
  readonly positions: Map<string, Position>;
  readonly bySubject: Map<string, Set<OpenChannel>>;
  readonly ofAll: Set<OpenChannel>;
}

/**
 * Hands the events of a log to all who wait at its live end. A filter is evaluated once for an event, however many share it, and
 * only those filters are looked at that want one of the event's subjects. Who is behind pulls from the log by a `Feed` of its own.
 * That a feed at the log's top can go on here without a gap or a repeat rests on this: the top moves and listeners are told in one
 * turn, with nothing between.
 */
export class EventHub {
  /** Who left spaces by what was done from here. */
  readonly departures: Departures;
  readonly #log: EventLog;
  readonly #reads: PacedReads;
  readonly #now: () => number;
  readonly #onGiven: ((event: StoredEvent) => void) | undefined;
  readonly #channels = new Map<string, OpenChannel>();
  readonly #apps = new Map<string, LiveApp>();
  #sequence = 0;

  /** `onGiven` hears of every event that is given to a subscriber. */
  constructor(log: EventLog, now: () => number, onGiven?: (event: StoredEvent) => void, reads = new PacedReads(log)) {
    this.#log = log;
    this.#reads = reads;
    this.#now = now;
    this.#onGiven = onGiven;
    this.departures = new Departures(log);
    this.departures.listen((departure) => this.#depart(departure));
  }

  /** The number of the newest event. */
  get sequence(): number {
    return this.#sequence;
  }

  /** How many distinct filters are listened to. */
  get channelCount(): number {
    return this.#channels.size;
  }

  /** As `new Feed`. What it reads is read in the caller's turn. */
  open(wanted: EventWanted, after: string | null | undefined, caller: string, seen?: number): Feed {
    return new Feed(this.#reads.of(caller), wanted, after, this.#now, this.#onGiven, this.departures, seen);
  }

  /** The live end of what is wanted. It is kept as long as somebody listens. */
  channel(wanted: EventWanted): Channel {
    const key = keyOf(wanted);
    const known = this.#channels.get(key);
    if (known) return known;
    const channel: OpenChannel = {
      key,
      wanted,
      listeners: new Set(),
      listen: (listener) => this.#listen(channel, listener),
    };
    return channel;
  }

  /** Takes note that an event was given to somebody. */
  given(event: StoredEvent): void {
    this.#onGiven?.(event);
  }

  #listen(channel: OpenChannel, listener: (item: LiveItem) => void): () => void {
    if (channel.listeners.size === 0) this.#open(channel);
    channel.listeners.add(listener);
    return () => {
      if (channel.listeners.delete(listener) && channel.listeners.size === 0) this.#close(channel);
    };
  }

  #open(channel: OpenChannel): void {
    this.#channels.set(channel.key, channel);
    this.#index(channel);
  }

  #close(channel: OpenChannel): void {
    if (this.#channels.get(channel.key) === channel) this.#channels.delete(channel.key);
    this.#unindex(channel);
    for (const app of channel.wanted.apps) {
      const live = this.#apps.get(app);
      if (!live || live.ofAll.size > 0 || live.bySubject.size > 0) continue;
      live.unlisten();
      this.#apps.delete(app);
    }
  }

  #index(channel: OpenChannel): void {
    const { apps, subjects } = channel.wanted;
    for (const app of apps) {
      const { ofAll, bySubject } = this.#live(app);
      if (!subjects) ofAll.add(channel);
      for (const subject of subjects?.get(app) ?? []) {
        const same = bySubject.get(subject) ?? new Set();
        bySubject.set(subject, same.add(channel));
      }
    }
  }

  #unindex(channel: OpenChannel): void {
    const { apps, subjects } = channel.wanted;
    for (const app of apps) {
      const live = this.#apps.get(app);
      live?.ofAll.delete(channel);
      for (const subject of subjects?.get(app) ?? []) {
        const same = live?.bySubject.get(subject);
        same?.delete(channel);
        if (same?.size === 0) live?.bySubject.delete(subject);
      }
    }
  }

  #live(app: string): LiveApp {
    const known = this.#apps.get(app);
    if (known) return known;
    const stops = streamsOf(app).map((stream) =>
      this.#log.onAppend(stream, (events) => {
        for (const event of events) this.#tell(live, event);
      }),
    );
    const live: LiveApp = {
      unlisten: () => {
        for (const stop of stops) stop();
      },
      positions: new Map(streamsOf(app).map((stream) => [stream, this.#log.top(stream)])),
      bySubject: new Map(),
      ofAll: new Set(),
    };
    this.#apps.set(app, live);
    return live;
  }

  #tell(live: LiveApp, event: StoredEvent): void {
    this.#sequence += 1;
    live.positions.set(event.stream, { epoch: event.epoch, offset: event.offset });
    const channels = new Set(live.ofAll);
    for (const subject of event.draft.subjects) {
      for (const channel of live.bySubject.get(subject) ?? []) channels.add(channel);
    }
    for (const channel of channels) this.#tellOne(channel, event);
  }

  #tellOne(channel: OpenChannel, stored: StoredEvent): void {
    const { wanted } = channel;
    const passes = isWanted(stored, wanted);
    if (!passes && !isOfMembership(stored)) return;
    const streams = wanted.apps.flatMap(streamsOf);
    const cursor = encodeEventCursor(new Map(streams.map((stream) => [stream, this.#positionOf(stream)])));
    this.#follow(channel, followed(wanted, stored));
    const node = passes ? eventNode(stored, cursor) : null;
    const granted = heardThrough(stored, wanted, channel.wanted);
    const item: LiveItem = { sequence: this.#sequence, stored, node, granted, cursor };
    for (const listener of [...channel.listeners]) listener(item);
  }

  /** At the live end everything before it was handed on. */
  #depart(departure: Departure): void {
    const channels = this.#apps.get(departure.app)?.bySubject.get(hearing(departure.space)) ?? [];
    for (const channel of [...channels])
      if (concernsFollowed(departure, channel.wanted)) this.#follow(channel, withoutSpace(channel.wanted, departure));
  }

  #positionOf(stream: string): Position {
    return this.#apps.get(appOf(stream))?.positions.get(stream) ?? this.#log.top(stream);
  }

  #follow(channel: OpenChannel, wanted: EventWanted): void {
    if (wanted === channel.wanted) return;
    if (this.#channels.get(channel.key) === channel) this.#channels.delete(channel.key);
    this.#unindex(channel);
    channel.wanted = wanted;
    channel.key = keyOf(wanted);
    // Another channel may want the same already; the two stay apart then.
    if (!this.#channels.has(channel.key)) this.#channels.set(channel.key, channel);
    this.#index(channel);
  }
}

/** Equal for two filters that pass the same events to the same effect. Whose membership a stream rests on is its reader's matter. */
function keyOf(wanted: EventWanted): string {
  const { apps, types, subjects, also, follow } = wanted;
  const sorted = (texts: readonly string[]) => [...texts].sort();
  return JSON.stringify([
    sorted(apps),
    types ? sorted(types) : null,
    subjects ? sorted(apps).map((app) => sorted(subjects.get(app) ?? [])) : null,
    (also ?? []).map(sorted),
    [...(follow ?? [])].sort(),
    isOfViewer(wanted),
  ]);
}
