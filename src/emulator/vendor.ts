import type { Clock } from '../clock.ts';
import type { Catalogue, CatalogueEndpoint, CatalogueLimit, CatalogueParam } from '../net/catalogue.ts';
import type { BanPolicy } from './callback-bans.ts';
import type { EmulatedEvent, EmulatedState } from './state.ts';
import type { Params, WireReply, WireRequest } from './wire.ts';

/** One app of an emulator: what its operator would have in the vendor's console. */
export interface EmulatedApp {
  /** The app's name at the gateway; also names it in the control API. */
  readonly name: string;
  /** The vendor's credentials, by the names of the vendor's own configuration schema. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Console switches, such as `hosted` groups; the vendor names them. */
  readonly switches: ReadonlySet<string>;
  /** Where callbacks go; nowhere when null. */
  callbackUrl: string | null;
  readonly state: EmulatedState;
}

export interface HandlerContext {
  readonly app: EmulatedApp;
  readonly state: EmulatedState;
  readonly clock: Clock;
  readonly endpoint: CatalogueEndpoint;
  readonly request: WireRequest;
}

/** Does what an endpoint does and gives the payload. Throws `EmulatorFailure` for the vendor's documented refusals. */
export type Handler = (params: Params, context: HandlerContext) => unknown;

/** Why parameters are refused before a handler sees them. */
export type ParamProblem =
  | { readonly reason: 'missing'; readonly param: CatalogueParam }
  /** The value does not have the documented type. */
  | { readonly reason: 'type'; readonly param: CatalogueParam }
  /** The body is not what the encoding says: bad JSON, another content type. */
  | { readonly reason: 'body' };

/** A callback as it leaves: the harness adds the retries. */
export interface OutgoingCallback {
  /** The callback's id in the catalogue. */
  readonly id: string;
  /** Makes the request anew for every attempt, since a signature carries a time. */
  readonly request: (url: string, now: number) => CallbackRequest;
}

export interface CallbackRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A callback that waits for an answer before a client's message is delivered. */
export interface OutgoingQuestion extends OutgoingCallback {
  /** How long the vendor waits for the answer. */
  readonly timeoutMs: number;
  /** How often it asks while no answer comes; once when left out. */
  readonly attempts?: number;
  /** What the vendor makes of the answer; `null` when none came in time. Throws on nothing: an answer it cannot read is none. */
  readonly settle: (answer: { readonly status: number; readonly body: string } | null) => Settlement;
}

/** What became of a message that was asked about. */
export type Settlement =
  | { readonly outcome: 'delivered'; readonly content?: ClientMessage['content'] }
  /** The sender is told, with the code and text that the vendor's client would show. */
  | { readonly outcome: 'refused'; readonly code?: string; readonly reason?: string }
  /** The sender believes that it was delivered. */
  | { readonly outcome: 'dropped' };

/** What a client of the vendor's SDK would do, in neutral words; a request of `POST /_emulator/events`. */
export interface ClientMessage {
  readonly from: string;
  readonly to: { readonly kind: 'direct' | 'group' | 'chatroom'; readonly id: string };
  /** `{kind: 'TEXT', text}` and the like, fields as in the schema's content types; or `{type, body}` in the vendor's own form. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** What one vendor brings to the harness. Everything that is the same for all vendors is the harness's. */
export interface EmulatorVendor {
  readonly catalogue: Catalogue;
  /** How a list arrives: `brackets` as `name[]=a&name[]=b`, `comma` as one value; repeats are always understood. */
  readonly lists: { readonly brackets: boolean; readonly comma: boolean };
  /** Whether `True` and `FALSE` in queries and forms are booleans too. */
  readonly anyCaseBooleans?: boolean;
  /** The app a request is for, or the vendor's refusal when there is none. */
  findApp(request: WireRequest, apps: readonly EmulatedApp[]): EmulatedApp | WireReply;
  /** Picks among endpoints that share method and path by body or query; the first one when left out. */
  choose?(candidates: readonly CatalogueEndpoint[], request: WireRequest): CatalogueEndpoint;
  /** Checks signature, clock and session; the vendor's refusal when they are not good. */
  authenticate(
    request: WireRequest,
    app: EmulatedApp,
    endpoint: CatalogueEndpoint,
    clock: Clock,
  ): WireReply | undefined;
  /** The answer to a request that no endpoint of the catalogue is for. */
  unknownEndpoint(request: WireRequest): WireReply;
  /** Rewrites the documented variants of a request into the catalogue's form, before parameters are decoded. */
  prepare?(request: WireRequest, endpoint: CatalogueEndpoint): WireRequest;
  /** The answer to parameters that the catalogue does not allow. */
  refuseParams(problem: ParamProblem, endpoint: CatalogueEndpoint, request: WireRequest): WireReply;
  /** Refuses decoded parameters for their bounds or spelling, before a limit is charged; all are good when left out. */
  checkParams?(params: Params, endpoint: CatalogueEndpoint, request: WireRequest): WireReply | undefined;
  /** The answer past a limit. */
  overLimit(endpoint: CatalogueEndpoint, limit: CatalogueLimit): WireReply;
  /** The vendor's own fault; for the fault switches. */
  internalError(endpoint: CatalogueEndpoint): WireReply;
  /** The answer to credentials or a session that are not good; for the fault switches. */
  unauthorized(endpoint: CatalogueEndpoint): WireReply;
  /** Wraps a handler's payload in the vendor's envelope. */
  succeed(payload: unknown, context: HandlerContext): WireReply;
  /** The last touch to every answer of the vendor's, good or bad: headers that it echoes and the like. */
  finish?(reply: WireReply, request: WireRequest): WireReply;
  /** `within` (default): refused when count + cost would pass the limit. `below`: let through while count is below it. */
  admits?(limit: CatalogueLimit): 'within' | 'below';
  /** Writes a value that tells buckets apart as the vendor compares it; as it came when left out. */
  scopeOf?(value: string): string;
  /** Handlers by endpoint id. An endpoint of the catalogue without one is answered 501 by the harness, loudly. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** The callbacks that an event of the state makes; none when the vendor has none for it. */
  callbacksFor(event: EmulatedEvent, app: EmulatedApp): readonly OutgoingCallback[];
  /**
   * Any callback of the catalogue, with the fields that the vendor documents, those given in place of the sample's, signed at the time
   * of each attempt. Throws on an id that the catalogue does not have. For what the emulated state alone cannot bring about.
   */
  makeCallback?(id: string, fields: Readonly<Record<string, unknown>>, app: EmulatedApp): OutgoingCallback;
  /** The console's switch that has the vendor ask before it delivers a client's message; no vendor without `question` has one. */
  readonly asks?: string;
  /** What the vendor asks before it delivers a client's message; undefined where the console has that switched off. */
  question?(message: ClientMessage, app: EmulatedApp): OutgoingQuestion | undefined;
  /** Keeps a callback that was not taken in any attempt, for vendors that deliver it later; it is lost when left out. */
  keepLost?(callback: OutgoingCallback, app: EmulatedApp): void;
  /** Does what the vendor does by itself after an event, at once or by a timer; nothing when left out. */
  follow?(event: EmulatedEvent, app: EmulatedApp, clock: Clock): void;
  readonly callbackPolicy: {
    /** How long the vendor waits for an answer. */
    readonly timeoutMs: number;
    /** Pauses before the second, third ... attempt; no further attempts after them. */
    readonly retryDelaysMs: readonly number[];
    /** Whether an answer counts as taken. */
    readonly accepts: (status: number) => boolean;
    /** When an endpoint that fails too often is left alone; never when left out. */
    readonly ban?: BanPolicy;
  };
  /** Keeps a message as if a client of the vendor's SDK had sent it, and tells the state. Throws on unknown users or spaces. */
  sendAsClient(message: ClientMessage, app: EmulatedApp): void;
  /** Fills an app with the demo's users, groups, chatrooms and messages, ids as in `demo.ts`. */
  seedDemo(app: EmulatedApp): void;
}
