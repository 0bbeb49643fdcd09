import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';

/** Keys younger than this are used without asking for them again. */
const renewAfterMs = 5 * 60_000;
/** Keys older than this are used only while they cannot be fetched. */
const freshMs = 10 * 60_000;
/** The least time between two fetches: after a failed one, and for a key that the set does not have. */
const retryMs = 5_000;
const unknownKeyMs = 30_000;
/** Keys that one token is checked against, where its header does not say which one signed it. */
const maxKeysTried = 16;

/** What is in each key is looked at by `jose`, when a token needs it. */
const keySetSchema = z.custom<JSONWebKeySet>(
  (value) => z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }).safeParse(value).success,
);

/** `current`: just fetched; `stale`: not to be fetched, so older ones are used; `none`: there are none that may be used. */
export type KeyStatus = 'current' | 'stale' | 'none';

/** What a fetch of the key set came to. */
export interface KeyFetch {
  /** The address that was asked, without its query. */
  readonly url: string;
  readonly status: KeyStatus;
  /** Whether the status is another one than after the fetch before. */
  readonly isChange: boolean;
  /** Why the fetch failed; null when it did not. */
  readonly reason: string | null;
  /** How long the keys that are known may still be used if no fetch succeeds, in milliseconds. */
  readonly usableMs: number;
}

/** How the key set of an issuer is had, and who is interested in how that goes. */
export interface Issuer {
  /** The JSON at an address. Rejects within seconds when it cannot be had, with the reason as the message. */
  readonly readKeys: (url: string) => Promise<unknown>;
  /** Called after every fetch. */
  readonly report: (fetch: KeyFetch) => void;
}

export interface IssuerKeysOptions extends Issuer {
  /** Where the issuer lists its keys (RFC 7517, a JWK Set). */
  readonly url: string;
  /** How long keys that cannot be fetched again are used beyond the ten minutes that they are good for, in milliseconds. */
  readonly staleMs: number;
  readonly clock: Clock;
}

interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  /** Ticks of the clock when it was fetched. */
  readonly at: number;
}

/**
 * The keys of a token issuer. They are fetched at the first token, again in the background after five minutes, and at once for a
 * token of a key that is not in the set, at most every 30 s. While the issuer cannot be asked, the keys last fetched are used until
 * they are `staleMs` past their ten minutes; one fetch is under way at a time, and tokens wait for it only where there is nothing
 * to use.
 */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #set: KeySet | undefined;
  #fetching: Promise<void> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #status: KeyStatus | undefined;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /**
   * Verifies a token with the issuer's keys. Throws `UNAVAILABLE` when that takes keys that cannot be had, and what `jose` throws for
   * a token that is not good.
   */
  async verify(token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult> {
    const set = await this.#usable();
    try {
      return await verifyWith(set, token, options);
    } catch (error) {
      if (!mayBeOfNewKey(error, token)) throw error;
      if (this.#isFailing || this.#sinceTry() >= unknownKeyMs) await this.#fetch();
      if (this.#isFailing) throw this.#unavailable();
      if (this.#set === undefined || this.#set === set) throw error;
      return verifyWith(this.#set, token, options);
    }
  }

  async #usable(): Promise<KeySet> {
    const set = this.#set;
    const age = this.#age(set);
    if (set && age < renewAfterMs) return set;
    const fetching = this.#fetch();
    if (set && (age < freshMs || (this.#isFailing && this.#mayUse(set)))) return set;
    await fetching;
    if (this.#set && this.#mayUse(this.#set)) return this.#set;
    throw this.#unavailable();
  }

  get #isFailing(): boolean {
    return this.#status === 'stale' || this.#status === 'none';
  }

  #age(set: KeySet | undefined): number {
    return set ? this.#options.clock.ticks() - set.at : Number.POSITIVE_INFINITY;
  }

  #mayUse(set: KeySet): boolean {
    return this.#age(set) < freshMs + this.#options.staleMs;
  }

  #sinceTry(): number {
    return this.#options.clock.ticks() - this.#triedAt;
  }

  /** Fetches the set unless that failed a moment ago. Never rejects. */
  #fetch(): Promise<void> {
    if (this.#fetching !== undefined) return this.#fetching;
    if (this.#isFailing && this.#sinceTry() < retryMs) return Promise.resolve();
    this.#triedAt = this.#options.clock.ticks();
    const fetching = this.#read()
      .then(
        (find) => {
          this.#set = { find, at: this.#options.clock.ticks() };
          this.#note('current', null);
        },
        (error: unknown) => this.#note(this.#set && this.#mayUse(this.#set) ? 'stale' : 'none', reasonOf(error)),
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    this.#fetching = fetching;
    return fetching;
  }

  async #read(): Promise<KeySet['find']> {
    const set = keySetSchema.safeParse(await this.#options.readKeys(this.#options.url));
    if (!set.success) throw new Error('the answer is no set of keys');
    return createLocalJWKSet(set.data);
  }

  #note(status: KeyStatus, reason: string | null): void {
    const isChange = status !== (this.#status ?? 'current');
    this.#status = status;
    const { origin, pathname } = new URL(this.#options.url);
    const left = freshMs + this.#options.staleMs - this.#age(this.#set);
    this.#options.report({ url: origin + pathname, status, isChange, reason, usableMs: Math.max(0, left) });
  }

  #unavailable(): AppError {
    const retryAfterMs = Math.max(1, retryMs - this.#sinceTry());
    return new AppError('UNAVAILABLE', 'The token cannot be checked now: the keys of its issuer are out of reach.', {
      retryAfterMs,
    });
  }
}

/** Verifies with the key that the token's header names, or with each one that may have signed it in turn. */
async function verifyWith({ find }: KeySet, token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, find, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    return verifyWithEach(error, token, options);
  }
}

async function verifyWithEach(
  keys: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  let tried = 0;
  for await (const key of keys) {
    try {
      return await jwtVerify(token, key, options);
    } catch (error) {
      tried += 1;
      if (!(error instanceof errors.JWSSignatureVerificationFailed) || tried >= maxKeysTried) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

/** Whether the set may be too old for the token: it lacks the key that is named, or none is named and none fits. */
function mayBeOfNewKey(error: unknown, token: string): boolean {
  if (error instanceof errors.JWKSNoMatchingKey) return true;
  return error instanceof errors.JWSSignatureVerificationFailed && decodeProtectedHeader(token).kid === undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Writes one line when the key set goes out of reach, when its last known keys may no longer be used, and when it is back. */
export function logKeyFetch(log: Logger, { url, status, isChange, reason, usableMs }: KeyFetch): void {
  if (!isChange) return;
  const usableSeconds = Math.round(usableMs / 1000);
  if (status === 'current') log.info({ url }, 'the key set of the token issuer is within reach again');
  else if (status === 'stale')
    log.warn({ url, reason, usableSeconds }, 'the key set of the token issuer is out of reach: known keys are used');
  else log.error({ url, reason }, 'the key set of the token issuer is out of reach: tokens cannot be checked');
}
