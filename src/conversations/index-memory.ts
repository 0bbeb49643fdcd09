import { LRUCache } from 'lru-cache';
import type { EventPayload, ToldEvent } from '../domain/event.ts';
import type { Message, MessageKey, Receiver } from '../domain/message.ts';
import { conversationSubject } from '../domain/subject.ts';

const maxHistories = 20_000;
const maxMessagesEach = 500;
const maxOwners = 50_000;
const maxPeersEach = 1_000;

/** A conversation in a user's list. */
export interface Entry {
  readonly peer: Receiver;
  /** What the vendor's list told; the history may know of something later. */
  readonly listedAt: Date | null;
}

/**
 * What callbacks told of conversations, in memory and bounded: the newest messages of each, and for each user whom it is
 * in conversation with. Forgets the least used first.
 */
export class ConversationIndex {
  readonly #histories = new LRUCache<string, Message[]>({ max: maxHistories });
  readonly #owners = new LRUCache<string, Map<string, Entry>>({ max: maxOwners });
  readonly #seeded = new LRUCache<string, true>({ max: maxOwners });

  /** Moves on by an event of an app. */
  apply(app: string, payload: EventPayload): void {
    switch (payload.type) {
      case 'MESSAGE_SENT':
        this.add(app, payload.message);
        return;
      case 'MESSAGE_EDITED':
        this.#change(app, payload.message, (known) => ({
          ...known,
          content: payload.message.content,
          editedAt: payload.message.editedAt,
        }));
        return;
      case 'MESSAGE_RECALLED':
        // Callbacks come in no promised order: one of a message not told yet must not show it later.
        if (!this.find(app, payload.message)) this.add(app, payload.message);
        this.recall(app, payload.message, { recalledById: payload.actorId, note: payload.note });
        return;
      default:
        return;
    }
  }

  /**
   * A message that is told again is no news; with other content it is an edit. A recall is told of the message that is known
   * by its id: vendors name who recalled it in the place of who sent it, and do not tell chatrooms from groups.
   */
  refine(app: string, draft: ToldEvent): ToldEvent {
    const { payload } = draft;
    if (payload.type === 'MESSAGE_RECALLED') {
      const known = this.#meant(app, payload.message);
      if (!known) return draft;
      const { to, senderId, isFromUser, sentAt } = known;
      const message = { ...payload.message, to, senderId, isFromUser, sentAt };
      return { ...draft, payload: { ...payload, message } };
    }
    if (payload.type !== 'MESSAGE_SENT') return draft;
    const known = this.find(app, payload.message);
    if (!known || isRecalled(known) || JSON.stringify(known.content) === JSON.stringify(payload.message.content))
      return draft;
    const message = {
      ...payload.message,
      sentAt: known.sentAt,
      editedAt: payload.message.editedAt ?? draft.occurredAt,
    };
    return { ...draft, payload: { type: 'MESSAGE_EDITED', message, actorId: null, editCount: null } };
  }

  /** Leaves nothing of a message that is known but that it was recalled. */
  recall(
    app: string,
    message: MessageKey & Pick<Message, 'recalledAt' | 'raw'>,
    by: { readonly recalledById: string | null; readonly note: string | null },
  ): void {
    const { recalledAt, raw } = message;
    this.#change(app, message, (known) => ({
      ...known,
      content: { kind: 'RECALLED', ...by },
      mentions: null,
      metadata: null,
      recalledAt,
      raw,
    }));
  }

  /** Remembers a message as the newest of its conversation, and the conversation for those it is known to concern. */
  add(app: string, message: Message): void {
    const { to, senderId } = message;
    const name = historyName(app, to, senderId);
    const history = this.#histories.get(name) ?? [];
    if (history.some((known) => known.key === message.key && known.senderId === senderId)) return;
    history.push(message);
    history.sort((a, b) => timeOf(a) - timeOf(b));
    if (history.length > maxMessagesEach) history.shift();
    this.#histories.set(name, history);
    if (message.isFromUser) this.addPeer(app, senderId, { peer: to, listedAt: null });
    if (to.kind === 'direct') this.addPeer(app, to.id, { peer: { kind: 'direct', id: senderId }, listedAt: null });
  }

  addPeer(app: string, ownerId: string, entry: Entry): void {
    const name = `${app} ${ownerId}`;
    const entries = this.#owners.get(name) ?? new Map<string, Entry>();
    const peer = `${entry.peer.kind} ${entry.peer.id}`;
    const known = entries.get(peer);
    entries.delete(peer);
    entries.set(peer, { peer: entry.peer, listedAt: entry.listedAt ?? known?.listedAt ?? null });
    const oldest = entries.keys().next().value;
    if (entries.size > maxPeersEach && oldest !== undefined) entries.delete(oldest);
    this.#owners.set(name, entries);
  }

  peers(app: string, ownerId: string): readonly Entry[] {
    return [...(this.#owners.get(`${app} ${ownerId}`)?.values() ?? [])];
  }

  /** The messages known of a conversation, the oldest first. */
  history(app: string, ownerId: string, peer: Receiver): readonly Message[] {
    return this.#histories.get(historyName(app, peer, ownerId)) ?? [];
  }

  find(app: string, key: MessageKey): Message | null {
    const history = this.#histories.get(historyName(app, key.to, key.senderId)) ?? [];
    return history.find((message) => message.key === key.key && message.senderId === key.senderId) ?? null;
  }

  isSeeded(app: string, ownerId: string): boolean {
    return this.#seeded.has(`${app} ${ownerId}`);
  }

  markSeeded(app: string, ownerId: string): void {
    this.#seeded.set(`${app} ${ownerId}`, true);
  }

  /** The message of an id, whoever is said to have sent it. */
  #meant(app: string, { to, senderId, key }: MessageKey): Message | undefined {
    const places: readonly Receiver[] = to.kind === 'group' ? [to, { ...to, kind: 'chatroom' }] : [to];
    return places
      .flatMap((place) => this.#histories.get(historyName(app, place, senderId)) ?? [])
      .find((message) => message.key === key);
  }

  #change(app: string, message: MessageKey, make: (known: Message) => Message): void {
    const history = this.#histories.get(historyName(app, message.to, message.senderId));
    const index = history?.findIndex((known) => known.key === message.key) ?? -1;
    const known = history?.[index];
    if (history && known) history[index] = make(known);
  }
}

export const isRecalled = (message: Message) => message.content?.kind === 'RECALLED';

export const timeOf = (message: Message) => message.sentAt?.getTime() ?? 0;

/** Direct conversations have one history whoever of the two is asked for. */
function historyName(app: string, peer: Receiver, otherId: string): string {
  return `${app} ${conversationSubject(peer, otherId)}`;
}
