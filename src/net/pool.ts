import { Agent } from 'undici';
import type { Clock } from '../clock.ts';

export interface PoolOptions {
  readonly clock: Clock;
  /** Connections to one host at once. */
  readonly connections: number;
  /** Connections older than this take no new request: long ones defeat the vendors' load balancing (RongCloud: under 60 s). */
  readonly maxAgeMs: number;
  readonly maxResponseBytes: number;
}

/** A keep-alive pool for one app whose connections are renewed in time. */
export class Pool {
  readonly #options: PoolOptions;
  #agent: Agent;
  #bornAt: number;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#agent = this.#create();
    this.#bornAt = options.clock.now();
  }

  /** The dispatcher for the next request. An outworn one finishes what it has and closes by itself. */
  dispatcher(): Agent {
    const now = this.#options.clock.now();
    if (now - this.#bornAt > this.#options.maxAgeMs) {
      const old = this.#agent;
      this.#agent = this.#create();
      this.#bornAt = now;
      old.close().catch(() => old.destroy());
    }
    return this.#agent;
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #create(): Agent {
    return new Agent({
      connections: this.#options.connections,
      pipelining: 1,
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: this.#options.maxAgeMs,
      connect: { timeout: 3_000 },
      maxResponseSize: this.#options.maxResponseBytes,
    });
  }
}
