import { AppError } from '../errors.ts';

/** How much the operations that run may hold. */
export interface RunningBounds {
  /** Of the operations of one caller, in bytes. */
  readonly runningBytesPerCaller: number;
  /** Of the operations of all callers, in bytes. */
  readonly runningBytes: number;
}

/** Counts what the operations that run hold of memory, for each caller and in total. */
export class RunningBytes {
  readonly #bounds: RunningBounds;
  readonly #ofCallers = new Map<string, number>();
  #bytes = 0;

  constructor(bounds: RunningBounds) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Begins to count, with so many bytes. Throws `TOO_MANY_OPERATIONS` when that is more than may be held. */
  open(caller: string, firstBytes: number): OperationMemory {
    const holding = new OperationMemory((bytes) => this.#add(caller, bytes));
    holding.add(firstBytes);
    return holding;
  }

  #add(caller: string, bytes: number): void {
    const ofCaller = (this.#ofCallers.get(caller) ?? 0) + bytes;
    const all = this.#bytes + bytes;
    if (bytes > 0 && (ofCaller > this.#bounds.runningBytesPerCaller || all > this.#bounds.runningBytes))
      throw new AppError('TOO_MANY_OPERATIONS', 'Too much is being answered at once.', { retryAfterMs: 1000 });
    this.#bytes = all;
    if (ofCaller <= 0) this.#ofCallers.delete(caller);
    else this.#ofCallers.set(caller, ofCaller);
  }
}

/** What one operation holds, until it is released. */
export class OperationMemory {
  readonly #add: (bytes: number) => void;
  #bytes = 0;
  #isReleased = false;

  constructor(add: (bytes: number) => void) {
    this.#add = add;
  }

  /** Throws `TOO_MANY_OPERATIONS`, and counts nothing, when that is more than may be held. Fewer bytes are always taken. */
  add(bytes: number): void {
    if (this.#isReleased) return;
    this.#add(bytes);
    this.#bytes += bytes;
  }

  release(): void {
    if (this.#isReleased) return;
    this.#add(-this.#bytes);
    this.#isReleased = true;
  }
}
