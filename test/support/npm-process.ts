import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A command as users start it, with everything that it starts, in a process group of its own. */
export class NpmProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #said = '';

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    // Without what the test runner adds, which would change colours, warnings and the mode of libraries.
    const { NODE_OPTIONS: _, NODE_ENV: __, VITEST: ___, ...inherited } = process.env;
    this.#child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...inherited, ...env },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** Everything that it wrote so far. */
  get said(): string {
    return this.#said;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with what was written once it has the pattern; rejects when it ends before. */
  async says(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const found = pattern.exec(this.#said);
      if (found) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`it ended before it wrote ${pattern}: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resolves with the exit status when it and whatever has its output open have ended; null for the end by a signal. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  /** The ids of its living processes: its own, and all that descend from it. */
  family(): readonly number[] {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      try {
        const [, state, parent] = /^\d+ \(.*\) (\w) (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        if (state !== 'Z') parents.set(Number(name), Number(parent));
      } catch {
        // It has ended meanwhile.
      }
    }
    const descends = (pid: number | undefined): boolean =>
      pid !== undefined && (pid === this.pid || descends(parents.get(pid)));
    return [...parents.keys()].filter((pid) => descends(pid));
  }

  /** Ends whatever is left of its process group. */
  async dispose(): Promise<void> {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // Nothing is left.
    }
    await this.#ended;
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
