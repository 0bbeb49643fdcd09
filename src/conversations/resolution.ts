import type { AppView } from '../domain/context.ts';
import type { HistoryKey, Message, MessageFacts, MessageKey } from '../domain/message.ts';
import { conversationSubject } from '../domain/subject.ts';
import { AppError } from '../errors.ts';

/** Pages of 100 messages that are read of one conversation, the latest first. */
const maxPages = 3;
/** Reads of pages, and of single messages of a conversation, in a request. */
const maxReads = 10;

/** The history of what a conversation is with, as the app sees it; a user's conversations with each other have one each. */
export const histories = {
  direct: 'Conversation.messages',
  group: 'Group.messages',
  chatroom: 'Chatroom.messages',
} as const satisfies Record<MessageKey['to']['kind'], string>;

/** Asks a vendor what messages really are, in a bounded number of calls in a request. */
export class MessageResolution {
  #readsLeft = maxReads;

  /** The message of each claim, in their order; null where it is not found, or not what the claim says. */
  async ask(view: AppView, claims: readonly MessageKey[]): Promise<readonly (MessageFacts | null)[]> {
    const conversations = Map.groupBy(claims, ({ to, senderId }) => conversationSubject(to, senderId));
    const asked = await Promise.all([...conversations.values()].map((wanted) => this.#askOne(view, wanted)));
    const found = asked.flat();
    return claims.map((claim) => found.find((message) => isAsClaimed(message, claim)) ?? null);
  }

  /** What is found of one conversation. */
  async #askOne(view: AppView, claims: readonly MessageKey[]): Promise<readonly Message[]> {
    const [first] = claims;
    if (!first || this.#readsLeft <= 0) return [];
    if (view.has('Query.message')) {
      this.#readsLeft -= 1;
      const asked = claims.map((claim) => view.load('Query.message', claim).catch(unlessTemporary));
      return (await Promise.all(asked)).filter((message) => message !== null);
    }
    const { to, senderId } = first;
    if (!view.has(histories[to.kind])) return [];
    const key: HistoryKey = { peer: to, ...(to.kind === 'direct' && { ownerId: senderId }) };
    return this.#search(view, key, claims);
  }

  /** Reads a history until every message claimed was seen, or as far as its bound. */
  async #search(view: AppView, key: HistoryKey, claims: readonly MessageKey[]): Promise<readonly Message[]> {
    const missing = new Set(claims.map((claim) => claim.key));
    const found: Message[] = [];
    let position: string | undefined;
    for (let page = 0; page < maxPages && this.#readsLeft > 0; page += 1) {
      this.#readsLeft -= 1;
      const request = { position, limit: 100 };
      const got = await view.page(histories[key.peer.kind], key, request).catch(unlessTemporary);
      for (const message of got?.items ?? []) if (missing.delete(message.key)) found.push(message);
      position = got?.next;
      if (missing.size === 0 || position === undefined) break;
    }
    return found;
  }
}

/** Whether a message was sent by whom, and to where, a claim says. */
export const isAsClaimed = (message: MessageFacts, { to, senderId, key }: MessageKey): boolean =>
  message.key === key && message.senderId === senderId && message.to.kind === to.kind && message.to.id === to.id;

/** A vendor that answers that it has no such thing, or no such read, tells of no message. Throws what another try may mend. */
function unlessTemporary(error: unknown): null {
  if (error instanceof AppError && error.retry !== 'backoff') return null;
  throw error;
}
