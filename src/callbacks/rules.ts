import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Content } from '../domain/content.ts';
import type { RuleSettings } from '../domain/decision.ts';
import type { Message } from '../domain/message.ts';
import type { MessageQuestion, Verdict } from '../vendors/vendor.ts';

/** Senders whose last messages are remembered for a rate rule; the least active are forgotten first. */
const maxSenders = 50_000;

/** One rule of a policy. */
export interface Rule {
  readonly name: string;
  /** In words, for `DecisionRule.kind`. */
  readonly kind: string;
  /** The verdict, or undefined for no opinion. Never rejects; ends soon after `signal`. */
  decide(
    app: string,
    question: MessageQuestion,
    signal: AbortSignal,
  ): Verdict | undefined | Promise<Verdict | undefined>;
}

/** Asks the operator's service; undefined for no opinion, and when it gives no good answer in time. */
export type Ask = (
  url: string,
  app: string,
  question: MessageQuestion,
  timeoutMs: number,
  signal: AbortSignal,
) => Promise<Verdict | undefined>;

const defaultAskMs = 1_000;

/** Makes a rule of its settings: every condition given must hold. */
export function makeRule(settings: RuleSettings, clock: Clock, ask: Ask): Rule {
  const conditions = conditionsOf(settings, clock);
  const words = settings.keywords ?? [];
  const { then, ask: url } = settings;
  return {
    name: settings.name,
    kind: kindOf(settings),
    decide(app, question, signal) {
      if (!conditions.every((holds) => holds(question.message))) return undefined;
      if (url !== undefined) return ask(url, app, question, settings.timeoutMs ?? defaultAskMs, signal);
      if (then === undefined) return undefined;
      const text = then === 'REPLACE' ? (settings.text ?? starred(textOf(question.message.content), words)) : undefined;
      return { decision: then, text, code: settings.code, reason: settings.reason };
    },
  };
}

function kindOf({ ask, keywords, perSender }: RuleSettings): string {
  if (ask !== undefined) return 'asks a service of the operator';
  if (keywords) return 'compares with a list of words';
  return perSender ? "limits a sender's rate" : 'goes by sender, place and kind';
}

type Condition = (message: Message) => boolean;

function conditionsOf({ senders, to, kinds, keywords, perSender }: RuleSettings, clock: Clock): Condition[] {
  const conditions: Condition[] = [];
  if (senders) {
    const known = new Set(senders);
    conditions.push(({ senderId }) => known.has(senderId));
  }
  if (to) {
    const places = new Set(to);
    conditions.push((message) => places.has(message.to.kind) || places.has(`${message.to.kind}:${message.to.id}`));
  }
  if (kinds) {
    const known = new Set(kinds);
    conditions.push(({ content }) => known.has(content?.kind ?? 'UNKNOWN'));
  }
  if (keywords) {
    const words = keywords.map(folded);
    conditions.push(({ content }) => {
      const text = folded(textOf(content));
      return words.some((word) => text.includes(word));
    });
  }
  // Last, so that only messages which everything else holds for are counted.
  if (perSender) conditions.push(beyondRate(perSender, clock));
  return conditions;
}

/** Holds for a sender's message that comes after `count` others within the last `seconds`. */
function beyondRate({ count, seconds }: { readonly count: number; readonly seconds: number }, clock: Clock): Condition {
  const recent = new LRUCache<string, readonly number[]>({ max: maxSenders });
  return ({ senderId }) => {
    const now = clock.ticks();
    const within = (recent.get(senderId) ?? []).filter((at) => at > now - seconds * 1000);
    // No more than `count` are kept: one that is beyond does not lengthen the list.
    recent.set(senderId, [...within, now].slice(-count));
    return within.length >= count;
  };
}

/** Everything of a content that people read. */
function textOf(content: Content | null | undefined): string {
  switch (content?.kind) {
    case 'TEXT':
    case 'STREAM':
    case 'NOTICE':
      return content.text ?? '';
    case 'REPLY':
      return `${content.text ?? ''}`;
    case 'LINK':
      return [content.title, content.text, content.url].filter(Boolean).join('\n');
    case 'MERGED':
      return [content.title, content.summary].filter(Boolean).join('\n');
    case 'COMPOSITE':
      return content.parts.map(textOf).join('\n');
    case 'FILE':
    case 'LOCATION':
      return content.name ?? '';
    case 'CUSTOM':
      return typeof content.data === 'string' ? content.data : JSON.stringify(content.data ?? '');
    default:
      return '';
  }
}

/** Letters as they are compared: full-width and compatibility forms as plain ones, in lower case. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase();

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The text with every letter of the words found as a star. Where folding changes lengths, all of it is starred. */
function starred(text: string, words: readonly string[]): string {
  const plain = folded(text);
  if (plain.length !== text.length) return '*'.repeat(text.length);
  const found = words.map(folded).filter((word) => plain.includes(word));
  const pattern = new RegExp(found.map((word) => escaped(word)).join('|'), 'g');
  let shown = '';
  let from = 0;
  for (const match of plain.matchAll(pattern)) {
    shown += text.slice(from, match.index) + '*'.repeat(match[0].length);
    from = match.index + match[0].length;
  }
  return shown + text.slice(from);
}
