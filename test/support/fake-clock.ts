import type { Clock } from '../../src/clock.ts';

interface Task {
  at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now: number;
  #tasks: Task[] = [];
  #steppedMs = 0;

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  ticks(): number {
    return this.#now - this.#steppedMs;
  }

  /** Sets the machine's clock forward or back, without time passing. */
  step(ms: number): void {
    this.#now += ms;
    this.#steppedMs += ms;
    this.#tasks = this.#tasks.map((task) => Object.assign(task, { at: task.at + ms }));
  }

  schedule(delayMs: number, run: () => void): () => void {
    const task = { at: this.#now + delayMs, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((each) => each !== task);
    };
  }

  /** How many tasks wait for their time. */
  get waiting(): number {
    return this.#tasks.length;
  }

  /** Lets time pass: tasks run in the order of their times, what they set off gets its turn in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#tasks = this.#tasks.filter((task) => task !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await settle();
    }
    this.#now = end;
  }
}

/** Resolves when promises that are ready have gone on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
