/** `leaving`: not ready, but everything is still served. `stopping`: nothing new is taken. */
export type Phase = 'serving' | 'leaving' | 'stopping';

/** Where the server stands between its start and its end, and the work that an orderly end waits for. */
export class Lifecycle {
  phase: Phase = 'serving';
  readonly #running = new Set<object>();
  #idle: PromiseWithResolvers<void> | null = null;

  /** Adds a request or an operation to what a stop waits for. */
  begin(work: object): void {
    this.#running.add(work);
  }

  /** Removes it again; may be called more than once. */
  finish(work: object): void {
    this.#running.delete(work);
    if (this.#running.size === 0) this.#idle?.resolve();
  }

  /** Fulfilled when nothing runs. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }
}

/**
 * Ends long-lived connections when the server stops. Subscriptions are not completed: the clients graphql-ws and graphql-sse take
 * `complete` for the end of the subscription, and a connection that is closed without it for a reason to subscribe again.
 */
export interface Ending {
  /** Begins to close connections: those with nothing but subscriptions at once, the others when their answers are sent. */
  close(): void;
  /** Closes those that are left, and cuts clients that do not take part within a second. */
  cut(): Promise<void>;
}
