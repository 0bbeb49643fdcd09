import type { Clock } from '../clock.ts';
import type { DecisionPolicyView } from '../domain/context.ts';
import type { DecisionFailure, PolicySettings } from '../domain/decision.ts';
import type { MessageDecision } from '../domain/event.ts';
import type { Health } from '../net/health.ts';
import type { MessageQuestion, Verdict } from '../vendors/vendor.ts';
import type { Ask, RuleAnswer } from './ask.ts';
import { makeRules, type Rule } from './rules.ts';

/** What is kept between our answer and the vendor's giving up: the way back. */
const marginMs = 50;

/** A verdict and how it came about. */
export interface Decided {
  readonly verdict: Verdict;
  /** The rule that made it, by its answer or by its `onFailure`; null for the default. */
  readonly rule: string | null;
  /** Whether it was made without an answer because none came in time. */
  readonly isLate: boolean;
  readonly latencyMs: number;
  /** The first rule that could not decide, and why; null when there was none. */
  readonly failedRule: string | null;
  readonly failure: DecisionFailure | null;
  /** The words of the rule that were found, the first of them. */
  readonly matchedKeywords: readonly string[];
}

/** A rule that could not decide. */
export interface FailedRule {
  readonly app: string;
  readonly rule: string;
  readonly failure: DecisionFailure;
  /** More of it, for the log. */
  readonly detail: string | undefined;
}

export interface PolicyOptions {
  readonly settings: PolicySettings;
  /** How long the app's vendor waits unless the settings say otherwise, in milliseconds. */
  readonly vendorWaitMs: number;
  readonly clock: Clock;
  readonly ask: Ask;
  /** Called with every rule that could not decide. */
  readonly onFailure?: ((failed: FailedRule) => void) | undefined;
}

const late: unique symbol = Symbol('late');

/** How one app answers its vendor's questions: the first rule that has an answer decides, within a hard deadline. */
export class DecisionPolicy implements DecisionPolicyView {
  readonly isEnabled: boolean;
  readonly coversOperators: boolean;
  readonly default: MessageDecision;
  /** Below what the vendor waits, whatever the settings say. */
  readonly deadlineMs: number;
  /** How long the vendor waits, from when it signed the question. */
  readonly vendorWaitMs: number;
  readonly #rules: readonly Rule[];
  readonly #look: ReturnType<typeof makeRules>['look'];
  readonly #clock: Clock;
  readonly #onFailure: PolicyOptions['onFailure'];

  constructor({ settings, vendorWaitMs, clock, ask, onFailure }: PolicyOptions) {
    this.isEnabled = settings.isEnabled;
    this.coversOperators = settings.coversOperators;
    this.default = settings.default;
    this.vendorWaitMs = settings.vendorWaitMs ?? vendorWaitMs;
    this.deadlineMs = Math.max(1, Math.min(settings.deadlineMs, this.vendorWaitMs - marginMs));
    const { rules, look } = makeRules(settings.rules, clock, ask);
    this.#rules = rules;
    this.#look = look;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** Whether it lets everything pass. */
  get isOpen(): boolean {
    return this.default === 'DELIVER' && (!this.isEnabled || this.#rules.length === 0);
  }

  /** The services that rules ask, and how each does now. */
  get services(): readonly { readonly rule: string; health(): Health }[] {
    return this.#rules.flatMap(({ name, health }) => (health ? [{ rule: name, health }] : []));
  }

  get rules(): DecisionPolicyView['rules'] {
    return this.#rules.map(({ name, kind, onFailure, health }) => {
      const now = health?.() ?? null;
      return { name, kind, onFailure, health: now && { ...now, since: new Date(now.since) } };
    });
  }

  /** Never rejects, and never takes longer than the deadline. */
  async decide(app: string, question: MessageQuestion): Promise<Decided> {
    const startedAt = this.#clock.ticks();
    const made = this.isEnabled ? await this.#ask(app, question) : this.#made(null, null);
    return { ...made, latencyMs: Math.round(this.#clock.ticks() - startedAt) };
  }

  async #ask(app: string, question: MessageQuestion): Promise<Omit<Decided, 'latencyMs'>> {
    const asked = this.#look(app, question);
    const abort = new AbortController();
    let cancel = () => {};
    const deadline = new Promise<typeof late>((resolve) => {
      cancel = this.#clock.schedule(this.deadlineMs, () => resolve(late));
    });
    let failed: FailedRule | null = null;
    try {
      for (const rule of this.#rules) {
        const answer = await inTime(rule.decide(asked, abort.signal), deadline);
        if (answer === undefined) continue;
        if ('verdict' in answer)
          return {
            ...this.#made(failed, { rule: rule.name, verdict: answer.verdict }),
            matchedKeywords: rule.matched(asked),
          };
        const { failure, detail } = answer;
        const failing = { app, rule: rule.name, failure, detail };
        failed ??= failing;
        this.#onFailure?.(failing);
        if (rule.onFailure !== 'NEXT')
          return this.#made(failed, { rule: rule.name, verdict: { decision: rule.onFailure } }, isOfTime(failure));
        if (failure === 'DEADLINE') break;
      }
      return this.#made(failed, null, failed !== null && isOfTime(failed.failure));
    } finally {
      cancel();
      abort.abort();
    }
  }

  #made(
    failed: FailedRule | null,
    by: { readonly rule: string; readonly verdict: Verdict } | null,
    isLate = false,
  ): Omit<Decided, 'latencyMs'> {
    return {
      verdict: by?.verdict ?? { decision: this.default },
      rule: by?.rule ?? null,
      isLate,
      failedRule: failed?.rule ?? null,
      failure: failed?.failure ?? null,
      matchedKeywords: [],
    };
  }
}

const isOfTime = (failure: DecisionFailure) => failure === 'DEADLINE' || failure === 'SERVICE_TIMED_OUT';

/** A rule's answer, or `DEADLINE` when it does not come before the deadline. */
async function inTime(answer: RuleAnswer | Promise<RuleAnswer>, deadline: Promise<typeof late>): Promise<RuleAnswer> {
  if (!(answer instanceof Promise)) return answer;
  const first = await Promise.race([answer, deadline]);
  return first === late ? { failure: 'DEADLINE' } : first;
}
