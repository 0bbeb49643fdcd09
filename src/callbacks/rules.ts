import type { Clock } from '../clock.ts';
import type { OnFailure, RuleSettings } from '../domain/decision.ts';
import { type Health, HealthMeter } from '../net/health.ts';
import type { MessageQuestion } from '../vendors/vendor.ts';
import type { Ask, RuleAnswer } from './ask.ts';
import { beyondRate, plainConditions, textConditionsOf } from './conditions.ts';
import { RuleWords, type RuleWordTables, type SearchedText } from './rule-words.ts';
import { maxMatched } from './word-lists.ts';

/** A question with its texts, looked at once for all rules. */
export interface Asked {
  readonly app: string;
  readonly question: MessageQuestion;
  readonly texts: SearchedText;
  /** For a trial: takes the rules that would ask a service. Nothing is counted then, and none is asked. Else null. */
  readonly notAsked: string[] | null;
}

/** One rule of a policy. */
export interface Rule {
  readonly name: string;
  /** In words, for `DecisionRule.kind`. */
  readonly kind: string;
  readonly onFailure: OnFailure;
  readonly isDryRun: boolean;
  /** How the last minute's questions to its service went; null for rules that ask none. */
  readonly health: (() => Health) | null;
  /** What of its words, regular expressions and links is in what receivers are shown, at most 20. */
  matched(asked: Asked): readonly string[];
  /** Never rejects; ends soon after `signal`. */
  decide(asked: Asked, signal: AbortSignal): RuleAnswer | Promise<RuleAnswer>;
}

const defaultAskMs = 1_000;
/** So many failures on end are more than a slow moment. */
const failuresOfDown = 10;

/** What rules remember from message to message, by what it belongs to: it outlives a change of the other rules. */
type Memory = Map<string, unknown>;

export interface Rules {
  readonly all: readonly Rule[];
  readonly words: RuleWords;
  readonly memory: Memory;
}

interface RulesOptions {
  readonly clock: Clock;
  readonly ask: Ask;
  /** Whether the vendor's user ids do not tell capitals from small letters. */
  readonly ignoresCase: boolean;
  /** What these remember is kept where the same rule has the same settings for it. */
  readonly before?: Rules;
  /** Of the words, where they were made before. */
  readonly tables?: RuleWordTables;
}

/** Makes rules of their settings. */
export function makeRules(
  settings: readonly RuleSettings[],
  { clock, ask, ignoresCase, before, tables }: RulesOptions,
): Rules {
  const words = new RuleWords(settings, tables);
  const memory: Memory = new Map();
  const remember: RulePlace['remember'] = (name, of, make) => {
    const key = JSON.stringify([name, of]);
    const known = (before?.memory.get(key) as ReturnType<typeof make> | undefined) ?? make();
    memory.set(key, known);
    return known;
  };
  const all = settings.map((each, index) => makeRule(each, { words, index, clock, ask, ignoresCase, remember }));
  return { all, words, memory };
}

interface RulePlace {
  readonly words: RuleWords;
  /** The rule's list among the words. */
  readonly index: number;
  readonly clock: Clock;
  readonly ask: Ask;
  readonly ignoresCase: boolean;
  readonly remember: <T>(name: string, of: unknown, make: () => T) => T;
}

function makeRule(settings: RuleSettings, place: RulePlace): Rule {
  const { words, index, clock, ignoresCase, remember } = place;
  const { name, onFailure = 'NEXT', then, ask: url, perSender, dryRun: isDryRun = false } = settings;
  const conditions = plainConditions(settings, ignoresCase);
  const inTexts = textConditionsOf(settings, index, words);
  // Last, so that only messages which everything else holds for are counted.
  const isBeyond = perSender && remember(name, { perSender }, () => beyondRate(perSender, clock));
  const { timeoutMs, secret, headers } = settings;
  const questions =
    url === undefined
      ? null
      : remember(name, { url, timeoutMs, secret, headers }, () => new Questions(url, settings, place));
  const acceptIn = ({ texts }: Asked) => words.acceptIn(texts.shown, settings, index);
  return {
    name,
    kind: kindOf(settings),
    onFailure,
    isDryRun,
    health: questions && (() => questions.health()),
    matched(asked) {
      const accept = acceptIn(asked);
      const found = inTexts.flatMap((condition) => condition.matched(asked.texts, accept));
      return [...new Set(found)].slice(0, maxMatched);
    },
    decide(asked, signal) {
      const { question, texts, notAsked } = asked;
      if (!conditions.every((holds) => holds(question.message))) return undefined;
      const accept = inTexts.length > 0 ? acceptIn(asked) : undefined;
      const looked = inTexts.map((condition) => condition.look(texts, accept));
      // What is not in any of the text is no matter of its length.
      if (looked.some(({ isFound, isWhole }) => !isFound && isWhole)) return undefined;
      if (looked.some(({ isFound }) => !isFound)) return { failure: 'TEXT_TOO_LONG' };
      if (isBeyond && !isBeyond(question.message, notAsked !== null)) return undefined;
      if (questions && notAsked) notAsked.push(name);
      else if (questions) return questions.ask(asked, signal);
      if (then === undefined) return undefined;
      const { text, code, reason } = settings;
      if (then !== 'REPLACE' || text !== undefined) return { verdict: { decision: then, text, code, reason } };
      const found = inTexts.map((condition) => condition.places(texts, accept));
      // What was not looked at cannot be starred out.
      if (!found.every(({ isWhole }) => isWhole)) return { verdict: { decision: 'REFUSE', code, reason } };
      return { verdict: { decision: then, parts: found.flatMap(({ places }) => places), code, reason } };
    },
  };
}

/** The questions of one rule to its service, and how they go. */
class Questions {
  readonly #service: Parameters<Ask>[0];
  readonly #ask: Ask;
  readonly #clock: Clock;
  readonly #meter: HealthMeter;
  #failures = 0;

  constructor(url: string, { timeoutMs = defaultAskMs, secret, headers }: RuleSettings, { ask, clock }: RulePlace) {
    this.#service = { url, timeoutMs, secret, headers };
    this.#ask = ask;
    this.#clock = clock;
    this.#meter = new HealthMeter(clock, () => this.#failures >= failuresOfDown);
  }

  health(): Health {
    return this.#meter.read();
  }

  async ask({ app, question }: Asked, signal: AbortSignal): Promise<RuleAnswer> {
    const startedAt = this.#clock.ticks();
    const answer = await this.#ask(this.#service, app, question, signal);
    const isGood = answer === undefined || 'verdict' in answer;
    this.#failures = isGood ? 0 : this.#failures + 1;
    this.#meter.record(isGood, this.#clock.ticks() - startedAt);
    return answer;
  }
}

function kindOf({ ask, keywords, patterns, links, perSender }: RuleSettings): string {
  if (ask !== undefined) return 'asks a service of the operator';
  if (keywords) return 'compares with a list of words';
  if (patterns) return 'compares with regular expressions';
  if (links) return 'looks for links';
  return perSender ? "limits a sender's rate" : 'goes by sender, place and kind';
}
