import { z } from 'zod';

/** What `POST /_emulator/faults` takes: trouble for the named endpoints, or for all when none are named. */
export const faultSchema = z
  .object({
    /** Endpoint ids of the catalogue. */
    endpoints: z.array(z.string()).optional(),
    /** Delay before the answer, in milliseconds. */
    latencyMs: z.number().min(0).max(60_000).optional(),
    /** A random further delay of up to so much. */
    jitterMs: z.number().min(0).max(60_000).optional(),
    /** The share of requests that go wrong in the way of `kind`, 0-1; all when left out. */
    rate: z.number().min(0).max(1).optional(),
    /**
     * `error` the vendor's internal error; `overLimit` its over-limit answer; `drop` the connection is cut before the
     * request is done; `reset` it is done, then the connection is cut; `stall` half a body, then nothing; `html` a 502 page
     * of a proxy; `garbage` broken JSON with status 200; `unauthorized` the vendor's refusal of the credentials.
     */
    kind: z.enum(['error', 'overLimit', 'drop', 'reset', 'stall', 'html', 'garbage', 'unauthorized']).optional(),
    /** For how many requests; without end when left out. */
    times: z.number().int().min(1).optional(),
  })
  .strict();

export type Fault = z.infer<typeof faultSchema>;

/** The fault switches of one emulator. */
export class FaultSwitches {
  #faults: { fault: Fault; left: number }[] = [];
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  set(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  /** The trouble that this request shall have. */
  next(endpointId: string): { readonly delayMs: number; readonly kind: Fault['kind'] } {
    let delayMs = 0;
    let kind: Fault['kind'];
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (entry.left <= 0 || (fault.endpoints && !fault.endpoints.includes(endpointId))) continue;
      if (this.#random() >= (fault.rate ?? 1)) continue;
      entry.left -= 1;
      delayMs += (fault.latencyMs ?? 0) + this.#random() * (fault.jitterMs ?? 0);
      kind ??= fault.kind;
    }
    return { delayMs, kind };
  }
}
