import type { Clock } from '../clock.ts';
import type { PolicySettings } from '../domain/decision.ts';
import type { MessageDecision } from '../domain/event.ts';
import type { MessageQuestion, Verdict } from '../vendors/vendor.ts';
import { type Ask, makeRule, type Rule } from './rules.ts';

/** What is kept between our answer and the vendor's giving up: the way back. */
const marginMs = 50;

/** A verdict and how it came about. */
export interface Decided {
  readonly verdict: Verdict;
  /** The rule that made it; null for the default. */
  readonly rule: string | null;
  /** Whether it is the default because no rule answered in time. */
  readonly isLate: boolean;
  readonly latencyMs: number;
}

export interface PolicyOptions {
  readonly settings: PolicySettings;
  /** How long the app's vendor waits unless the settings say otherwise, in milliseconds. */
  readonly vendorWaitMs: number;
  readonly clock: Clock;
  readonly ask: Ask;
}

/** How one app answers its vendor's questions: the first rule that has an answer decides, within a hard deadline. */
export class DecisionPolicy {
  readonly isEnabled: boolean;
  readonly rules: readonly { readonly name: string; readonly kind: string }[];
  readonly default: MessageDecision;
  /** Below what the vendor waits, whatever the settings say. */
  readonly deadlineMs: number;
  readonly #rules: readonly Rule[];
  readonly #clock: Clock;

  constructor({ settings, vendorWaitMs, clock, ask }: PolicyOptions) {
    this.isEnabled = settings.isEnabled;
    this.default = settings.default;
    this.deadlineMs = Math.max(1, Math.min(settings.deadlineMs, (settings.vendorWaitMs ?? vendorWaitMs) - marginMs));
    this.#rules = settings.rules.map((rule) => makeRule(rule, clock, ask));
    this.rules = this.#rules;
    this.#clock = clock;
  }

  /** Never rejects, and never takes longer than the deadline. */
  async decide(app: string, question: MessageQuestion): Promise<Decided> {
    const startedAt = this.#clock.ticks();
    const given = this.isEnabled ? await this.#first(app, question) : undefined;
    const latencyMs = Math.round(this.#clock.ticks() - startedAt);
    if (given && given !== 'late') return { ...given, isLate: false, latencyMs };
    return { verdict: { decision: this.default }, rule: null, isLate: given === 'late', latencyMs };
  }

  async #first(
    app: string,
    question: MessageQuestion,
  ): Promise<{ readonly verdict: Verdict; readonly rule: string } | 'late' | undefined> {
    const abort = new AbortController();
    let cancel = () => {};
    const late = new Promise<'late'>((resolve) => {
      cancel = this.#clock.schedule(this.deadlineMs, () => resolve('late'));
    });
    try {
      for (const rule of this.#rules) {
        const answer = rule.decide(app, question, abort.signal);
        const verdict = answer instanceof Promise ? await Promise.race([answer, late]) : answer;
        if (verdict === 'late') return 'late';
        if (verdict) return { verdict, rule: rule.name };
      }
      return undefined;
    } finally {
      cancel();
      abort.abort();
    }
  }
}
