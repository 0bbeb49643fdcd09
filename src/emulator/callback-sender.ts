import { AsyncLocalStorage } from 'node:async_hooks';
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

/** How the first attempt at a callback went, for the answer of `POST /_emulator/events`. */
export interface Delivery {
  /** The callback's id in the catalogue. */
  readonly callback: string;
  /** Whether the answer is one that the vendor takes for an acknowledgement. */
  readonly delivered: boolean;
  /** The answer's; left out when there was none. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly reason?: string;
}

type Attempt = Omit<Delivery, 'callback'>;

/** Sends callbacks as the vendor does: signed anew for each attempt, with its time limit and its retries, in no promised order. */
export class CallbackSender {
  readonly counts = new Map<string, CallbackCount>();
  readonly #vendor: EmulatorVendor;
  readonly #clock: Clock;
  readonly #bans: CallbackBans | undefined;
  readonly #pending = new Set<Promise<void>>();
  /** Where the first attempts go that `watch` waits for. */
  readonly #watched = new AsyncLocalStorage<Promise<Delivery>[]>();
  #isStopped = false;

  constructor(vendor: EmulatorVendor, clock: Clock) {
    this.#vendor = vendor;
    this.#clock = clock;
    const { ban } = vendor.callbackPolicy;
    this.#bans = ban && new CallbackBans(ban, clock);
  }

  send(callback: OutgoingCallback, app: EmulatedApp): void {
    const first = Promise.withResolvers<Attempt>();
    this.#watched.getStore()?.push(first.promise.then((attempt) => ({ callback: callback.id, ...attempt })));
    if (app.callbackUrl === null || this.#isStopped) {
      first.resolve({ delivered: false, reason: 'the app has no address for callbacks' });
      return;
    }
    const task = this.#deliver(callback, app.callbackUrl, app, first.resolve).finally(() => this.#pending.delete(task));
    this.#pending.add(task);
  }

  /** Runs `act` and waits until each callback that it caused was tried once. Retries go on by themselves. */
  async watch<T>(act: () => T | Promise<T>): Promise<{ readonly result: T; readonly deliveries: readonly Delivery[] }> {
    const attempts: Promise<Delivery>[] = [];
    const result = await this.#watched.run(attempts, act);
    return { result, deliveries: await Promise.all(attempts) };
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

  async #deliver(
    callback: OutgoingCallback,
    url: string,
    app: EmulatedApp,
    onAttempt: (attempt: Attempt) => void,
  ): Promise<void> {
    const count = this.#count(callback.id);
    count.sent += 1;
    for (const pauseMs of [0, ...this.#vendor.callbackPolicy.retryDelaysMs]) {
      if (pauseMs > 0) await new Promise<void>((resolve) => this.#clock.schedule(pauseMs, resolve));
      if (this.#isStopped) return onAttempt({ delivered: false, reason: 'the emulator was stopped' });
      if (this.#bans?.isBanned(app.name)) {
        onAttempt({ delivered: false, reason: 'the address failed too often and is left alone for a while' });
        break;
      }
      count.attempts += 1;
      const attempt = await this.#attempt(callback, url);
      onAttempt(attempt);
      if (attempt.delivered) {
        count.accepted += 1;
        return;
      }
      this.#bans?.failed(app.name);
    }
    count.lost += 1;
    this.#vendor.keepLost?.(callback, app);
  }

  /** No answer in time and no connection count as failures, as at the vendor. */
  async #attempt(callback: OutgoingCallback, target: string): Promise<Attempt> {
    const { timeoutMs, accepts } = this.#vendor.callbackPolicy;
    const { url, headers, body } = callback.request(target, this.#clock.now());
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { statusCode: status, body: answer } = await request(url, { method: 'POST', headers, body, signal });
      await answer.dump();
      return { delivered: accepts(status), status };
    } catch (error) {
      return { delivered: false, reason: error instanceof Error ? error.message || error.name : String(error) };
    }
  }
}
