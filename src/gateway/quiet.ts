/**
 * Tells when a request can go no further without the reads that wait: none of its other vendor calls is under way. Keys that
 * wait until then share calls over the whole query (the peers of conversations and the members of their groups, say),
 * which a budget of 20 calls a second needs more than it needs the milliseconds.
 */
export class Quiet {
  #running = 0;
  #waiting: (() => void)[] = [];
  #isChecking = false;

  /** Counts a vendor call as under way until it settles. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work;
    } finally {
      this.#running -= 1;
      this.#check();
    }
  }

  /** Runs `task` once nothing is under way. */
  whenQuiet(task: () => void): void {
    this.#waiting.push(task);
    this.#check();
  }

  #check(): void {
    if (this.#isChecking || this.#waiting.length === 0) return;
    this.#isChecking = true;
    // Two turns: what just came back may make resolvers start further calls, themselves behind access checks.
    setImmediate(() =>
      setImmediate(() => {
        this.#isChecking = false;
        if (this.#running > 0) return;
        const ready = this.#waiting;
        this.#waiting = [];
        for (const task of ready) task();
      }),
    );
  }
}
