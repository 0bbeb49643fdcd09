import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Place, Read } from './checker.ts';

const subscription = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) {
      __typename
      id
      cursor
      ... on MessageSentEvent { message { vendorId content { ... on TextContent { text } } } }
    }
  }
`;

interface SeenEvent {
  readonly __typename: string;
  readonly id: string;
  readonly cursor: string;
  readonly message?: { readonly vendorId: string; readonly content: { readonly text?: string } | null };
}

export interface RoamingOptions {
  readonly name: string;
  /** The server's, beginning with `ws`. */
  readonly url: string;
  readonly token: string;
  readonly app: string;
  readonly random: () => number;
  readonly note: (read: Read) => void;
  /** Stays away for so long after it was there for the first time, in milliseconds. */
  readonly awayMs: number;
}

/** How often clients did what. */
export interface RoamingCounts {
  connected: number;
  dropped: number;
  unsubscribed: number;
  stalled: number;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const placeOf = (cursor: string): Place => {
  const [[, epoch, offset]] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  return { epoch, offset };
};
const cursorOf = (app: string, { epoch, offset }: Place) =>
  Buffer.from(JSON.stringify([[app, epoch, offset]])).toString('base64url');

/** A client that reads everything of an app from the beginning, and is cut off, gives up, stalls and resumes as chance has it. */
export class RoamingClient {
  readonly #options: RoamingOptions;
  readonly #counts: RoamingCounts;
  /** Before everything: an unknown life of the log is told by a gap. */
  #place: Place = { epoch: 'another-life', offset: 0 };
  #isSettling = false;
  #isDone = false;
  #last = '';
  #drop: () => void = () => {};

  constructor(options: RoamingOptions, counts: RoamingCounts) {
    this.#options = options;
    this.#counts = counts;
  }

  get name(): string {
    return `${this.#options.name} of ${this.#options.app}`;
  }

  /** The key of the event it had last. */
  get last(): string {
    return this.#last;
  }

  /** Goes on until it is told to stop. */
  async run(): Promise<void> {
    for (let awayMs = this.#options.awayMs; !this.#isDone; awayMs = this.#options.random() * 400) {
      await this.#visit().catch(() => {});
      if (!this.#isDone) await sleep(this.#isSettling ? 50 : awayMs);
    }
  }

  /** From now on it stays connected. */
  settle(): void {
    this.#isSettling = true;
  }

  stop(): void {
    this.#isDone = true;
    this.#drop();
  }

  /** One connection, from where it was, until something ends it. */
  async #visit(): Promise<void> {
    const { url, token, app, random } = this.#options;
    let socket: WebSocket | undefined;
    let unsubscribe = () => {};
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: {
        connected: (opened) => {
          socket = opened as WebSocket;
          this.#counts.connected += 1;
        },
      },
    });
    this.#drop = () => (socket ? socket.terminate() : void client.dispose());
    const timers: NodeJS.Timeout[] = [];
    const stay = 200 + random() * 2500;
    const how = random();
    if (how < 0.2) timers.push(setTimeout(() => this.#stall(socket), stay / 2));
    timers.push(
      setTimeout(() => {
        if (this.#isSettling) return;
        if (how < 0.6) {
          this.#counts.dropped += 1;
          socket?.terminate();
        } else {
          this.#counts.unsubscribed += 1;
          unsubscribe();
        }
      }, stay),
    );
    this.#note({ kind: 'start', after: this.#place });
    const variables = { filter: { appIds: [`App:${app}`] }, after: cursorOf(app, this.#place) };
    try {
      await new Promise<void>((resolve, reject) => {
        unsubscribe = client.subscribe<{ readonly events: SeenEvent }>(
          { query: subscription, variables },
          {
            next: ({ data, errors }) => (data ? this.#take(data.events) : reject(errors)),
            error: reject,
            complete: resolve,
          },
        );
      });
    } finally {
      for (const timer of timers) clearTimeout(timer);
      await client.dispose();
      socket?.terminate();
    }
  }

  /** Reads nothing for a while. */
  #stall(socket: WebSocket | undefined): void {
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    this.#counts.stalled += 1;
    socket.pause();
    setTimeout(() => socket.resume(), 1500);
  }

  #take(event: SeenEvent): void {
    if (event.__typename === 'GapEvent') {
      this.#place = placeOf(event.cursor);
      this.#note({ kind: 'gap', upTo: this.#place });
      return;
    }
    const [, epoch = '', offset] = /-?([^:-]+)-(\d+)$/.exec(event.id) ?? [];
    const place = { epoch, offset: Number(offset) };
    const key = event.message?.content?.text ?? `${event.__typename} ${event.id}`;
    this.#note({ kind: 'event', place, key, content: JSON.stringify(event) });
    // What the cursor says is what it resumes from, as any client would.
    this.#place = placeOf(event.cursor);
    this.#last = key;
  }

  #note(
    read:
      | { readonly kind: 'start'; readonly after: Place }
      | { readonly kind: 'gap'; readonly upTo: Place }
      | { readonly kind: 'event'; readonly place: Place; readonly key: string; readonly content: string },
  ): void {
    const { name: client, app: stream, note } = this.#options;
    note({ ...read, client, stream, at: performance.now() });
  }
}
