import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { HeardLine } from './lines.ts';

const types = [
  'MESSAGE_SENT',
  'MESSAGE_EDITED',
  'MESSAGE_RECALLED',
  'MEMBERS_JOINED',
  'MEMBERS_LEFT',
  'SPACE_CREATED',
  'SPACE_DELETED',
  'BLOCKLIST_CHANGED',
];
const subscription = `subscription ($filter: EventFilter, $after: String) { viewerEvents(filter: $filter, after: $after) {
  __typename id cursor
  ... on MessageEvent { message { id content { ... on TextContent { text } } to { __typename ... on User { vendorId } ... on Space { vendorId } } } }
  ... on SpaceEvent { space { __typename vendorId } }
  ... on MembersJoinedEvent { users { vendorId } }
  ... on MembersLeftEvent { users { vendorId } }
  ... on BlocklistChangedEvent { user { vendorId } target { vendorId } isBlocked }
} }`;

interface Named {
  readonly __typename: string;
  readonly vendorId: string;
}

interface SeenEvent {
  readonly __typename: string;
  readonly id: string;
  readonly cursor: string;
  readonly message?: { readonly id: string; readonly content: { readonly text?: string } | null; readonly to: Named };
  readonly space?: Named;
  readonly users?: readonly Named[];
  readonly user?: Named;
  readonly target?: Named;
  readonly isBlocked?: boolean;
}

export interface ViewerOptions {
  /** The server's, beginning with `http`. */
  readonly url: string;
  readonly token: string;
  readonly app: string;
  /** From where on it hears. */
  readonly cursor: string;
}

/** Follows what concerns one viewer as an app would: it keeps the last cursor, and goes on from it after a cut. */
export class StreamViewer {
  readonly #options: ViewerOptions;
  #client: Client | undefined;
  #socket: WebSocket | undefined;
  #cursor: string;
  /** What was heard and not taken yet. */
  #heard: HeardLine[] = [];
  /** The ids of messages that were told as sent. */
  readonly ids = new Map<string, string>();
  /** How many items were null because the viewer may not read them. */
  refused = 0;
  /** What should never come. */
  #broken: string | null = null;
  /** Whether the server is about to end. */
  #isEnding = false;

  constructor(options: ViewerOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
  }

  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  connect(): void {
    const { url, token, app } = this.#options;
    const client = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: {
        opened: (socket) => {
          this.#socket = socket as WebSocket;
        },
      },
    });
    this.#client = client;
    this.#isEnding = false;
    const variables = { filter: { appIds: [`App:${app}`], types }, after: this.#cursor };
    const isCurrent = () => this.#client === client;
    client.subscribe<{ readonly viewerEvents: SeenEvent | null }>(
      { query: subscription, variables },
      {
        next: ({ data, errors }) => {
          if (!isCurrent()) return;
          if (data?.viewerEvents) this.#take(data.viewerEvents);
          else if (errors?.every(({ extensions }) => extensions?.['code'] === 'FORBIDDEN')) this.refused += 1;
          else this.#broken ??= `the stream gave ${JSON.stringify(errors).slice(0, 500)}`;
        },
        error: (error) => {
          if (isCurrent() && !this.#isEnding) this.#broken ??= `the stream ended: ${describe(error)}`;
        },
        complete: () => {
          if (isCurrent()) this.#broken ??= 'the stream was completed';
        },
      },
    );
  }

  /** The server is about to end: the connection may be lost, but the stream is not over. */
  expectEnd(): void {
    this.#isEnding = true;
  }

  /** Cuts the connection, as a lost network would. What still comes is not heard. */
  cut(): void {
    this.#client = undefined;
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  /** What was heard since the last time; throws what should never come. */
  takeHeard(): readonly HeardLine[] {
    if (this.#broken !== null) throw new Error(this.#broken);
    const heard = this.#heard;
    this.#heard = [];
    return heard;
  }

  #take(event: SeenEvent): void {
    this.#cursor = event.cursor;
    this.#heard.push(...this.#linesOf(event));
  }

  #linesOf(event: SeenEvent): readonly HeardLine[] {
    const { message, space, users = [] } = event;
    const place = message?.to ?? space;
    const at = place ? `${kindOf(place)} ${place.vendorId}` : '';
    const through = place && kindOf(place) !== 'direct' ? at : null;
    const line = (says: string): HeardLine => ({ says, space: through });
    switch (event.__typename) {
      case 'MessageSentEvent':
        this.ids.set(`${at} ${message?.content?.text}`, message?.id ?? '');
        return [line(`sent ${at} ${message?.content?.text}`)];
      case 'MessageEditedEvent':
        return [line(`edited ${message?.id} ${message?.content?.text}`)];
      case 'MessageRecalledEvent':
        return [line(`recalled ${message?.id}`)];
      case 'MembersJoinedEvent':
        return users.map(({ vendorId }) => line(`joined ${at} ${vendorId}`));
      case 'MembersLeftEvent':
        return users.map(({ vendorId }) => line(`left ${at} ${vendorId}`));
      case 'SpaceCreatedEvent':
        return [line(`created ${at}`)];
      case 'SpaceDeletedEvent':
        return [line(`deleted ${at}`)];
      case 'BlocklistChangedEvent':
        return [line(`${event.isBlocked ? 'blocked' : 'unblocked'} ${event.user?.vendorId} ${event.target?.vendorId}`)];
      default:
        return [line(`${event.__typename} ${event.id}`)];
    }
  }
}

const kindOf = ({ __typename }: Named) => (__typename === 'User' ? 'direct' : __typename.toLowerCase());

function describe(error: unknown): string {
  if (Array.isArray(error)) return JSON.stringify(error).slice(0, 500);
  if (error instanceof Error) return error.message;
  const { code, reason } = Object(error);
  return `closed with ${code} ${reason}`;
}
