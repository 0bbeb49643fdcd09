/** How long answers are worked on in one turn of the event loop, in milliseconds. */
const sliceMs = 10;

/** What a caller has waiting, the oldest first. */
class Line {
  #waiting: (() => void)[] = [];
  #first = 0;

  add(resume: () => void): void {
    this.#waiting.push(resume);
  }

  take(): (() => void) | undefined {
    const resume = this.#waiting[this.#first];
    this.#first += 1;
    // Taking from the front of a long array would move all of it each time.
    if (this.#first >= 1000) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return resume;
  }

  get isEmpty(): boolean {
    return this.#first >= this.#waiting.length;
  }
}

/**
 * Shares the event loop between the answers that are being made. Once `sliceMs` of a turn are used, work waits for a later
 * turn, so that connections, timers and small answers are served in between. Callers take turns: what one of them has waiting does
 * not delay another by more than one piece of work.
 *
 * Time is the processor's own, not the `Clock`'s: it is measured how long the loop is really held.
 */
export class LoopShare {
  /** What waits, by caller; the caller whose turn is next comes first. */
  readonly #lines = new Map<string, Line>();
  #since: number | null = null;

  /** Whether work has to wait now. */
  isUsed(): boolean {
    if (this.#since === null) {
      this.#begin();
      return false;
    }
    return performance.now() - this.#since >= sliceMs;
  }

  /** Resolves when it is the caller's turn, which is at once while there is time left in this turn of the loop. */
  async enter(caller: string): Promise<void> {
    if (this.isUsed()) await this.wait(caller);
  }

  /** Resolves in a later turn. */
  wait(caller: string): Promise<void> {
    return new Promise((resume) => {
      const line = this.#lines.get(caller) ?? new Line();
      line.add(resume);
      this.#lines.set(caller, line);
    });
  }

  #begin(): void {
    this.#since = performance.now();
    setImmediate(() => {
      this.#since = null;
      if (this.#lines.size > 0) void this.#resume();
    });
  }

  async #resume(): Promise<void> {
    while (!this.isUsed()) {
      const resume = this.#next();
      if (!resume) return;
      resume();
      // What was resumed runs before this goes on.
      await null;
    }
  }

  #next(): (() => void) | undefined {
    for (const [caller, line] of this.#lines) {
      this.#lines.delete(caller);
      const resume = line.take();
      if (!line.isEmpty) this.#lines.set(caller, line);
      return resume;
    }
    return undefined;
  }
}
