import type { ConversationSettings } from '../domain/conversation.ts';
import type { EventPayload, ToldEvent } from '../domain/event.ts';
import { isFor, type Message, type MessageKey, type Receiver } from '../domain/message.ts';
import { conversationSubject } from '../domain/subject.ts';
import type { StoredEvent } from '../events/log.ts';
import { type ConversationStore, type Entry, refOf, timeOf, withAudience } from './store.ts';

/**
 * What callbacks told of conversations: the newest messages of each, for each user whom it is in conversation with, and up to
 * when it has read. No vendor keeps all of it. Moved on by the log's events, in their order.
 */
export class ConversationIndex {
  readonly #store: ConversationStore;

  constructor(store: ConversationStore) {
    this.#store = store;
  }

  /** Moves on by an event; one that it was moved on by before changes nothing. */
  apply({ app, epoch, offset, draft: { payload, occurredAt } }: StoredEvent): void {
    const applied = this.#store.applied(app);
    if (applied?.epoch === epoch && applied.offset >= offset) return;
    this.#move(app, payload, occurredAt);
    this.#store.setApplied(app, { epoch, offset });
  }

  #move(app: string, payload: EventPayload, at: Date): void {
    switch (payload.type) {
      case 'MESSAGE_SENT':
        this.#sent(app, payload.message, payload.source === 'CLIENT');
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
      case 'MESSAGE_READ': {
        const { message, readerId } = payload;
        const readAt = this.find(app, message)?.sentAt ?? message.sentAt;
        if (readAt) this.markRead(app, readerId, peerFor(message, readerId), readAt);
        return;
      }
      case 'CONVERSATION_READ':
        this.markRead(app, payload.readerId, payload.peer, at);
        return;
      case 'SPACE_CREATED':
        this.#enter(
          app,
          payload.space,
          [...payload.memberIds, ...(payload.ownerId === null ? [] : [payload.ownerId])],
          at,
        );
        return;
      case 'MEMBERS_JOINED':
        this.#enter(app, payload.space, payload.userIds, at);
        return;
      case 'MEMBERS_LEFT':
        this.left(app, payload.space, payload.userIds);
        return;
      case 'SPACE_DELETED':
        this.left(app, payload.space, payload.memberIds ?? []);
        return;
      default:
        return;
    }
  }

  /**
   * Makes of what was told what only a look at earlier events can tell. A message that is told again is no news; with other content
   * it is an edit. What names a message only is told of the message that is known by its id: of recalls vendors name who recalled
   * in the place of who sent, and do not tell chatrooms from groups.
   */
  refine(app: string, told: ToldEvent): ToldEvent {
    const { payload, isKindGuessed = false } = told;
    switch (payload.type) {
      case 'MESSAGE_EDITED':
      case 'MESSAGE_RECALLED': {
        if (payload.type === 'MESSAGE_EDITED' && !isKindGuessed) return told;
        const known = this.#meant(app, payload.message, isKindGuessed);
        if (!known) return told;
        const { to, senderId, isFromUser, sentAt } = known;
        return { ...told, payload: { ...payload, message: { ...payload.message, to, senderId, isFromUser, sentAt } } };
      }
      case 'MESSAGE_READ':
      case 'REACTIONS_CHANGED':
      case 'RECEIVER_OFFLINE':
      case 'MESSAGE_MODERATED': {
        const known = payload.message.content === null ? this.#meant(app, payload.message) : undefined;
        return known ? { ...told, payload: { ...payload, message: known } } : told;
      }
      case 'MESSAGES_DELETED': {
        const messages = payload.messages.map((each) =>
          each.content === null ? (this.#meant(app, each) ?? each) : each,
        );
        return { ...told, payload: { ...payload, messages } };
      }
      case 'PUSH_FINISHED': {
        const known = payload.message && this.#meant(app, payload.message);
        return known ? { ...told, payload: { ...payload, message: known } } : told;
      }
      case 'MESSAGE_SENT': {
        const known = this.find(app, payload.message);
        if (!known || isRecalled(known)) return told;
        const isAsKnown = isSame(known, payload.message);
        // An edit made from here is known before the vendor tells the message again.
        if (isAsKnown && !known.editedAt) return told;
        const editedAt = payload.message.editedAt ?? (isAsKnown ? known.editedAt : null) ?? told.occurredAt;
        const message = { ...payload.message, sentAt: known.sentAt, editedAt };
        return { ...told, payload: { type: 'MESSAGE_EDITED', message, actorId: null, editCount: null } };
      }
      default:
        return told;
    }
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

  /** Remembers a message of a conversation, and the conversation for those it is known to concern. */
  add(app: string, message: Message): void {
    if (message.audience) this.#store.putAudience(refOf(app, message), message.key, message.audience);
    if (!this.find(app, message)) this.#store.putMessage(refOf(app, message), this.withAudience(app, message));
    for (const [ownerId, peer] of partsOf(message)) this.addEntry(app, ownerId, peer, null);
  }

  /** The message with whom it is for, as far as that is known: histories of vendors do not tell it. */
  withAudience(app: string, message: Message): Message {
    return withAudience(this.#store, app, message);
  }

  /** A conversation of a user's list; what is known of it stays. */
  addEntry(app: string, ownerId: string, peer: Receiver, listedAt: Date | null): void {
    const known = this.#store.entry(app, ownerId, peer);
    this.#store.putEntry(app, ownerId, {
      peer,
      listedAt: listedAt ?? known?.listedAt ?? null,
      readAt: known?.readAt ?? null,
      isPinned: known?.isPinned ?? null,
    });
  }

  /** Its owner has read up to a moment; never less than before. */
  markRead(app: string, ownerId: string, peer: Receiver, readAt: Date): void {
    const known = this.#store.entry(app, ownerId, peer) ?? { peer, listedAt: null, readAt: null, isPinned: null };
    if ((known.readAt?.getTime() ?? Number.NEGATIVE_INFINITY) >= readAt.getTime()) return;
    this.#store.putEntry(app, ownerId, { ...known, readAt });
  }

  pin(app: string, ownerId: string, peer: Receiver, isPinned: boolean): void {
    const known = this.#store.entry(app, ownerId, peer) ?? { peer, listedAt: null, readAt: null };
    this.#store.putEntry(app, ownerId, { ...known, isPinned });
  }

  /** What a message says now, where it is known. */
  edit(app: string, message: Message): void {
    const { content, mentions, metadata, editedAt } = message;
    this.#change(app, message, (known) => ({ ...known, content, mentions, metadata, editedAt }));
  }

  settings(app: string, ownerId: string, peer: Receiver): ConversationSettings {
    return this.#store.settings(app, ownerId, peer) ?? { clearedAt: null, notificationLevel: null, labels: null };
  }

  set(app: string, ownerId: string, peer: Receiver, change: Partial<ConversationSettings>): void {
    this.#store.putSettings(app, ownerId, peer, { ...this.settings(app, ownerId, peer), ...change });
  }

  /** Whether a message is in its owner's history: it may be for others only, and the history may have been emptied since. */
  isKept(app: string, ownerId: string, peer: Receiver, message: Message): boolean {
    if (!isFor(this.withAudience(app, message), ownerId)) return false;
    const { clearedAt } = this.settings(app, ownerId, peer);
    return clearedAt === null || timeOf(message) > clearedAt.getTime();
  }

  /** Takes a conversation off its owner's list, until something happens in it. */
  remove(app: string, ownerId: string, peer: Receiver): void {
    this.#store.removeEntry(app, ownerId, peer);
  }

  /** Takes the conversations with a space off the lists of those who left it. */
  left(app: string, space: Receiver, userIds: readonly string[]): void {
    for (const userId of userIds) this.#store.removeEntry(app, userId, space);
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    return this.#store.entry(app, ownerId, peer);
  }

  entries(app: string, ownerId: string): readonly Entry[] {
    return this.#store.entries(app, ownerId);
  }

  /**
   * How many messages of others came since the owner has read; null when it is not known up to when it has, or when the messages
   * kept do not reach back so far.
   */
  unreadCount(app: string, ownerId: string, peer: Receiver): number | null {
    const readAt = this.#store.entry(app, ownerId, peer)?.readAt?.getTime();
    if (readAt === undefined) return null;
    const all = this.#history(app, ownerId, peer);
    const oldest = all[0];
    if (oldest && all.length >= this.#store.bounds.maxMessagesEach && timeOf(oldest) > readAt) return null;
    const history = this.history(app, ownerId, peer);
    return history.filter((each) => timeOf(each) > readAt && each.senderId !== ownerId && !isRecalled(each)).length;
  }

  /** The messages known of a conversation that are in its owner's history, the oldest first. */
  history(app: string, ownerId: string, peer: Receiver): readonly Message[] {
    const { clearedAt } = this.settings(app, ownerId, peer);
    const since = clearedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    return this.#history(app, ownerId, peer).filter((each) => isFor(each, ownerId) && timeOf(each) > since);
  }

  /** The messages known of a space, whoever they are for, the oldest first. */
  spaceHistory(app: string, space: Receiver): readonly Message[] {
    return this.#history(app, '', space);
  }

  #history(app: string, ownerId: string, peer: Receiver): readonly Message[] {
    return this.#store.history({ app, conversation: conversationSubject(peer, ownerId) });
  }

  find(app: string, key: MessageKey): Message | null {
    return this.#store.message(refOf(app, key), key.key, key.senderId) ?? null;
  }

  isSeeded(app: string, ownerId: string): boolean {
    return this.#store.isSeeded(app, ownerId);
  }

  markSeeded(app: string, ownerId: string): void {
    this.#store.markSeeded(app, ownerId);
  }

  /** A conversation that begins with a message is followed from its beginning: everything in it is unread. */
  #sent(app: string, message: Message, isFromClient: boolean): void {
    const beginsAt = new Date(timeOf(message) - 1);
    const isNew = partsOf(message).filter(
      ([ownerId, peer]) => peer.kind === 'direct' && !this.#store.entry(app, ownerId, peer),
    );
    this.add(app, message);
    for (const [ownerId, peer] of isNew) this.markRead(app, ownerId, peer, beginsAt);
    // Who writes in a conversation has it open.
    if (message.isFromUser && isFromClient && message.sentAt)
      this.markRead(app, message.senderId, message.to, message.sentAt);
  }

  #enter(app: string, space: Receiver, userIds: readonly string[], at: Date): void {
    if (space.kind !== 'group') return;
    for (const userId of userIds) {
      this.addEntry(app, userId, space, null);
      this.markRead(app, userId, space, at);
    }
  }

  /** The message of an id, whoever is said to have sent it; in a conversation of any kind where that is a guess. */
  #meant(app: string, { to, senderId, key }: MessageKey, isKindGuessed = false): Message | undefined {
    const others = isKindGuessed ? receiverKinds : to.kind === 'group' ? (['chatroom'] as const) : [];
    const places: readonly Receiver[] = [to, ...others.map((kind) => ({ ...to, kind }))];
    for (const place of places) {
      const found = this.#store.message({ app, conversation: conversationSubject(place, senderId) }, key);
      if (found) return found;
    }
    return undefined;
  }

  #change(app: string, message: MessageKey, make: (known: Message) => Message): void {
    const ref = refOf(app, message);
    const known = this.#store.message(ref, message.key);
    if (known) this.#store.putMessage(ref, make(known));
  }
}

const receiverKinds = ['direct', 'group', 'chatroom'] as const;

export const isRecalled = (message: Message) => message.content?.kind === 'RECALLED';

const isSame = (one: Message, other: Message) => JSON.stringify(one.content) === JSON.stringify(other.content);

/** Whom a message concerns, each with its side of the conversation. Of a space only the sender is known. */
function partsOf(message: Message): (readonly [ownerId: string, peer: Receiver])[] {
  const { to, senderId, isFromUser } = message;
  const sender = isFromUser ? [[senderId, to] as const] : [];
  return to.kind === 'direct' ? [...sender, [to.id, { kind: 'direct', id: senderId }]] : sender;
}

/** The conversation that a message is in, for one of its users. */
const peerFor = ({ to, senderId }: MessageKey, ownerId: string): Receiver =>
  to.kind === 'direct' && to.id === ownerId ? { kind: 'direct', id: senderId } : to;
