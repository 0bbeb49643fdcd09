import type { DecisionFailure, RuleFinding } from '../domain/decision.ts';
import type { MessageDecision } from '../domain/event.ts';
import type { Verdict } from '../vendors/vendor.ts';
import type { RuleAnswer, RuleVerdict } from './ask.ts';
import type { Asked, Rule } from './rules.ts';
import { joined } from './searched-text.ts';
import { maxMatched, type TextRange } from './word-lists.ts';

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
  /** What the rules that made it found, the first of it. */
  readonly matchedKeywords: readonly string[];
  /** What each rule that held came to, in their order; those of dry runs last. */
  readonly findings: readonly RuleFinding[];
}

/** A rule that could not decide. */
export interface FailedRule {
  readonly app: string;
  readonly rule: string;
  readonly failure: DecisionFailure;
  /** More of it, for the log. */
  readonly detail: string | undefined;
}

/** What is named in all findings of one verdict together. */
const maxInFindings = 100;

interface Answer {
  readonly rule: string;
  readonly verdict: RuleVerdict;
  readonly matched: readonly string[];
  /** Whether it is what the rule comes to when it cannot decide. */
  readonly isFailure: boolean;
}

/** One question on its way through the rules: what they said so far, and what it comes to. */
export class Evaluation {
  readonly #asked: Asked;
  readonly #default: MessageDecision;
  readonly #onFailure: ((failed: FailedRule) => void) | undefined;
  readonly #findings: RuleFinding[] = [];
  readonly #replaced: Answer[] = [];
  #decided: Answer | undefined;
  #failed: FailedRule | null = null;
  #isLate = false;
  #left = maxInFindings;

  constructor(asked: Asked, byDefault: MessageDecision, onFailure: ((failed: FailedRule) => void) | undefined) {
    this.#asked = asked;
    this.#default = byDefault;
    this.#onFailure = onFailure;
  }

  /** Takes a rule's answer, and says whether the next rule is asked: it is unless this one has decided, or the time is over. */
  take(rule: Rule, answer: RuleAnswer): boolean {
    if (answer === undefined) return true;
    if ('failure' in answer) return this.#fail(rule, answer.failure, answer.detail);
    const { verdict } = answer;
    const given = { rule: rule.name, verdict, matched: rule.matched(this.#asked), isFailure: false };
    this.#find(rule, verdict.decision, given.matched);
    if (rule.isDryRun || verdict.decision === 'FLAG') return true;
    if (verdict.decision === 'REPLACE') this.#replaced.push(given);
    else this.#decided = given;
    return this.#decided === undefined;
  }

  made(): Omit<Decided, 'latencyMs'> {
    const by = this.#decided;
    const isReplaced = this.#replaced.length > 0 && (by === undefined || by.verdict.decision === 'DELIVER');
    const made = isReplaced ? this.#replaced : by ? [by] : [];
    return {
      verdict: isReplaced ? this.#replacement() : verdictOf(by, this.#default),
      rule: made[0]?.rule ?? null,
      isLate: !isReplaced && this.#isLate && (by === undefined || by.isFailure),
      failedRule: this.#failed?.rule ?? null,
      failure: this.#failed?.failure ?? null,
      matchedKeywords: [...new Set(made.flatMap(({ matched }) => matched))].slice(0, maxMatched),
      findings: this.#findings,
    };
  }

  #fail(rule: Rule, failure: DecisionFailure, detail: string | undefined): boolean {
    const { name, onFailure, isDryRun } = rule;
    const failed = { app: this.#asked.app, rule: name, failure, detail };
    this.#onFailure?.(failed);
    if (onFailure !== 'NEXT') this.#find(rule, onFailure, []);
    const isFinal = !isDryRun && onFailure !== 'NEXT' && onFailure !== 'FLAG';
    // What comes of it is late by the first failure, or by that of the rule that decides.
    if (!isDryRun && (isFinal || !this.#failed)) this.#isLate = isOfTime(failure);
    this.#failed ??= failed;
    if (isFinal) this.#decided = { rule: name, verdict: { decision: onFailure }, matched: [], isFailure: true };
    return !isFinal && failure !== 'DEADLINE';
  }

  #find({ name: rule, isDryRun }: Rule, action: RuleFinding['action'], matched: readonly string[]): void {
    const matchedKeywords = matched.slice(0, this.#left);
    this.#left -= matchedKeywords.length;
    this.#findings.push({ rule, action, isDryRun, matchedKeywords });
  }

  /** The first whole text that a rule gave, or the message's with everything starred out that rules found. */
  #replacement(): Verdict {
    const verdicts = this.#replaced.map(({ verdict }) => verdict);
    const { code, reason } = verdicts[0] ?? {};
    const { text } = this.#asked.texts;
    const parts = joined(verdicts.flatMap(({ parts: found = [] }) => found));
    const whole = verdicts.find((verdict) => verdict.text !== undefined)?.text;
    return { decision: 'REPLACE', text: whole ?? starred(text, parts), code, reason };
  }
}

function verdictOf(by: Answer | undefined, byDefault: MessageDecision): Verdict {
  if (!by || by.verdict.decision === 'FLAG') return { decision: byDefault };
  const { decision, text, code, reason } = by.verdict;
  return { decision, text, code, reason };
}

const isOfTime = (failure: DecisionFailure) => failure === 'DEADLINE' || failure === 'SERVICE_TIMED_OUT';

/** The text with a star for every letter of the parts, as far as they are in it. */
function starred(text: string, parts: readonly TextRange[]): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of parts) {
    shown += text.slice(from, start) + '*'.repeat([...text.slice(start, end)].length);
    from = end;
  }
  return shown + text.slice(from);
}
