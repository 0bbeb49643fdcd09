import type { Clock } from '../clock.ts';
import type { OnFailure, RuleSettings } from '../domain/decision.ts';
import type { Message } from '../domain/message.ts';
import { type Health, HealthMeter } from '../net/health.ts';
import type { MessageQuestion } from '../vendors/vendor.ts';
import type { Ask, RuleAnswer } from './ask.ts';
import { beyondRate, plainConditions, textOf } from './conditions.ts';
import { WordLists } from './word-lists.ts';

/** A question with what rules want to know of it, looked at once for all of them. */
export interface Asked {
  readonly app: string;
  readonly question: MessageQuestion;
  readonly text: string;
  /** With the other texts that receivers are shown: what words are looked for in. */
  readonly shown: string;
  /** The rules whose words are in the text, by their places, and whether all of the text was looked at. */
  readonly words: ReturnType<WordLists['find']>;
}

/** One rule of a policy. */
export interface Rule {
  readonly name: string;
  /** In words, for `DecisionRule.kind`. */
  readonly kind: string;
  readonly onFailure: OnFailure;
  /** How the last minute's questions to its service went; null for rules that ask none. */
  readonly health: (() => Health) | null;
  /** The words of its list that are in what receivers are shown, at most 20. */
  matched(asked: Asked): readonly string[];
  /** Never rejects; ends soon after `signal`. */
  decide(asked: Asked, signal: AbortSignal): RuleAnswer | Promise<RuleAnswer>;
}

const defaultAskMs = 1_000;
/** So many failures on end are more than a slow moment. */
const failuresOfDown = 10;

/** Makes rules of their settings, and what looks at a question for them. */
export function makeRules(all: readonly RuleSettings[], clock: Clock, ask: Ask) {
  const words = new WordLists(all.map(({ keywords }) => keywords ?? []));
  const rules = all.map((settings, index) => makeRule(settings, { words, index, clock, ask }));
  return { rules, look: (app: string, question: MessageQuestion) => look(app, question, words) };
}

function look(app: string, question: MessageQuestion, words: WordLists): Asked {
  const text = textOf(question.message.content);
  const shown = [text, ...(question.otherTexts ?? [])].join('\n');
  let found: Asked['words'] | undefined;
  return {
    app,
    question,
    text,
    shown,
    get words() {
      found ??= words.find(shown);
      return found;
    },
  };
}

interface RulePlace {
  readonly words: WordLists;
  /** The rule's list among the words. */
  readonly index: number;
  readonly clock: Clock;
  readonly ask: Ask;
}

function makeRule(settings: RuleSettings, place: RulePlace): Rule {
  const { words, index, clock } = place;
  const { name, onFailure = 'NEXT', then, ask: url } = settings;
  const conditions = plainConditions(settings);
  // Last, so that only messages which everything else holds for are counted.
  const isBeyond = settings.perSender ? beyondRate(settings.perSender, clock) : () => true;
  const hasWords = settings.keywords !== undefined;
  const questions = url === undefined ? null : new Questions(url, settings, place);
  const holds = (message: Message) => conditions.every((condition) => condition(message));
  return {
    name,
    kind: kindOf(settings),
    onFailure,
    health: questions && (() => questions.health()),
    matched: ({ shown }) => (hasWords ? words.matched(shown, index) : []),
    decide(asked, signal) {
      const { message } = asked.question;
      if (!holds(message)) return undefined;
      if (hasWords && !asked.words.lists.has(index)) {
        return asked.words.isWhole ? undefined : { failure: 'TEXT_TOO_LONG' };
      }
      if (!isBeyond(message)) return undefined;
      if (questions) return questions.ask(asked, signal);
      if (then === undefined) return undefined;
      const { text, code, reason } = settings;
      if (then !== 'REPLACE' || text !== undefined) return { verdict: { decision: then, text, code, reason } };
      // What was not looked at cannot be starred out.
      if (!asked.words.isWhole) return { verdict: { decision: 'REFUSE', code, reason } };
      return { verdict: { decision: then, text: starred(asked.text, words.ranges(asked.text, index)), code, reason } };
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

function kindOf({ ask, keywords, perSender }: RuleSettings): string {
  if (ask !== undefined) return 'asks a service of the operator';
  if (keywords) return 'compares with a list of words';
  return perSender ? "limits a sender's rate" : 'goes by sender, place and kind';
}

/** The text with a star for every letter of the parts. */
function starred(text: string, parts: ReturnType<WordLists['ranges']>): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of parts) {
    shown += text.slice(from, start) + '*'.repeat([...text.slice(start, end)].length);
    from = end;
  }
  return shown + text.slice(from);
}
