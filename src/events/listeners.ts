import type { StoredEvent } from './log.ts';

type Listener = (events: readonly StoredEvent[]) => void;

/** Who hears of the appends of each app. One that throws keeps nobody else from hearing. */
export class Listeners {
  readonly #apps = new Map<string, Set<Listener>>();
  readonly #onFailure: (error: unknown) => void;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  add(app: string, listener: Listener): () => void {
    const listeners = this.#apps.get(app) ?? new Set();
    this.#apps.set(app, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell(app: string, events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    for (const listener of [...(this.#apps.get(app) ?? [])]) {
      try {
        listener(events);
      } catch (error) {
        this.#onFailure(error);
      }
    }
  }
}
