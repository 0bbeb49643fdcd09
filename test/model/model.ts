import type { Holds } from './differences.ts';
import { Expected } from './lines.ts';

/**
 * What should be true of one app, by the schema's descriptions alone. Its own code: it imports nothing of the server, and knows no
 * vendor. Each method says whether the act is to succeed, or moves the state on and says what the viewers are to hear of it.
 */

export interface ModelMessage {
  /** The text, which no other message of its conversation has. */
  text: string;
  readonly from: string;
  readonly to: Place;
  isRecalled: boolean;
  isEdited: boolean;
  /** As first answered, heard or read; null until then. */
  id: string | null;
  /** Whose history was emptied of it. */
  readonly clearedFor: Set<string>;
  /** By the clock of this process. */
  readonly at: number;
}

export type SpaceKind = 'group' | 'chatroom';
export interface Place {
  readonly kind: 'direct' | SpaceKind;
  readonly id: string;
}

export interface ModelSpace {
  readonly kind: SpaceKind;
  readonly id: string;
  name: string;
  owner: string | null;
  readonly members: Set<string>;
  readonly admins: Set<string>;
  readonly muted: Set<string>;
  /** Who was put out, and is not let in again. */
  readonly blocked: Set<string>;
  isDeleted: boolean;
}

/** A conversation as one user sees it. */
export interface ModelConversation {
  readonly owner: string;
  readonly peer: Place;
  readonly messages: ModelMessage[];
  /** Unknown after a recall of something unread, and for what was before one came into a group. */
  unread: number | 'unknown';
  isPinned: boolean;
  /** Whether the list has it; `maybe` for a group in which nothing was said since the owner came in. */
  isListed: boolean | 'maybe';
  /** Whether there are messages of a time before the owner came in, which each vendor shows or does not. */
  hasBefore: boolean;
  /** Counts up with the acts: that of the latest in it. */
  order: number;
}

export type Outcome = 'ok' | 'FORBIDDEN' | 'NOT_FOUND';

export class AppModel {
  readonly users: readonly string[];
  readonly names = new Map<string, string>();
  readonly spaces = new Map<string, ModelSpace>();
  readonly blocks = new Map<string, Set<string>>();
  readonly messages: ModelMessage[] = [];
  readonly conversations = new Map<string, ModelConversation>();
  readonly expected = new Map<string, Expected>();
  /** The memberships that changed, each with the batch of its user in which it did. */
  readonly changes = new Map<string, Map<string, number>>();
  readonly holds: Holds;
  #order = 0;

  constructor(users: readonly string[], holds: Holds) {
    this.users = users;
    this.holds = holds;
    for (const user of users) {
      this.blocks.set(user, new Set());
      this.names.set(user, user);
      this.expected.set(user, new Expected());
      this.changes.set(user, new Map());
    }
  }

  spacesOf(kind: SpaceKind): readonly ModelSpace[] {
    return [...this.spaces.values()].filter((space) => space.kind === kind);
  }

  space({ kind, id }: Place): ModelSpace | undefined {
    return this.spaces.get(`${kind} ${id}`);
  }

  conversation(owner: string, peer: Place): ModelConversation {
    const key = `${owner} ${peer.kind} ${peer.id}`;
    const known = this.conversations.get(key);
    if (known) return known;
    const made: ModelConversation = {
      owner,
      peer,
      messages: [],
      unread: 0,
      isPinned: false,
      isListed: peer.kind === 'group' ? 'maybe' : false,
      hasBefore: false,
      order: 0,
    };
    this.conversations.set(key, made);
    return made;
  }

  /** Everything that was said in a space, whoever was in it. */
  messagesIn(place: Place): readonly ModelMessage[] {
    return this.messages.filter(({ to }) => to.kind !== 'direct' && to.kind === place.kind && to.id === place.id);
  }

  /** The conversations of a user's list, the pinned ones first, then the latest. */
  listOf(owner: string): readonly ModelConversation[] {
    return [...this.conversations.values()]
      .filter((each) => each.owner === owner && each.isListed === true && !this.#isGone(each))
      .sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || b.order - a.order);
  }

  /** A list does not have the groups that one is no member of. */
  #isGone({ owner, peer }: ModelConversation): boolean {
    return peer.kind !== 'direct' && !this.isIn(owner, peer);
  }

  isIn(user: string, place: Place): boolean {
    const space = this.space(place);
    return space !== undefined && !space.isDeleted && space.members.has(user);
  }

  /** Who sees the conversation that a message belongs to, each with the peer that it has there. */
  views({ from, to }: Pick<ModelMessage, 'from' | 'to'>): readonly (readonly [string, Place])[] {
    if (to.kind !== 'direct') return [...(this.space(to)?.members ?? [])].map((member) => [member, to] as const);
    return [
      [from, to],
      [to.id, { kind: 'direct', id: from }],
    ];
  }

  send(from: string, to: Place): Outcome {
    if (to.kind === 'direct') return this.blocks.get(to.id)?.has(from) ? 'FORBIDDEN' : 'ok';
    return this.isIn(from, to) && !this.space(to)?.muted.has(from) ? 'ok' : 'FORBIDDEN';
  }

  /** A message that was sent, through the API or by a client. */
  sent(from: string, to: Place, text: string, id: string | null): ModelMessage {
    const message: ModelMessage = {
      text,
      from,
      to,
      isRecalled: false,
      isEdited: false,
      id,
      clearedFor: new Set(),
      at: Date.now(),
    };
    this.messages.push(message);
    for (const [owner, peer] of this.views(message)) {
      this.#hear([owner], `sent ${to.kind} ${to.id} ${text}`, to);
      if (to.kind === 'chatroom') continue;
      const conversation = this.conversation(owner, peer);
      conversation.messages.push(message);
      conversation.isListed = true;
      conversation.order = this.#order;
      if (owner !== from) conversation.unread = conversation.unread === 'unknown' ? 'unknown' : conversation.unread + 1;
      else conversation.unread = 0;
    }
    return message;
  }

  /** What one does to a message of one's own, where one could still send. */
  change(actor: string, message: ModelMessage): Outcome {
    return message.from === actor ? this.send(actor, message.to) : 'FORBIDDEN';
  }

  /** One recalls one's own, also in a group that one has left. */
  recall(actor: string, message: ModelMessage): Outcome {
    return message.from === actor ? 'ok' : 'FORBIDDEN';
  }

  recalled(message: ModelMessage): void {
    message.isRecalled = true;
    const isTold = this.holds('a recall is an event');
    // Whether who has left a group hears what it does there is not said.
    if (!this.views(message).some(([viewer]) => viewer === message.from))
      this.#hear([message.from], `recalled ${message.id}`, message.to, false);
    for (const [owner, peer] of this.views(message)) {
      this.#hear([owner], `recalled ${message.id}`, message.to, isTold);
      if (message.to.kind === 'chatroom') continue;
      const conversation = this.conversation(owner, peer);
      if (owner !== message.from && conversation.unread !== 0) conversation.unread = 'unknown';
    }
  }

  edited(message: ModelMessage, text: string): void {
    message.text = text;
    message.isEdited = true;
    for (const [owner] of this.views(message)) this.#hear([owner], `edited ${message.id} ${text}`, message.to);
  }

  created(kind: SpaceKind, id: string, name: string, owner: string | null, members: readonly string[]): ModelSpace {
    const space: ModelSpace = {
      kind,
      id,
      name,
      owner,
      members: new Set(members),
      admins: new Set(),
      muted: new Set(),
      blocked: new Set(),
      isDeleted: false,
    };
    this.spaces.set(`${kind} ${id}`, space);
    for (const user of members) this.changes.get(user)?.set(spaceKey(space), this.#now(user));
    this.#hear(members, `created ${kind} ${id}`, space);
    return space;
  }

  /** Users who come in. What was said before is for each vendor to show or not: nothing is known to be unread. */
  joined(space: ModelSpace, users: readonly string[]): void {
    for (const user of users) {
      if (space.members.has(user)) continue;
      space.members.add(user);
      this.changes.get(user)?.set(spaceKey(space), this.#now(user));
      this.#hear([...space.members], `joined ${space.kind} ${space.id} ${user}`, space);
      if (space.kind === 'chatroom') continue;
      const conversation = this.conversation(user, space);
      const isBegun = this.messagesIn(space).length > 0;
      conversation.isListed = 'maybe';
      conversation.hasBefore ||= isBegun;
      conversation.unread = isBegun ? 'unknown' : 0;
    }
  }

  left(space: ModelSpace, users: readonly string[]): void {
    for (const user of users) {
      if (!space.members.has(user)) continue;
      const says = `left ${space.kind} ${space.id} ${user}`;
      this.#hear([user], says, space, this.holds('who leaves a space, or whose space is deleted, can read that event'));
      this.#hear(
        [...space.members].filter((each) => each !== user),
        says,
        space,
      );
      space.members.delete(user);
      space.admins.delete(user);
      space.muted.delete(user);
      this.changes.get(user)?.set(spaceKey(space), this.#now(user));
    }
  }

  deleted(space: ModelSpace): void {
    const isRead = this.holds('who leaves a space, or whose space is deleted, can read that event');
    this.#hear([...space.members], `deleted ${space.kind} ${space.id}`, space, isRead);
    // Whether the members leave one by one as well is the vendor's choice.
    for (const user of space.members) {
      this.#hear([...space.members], `left ${space.kind} ${space.id} ${user}`, space, false);
      this.changes.get(user)?.set(spaceKey(space), this.#now(user));
    }
    space.isDeleted = true;
  }

  blocked(owner: string, target: string, isBlocked: boolean): void {
    const blocks = this.blocks.get(owner);
    if (isBlocked) blocks?.add(target);
    else blocks?.delete(target);
    const says = `${isBlocked ? 'blocked' : 'unblocked'} ${owner} ${target}`;
    this.#hear([owner], says, null, this.holds('a block is an event'));
  }

  markRead(owner: string, peer: Place): void {
    this.conversation(owner, peer).unread = 0;
  }

  /** An emptied history has nothing that is not read. */
  clear(owner: string, peer: Place): void {
    const conversation = this.conversation(owner, peer);
    for (const message of [...conversation.messages, ...this.messagesIn(peer)]) message.clearedFor.add(owner);
    conversation.unread = 0;
  }

  remove(owner: string, peer: Place): void {
    this.conversation(owner, peer).isListed = false;
  }

  /** What a viewer's stream that goes on from the last line it heard may get wrong, for a known difference. */
  resumed(user: string): void {
    if (this.holds('a resumed stream has the messages of the spaces of its own time')) return;
    const expected = this.expected.get(user);
    for (const [space, at] of this.changes.get(user) ?? [])
      if (expected && at > expected.position) expected.loosen(space);
  }

  /** The acts before this and those after it are heard in that order. */
  act(): void {
    this.#order += 1;
    for (const expected of this.expected.values()) expected.act();
  }

  #now(user: string): number {
    return (this.expected.get(user)?.now ?? 0) - 1;
  }

  #hear(users: readonly string[], says: string, through: Place | null, isTold = true): void {
    const isHeard = through?.kind !== 'chatroom' || this.holds('a viewer in a chatroom has its events');
    const space = through && through.kind !== 'direct' ? spaceKey(through) : null;
    for (const user of users) this.expected.get(user)?.add({ says, space, isOptional: !isTold || !isHeard });
  }
}

export const spaceKey = ({ kind, id }: Place): string => `${kind} ${id}`;
