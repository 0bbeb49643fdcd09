import type { Clock } from '../clock.ts';
import type { CatalogueEndpoint, CatalogueLimit } from '../net/catalogue.ts';
import type { EmulatorVendor } from './vendor.ts';
import type { Params } from './wire.ts';

interface Entry {
  readonly at: number;
  readonly cost: number;
}

/**
 * The vendor's own counters, kept strictly: no window of the documented length, at any phase, lets more through than its
 * count. Calendar windows begin at midnight UTC. A refused call costs nothing.
 */
export class EmulatorLimits {
  readonly #clock: Clock;
  readonly #vendor: EmulatorVendor;
  readonly #limits: ReadonlyMap<string, CatalogueLimit>;
  readonly #logs = new Map<string, Entry[]>();

  constructor(vendor: EmulatorVendor, clock: Clock) {
    this.#clock = clock;
    this.#vendor = vendor;
    this.#limits = new Map(vendor.catalogue.limits.map((limit) => [limit.id, limit]));
  }

  /** Charges every bucket of the endpoint, or none and gives the one that is spent. */
  charge(appName: string, endpoint: CatalogueEndpoint, params: Params): CatalogueLimit | undefined {
    const now = this.#clock.now();
    const charges: { readonly log: Entry[]; readonly cost: number }[] = [];
    for (const { bucket, cost, by } of endpoint.limits) {
      const limit = this.#limits.get(bucket);
      if (!limit) continue;
      const value = by === undefined ? '' : String(params[by] ?? '');
      const scope = this.#vendor.scopeOf?.(value) ?? value;
      const key = `${appName} ${bucket} ${scope}`;
      const longest = Math.max(...limit.windows.map((window) => window.seconds)) * 1000;
      const log = (this.#logs.get(key) ?? []).filter((entry) => entry.at > now - longest);
      this.#logs.set(key, log);
      const units = typeof cost === 'number' ? cost : countUnits(params[cost]);
      if (limit.windows.some((window) => isSpent(window, log, units, now, this.#vendor.admits?.(limit) ?? 'within')))
        return limit;
      charges.push({ log, cost: units });
    }
    for (const { log, cost } of charges) log.push({ at: now, cost });
    return undefined;
  }

  reset(): void {
    this.#logs.clear();
  }
}

function isSpent(
  window: CatalogueLimit['windows'][number],
  log: readonly Entry[],
  cost: number,
  now: number,
  admits: 'within' | 'below',
): boolean {
  const lengthMs = window.seconds * 1000;
  const start = window.calendar ? Math.floor(now / lengthMs) * lengthMs - 1 : now - lengthMs;
  const used = log.reduce((sum, entry) => (entry.at > start ? sum + entry.cost : sum), 0);
  return admits === 'below' ? used >= window.count : used + cost > window.count;
}

/** How many items or keys a parameter holds; one for anything else. */
function countUnits(value: unknown): number {
  if (Array.isArray(value)) return Math.max(1, value.length);
  return typeof value === 'object' && value !== null ? Math.max(1, Object.keys(value).length) : 1;
}
