/**
 * What should be true of one app, by the schema's descriptions alone. Its own code: it imports nothing of the server, and knows no
 * vendor. Each method says whether the act is to succeed, and moves the state on when it does.
 */

export interface ModelMessage {
  /** The text, which no other message has. */
  readonly text: string;
  readonly from: string;
  /** The id of a group, or the user it was sent to. */
  readonly to: Place;
  isRecalled: boolean;
  /** As first answered or read; null until then. */
  id: string | null;
  /** Whose history was emptied of it. */
  readonly clearedFor: Set<string>;
}

export type Place = { readonly kind: 'direct'; readonly id: string } | { readonly kind: 'group'; readonly id: string };

export interface ModelGroup {
  readonly id: string;
  owner: string;
  readonly members: Set<string>;
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
  /** Whether the list has it. */
  isListed: boolean;
  /** Counts up with whatever happens last in it. */
  order: number;
}

export type Outcome = 'ok' | 'FORBIDDEN' | 'NOT_FOUND';

export class AppModel {
  readonly users: readonly string[];
  readonly groups = new Map<string, ModelGroup>();
  readonly blocks = new Map<string, Set<string>>();
  readonly messages: ModelMessage[] = [];
  readonly conversations = new Map<string, ModelConversation>();
  #order = 0;

  constructor(users: readonly string[]) {
    this.users = users;
    for (const user of users) this.blocks.set(user, new Set());
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
      isListed: false,
      order: 0,
    };
    this.conversations.set(key, made);
    return made;
  }

  /** The conversations of a user's list, the latest first. */
  listOf(owner: string): readonly ModelConversation[] {
    return [...this.conversations.values()]
      .filter((each) => each.owner === owner && each.isListed && !this.#isGone(each))
      .sort((a, b) => b.order - a.order);
  }

  /** A list does not have the groups that one is no member of. */
  #isGone({ owner, peer }: ModelConversation): boolean {
    if (peer.kind === 'direct') return false;
    const group = this.groups.get(peer.id);
    return !group || group.isDeleted || !group.members.has(owner);
  }

  groupsOf(user: string): readonly ModelGroup[] {
    return [...this.groups.values()].filter(({ isDeleted, members }) => !isDeleted && members.has(user));
  }

  /** Who sees the conversation that a message belongs to, each with the peer that it has there. */
  views({ from, to }: Pick<ModelMessage, 'from' | 'to'>): readonly (readonly [string, Place])[] {
    if (to.kind === 'direct')
      return [
        [from, to],
        [to.id, { kind: 'direct', id: from }],
      ];
    return [...(this.groups.get(to.id)?.members ?? [])].map((member) => [member, to] as const);
  }

  send(from: string, to: Place): Outcome {
    if (to.kind === 'direct') return this.blocks.get(to.id)?.has(from) ? 'FORBIDDEN' : 'ok';
    const group = this.groups.get(to.id);
    return group && !group.isDeleted && group.members.has(from) ? 'ok' : 'FORBIDDEN';
  }

  /** A message that was sent. */
  sent(from: string, to: Place, text: string, id: string | null): ModelMessage {
    const message: ModelMessage = { text, from, to, isRecalled: false, id, clearedFor: new Set() };
    this.messages.push(message);
    this.#order += 1;
    for (const [owner, peer] of this.views(message)) {
      const conversation = this.conversation(owner, peer);
      conversation.messages.push(message);
      conversation.isListed = true;
      conversation.order = this.#order;
      if (owner === from) conversation.unread = 0;
      else if (conversation.unread !== 'unknown') conversation.unread += 1;
    }
    return message;
  }

  recall(actor: string, message: ModelMessage): Outcome {
    if (message.from !== actor) return 'FORBIDDEN';
    if (message.to.kind === 'group' && this.send(actor, message.to) !== 'ok') return 'FORBIDDEN';
    return 'ok';
  }

  recalled(message: ModelMessage): void {
    message.isRecalled = true;
    for (const [owner, peer] of this.views(message)) {
      const conversation = this.conversation(owner, peer);
      if (owner !== message.from && conversation.unread !== 0) conversation.unread = 'unknown';
    }
  }

  createGroup(id: string, owner: string, members: readonly string[]): void {
    this.groups.set(id, { id, owner, members: new Set([owner, ...members]), isDeleted: false });
  }

  /** Users who come in. What was said before is for each vendor to show or not: nothing is known to be unread. */
  joined(groupId: string, users: readonly string[]): void {
    const group = this.groups.get(groupId);
    for (const user of users) {
      if (!group || group.members.has(user)) continue;
      group.members.add(user);
      const conversation = this.conversation(user, { kind: 'group', id: groupId });
      conversation.isListed = false;
      conversation.unread = conversation.order === 0 ? 0 : 'unknown';
    }
  }

  left(groupId: string, users: readonly string[]): void {
    for (const user of users) this.groups.get(groupId)?.members.delete(user);
  }

  markRead(owner: string, peer: Place): void {
    this.conversation(owner, peer).unread = 0;
  }

  clear(owner: string, peer: Place): void {
    const conversation = this.conversation(owner, peer);
    for (const message of conversation.messages) message.clearedFor.add(owner);
  }

  remove(owner: string, peer: Place): void {
    this.conversation(owner, peer).isListed = false;
  }
}
