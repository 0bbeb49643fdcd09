import { request } from 'undici';
import type { Clock } from '../clock.ts';
import { CallbackBans } from './callback-bans.ts';
import type { EmulatedApp, EmulatorVendor, OutgoingCallback, OutgoingQuestion, Settlement } from './vendor.ts';

/** What became of a callback, for `GET /_emulator/stats`. */
export interface CallbackCount {
  sent: number;
  accepted: number;
  lost: number;
  attempts: number;
}

/** Sends callbacks as the vendor does: signed anew for each attempt, with its time limit and its retries, in no promised order. */
export class CallbackSender {
  readonly counts = new Map<string, CallbackCount>();
  readonly #vendor: EmulatorVendor;
  readonly #clock: Clock;
  readonly #bans: CallbackBans | undefined;
  readonly #pending = new Set<Promise<void>>();
  #isStopped = false;

  constructor(vendor: EmulatorVendor, clock: Clock) {
    this.#vendor = vendor;
    this.#clock = clock;
    const { ban } = vendor.callbackPolicy;
    this.#bans = ban && new CallbackBans(ban, clock);
  }

  send(callback: OutgoingCallback, app: EmulatedApp): void {
    if (app.callbackUrl === null || this.#isStopped) return;
    const task = this.#deliver(callback, app.callbackUrl, app).finally(() => this.#pending.delete(task));
    this.#pending.add(task);
  }

  /** Asks as the vendor does, each time for as long as it waits. Without an address nobody is asked. */
  async ask(question: OutgoingQuestion, app: EmulatedApp): Promise<Settlement> {
    if (app.callbackUrl === null || this.#isStopped) return question.settle(null);
    const count = this.#count(question.id);
    count.sent += 1;
    for (let attempt = 0; attempt < (question.attempts ?? 1); attempt += 1) {
      count.attempts += 1;
      const { url, headers, body } = question.request(app.callbackUrl, this.#clock.now());
      try {
        const signal = AbortSignal.timeout(question.timeoutMs);
        const reply = await request(url, { method: 'POST', headers, body, signal });
        const answer = { status: reply.statusCode, body: await reply.body.text() };
        count.accepted += 1;
        return question.settle(answer);
      } catch {
        // No answer in time, or no connection.
      }
    }
    count.lost += 1;
    return question.settle(null);
  }

  #count(id: string): CallbackCount {
    const count = this.counts.get(id) ?? { sent: 0, accepted: 0, lost: 0, attempts: 0 };
    this.counts.set(id, count);
    return count;
  }

  /** Resolves when no callback is under way or waits for a retry. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Forgets counts and bans. */
  reset(): void {
    this.counts.clear();
    this.#bans?.reset();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #deliver(callback: OutgoingCallback, url: string, app: EmulatedApp): Promise<void> {
    const count = this.#count(callback.id);
    count.sent += 1;
    const { timeoutMs, retryDelaysMs, accepts } = this.#vendor.callbackPolicy;
    for (const pauseMs of [0, ...retryDelaysMs]) {
      if (pauseMs > 0) await new Promise<void>((resolve) => this.#clock.schedule(pauseMs, resolve));
      if (this.#isStopped) return;
      if (this.#bans?.isBanned(app.name)) break;
      count.attempts += 1;
      const attempt = callback.request(url, this.#clock.now());
      try {
        const reply = await request(attempt.url, {
          method: 'POST',
          headers: attempt.headers,
          body: attempt.body,
          signal: AbortSignal.timeout(timeoutMs),
        });
        await reply.body.dump();
        if (accepts(reply.statusCode)) {
          count.accepted += 1;
          return;
        }
      } catch {
        // No answer in time, or no connection: counts as a failed attempt, as at the vendor.
      }
      this.#bans?.failed(app.name);
    }
    count.lost += 1;
    this.#vendor.keepLost?.(callback, app);
  }
}
