import { AppError } from '../errors.ts';
import type { EventLog, LogSlice, Position } from './log.ts';
import type { Query } from './query.ts';

/** What bounds the searches of past events under way; streams wait without a bound of their own, since streams are bounded. */
interface ReadBounds {
  readonly maxSearchesPerViewer: number;
  readonly maxSearches: number;
}

const defaultBounds: ReadBounds = { maxSearchesPerViewer: 50, maxSearches: 1000 };

/** The log for one caller. */
export interface LogReader {
  readonly log: EventLog;
  /** As `EventLog.read`, when it is this caller's turn. */
  read(app: string, after: Position, limit: number, query?: Query): Promise<LogSlice>;
  /** As `EventLog.readBack`, likewise. */
  readBack(app: string, from: Position, limit: number, query?: Query): Promise<LogSlice>;
  /** Runs a search that reads many pages. Throws `TOO_MANY_OPERATIONS` when too many are under way. */
  search<T>(run: () => Promise<T>): Promise<T>;
}

/**
 * Reads a log for many callers: one page in a turn of the event loop, the callers in rotation. So however many read however much, the
 * loop is held for one page at a time, and who reads a lot does not keep others waiting for more than a page of each caller.
 */
export class PacedReads {
  readonly #log: EventLog;
  readonly #bounds: ReadBounds;
  /** Reads that wait, by caller; the caller whose turn it is comes first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #searches = new Map<string, number>();
  #searchCount = 0;
  #isTurnDue = false;

  constructor(log: EventLog, bounds: ReadBounds = defaultBounds) {
    this.#log = log;
    this.#bounds = bounds;
  }

  of(caller: string): LogReader {
    return {
      log: this.#log,
      read: (...args) => this.#inTurn(caller, () => this.#log.read(...args)),
      readBack: (...args) => this.#inTurn(caller, () => this.#log.readBack(...args)),
      search: (run) => this.#search(caller, run),
    };
  }

  #inTurn<T>(caller: string, read: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#enqueue(caller, () => read().then(resolve, reject));
    });
  }

  async #search<T>(caller: string, run: () => Promise<T>): Promise<T> {
    const own = this.#searches.get(caller) ?? 0;
    if (own >= this.#bounds.maxSearchesPerViewer || this.#searchCount >= this.#bounds.maxSearches)
      throw new AppError('TOO_MANY_OPERATIONS', 'Too many searches of past events at once.');
    this.#searches.set(caller, own + 1);
    this.#searchCount += 1;
    try {
      return await run();
    } finally {
      this.#searchCount -= 1;
      const left = (this.#searches.get(caller) ?? 1) - 1;
      if (left > 0) this.#searches.set(caller, left);
      else this.#searches.delete(caller);
    }
  }

  #enqueue(caller: string, read: () => void): void {
    const own = this.#waiting.get(caller);
    if (own) own.push(read);
    else this.#waiting.set(caller, [read]);
    this.#scheduleTurn();
  }

  #scheduleTurn(): void {
    if (this.#isTurnDue || this.#waiting.size === 0) return;
    this.#isTurnDue = true;
    setImmediate(() => {
      this.#isTurnDue = false;
      const [next] = this.#waiting;
      if (!next) return;
      const [caller, reads] = next;
      const read = reads.shift();
      this.#waiting.delete(caller);
      if (reads.length > 0) this.#waiting.set(caller, reads);
      read?.();
      this.#scheduleTurn();
    });
  }
}
