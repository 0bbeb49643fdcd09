import type { Batch } from '../domain/batch.ts';
import { AppError, toAppError } from '../errors.ts';

interface Waiting<K, V> {
  readonly key: K;
  readonly identity: string;
  readonly settle: (value: V | AppError) => void;
}

/** Calls of one operation under way at once; what comes meanwhile waits together and leaves in fewer, fuller calls. */
const maxInFlight = 8;
const maxWaiting = 50_000;

/**
 * Merges the keys of one operation of one app across requests: equal keys are asked once while they are under way, and the
 * others share calls of up to the vendor's batch size. Without load a key leaves at the end of its own turn of the loop.
 */
export class Batcher<K, V> {
  readonly #batch: Batch<K, V>;
  readonly #inFlight = new Map<string, Promise<V | AppError>>();
  #waiting: Waiting<K, V>[] = [];
  #calls = 0;
  #isScheduled = false;

  constructor(batch: Batch<K, V>) {
    this.#batch = batch;
  }

  /** The value or the failure of one key. Never rejects. */
  load(key: K): Promise<V | AppError> {
    const identity = identityOf(this.#batch, key);
    const known = this.#inFlight.get(identity);
    if (known !== undefined) return known;
    if (this.#waiting.length >= maxWaiting) {
      return Promise.resolve(
        new AppError('RATE_LIMITED', 'Too many reads wait for the vendor.', { retryAfterMs: 1000 }),
      );
    }
    const answer = new Promise<V | AppError>((settle) => {
      this.#waiting.push({ key, identity, settle });
    });
    this.#inFlight.set(identity, answer);
    this.#schedule();
    return answer;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#calls >= maxInFlight) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#waiting.length > 0 && this.#calls < maxInFlight) void this.#send(this.#takeNext());
    });
  }

  /** The keys of the next call: those that share the first one's group, up to the batch size. */
  #takeNext(): Waiting<K, V>[] {
    const group = this.#batch.group;
    const first = this.#waiting[0];
    if (!first) return [];
    const name = group?.(first.key);
    const taken: Waiting<K, V>[] = [];
    const left: Waiting<K, V>[] = [];
    for (const each of this.#waiting) {
      const fits = taken.length < this.#batch.max && (group === undefined || group(each.key) === name);
      (fits ? taken : left).push(each);
    }
    this.#waiting = left;
    return taken;
  }

  async #send(taken: readonly Waiting<K, V>[]): Promise<void> {
    this.#calls += 1;
    const settle = (give: (index: number) => V | AppError) => {
      taken.forEach((each, index) => {
        this.#inFlight.delete(each.identity);
        each.settle(give(index));
      });
    };
    try {
      const values = await this.#batch.load(taken.map((each) => each.key));
      settle((index) =>
        index < values.length ? (values[index] as V | AppError) : new AppError('VENDOR_BAD_RESPONSE'),
      );
    } catch (error) {
      const failure = toAppError(error);
      settle(() => failure);
    } finally {
      this.#calls -= 1;
      this.#schedule();
    }
  }
}

export function identityOf<K, V>(batch: Batch<K, V>, key: K): string {
  return batch.identity ? batch.identity(key) : typeof key === 'string' ? key : JSON.stringify(key);
}
