import { LRUCache } from 'lru-cache';
import type { MessageFacts, MessageKey } from '../domain/message.ts';
import { conversationSubject } from '../domain/subject.ts';

const maxMessages = 20_000;

/**
 * Whose the messages are that were sent from here, the newest 20,000 of all apps: for the time before a callback tells of them, and
 * for vendors that keep no history.
 */
export class SentMessages {
  readonly #messages = new LRUCache<string, MessageFacts>({ max: maxMessages });

  add(app: string, { to, senderId, key, isFromUser }: MessageFacts): void {
    const name = nameOf(app, { to, senderId, key });
    this.#messages.set(name, { to, senderId, key, isFromUser });
  }

  find(app: string, key: MessageKey): MessageFacts | null {
    return this.#messages.get(nameOf(app, key)) ?? null;
  }
}

const nameOf = (app: string, { to, senderId, key }: MessageKey): string =>
  JSON.stringify([app, conversationSubject(to, senderId), key, senderId]);
