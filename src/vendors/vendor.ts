import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { MessageDecision, ToldEvent } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Adapter } from '../domain/operations.ts';
import type { SpaceKey } from '../domain/space.ts';
import type { EmulatorVendor } from '../emulator/vendor.ts';
import type { VendorName } from '../generated/names.ts';
import type { Bucket } from '../limits/bucket.ts';
import type { ListStyle } from '../net/encode.ts';
import type { Endpoint } from '../net/endpoint.ts';
import type { Call, Wire } from '../net/wire.ts';

/** What one app's wire and adapter are made from. `C` is what the vendor's configuration schema gives. */
export interface AppContext<C> {
  readonly config: C;
  /** Base URLs that replace the vendor's own, for emulators and proxies; the primary first. */
  readonly baseUrls?: readonly string[] | undefined;
  readonly clock: Clock;
  readonly call: Call;
}

/** Characters of an id in a callback; none of the vendors' is half as long. */
export const maxIdLength = 512;

/** A callback's request as it came in. */
export interface CallbackRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body's bytes as text, unparsed. */
  readonly body: string;
}

/** What a good signature proves: that someone who knows the secret made this triple; none of the vendors signs the body. */
export interface VerifiedCallback {
  /** The signature's value: a second request with the same one is a repeat of the same triple, however it is split. */
  readonly signature: string;
  /** The vendor signs no callback of its kind: only the path speaks for it, so it has bounds and a stream of its own. */
  readonly isUnsigned?: boolean;
}

/** What a callback says. */
export interface ReadCallback {
  /** The callback's id in the catalogue; null when none fits. */
  readonly id: string | null;
  /** None for callbacks that say nothing new, several for those that tell many things at once. */
  readonly events: readonly ToldEvent[];
}

/** What a vendor asks before it delivers a client's message. */
export interface MessageQuestion {
  /** The callback's id in the catalogue. */
  readonly id: string;
  /** What identifies the question among the app's events. */
  readonly dedupeKey: string;
  /** By the vendor's clock. */
  readonly occurredAt: Date;
  /** When the vendor signed it, from which on it waits; `occurredAt` when left out. */
  readonly signedAt?: Date | undefined;
  /** As far as the question tells; its key is made up where the message has no id yet. */
  readonly message: Message;
  /** Texts besides the content that receivers are shown. */
  readonly otherTexts?: readonly string[] | undefined;
}

/** What is answered to a question. */
export interface Verdict {
  readonly decision: MessageDecision;
  /** The text to deliver instead, for `REPLACE`. */
  readonly text?: string | undefined;
  /** The operator's own code and text for the sender's client, for `REFUSE`, where the vendor has a place for them. */
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

export interface CallbackAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The callbacks of a vendor that wait for a verdict. */
export interface DecisionContract<C> {
  /** How long the vendor waits unless its console says otherwise, in milliseconds. */
  readonly waitMs: number;
  /** Its questions, by their ids in the catalogue, that say nothing of the content: rules about it never match them. */
  readonly withoutContent?: readonly string[];
  /** What a verified callback asks; undefined for one that tells. What it does not understand of a message is content null. */
  read(request: CallbackRequest, config: C): MessageQuestion | undefined;
  /**
   * The vendor's words for a verdict, and what they come to: what it cannot do becomes the stricter answer, so a `DROP`, or a
   * `REPLACE` of content that it does not let be replaced, becomes `REFUSE`.
   */
  answer(
    verdict: Verdict,
    question: MessageQuestion,
    config: C,
  ): { readonly answer: CallbackAnswer; readonly decision: MessageDecision };
}

/** How one vendor's callbacks are told true and read. */
export interface CallbackContract<C> {
  /**
   * Checks the signature in constant time, and that its time is at most five minutes ahead of `now` and not older than five
   * minutes, or than the app's configuration says where the vendor delivers old ones again. Callbacks that the vendor never signs
   * pass by their path alone. Throws `UNAUTHENTICATED`; anything malformed is that too, never a crash.
   */
  verify(request: CallbackRequest, config: C, now: number): VerifiedCallback;
  /**
   * Reads a verified callback. What it does not understand becomes an `UNKNOWN` event. Throws `BAD_USER_INPUT` only for a
   * body that is not of the vendor's encoding at all.
   */
  read(request: CallbackRequest, config: C): ReadCallback;
  /**
   * Whether the vendor signs every callback anew. `unique`: a signature that comes again is a repeat, or a forgery when the rest is
   * another. `shared`: several callbacks may have the same one by rights, so that only the events' keys tell repeats.
   */
  readonly signatures: 'unique' | 'shared';
  /** The kinds of spaces of which no callback tells who is in them, in an app with such a configuration; none when left out. */
  untoldSpaces?(config: C): readonly SpaceKey['kind'][];
  /** Headers that say something of a callback besides its content type, in lower case; they are kept with what was sent. */
  readonly headers?: readonly string[];
  /** What the vendor takes for an acknowledgement. */
  readonly acknowledgement: CallbackAnswer;
  /** Those that wait for a verdict; none when left out. */
  readonly decisions?: DecisionContract<C>;
}

/** The app that the demo shows of a vendor, at the vendor's emulator. */
export interface DemoApp {
  /** Its name in the configuration. */
  readonly name: string;
  /** Its part of the configuration file; secrets are of no use anywhere else. */
  readonly config: Readonly<Record<string, string | number | boolean>>;
  /** What is switched on in the emulated console. */
  readonly switches: readonly string[];
}

/** Everything this server knows about a vendor. One folder makes one of these; `vendors/index.ts` lists them. */
export interface Vendor<C = unknown> {
  /** As `enum Vendor` of the schema names it. */
  readonly name: VendorName;
  /** The folder's name, and the first part of every endpoint id. */
  readonly slug: string;
  /** An app's credentials and options in the configuration file. Secrets are fields named in `secrets`. */
  readonly config: z.ZodType<C>;
  /** Names of the configuration's fields that must never be printed. */
  readonly secrets: readonly string[];
  /** Whether the vendor's user ids ignore case; they are lower case here then. */
  readonly ignoresCase?: boolean;
  /** What the vendor's data centre is called, for `App.region`. */
  region(config: C): string | null;
  /** How lists are written in queries and forms. */
  readonly lists: ListStyle;
  readonly limits: readonly Bucket[];
  /** How far the midnight of the vendor's calendar days is ahead of UTC's for an app, in minutes; 0 when left out. */
  dayOffsetMinutes?(config: C): number;
  /** Every endpoint of the vendor's tables. */
  readonly endpoints: readonly Endpoint[];
  makeWire(context: AppContext<C>): Wire;
  makeAdapter(context: AppContext<C>): Adapter;
  readonly callbacks: CallbackContract<C>;
  readonly demo: DemoApp;
  /** What is switched on in the console of an app with such a configuration, for its emulator; what the demo has when left out. */
  switchesOf?(config: C): readonly string[];
  /** Loaded only where an emulator is wanted. */
  loadEmulator(): Promise<EmulatorVendor>;
}
