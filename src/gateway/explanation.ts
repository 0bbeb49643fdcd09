import type { Planned, Priority, RequestOptions, VendorCall } from '../request-options.ts';
import type { AppRuntime } from './app-runtime.ts';

/** What a caller wants to be told of the vendor calls behind an answer: nothing, those made, or those it would make. */
export type Explain = 'none' | 'calls' | 'plan';

const maxTold = 500;

interface PlannedCall {
  readonly app: string;
  readonly endpoint: string;
  readonly items: number;
  readonly expectedWaitMs: number;
}

/** Collects what one operation costs at the vendors, for the `extensions` of its answer. */
export class Explanation {
  readonly explain: Explain;
  readonly #calls: VendorCall[] = [];
  readonly #planned: Promise<PlannedCall>[] = [];
  readonly #settled: PlannedCall[] = [];

  constructor(explain: Explain) {
    this.explain = explain;
  }

  /** What every vendor call of the operation is given. */
  options(signal: AbortSignal, viewer: string, priority: Priority): RequestOptions {
    return {
      signal,
      viewer,
      priority,
      isPlan: this.explain === 'plan',
      ...(this.explain === 'calls' && { trace: (call) => this.#tell(call) }),
    };
  }

  /** Notes a call that would have been made. */
  async plan({ source }: AppRuntime, { endpoint, items, charges }: Planned): Promise<void> {
    if (this.#planned.length >= maxTold) return;
    const note = source
      .expectedWaitMs(charges)
      .then((expectedWaitMs) => ({ app: source.name, endpoint, items, expectedWaitMs }));
    this.#planned.push(note);
    this.#settled.push(await note);
  }

  /** For `extensions`; null when nothing was asked for. A plan has no answer beside it. */
  extensions(): Record<string, unknown> | null {
    if (this.explain === 'calls') return { vendorCalls: this.#calls };
    if (this.explain === 'none') return null;
    const expectedWaitMs = Math.max(0, ...this.#settled.map((call) => call.expectedWaitMs));
    return { plan: { vendorCalls: this.#settled, expectedWaitMs, isComplete: false } };
  }

  #tell(call: VendorCall): void {
    if (this.#calls.length < maxTold) this.#calls.push(call);
  }
}
