import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { PlainRequest } from '../../net/encode.ts';
import { NoAnswer } from '../../net/send.ts';
import type { Call } from '../../net/wire.ts';
import type { Config } from './app-config.ts';
import { token } from './endpoints/token.ts';

interface Held {
  readonly token: string;
  /** When a new one is fetched, in milliseconds. */
  readonly renewAt: number;
  /** When it stops being good, in milliseconds. */
  readonly expiresAt: number;
}

/** A token fetched because its forerunner was refused is kept this long, whatever answers to older requests still say. */
const settleMs = 5_000;

/** How long a good token is used on after its renewal failed. */
const pauseMs = 30_000;

/** An app's token: fetched once for all who wait, and anew at half its life or when the vendor refuses it. */
export class Session {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #call: Call;
  #held: Held | undefined;
  #renewal: Promise<Held> | undefined;
  #droppedAt = Number.NEGATIVE_INFINITY;

  constructor({ config, clock, call }: { readonly config: Config; readonly clock: Clock; readonly call: Call }) {
    this.#config = config;
    this.#clock = clock;
    this.#call = call;
  }

  /**
   * Adds the bearer token. Throws `VENDOR_MISCONFIGURED` when the vendor refuses the credentials, and `NoAnswer` when no
   * token could be had: nothing was sent then.
   */
  readonly authorize = async (request: PlainRequest): Promise<PlainRequest> => {
    const { token: bearer } = await this.#current();
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${bearer}` } };
  };

  /** Forgets a refused token. Many calls may be refused for one token, so only the first of them counts. */
  readonly drop = (): void => {
    const now = this.#clock.now();
    if (this.#renewal !== undefined || now < this.#droppedAt + settleMs) return;
    this.#droppedAt = now;
    this.#held = undefined;
  };

  async #current(): Promise<Held> {
    const held = this.#held;
    if (held !== undefined && this.#clock.now() < held.renewAt) return held;
    this.#renewal ??= this.#fetch().finally(() => {
      this.#renewal = undefined;
    });
    try {
      return await this.#renewal;
    } catch (error) {
      // The old token is good for as long again as it was kept; accounts that ask for tokens often get blocked.
      if (held !== undefined && this.#clock.now() < held.expiresAt) {
        this.#held = { ...held, renewAt: this.#clock.now() + pauseMs };
        return held;
      }
      throw wasNotSent(error) ? new NoAnswer('no token could be had', false, error) : error;
    }
  }

  async #fetch(): Promise<Held> {
    const { clientId, clientSecret } = this.#config;
    const startedAt = this.#clock.now();
    const reply = await this.#call(token.app, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    // 0, or nothing said: it never expires (easemob.token.app).
    const lifeMs = reply.expires_in ? reply.expires_in * 1000 : Number.POSITIVE_INFINITY;
    this.#held = { token: reply.access_token, renewAt: startedAt + lifeMs / 2, expiresAt: startedAt + lifeMs };
    return this.#held;
  }
}

/** Failures of the token call that say nothing about the call that waits for the token. */
const passing: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'VENDOR_UNAVAILABLE', 'VENDOR_BAD_RESPONSE']);

const wasNotSent = (error: unknown): boolean => error instanceof AppError && passing.has(error.code);
