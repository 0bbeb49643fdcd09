import type { RequestOptions } from '../request-options.ts';
import type { ListStyle, PlainRequest } from './encode.ts';
import type { Endpoint } from './endpoint.ts';

/** A vendor's answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body, integers beyond 2^53 as text; undefined when it is not JSON. */
  readonly json: unknown;
  readonly text: string;
}

/** How one app's requests are signed and its answers read. A vendor's folder makes one for each app. */
export interface Wire {
  readonly lists: ListStyle;
  /** Base URLs without a slash at the end: the primary, then its backups. */
  readonly hosts: readonly string[];
  /** Whether they stand in for the vendor's own, as emulators and proxies do: then also for endpoints with a host of theirs. */
  readonly isStandIn?: boolean;
  /** Adds what authenticates a request. Asked anew for every attempt, since signatures carry a time. */
  authorize(request: PlainRequest, endpoint: Endpoint): PlainRequest | Promise<PlainRequest>;
  /**
   * Takes the vendor's envelope off and gives the payload. Throws an `AppError` with the vendor's code, status and request
   * id when the vendor says no: `RATE_LIMITED` for an over-limit answer, `VENDOR_UNAVAILABLE` for the vendor's own faults.
   */
  open(answer: Answer, endpoint: Endpoint): unknown;
  /** Whether the answer refuses a session that a new one could replace. Vendors without sessions leave it out. */
  isSessionRefused?(answer: Answer): boolean;
  /** Forgets the session, so that `authorize` gets a new one. */
  dropSession?(): void;
}

/** The one way to call a vendor, given to sessions and adapters. */
export type Call = <P, R>(endpoint: Endpoint<P, R>, params: P, options?: RequestOptions) => Promise<R>;
