import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Bounds } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import type { RefusedCallback } from '../domain/callback-refusal.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { EventHub } from '../events/hub.ts';
import type { EventOccasion } from '../gateway/access.ts';
import type { Metrics } from './metrics.ts';
import type { Wishes } from './wishes.ts';

/** What a resolver's context is made from. */
export interface ContextRequest {
  /** Null when no token was given. */
  readonly viewer: Viewer | null;
  readonly requestId: string;
  /** Aborted when the caller has gone, the operation's time is over or its stream was completed. */
  readonly signal: AbortSignal;
  /** What the caller wants to be told of the vendor calls behind the answer. */
  readonly explain: Wishes['explain'];
  readonly priority: Wishes['priority'];
  /** There for an event of a stream: every event has a context of its own. */
  readonly event?: EventOccasion | undefined;
}

/** The two parts of a callback's path, empty where the path has none, and where it came from. */
export interface CallbackHttpAddress {
  readonly app: string;
  readonly token: string;
  readonly remoteAddress: string;
}

/** A callback as it came in. */
export interface CallbackHttpRequest extends CallbackHttpAddress {
  readonly method: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Unparsed. */
  readonly body: string;
}

export interface CallbackHttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What the server shell is given. */
export interface ServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Ready to run: resolvers and access rules are in it. */
  readonly schema: GraphQLSchema;
  /** Makes what resolvers see: once for each operation, whether it came by HTTP or WebSocket. */
  readonly makeContext: (request: ContextRequest) => unknown;
  /** Where streams of events meet that are at the live end of the log. Without it every subscriber has executions of its own. */
  readonly hub?: EventHub | undefined;
  /** Throws `UNAUTHENTICATED`. */
  readonly verifyToken: (token: string) => Promise<Viewer>;
  /** Looks at where a callback comes from and goes to; gives the answer when it is refused for that. */
  readonly admitCallback: (request: CallbackHttpAddress) => CallbackHttpReply | null;
  readonly receiveCallback: (request: CallbackHttpRequest) => Promise<CallbackHttpReply>;
  /** Called with a callback that was refused before its body was read. */
  readonly refuseCallback: (request: CallbackHttpAddress, error: RefusedCallback) => void;
  readonly metrics: Metrics;
  readonly isReady: () => boolean;
  readonly log: Logger;
  readonly clock: Clock;
  /** Whether the schema may be read: by everybody, by nobody, or by those with a token. */
  readonly introspection: boolean | 'token';
  /** Apollo Sandbox for browsers that open `/graphql`. */
  readonly landingPage: boolean;
  /** Origins of pages that may call, besides the server's own; `loopback` for those of this machine, `*` for any. */
  readonly corsOrigins: readonly string[];
  /** Addresses or ranges (CIDR) of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly bounds?: Partial<Bounds> | undefined;
}
