import type { ConversationSettings } from '../domain/conversation.ts';
import type { ToldEvent } from '../domain/event.ts';
import { isFor, type Message, type MessageFacts, type MessageKey, type Receiver } from '../domain/message.ts';
import type { Page, PageRequest } from '../domain/page.ts';
import { conversationSubject } from '../domain/subject.ts';
import type { StoredEvent } from '../events/log.ts';
import { moves } from './event-moves.ts';
import { conversationKinds } from './kinds.ts';
import { readPlace, writePlace } from './place.ts';
import { isRecalled, refined } from './refine.ts';
import { type ConversationStore, type Entry, refOf, type Tally, timeOf, withAudience } from './store.ts';

/** The spaces that a user is a member of; all of them where the list is whole. */
export interface Memberships {
  readonly spaces: readonly Receiver[];
  readonly isWhole: boolean;
}

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
    moves(payload)?.(this, app, occurredAt);
    this.#store.setApplied(app, { epoch, offset });
  }

  refine(app: string, told: ToldEvent): ToldEvent {
    return refined(told, {
      find: (key) => this.find(app, key),
      meant: (key, isKindGuessed) => this.#meant(app, key, isKindGuessed),
    });
  }

  /** A message that an event told: it is in the conversations of those whom it concerns, and counted. */
  told(app: string, message: Message): void {
    // What is delivered and not kept is in no conversation.
    if (message.isStored === false) return;
    const before = this.#store.tally(refOf(app, message));
    if (this.#put(app, message, undefined)) this.#count(app, message);
    for (const [ownerId, peer] of conversationKinds[message.to.kind].parts(message)) {
      this.addEntry(app, ownerId, peer, null);
      // Who writes in a conversation has read it, whichever way the message came.
      if (ownerId === message.senderId && message.sentAt) this.markRead(app, ownerId, peer, message.sentAt);
    }
    this.#tellAudience(app, message, before);
  }

  /** A message that was read from a user's own history. It may be in nobody else's, and is news to nobody. */
  read(app: string, ownerId: string, message: Message): void {
    this.#put(app, message, message.to.kind === 'direct' ? ownerId : null);
  }

  /** The message with whom it is for, as far as that is known: histories of vendors do not tell it. */
  withAudience<M extends MessageFacts>(app: string, message: M): M {
    return withAudience(this.#store, app, message);
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

  /** Callbacks come in no promised order: a recall of a message not told yet must not let it show later. */
  recallTold(app: string, message: Message, by: Parameters<ConversationIndex['recall']>[2]): void {
    if (!this.find(app, message)) this.#put(app, message, undefined);
    this.recall(app, message, by);
  }

  /** What a message says now, where it is known. */
  edit(app: string, message: Message): void {
    const { content, mentions, metadata, editedAt } = message;
    this.#change(app, message, (known) => ({ ...known, content, mentions, metadata, editedAt }));
  }

  /** The same as an event tells it, which says of the content only. */
  editTold(app: string, { content, editedAt, ...key }: Message): void {
    this.#change(app, key, (known) => ({ ...known, content, editedAt }));
  }

  /** A conversation of a user's list; what is known of it stays, also that the user took it off the list. */
  addEntry(app: string, ownerId: string, peer: Receiver, listedAt: Date | null): void {
    const known = this.#store.entry(app, ownerId, peer);
    const hiddenAt = known?.hiddenAt === neverListed ? undefined : known?.hiddenAt;
    const entry = { ...newEntry(peer), ...known, listedAt: listedAt ?? known?.listedAt ?? null, hiddenAt };
    this.#store.putEntry(app, ownerId, entry);
  }

  /** Users have come into a space: it is on their lists, and what is said from now on is unread. */
  entered(app: string, space: Receiver, userIds: readonly string[], at: Date): void {
    if (!conversationKinds[space.kind].isListed) return;
    const { latestAt } = this.#store.tally({ app, conversation: conversationSubject(space, '') });
    // Some vendors say the second only: what was told before was said before.
    const readAt = new Date(Math.max(at.getTime(), latestAt?.getTime() ?? 0));
    for (const userId of userIds) {
      const known = this.#store.entry(app, userId, space);
      this.#store.putEntry(app, userId, { ...newEntry(space), ...known, listedAt: at, hiddenAt: undefined });
      this.markRead(app, userId, space, readAt);
    }
    this.#setOver(app, space, false);
  }

  /** Users have left a space: it is on their lists no more. All of them where none are named, since the space is no more. */
  left(app: string, space: Receiver, userIds: readonly string[] | null): void {
    for (const userId of userIds ?? []) this.#store.removeEntry(app, userId, space);
    if (userIds === null) this.#setOver(app, space, true);
  }

  /** Its owner has read up to a moment; never less than before. That begins no conversation. */
  markRead(app: string, ownerId: string, peer: Receiver, readAt: Date): void {
    const known = this.#store.entry(app, ownerId, peer) ?? { ...newEntry(peer), hiddenAt: neverListed };
    if ((known.readAt?.getTime() ?? Number.NEGATIVE_INFINITY) >= readAt.getTime()) return;
    const ref = { app, conversation: conversationSubject(peer, ownerId) };
    const { counted, latestAt } = this.#store.tally(ref);
    const isAllRead = !latestAt || latestAt.getTime() <= readAt.getTime();
    const later = isAllRead ? 0 : this.#store.history(ref, readAt.getTime()).filter(isCounted).length;
    this.#store.putEntry(app, ownerId, { ...known, readAt, readCount: counted - later });
  }

  /** The owner has read a message, and what came before it. */
  markMessageRead(app: string, ownerId: string, message: MessageKey & Pick<Message, 'sentAt'>): void {
    const readAt = this.find(app, message)?.sentAt ?? message.sentAt;
    const peer = conversationKinds[message.to.kind].peerFor(message, ownerId);
    if (readAt) this.markRead(app, ownerId, peer, readAt);
  }

  pin(app: string, ownerId: string, peer: Receiver, isPinned: boolean): void {
    this.#store.putEntry(app, ownerId, { ...(this.#store.entry(app, ownerId, peer) ?? newEntry(peer)), isPinned });
  }

  settings(app: string, ownerId: string, peer: Receiver): ConversationSettings {
    return this.#store.settings(app, ownerId, peer) ?? { clearedAt: null, notificationLevel: null, labels: null };
  }

  set(app: string, ownerId: string, peer: Receiver, change: Partial<ConversationSettings>): void {
    this.#store.putSettings(app, ownerId, peer, { ...this.settings(app, ownerId, peer), ...change });
    // What the owner's history lost is not unread any more.
    if (change.clearedAt && this.#store.entry(app, ownerId, peer)) this.markRead(app, ownerId, peer, change.clearedAt);
  }

  /** Whether a message is in its owner's history: it may be for others only, and the history may have been emptied since. */
  isKept(app: string, ownerId: string, peer: Receiver, message: Message): boolean {
    if (!isFor(this.withAudience(app, message), ownerId)) return false;
    const { clearedAt } = this.settings(app, ownerId, peer);
    return clearedAt === null || timeOf(message) > clearedAt.getTime();
  }

  /** The same for one of those in its conversation, whichever it is. */
  isKeptFor(app: string, userId: string, message: Message): boolean {
    return this.isKept(app, userId, conversationKinds[message.to.kind].peerFor(message, userId), message);
  }

  /** Takes a conversation off its owner's list, until something happens in it. */
  remove(app: string, ownerId: string, peer: Receiver): void {
    const known = this.#store.entry(app, ownerId, peer) ?? newEntry(peer);
    this.#store.putEntry(app, ownerId, { ...known, hiddenAt: this.#tally(app, ownerId, peer).kept });
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    return this.#store.entry(app, ownerId, peer);
  }

  /**
   * What the list of a user has, that which was last written to first: also spaces that the user is a member of and in which something
   * was said, and none that the user is no member of. Without memberships, by what was told alone.
   */
  listed(app: string, ownerId: string, memberships: Memberships | null): readonly Receiver[] {
    const entries = this.#store.entries(app, ownerId);
    const known = new Set(entries.map(({ peer }) => nameOf(peer)));
    const spaces = memberships?.spaces ?? [];
    const joined = memberships?.isWhole ? new Set(spaces.map(nameOf)) : null;
    const isOnList = ({ peer, hiddenAt }: Entry): boolean => {
      const { isListed, isOfMembers } = conversationKinds[peer.kind];
      if (!isListed || (isOfMembers && joined?.has(nameOf(peer)) === false)) return false;
      const { kept, isOver } = this.#tally(app, ownerId, peer);
      return !isOver && (hiddenAt === undefined || (kept > 0 && kept !== hiddenAt));
    };
    const isSpokenIn = (peer: Receiver): boolean =>
      conversationKinds[peer.kind].isListed &&
      this.#tally(app, ownerId, peer).kept > 0 &&
      this.newest(app, ownerId, peer) !== undefined;
    const others = spaces.filter((peer) => !known.has(nameOf(peer)) && isSpokenIn(peer));
    const own = entries.filter(isOnList).map(({ peer }) => peer);
    return [...others, ...own.reverse()];
  }

  /**
   * How many messages of others the owner has not read since the conversation is followed; null when it is not, or is of a kind in
   * which nothing is counted.
   */
  unreadCount(app: string, ownerId: string, peer: Receiver): number | null {
    const entry = this.#store.entry(app, ownerId, peer);
    const { since, counted } = this.#tally(app, ownerId, peer);
    const readAt = entry?.readAt ?? since;
    if (!readAt || !conversationKinds[peer.kind].isListed) return null;
    const after = this.#after(app, ownerId, peer, readAt.getTime());
    const isUnread = (each: Message) => isCounted(each) && isSeenBy(ownerId)(each) && each.senderId !== ownerId;
    const unread = after.filter(isUnread).length;
    if (after.length < this.#store.bounds.maxMessagesEach) return unread;
    // More may have come than are kept; of those that are gone it is not known whom they were for.
    return Math.max(unread, counted - (entry?.readCount ?? 0) - after.filter(isRecalled).length);
  }

  /**
   * A page of the messages known of a conversation, the newest first: those in its owner's history, or all of a space where no owner is
   * named. Positions are places, which what comes later does not move.
   */
  page(app: string, ownerId: string | undefined, peer: Receiver, { position, limit }: PageRequest): Page<Message> {
    const ref = { app, conversation: conversationSubject(peer, ownerId ?? '') };
    const found = this.#store.page(ref, position === undefined ? undefined : readPlace(position), limit);
    const clearedAt = ownerId === undefined ? null : this.settings(app, ownerId, peer).clearedAt;
    const kept = found.filter((each) => clearedAt === null || timeOf(each) > clearedAt.getTime());
    const last = kept.length === found.length && found.length === limit ? found.at(-1) : undefined;
    return {
      items: ownerId === undefined ? kept : kept.filter(isSeenBy(ownerId)),
      next: last && writePlace(last),
    };
  }

  /** When the oldest message was sent that is known of a conversation; null where none is. */
  knownSince(app: string, ownerId: string | undefined, peer: Receiver): Date | null {
    return this.#store.oldest({ app, conversation: conversationSubject(peer, ownerId ?? '') })?.sentAt ?? null;
  }

  /** The messages known of a conversation that are in its owner's history, the oldest first. */
  history(app: string, ownerId: string, peer: Receiver): readonly Message[] {
    return this.#after(app, ownerId, peer, undefined).filter(isSeenBy(ownerId));
  }

  /** The newest message known of a conversation. */
  newest(app: string, ownerId: string, peer: Receiver): Message | undefined {
    const ref = { app, conversation: conversationSubject(peer, ownerId) };
    const newest = this.#store.newest(ref, isSeenBy(ownerId));
    return newest && this.isKept(app, ownerId, peer, newest) ? newest : undefined;
  }

  /**
   * When something last happened in a conversation, by what was told and by its vendor's list. What is only read of it changes nothing, so
   * that lists keep their order while they are looked at.
   */
  updatedAt(app: string, ownerId: string, peer: Receiver): Date | null {
    const ref = { app, conversation: conversationSubject(peer, ownerId) };
    const told = this.#store.newest(ref, (each) => each.readBy === undefined && isFor(each, ownerId))?.sentAt;
    const listedAt = this.#store.entry(app, ownerId, peer)?.listedAt;
    const latest = Math.max(told?.getTime() ?? 0, listedAt?.getTime() ?? 0);
    return latest > 0 ? new Date(latest) : null;
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

  #after(app: string, ownerId: string, peer: Receiver, after: number | undefined): readonly Message[] {
    const { clearedAt } = this.settings(app, ownerId, peer);
    const from = clearedAt ? Math.max(clearedAt.getTime(), after ?? Number.NEGATIVE_INFINITY) : after;
    const ref = { app, conversation: conversationSubject(peer, ownerId) };
    return this.#store.history(ref, from);
  }

  #tally(app: string, ownerId: string, peer: Receiver): Tally {
    return this.#store.tally({ app, conversation: conversationSubject(peer, ownerId) });
  }

  #count(app: string, message: Message): void {
    const ref = refOf(app, message);
    const tally = this.#store.tally(ref);
    const at = timeOf(message);
    this.#store.putTally(ref, {
      since: new Date(Math.min(at - 1, tally.since?.getTime() ?? at)),
      latestAt: new Date(Math.max(at, tally.latestAt?.getTime() ?? at)),
      kept: tally.kept + (message.audience?.isOnly ? 0 : 1),
      counted: tally.counted + (isCounted(message) ? 1 : 0),
      isOver: false,
    });
  }

  /** A message for some of a space brings it to the lists of those alone. */
  #tellAudience(app: string, message: Message, before: Tally): void {
    const { to, audience } = message;
    for (const userId of audience?.userIds ?? []) {
      const known = this.#store.entry(app, userId, to);
      if (audience?.isOnly) this.#store.putEntry(app, userId, { ...newEntry(to), ...known, hiddenAt: undefined });
      // To whom it is hidden nothing has happened.
      else if (known?.hiddenAt === before.kept)
        this.#store.putEntry(app, userId, { ...known, hiddenAt: before.kept + 1 });
    }
  }

  #setOver(app: string, space: Receiver, isOver: boolean): void {
    const ref = { app, conversation: conversationSubject(space, '') };
    const tally = this.#store.tally(ref);
    if (tally.isOver !== isOver) this.#store.putTally(ref, { ...tally, isOver });
  }

  /** Puts a message in, as far as it is not known; whether no event has told it before. `readBy` as in `Message`. */
  #put(app: string, message: Message, readBy: string | null | undefined): boolean {
    if (message.audience) this.#store.putAudience(refOf(app, message), message.key, message.audience);
    const known = this.find(app, message);
    if (known && known.readBy === undefined) return false;
    const isInBoth = known && readBy !== undefined && readBy !== known.readBy;
    this.#store.putMessage(refOf(app, message), {
      ...(known ?? this.withAudience(app, message)),
      readBy: isInBoth ? null : readBy,
    });
    return true;
  }

  /** See `KnownMessages`. */
  #meant(app: string, { to, senderId, key }: MessageKey, isKindGuessed = false): Message | undefined {
    const kinds = isKindGuessed ? receiverKinds : conversationKinds[to.kind].mayMean;
    const places: readonly Receiver[] = [to, ...kinds.map((kind) => ({ ...to, kind }))];
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

/** The `hiddenAt` of a conversation that has not come to the list: it does with the first message. */
const neverListed = -1;

const newEntry = (peer: Receiver): Entry => ({ peer, listedAt: null, readAt: null, isPinned: null });

const isCounted = (message: Message) => message.isCounted !== false && !isRecalled(message);

/** Whether a message is in a user's own history, as far as is known. */
const isSeenBy = (ownerId: string) => (message: Message) =>
  isFor(message, ownerId) && (message.readBy ?? ownerId) === ownerId;

const nameOf = ({ kind, id }: Receiver) => `${kind}:${id}`;
