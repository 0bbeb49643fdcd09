/** A request as it came over the wire, read whole. */
export interface WireRequest {
  readonly method: string;
  /** The decoded path, without the query. */
  readonly path: string;
  /** The path as sent, segments still percent-encoded. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** An answer to be sent. A string body goes out as it is, anything else as JSON. */
export interface WireReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request's parameters, decoded from where the catalogue says they are. Lists are arrays, JSON values are as parsed. */
export type Params = Readonly<Record<string, unknown>>;
