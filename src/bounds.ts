/** Every bound of the server shell, with its default. `…Bytes`, `…Ms` say the unit; the rest are counts. */
export const defaultBounds = {
  /** A GraphQL request's body. */
  bodyBytes: 256 * 1024,
  /** A callback's body. */
  callbackBytes: 1024 * 1024,
  /** How deep arrays and objects may nest in a GraphQL request or frame. */
  jsonDepth: 100,

  /** Tokens of one document. */
  maxTokens: 2000,
  /** Levels of fields, fragments followed. */
  depth: 12,
  /** Levels of fields below `__schema` and `__type`: what the standard introspection query needs, and some. */
  introspectionDepth: 20,
  /** Aliases of one operation, fragments followed. */
  aliases: 30,
  /** Fields at the root of one operation, fragments followed. */
  rootFields: 20,
  /** Fields of one operation, fragments followed: keeps fragments that spread fragments from multiplying. */
  fields: 5000,
  /** Fields that an answer could have by what its document and variables ask for: aliases, pages and levels multiplied. */
  plannedFields: 500_000,
  /** Documents of callers with a token that are remembered as parsed and valid. */
  documents: 1000,
  /** What all remembered documents take in memory. */
  documentBytes: 32 * 1024 * 1024,
  /** What all remembered answers to introspection take in memory. */
  introspectionBytes: 8 * 1024 * 1024,

  /** Fields that are resolved for one answer. */
  answerFields: 100_000,
  /** One answer as JSON. */
  answerBytes: 4 * 1024 * 1024,
  /** Errors in one answer. */
  answerErrors: 1000,
  /** What the running operations and open streams of one caller hold, with their answers until they are sent. */
  runningBytesPerCaller: 16 * 1024 * 1024,
  /** The same for all callers. */
  runningBytes: 64 * 1024 * 1024,

  /** A query or mutation is aborted after this. */
  operationMs: 30_000,
  /** How long an aborted operation may take to answer with what it has. */
  operationGraceMs: 1000,

  /** Of the answers kept for idempotency keys, for one viewer; beyond, its own oldest are forgotten before their 24 hours are over. */
  idempotencyBytesPerViewer: 8 * 1024 * 1024,
  /** The same for all viewers; beyond, the oldest answers of a viewer that has about the most are forgotten. */
  idempotencyBytes: 32 * 1024 * 1024,
  /** Changes with an idempotency key that one viewer has under way; one more is `TOO_MANY_OPERATIONS`. */
  idempotencyRunsPerViewer: 1000,
  /** The same for all viewers. */
  idempotencyRuns: 10_000,

  /** One WebSocket message, fragments together. */
  wsPayloadBytes: 64 * 1024,
  /** Operations that run at once on a socket. */
  wsOperations: 50,
  /** Characters of an operation's id. */
  wsIdLength: 128,
  /** From the handshake to `connection_init`. */
  wsInitMs: 3000,
  /** Between pings; a socket that leaves two in a row unanswered is dropped. */
  wsPingMs: 30_000,
  /** Unsent bytes above which a socket is no longer read. */
  wsBufferedBytes: 1024 * 1024,
  /** Unsent bytes above which a socket's streams leave the live end, and go on as it takes them. */
  wsLiveBytes: 64 * 1024,
  /** WebSockets and event streams. */
  wsSocketsPerAddress: 1000,
  wsSockets: 20_000,

  /** Connections, whatever comes over them; those of trusted proxies count in total only. */
  connectionsPerAddress: 2000,
  connections: 25_000,
  /** HTTP requests without their answer. */
  requestsPerAddress: 1000,
  requests: 10_000,
  /** Requests of one connection without their answer. */
  requestsPerConnection: 32,
  /** Bytes of requests under way and of answers that are not sent yet. One address gets no more than what is free, either. */
  heldBytesPerAddress: 8 * 1024 * 1024,
  heldBytes: 64 * 1024 * 1024,

  /** From the connection to the end of a request's headers. */
  headersMs: 10_000,
  /** From the connection to the end of a request's body. */
  requestMs: 30_000,
  keepAliveMs: 65_000,
  /** How often slow connections are looked for. */
  checkMs: 1000,
  /** From `not ready` to the end of listening, so that a balancer notices; everything is served meanwhile. */
  drainDelayMs: 0,
  /** How long running requests may take when the server stops. */
  drainMs: 10_000,
};

export type Bounds = Readonly<typeof defaultBounds>;

/** The defaults with `bounds` over them. */
export function withDefaults(bounds: Partial<Bounds> = {}): Bounds {
  return { ...defaultBounds, ...bounds };
}

/** What is kept between our answer to a vendor's question and the vendor's giving up, in milliseconds: the way back. */
export const answerMarginMs = 50;
