import type { Clock } from '../clock.ts';
import type { AppError, ErrorCode } from '../errors.ts';

/** How calls to a vendor, or to a service of the operator, have gone in the last minute. */
export interface Health {
  readonly status: 'UP' | 'DEGRADED' | 'DOWN';
  /** Since when it has been so, in milliseconds since the epoch. */
  readonly since: number;
  /** 0-1. */
  readonly errorRate: number;
  readonly medianLatencyMs: number | null;
}

interface Sample {
  readonly at: number;
  readonly ok: boolean;
  readonly durationMs: number;
}

/** Failures of the vendor, or of our account there; the others are answers about what a caller gave, or about its rate. */
const failuresOfVendor: ReadonlySet<ErrorCode> = new Set([
  'VENDOR_MISCONFIGURED',
  'VENDOR_UNAVAILABLE',
  'VENDOR_BAD_RESPONSE',
  'OUTCOME_UNKNOWN',
]);

/** Whether an attempt that came to this says that the vendor, or our account there, is well. */
export const isWell = (error: AppError | undefined) => error === undefined || !failuresOfVendor.has(error.code);

const windowMs = 60_000;
const maxSamples = 2_000;

/** Remembers the calls of the last minute, the newest 2,000 at most. */
export class HealthMeter {
  readonly #clock: Clock;
  readonly #isOpen: () => boolean;
  #samples: Sample[] = [];
  #status: Health['status'] = 'UP';
  #since: number;

  /** `isOpen` tells whether calls are refused at once. */
  constructor(clock: Clock, isOpen: () => boolean) {
    this.#clock = clock;
    this.#isOpen = isOpen;
    this.#since = clock.now();
  }

  /** Takes note of one attempt: whether it went well, and how long it took. */
  record(ok: boolean, durationMs: number): void {
    this.#samples.push({ at: this.#clock.now(), ok, durationMs });
    if (this.#samples.length > maxSamples * 2) this.#samples = this.#samples.slice(-maxSamples);
  }

  read(): Health {
    const now = this.#clock.now();
    this.#samples = this.#samples.filter((sample) => sample.at > now - windowMs).slice(-maxSamples);
    const failures = this.#samples.filter((sample) => !sample.ok).length;
    const errorRate = this.#samples.length === 0 ? 0 : failures / this.#samples.length;
    const status = this.#isOpen() ? 'DOWN' : errorRate > 0.05 ? 'DEGRADED' : 'UP';
    if (status !== this.#status) {
      this.#status = status;
      this.#since = now;
    }
    const latencies = this.#samples.map((sample) => sample.durationMs).sort((a, b) => a - b);
    const median = latencies[Math.floor(latencies.length / 2)];
    return { status, since: this.#since, errorRate, medianLatencyMs: median === undefined ? null : Math.round(median) };
  }
}
