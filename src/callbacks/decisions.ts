import { answerMarginMs } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import type { DecisionPolicyView } from '../domain/context.ts';
import type { PolicySettings, ProposedMessage, TrialVerdict } from '../domain/decision.ts';
import type { MessageDecision } from '../domain/event.ts';
import type { Health } from '../net/health.ts';
import type { MessageQuestion } from '../vendors/vendor.ts';
import type { Ask, RuleAnswer } from './ask.ts';
import { type Decided, Evaluation, type FailedRule } from './evaluation.ts';
import { questionOf } from './proposed-question.ts';
import { makeTablesAside } from './rule-words-aside.ts';
import { makeRules, type Rule, type Rules } from './rules.ts';

export interface PolicyOptions {
  readonly settings: PolicySettings;
  /** How long the app's vendor waits unless the settings say otherwise, in milliseconds. */
  readonly vendorWaitMs: number;
  readonly clock: Clock;
  readonly ask: Ask;
  /** Whether the vendor's user ids do not tell capitals from small letters; they do when left out. */
  readonly ignoresCase?: boolean | undefined;
  /** Called with every rule that could not decide. */
  readonly onFailure?: ((failed: FailedRule) => void) | undefined;
}

const late: unique symbol = Symbol('late');

/**
 * How one app answers its vendor's questions, within a hard deadline: the rules are asked in their order until one has an answer. One that
 * replaces text, or flags the message, leaves the answer to those after it; all look at the message as it was written.
 */
export class DecisionPolicy implements DecisionPolicyView {
  readonly #options: PolicyOptions;
  #settings: PolicySettings;
  #rules: Rules;

  constructor(options: PolicyOptions) {
    const { settings, clock, ask, ignoresCase = false } = options;
    this.#options = options;
    this.#settings = settings;
    this.#rules = makeRules(settings.rules, { clock, ask, ignoresCase });
  }

  /**
   * Goes by other settings as soon as their words are ready; until then by those before. What rules counted stays where a rule of the same name
   * counts in the same way. Rejects where the words cannot be made ready, and changes nothing then.
   */
  async change(settings: PolicySettings): Promise<void> {
    const { clock, ask, ignoresCase = false } = this.#options;
    const tables = await makeTablesAside(settings.rules);
    this.#rules = makeRules(settings.rules, { clock, ask, ignoresCase, before: this.#rules, tables });
    this.#settings = settings;
  }

  get settings(): PolicySettings {
    return this.#settings;
  }

  get isEnabled(): boolean {
    return this.#settings.isEnabled;
  }

  get coversOperators(): boolean {
    return this.#settings.coversOperators;
  }

  get default(): MessageDecision {
    return this.#settings.default;
  }

  /** How long the vendor waits, from when it signed the question. */
  get vendorWaitMs(): number {
    return this.#settings.vendorWaitMs ?? this.#options.vendorWaitMs;
  }

  /** Below what the vendor waits, whatever the settings say. */
  get deadlineMs(): number {
    return Math.max(1, Math.min(this.#settings.deadlineMs, this.vendorWaitMs - answerMarginMs));
  }

  /** Whether it lets everything pass. */
  get isOpen(): boolean {
    return this.default === 'DELIVER' && (!this.isEnabled || this.#rules.all.length === 0);
  }

  /** The services that rules ask, and how each does now. */
  get services(): readonly { readonly rule: string; health(): Health }[] {
    return this.#rules.all.flatMap(({ name, health }) => (health ? [{ rule: name, health }] : []));
  }

  get rules(): DecisionPolicyView['rules'] {
    return this.#rules.all.map(({ name, kind, onFailure, isDryRun, health }) => {
      const now = health?.() ?? null;
      return { name, kind, onFailure, isDryRun, health: now && { ...now, since: new Date(now.since) } };
    });
  }

  /** Never rejects, and never takes longer than the deadline. */
  async decide(app: string, question: MessageQuestion): Promise<Decided> {
    const { clock } = this.#options;
    const startedAt = clock.ticks();
    const { all, words } = this.#rules;
    const asked = { app, question, texts: words.look(question), notAsked: null };
    const evaluation = new Evaluation(asked, this.default, this.#options.onFailure);
    if (this.isEnabled) await this.#ask(evaluation, all, (rule, signal) => rule.decide(asked, signal));
    return { ...evaluation.made(), latencyMs: Math.round(clock.ticks() - startedAt) };
  }

  /** What it would decide. Nothing is counted for anybody's rate, and services are not asked. */
  async trial(message: ProposedMessage): Promise<TrialVerdict> {
    const { all, words } = this.#rules;
    const question = questionOf(message, 'trial', new Date(this.#options.clock.now()));
    const asked = { app: '', question, texts: words.look(question), notAsked: [] as string[] };
    const evaluation = new Evaluation(asked, this.default, undefined);
    if (this.isEnabled) await this.#ask(evaluation, all, (rule, signal) => rule.decide(asked, signal));
    const { verdict, ...made } = evaluation.made();
    return { ...made, ...verdict, notAsked: asked.notAsked };
  }

  async #ask(evaluation: Evaluation, rules: readonly Rule[], decide: Decide) {
    const abort = new AbortController();
    let cancel = () => {};
    const deadline = new Promise<typeof late>((resolve) => {
      cancel = this.#options.clock.schedule(this.deadlineMs, () => resolve(late));
    });
    const goesOn = async (rule: Rule) => {
      return evaluation.take(rule, await inTime(decide(rule, abort.signal), deadline));
    };
    try {
      const dryRuns: Rule[] = [];
      for (const rule of rules) {
        if (rule.isDryRun) dryRuns.push(rule);
        else if (!(await goesOn(rule))) break;
      }
      // After the others, so that they change no verdict, not even by the time that they take.
      for (const rule of dryRuns) if (!(await goesOn(rule))) break;
    } finally {
      cancel();
      abort.abort();
    }
  }
}

type Decide = (rule: Rule, signal: AbortSignal) => RuleAnswer | Promise<RuleAnswer>;

/** A rule's answer, or `DEADLINE` when it does not come before the deadline. */
async function inTime(answer: RuleAnswer | Promise<RuleAnswer>, deadline: Promise<typeof late>): Promise<RuleAnswer> {
  if (!(answer instanceof Promise)) return answer;
  const first = await Promise.race([answer, deadline]);
  return first === late ? { failure: 'DEADLINE' } : first;
}
