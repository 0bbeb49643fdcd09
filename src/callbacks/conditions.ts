import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Content } from '../domain/content.ts';
import type { RuleSettings } from '../domain/decision.ts';
import type { Message } from '../domain/message.ts';

/** Senders whose last messages are remembered for a rate rule; the least active are forgotten first. */
const maxSenders = 50_000;
/** Memory of the moments of their messages. */
const maxRecentBytes = 16 * 1024 * 1024;

export type Condition = (message: Message) => boolean;

/** The conditions on who sends what where: all but words and rates. */
export function plainConditions({ senders, to, kinds }: RuleSettings): Condition[] {
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
  return conditions;
}

/** Holds for a sender's message that comes after `count` others within the last `seconds`. Counts every message it is asked for. */
export function beyondRate(
  { count, seconds }: { readonly count: number; readonly seconds: number },
  clock: Clock,
): Condition {
  const recent = new LRUCache<string, readonly number[]>({
    max: maxSenders,
    maxSize: maxRecentBytes,
    sizeCalculation: (times) => 300 + 8 * times.length,
  });
  return ({ senderId }) => {
    const now = clock.ticks();
    const within = (recent.get(senderId) ?? []).filter((at) => at > now - seconds * 1000);
    // No more than `count` are kept: one that is beyond does not lengthen the list.
    recent.set(senderId, [...within, now].slice(-count));
    return within.length >= count;
  };
}

/** Everything of a content that people read. */
export function textOf(content: Content | null | undefined): string {
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
