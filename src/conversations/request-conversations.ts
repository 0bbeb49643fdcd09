import type {
  AppView,
  Connection,
  ConversationFilter,
  Conversations,
  HistoryFilter,
  PageArgs,
  ReadConnection,
} from '../domain/context.ts';
import type { ConversationSettings, ListedConversation } from '../domain/conversation.ts';
import {
  type HistoryKey,
  isFor,
  type Message,
  type MessageFacts,
  type MessageKey,
  type NewMessage,
  type Receiver,
  type ReceiverKind,
  type SentMessage,
} from '../domain/message.ts';
import { type ConversationNode, keyOfSpace, type MessageNode, type SpaceNode } from '../domain/node.ts';
import type { Page } from '../domain/page.ts';
import { AppError, type Outcome } from '../errors.ts';
import type { ConversationIndex, Memberships } from './index.ts';
import { conversationKinds } from './kinds.ts';
import { writePlace } from './place.ts';
import { isRecalled } from './refine.ts';
import { histories, isAsClaimed, MessageResolution } from './resolution.ts';
import type { RestrictedSends } from './restricted-sends.ts';
import type { SentMessages } from './sent-messages.ts';
import { timeOf } from './store.ts';

/** Messages of a history looked at for the newest that is no signal: some vendors keep those, too. */
const newestLooked = 10;

/** Conversations during one request. */
export class RequestConversations implements Conversations {
  readonly #index: ConversationIndex;
  readonly #sent: SentMessages;
  readonly #restricted: RestrictedSends;
  readonly #resolution = new MessageResolution();
  readonly #view: (app: string) => AppView;
  readonly #readConnection: ReadConnection;

  constructor(
    index: ConversationIndex,
    sent: SentMessages,
    restricted: RestrictedSends,
    view: (app: string) => AppView,
    readConnection: ReadConnection,
  ) {
    this.#index = index;
    this.#sent = sent;
    this.#restricted = restricted;
    this.#view = view;
    this.#readConnection = readConnection;
  }

  async list(
    owners: readonly { readonly app: string; readonly ownerId: string }[],
    page: PageArgs,
    { label }: ConversationFilter,
  ): Promise<Connection<ConversationNode>> {
    const listId =
      `conversations ${owners.map(({ app, ownerId }) => `${app} ${ownerId}`).join()} ${label ?? ''}`.trimEnd();
    return this.#readConnection(listId, page, async ({ position }) => {
      await Promise.all(owners.map(({ app, ownerId }) => this.#seed(app, ownerId)));
      const nodes = await Promise.all(
        owners.map(async ({ app, ownerId }) => {
          const peers = this.#index.listed(app, ownerId, await this.#memberships(app, ownerId));
          return peers.map((peer): ConversationNode => this.find({ __typename: 'Conversation', app, ownerId, peer }));
        }),
      );
      const wanted = nodes.flat().filter(({ known }) => !label || known?.labels?.includes(label));
      const items = wanted.sort((a, b) => compare(placeOf(a), placeOf(b)));
      // A conversation in which something has happened since is in front of the place, and is not given again.
      const place = position === undefined ? undefined : readListPlace(position);
      return {
        items: place ? items.filter((node) => compare(placeOf(node), place) > 0) : items,
        placeOf: (node: ConversationNode) => JSON.stringify(placeOf(node)),
      };
    });
  }

  find(node: ConversationNode): ConversationNode {
    const { app, ownerId, peer } = node;
    const entry = this.#index.entry(app, ownerId, peer);
    const { notificationLevel, labels } = this.#index.settings(app, ownerId, peer);
    return {
      ...node,
      known: {
        peer,
        updatedAt: this.#index.updatedAt(app, ownerId, peer),
        isPinned: entry?.isPinned ?? null,
        notificationLevel,
        labels,
      },
    };
  }

  messages(node: ConversationNode, page: PageArgs, filter: HistoryFilter): Promise<Connection<MessageNode>> {
    const { app, ownerId, peer } = node;
    return this.#history('Conversation.messages', app, { ownerId, peer, ...filter }, page, ownerId);
  }

  spaceMessages(
    space: SpaceNode,
    page: PageArgs,
    filter: HistoryFilter,
    readerId: string | null,
  ): Promise<Connection<MessageNode>> {
    const peer: Receiver = keyOfSpace(space);
    return this.#history(histories[peer.kind], space.app, { peer, ...filter }, page, readerId);
  }

  async lastMessage(node: ConversationNode): Promise<MessageNode | null> {
    const { app, ownerId, peer } = node;
    const seen = this.#index.newest(app, ownerId, peer);
    const view = this.#view(app);
    if (seen) return asNode(app, seen);
    if (!conversationKinds[peer.kind].isListed || !view.has('Conversation.messages')) return null;
    const { items } = await view.page('Conversation.messages', { ownerId, peer }, { limit: newestLooked });
    const newest = items.find((each) => each.isStored !== false && this.#index.isKept(app, ownerId, peer, each));
    if (!newest) return null;
    this.#index.read(app, ownerId, newest);
    return asNode(app, newest);
  }

  async message(app: string, key: MessageKey, readerId: string | null): Promise<MessageNode | null> {
    const found = this.#index.find(app, key) ?? (await this.#view(app).loadIfAny('Query.message', key));
    if (!found || (readerId !== null && !this.#index.isKeptFor(app, readerId, found))) return null;
    return asNode(app, this.#index.withAudience(app, found));
  }

  async resolve(app: string, claims: readonly MessageKey[]): Promise<readonly (MessageFacts | null)[]> {
    const known = claims.map((claim) => {
      const message = this.#index.find(app, claim) ?? this.#sent.find(app, claim);
      return message && isAsClaimed(message, claim) ? message : null;
    });
    const unknown = claims.filter((_, index) => known[index] === null);
    const asked = unknown.length === 0 ? [] : [...(await this.#resolution.ask(this.#view(app), unknown))];
    return known.map((message) => {
      const found = message ?? asked.shift();
      return found ? this.#index.withAudience(app, found) : null;
    });
  }

  sending(
    app: string,
    message: NewMessage,
    send: () => Promise<readonly Outcome<SentMessage>[]>,
  ): Promise<readonly Outcome<SentMessage>[]> {
    return this.#restricted.during(app, message, send);
  }

  sent(app: string, message: MessageFacts): void {
    this.#sent.add(app, message);
  }

  recalled(
    app: string,
    messages: readonly MessageKey[],
    by: { actorId: string | null; note: string | null; at: Date },
  ) {
    for (const key of messages)
      this.#index.recall(app, { ...key, recalledAt: by.at }, { recalledById: by.actorId, note: by.note });
  }

  edited(app: string, message: Message): void {
    this.#index.edit(app, message);
  }

  acknowledged(app: string, userId: string, messages: readonly MessageKey[]): void {
    for (const key of messages) this.#index.markMessageRead(app, userId, { ...key, sentAt: null });
  }

  unreadCount({ app, ownerId, peer }: ConversationNode): number | null {
    return this.#index.unreadCount(app, ownerId, peer);
  }

  markRead({ app, ownerId, peer }: ConversationNode, at: Date): void {
    this.#index.markRead(app, ownerId, peer, at);
  }

  pin({ app, ownerId, peer }: ConversationNode, isPinned: boolean): void {
    this.#index.pin(app, ownerId, peer, isPinned);
  }

  set({ app, ownerId, peer }: ConversationNode, change: Partial<ConversationSettings>): void {
    this.#index.set(app, ownerId, peer, change);
  }

  remove({ app, ownerId, peer }: ConversationNode): void {
    this.#index.remove(app, ownerId, peer);
  }

  /** What is known of a message from a vendor's history; a recall that the vendor told nobody of shows in the history. */
  #newer(app: string, message: Message): Message {
    const known = this.#index.find(app, message);
    if (!known || isRecalled(known) || !isRecalled(message)) return known ?? this.#index.withAudience(app, message);
    this.#index.recall(app, message, { recalledById: null, note: null });
    return this.#index.withAudience(app, message);
  }

  /** The groups of a user; null when they cannot be had: the list is as what was told makes it then. */
  async #memberships(app: string, userId: string): Promise<Memberships | null> {
    const view = this.#view(app);
    if (!view.has('User.groups')) return null;
    const read = await view.userGroups(userId).catch(() => null);
    return read && { spaces: [...read.groups.keys()].map((id) => ({ kind: 'group', id })), isWhole: read.isWhole };
  }

  /** Begins a user's list from the vendor's own, or from the user's groups where the vendor keeps none; once. */
  async #seed(app: string, ownerId: string): Promise<void> {
    if (this.#index.isSeeded(app, ownerId)) return;
    const view = this.#view(app);
    if (view.has('User.conversations')) {
      let position: string | undefined;
      do {
        const got: Page<ListedConversation> = await view.page('User.conversations', ownerId, { position, limit: 100 });
        for (const { peer, updatedAt: listedAt, lastMessage, isPinned } of got.items) {
          this.#index.addEntry(app, ownerId, peer, listedAt);
          if (isPinned !== undefined && isPinned !== null) this.#index.pin(app, ownerId, peer, isPinned);
          if (lastMessage) this.#index.read(app, ownerId, lastMessage);
        }
        position = got.next;
      } while (position !== undefined);
    } else if (view.has('User.groups')) {
      const { groups } = await view.userGroups(ownerId);
      for (const id of groups.keys()) this.#index.addEntry(app, ownerId, { kind: 'group', id }, null);
    }
    this.#index.markSeeded(app, ownerId);
  }

  /** `readerId` is the user whose eyes it is read with; null for an operator, who sees what is for some as well. */
  async #history(
    operation: 'Conversation.messages' | (typeof histories)[ReceiverKind],
    app: string,
    key: HistoryKey,
    page: PageArgs,
    readerId: string | null,
  ): Promise<Connection<MessageNode>> {
    const view = this.#view(app);
    const listId = `${operation} ${app} ${JSON.stringify(key)}`;
    const isShown = (message: Message) =>
      readerId === null || (isFor(message, readerId) && this.#index.isKeptFor(app, readerId, message));
    const keep = (items: readonly Message[]) =>
      items.filter((message) => matches(message, key) && isShown(message)).map((message) => asNode(app, message));
    // A chatroom's conversation is the chatroom's history, which fewer vendors keep.
    const isKept = view.has(operation) && view.has(histories[key.peer.kind]);
    const { ownerId, peer } = key;
    const connection = await this.#readConnection(listId, page, async (request): Promise<Page<MessageNode>> => {
      if (!isKept) {
        const known = this.#index.page(app, ownerId, peer, request);
        return { items: keep(known.items), next: known.next, placeOf: ({ message }) => writePlace(message) };
      }
      const got = await view.page(operation, key, request);
      // What the index knows of edits and recalls is newer than some vendors' histories.
      const fresh = got.items
        .filter((message) => ownerId === undefined || this.#index.isKept(app, ownerId, peer, message))
        .map((message) => this.#newer(app, message));
      return { items: keep(fresh), next: got.next };
    });
    return { ...connection, knownSince: isKept ? null : this.#index.knownSince(app, ownerId, peer) };
  }
}

const asNode = (app: string, message: Message): MessageNode => ({ __typename: 'Message', app, message });

/** Where a conversation stands in a list: pinned ones first, then by when something last happened, those of one moment by their names. */
type ListPlace = readonly [rank: number, time: number, name: string];

const placeOf = (node: ConversationNode): ListPlace => [
  -pinned(node),
  -updatedAt(node),
  JSON.stringify([node.app, node.peer.kind, node.peer.id]),
];

function compare([rank, time, name]: ListPlace, [otherRank, otherTime, otherName]: ListPlace): number {
  return rank - otherRank || time - otherTime || (name < otherName ? -1 : name > otherName ? 1 : 0);
}

function readListPlace(position: string): ListPlace {
  const bad = new AppError('BAD_CURSOR', 'The cursor is malformed, or belongs to another list.', { input: 'after' });
  try {
    const [rank, time, name] = JSON.parse(position) as unknown[];
    if (typeof rank === 'number' && typeof time === 'number' && typeof name === 'string') return [rank, time, name];
  } catch {
    // No text of `placeOf`.
  }
  throw bad;
}

const pinned = (node: ConversationNode) => (node.known?.isPinned ? 1 : 0);
const updatedAt = (node: ConversationNode) => node.known?.updatedAt?.getTime() ?? 0;

function matches(message: Message, key: HistoryKey): boolean {
  const at = timeOf(message);
  if (key.since && at < key.since.getTime()) return false;
  if (key.until && at >= key.until.getTime()) return false;
  if (key.senderId !== undefined && message.senderId !== key.senderId) return false;
  return !key.kinds || (message.content !== null && key.kinds.includes(message.content.kind));
}
