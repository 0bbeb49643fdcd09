import { Refusal } from './refusal.ts';

export interface ShareBounds {
  readonly perAddress: number;
  readonly total: number;
  /** What is shared, as a refusal says it. */
  readonly what: string;
  /** One address gets no more than what is free, so that something is left for others however many hold their part. */
  readonly leavesRoom?: boolean;
}

/** An amount that callers hold, bounded for each address and in total. */
export class Share {
  readonly #bounds: ShareBounds;
  readonly #byAddress = new Map<string, number>();
  #held = 0;

  constructor(bounds: ShareBounds) {
    this.#bounds = bounds;
  }

  /** What all hold. */
  get held(): number {
    return this.#held;
  }

  /** Why an address cannot have so much more: 429 for what it holds, 503 for what all hold, with `Connection: close`. */
  refusal(address: string, amount = 1): Refusal | null {
    const { perAddress, total, what, leavesRoom = false } = this.#bounds;
    const own = this.#byAddress.get(address) ?? 0;
    // What was asked for is not read to its end.
    const headers = { connection: 'close', 'retry-after': '1' };
    if (own + amount > perAddress) return new Refusal(429, `There are too many ${what} from this address.`, headers);
    const needed = leavesRoom ? own + amount : amount;
    return needed > total - this.#held ? new Refusal(503, `There are too many ${what}.`, headers) : null;
  }

  /** Takes an amount, or gives it back where it is negative, whatever is held. */
  add(address: string, amount: number): void {
    if (amount === 0) return;
    this.#held += amount;
    const own = (this.#byAddress.get(address) ?? 0) + amount;
    if (own > 0) this.#byAddress.set(address, own);
    else this.#byAddress.delete(address);
  }

  /** Takes one until the function it gives is called. Throws a `Refusal` when there is none. */
  takeOne(address: string): () => void {
    const refusal = this.refusal(address);
    if (refusal) throw refusal;
    this.add(address, 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.add(address, -1);
      isHeld = false;
    };
  }
}

/** What one connection, request or stream holds of a share. */
export class Holding {
  readonly #share: Share;
  readonly #address: string;
  #amount = 0;
  #isOver = false;

  constructor(share: Share, address: string) {
    this.#share = share;
    this.#address = address;
  }

  get amount(): number {
    return this.#amount;
  }

  /** Why so much more cannot be had. */
  refusal(amount = 1): Refusal | null {
    return this.#share.refusal(this.#address, amount);
  }

  /** Holds so much more, or less where it is negative, whatever is held: what is there already. */
  add(amount: number): void {
    this.set(this.#amount + amount);
  }

  /** Holds just so much, whatever is held. */
  set(amount: number): void {
    const next = this.#isOver ? 0 : Math.max(0, amount);
    this.#share.add(this.#address, next - this.#amount);
    this.#amount = next;
  }

  /** Gives everything back, for good: what is held after it counts nothing. */
  end(): void {
    this.#isOver = true;
    this.set(0);
  }
}
