import type { Clock } from '../clock.ts';

/** When a vendor stops sending to an endpoint that fails too often. */
export interface BanPolicy {
  /** So many failed attempts ... */
  readonly failures: number;
  /** ... within so long. */
  readonly withinMs: number;
  /** How long the first, second ... ban lasts; the last length holds from then on. */
  readonly lengthsMs: readonly number[];
  /** Bans older than this are no longer counted. */
  readonly forgetMs: number;
}

/** The failed attempts and bans of each app. What happens during a ban is not sent later. */
export class CallbackBans {
  readonly #policy: BanPolicy;
  readonly #clock: Clock;
  readonly #failures = new Map<string, number[]>();
  readonly #bans = new Map<string, { readonly from: number; readonly until: number }[]>();

  constructor(policy: BanPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  isBanned(appName: string): boolean {
    return (this.#bans.get(appName)?.at(-1)?.until ?? 0) > this.#clock.now();
  }

  /** Counts a failed attempt; the one too many begins a ban. */
  failed(appName: string): void {
    const now = this.#clock.now();
    const recent = [...(this.#failures.get(appName) ?? []).filter((at) => at > now - this.#policy.withinMs), now];
    if (recent.length < this.#policy.failures || this.isBanned(appName)) {
      this.#failures.set(appName, recent);
      return;
    }
    this.#failures.delete(appName);
    const bans = (this.#bans.get(appName) ?? []).filter((ban) => ban.from > now - this.#policy.forgetMs);
    const lengthMs = this.#policy.lengthsMs[bans.length] ?? this.#policy.lengthsMs.at(-1) ?? 0;
    this.#bans.set(appName, [...bans, { from: now, until: now + lengthMs }]);
  }

  reset(): void {
    this.#failures.clear();
    this.#bans.clear();
  }
}
