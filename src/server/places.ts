import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import type { Bounds } from '../bounds.ts';
import { remoteAddress } from './remote-address.ts';

/** Counts the connections that stay: sockets and event streams alike, of each address and of all. */
export class Places {
  readonly #bounds: Bounds;
  readonly #proxies: BlockList;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(bounds: Bounds, proxies: BlockList) {
    this.#bounds = bounds;
    this.#proxies = proxies;
  }

  addressOf(request: IncomingMessage): string {
    const forwarded = request.headers['x-forwarded-for'];
    return remoteAddress(
      request.socket.remoteAddress,
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      this.#proxies,
    );
  }

  /** The HTTP status with which one more of an address is refused; null when there is a place for it. */
  refusal(address: string): 429 | 503 | null {
    if ((this.#byAddress.get(address) ?? 0) >= this.#bounds.wsSocketsPerAddress) return 429;
    return this.#total >= this.#bounds.wsSockets ? 503 : null;
  }

  /** Takes a place; gives the function that leaves it, to be called once. */
  take(address: string): () => void {
    this.#add(address, 1);
    return () => this.#add(address, -1);
  }

  #add(address: string, change: number): void {
    this.#total += change;
    const count = (this.#byAddress.get(address) ?? 0) + change;
    if (count > 0) this.#byAddress.set(address, count);
    else this.#byAddress.delete(address);
  }
}
