import type { Clock } from '../clock.ts';

/** A user as the messaging core of an emulated app keeps it; the vendors' own extras go to `extra`. */
export interface EmulatedUser {
  readonly id: string;
  name: string;
  avatar: string;
  password: string;
  createdAt: number;
  /** Devices logged in now. */
  readonly devices: Set<string>;
  /** Whether a client ever logged in; some vendors tell registered users from known ones. */
  hasLoggedIn: boolean;
  lastSeenAt: number | null;
  /** User ids in the order they were blocked, with the moment. */
  readonly blocklist: Map<string, number>;
  readonly attributes: Map<string, string>;
  readonly extra: Map<string, unknown>;
}

/** A member of a group or chatroom. */
export interface EmulatedMember {
  readonly userId: string;
  role: 'owner' | 'admin' | 'member' | number;
  nickname: string;
  joinedAt: number;
  readonly attributes: Map<string, string>;
}

/** A group or chatroom. Members are in the order they came in. */
export interface EmulatedSpace {
  readonly kind: 'group' | 'chatroom';
  readonly id: string;
  name: string;
  avatar: string;
  description: string;
  announcement: string;
  owner: string;
  createdAt: number;
  maxMembers: number;
  readonly members: Map<string, EmulatedMember>;
  /** User ids shut out, with the moment the block ends; null for never. */
  readonly blocklist: Map<string, number | null>;
  readonly attributes: Map<string, string>;
  readonly extra: Map<string, unknown>;
}

export type EmulatedKind = 'direct' | 'group' | 'chatroom';

/** A message in the vendor's own send form. */
export interface EmulatedMessage {
  readonly id: string;
  /** Its number in the conversation, from 1. */
  readonly seq: number;
  readonly kind: EmulatedKind;
  readonly from: string;
  /** The receiver: a user, group or chatroom. */
  readonly to: string;
  /** The vendor's name or number of the type. */
  readonly type: string;
  /** The content in the vendor's send form, as the vendor's handlers put it there. */
  body: unknown;
  readonly sentAt: number;
  editedAt: number | null;
  recalledAt: number | null;
  readonly source: 'server' | 'client';
  readonly extra: Map<string, unknown>;
}

/** What happened in an emulated app; the vendor makes callbacks of it. */
export type EmulatedEvent =
  | { readonly type: 'message.sent'; readonly messages: readonly EmulatedMessage[]; readonly result?: string }
  | { readonly type: 'message.edited'; readonly message: EmulatedMessage; readonly by: string }
  | { readonly type: 'message.recalled'; readonly message: EmulatedMessage; readonly by: string }
  | { readonly type: 'user.online' | 'user.offline'; readonly user: EmulatedUser; readonly device: string }
  | { readonly type: 'space.created' | 'space.deleted'; readonly space: EmulatedSpace; readonly by: string }
  | {
      readonly type: 'members.joined' | 'members.left';
      readonly space: EmulatedSpace;
      readonly userIds: readonly string[];
      readonly by: string;
      /** Why, in the vendor's own word, where its callbacks tell more than who did it. */
      readonly cause?: string;
    }
  /** What only one vendor knows of: its callback by the id in the catalogue, with the fields that it tells. */
  | { readonly type: 'vendor'; readonly callback: string; readonly fields: Readonly<Record<string, unknown>> };

/** The conversation two users share has one key whoever asks. */
export function conversationKey(kind: EmulatedKind, from: string, to: string): string {
  return kind === 'direct' ? `direct ${[from, to].sort().join(' ')}` : `${kind} ${to}`;
}

type SpaceText = 'name' | 'avatar' | 'description' | 'announcement' | 'owner';

/** What a group or chatroom may begin with; `createdAt` is also when its first members joined. */
export type NewSpace = Partial<Pick<EmulatedSpace, SpaceText | 'maxMembers' | 'createdAt'>> & {
  readonly members?: readonly string[];
  readonly attributes?: ReadonlyMap<string, string>;
  readonly extra?: ReadonlyMap<string, unknown>;
};

export interface NewMessage {
  readonly kind: EmulatedKind;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly body: unknown;
  readonly source: 'server' | 'client';
  readonly sentAt?: number;
  readonly extra?: ReadonlyMap<string, unknown>;
}

/**
 * The messaging state of one emulated app, in memory. It enforces nothing of a vendor's: existence checks, ceilings and
 * error codes are the handlers' work. Emits an event for every change that a vendor could call back for.
 */
export class EmulatedState {
  readonly users = new Map<string, EmulatedUser>();
  readonly groups = new Map<string, EmulatedSpace>();
  readonly chatrooms = new Map<string, EmulatedSpace>();
  /** Every message by conversation, in the order sent. */
  readonly conversations = new Map<string, EmulatedMessage[]>();
  readonly messages = new Map<string, EmulatedMessage>();
  /** Anything a vendor keeps beside, by name. */
  readonly extra = new Map<string, unknown>();
  readonly #clock: Clock;
  readonly #emit: (event: EmulatedEvent) => void;
  #lastId = 0;

  constructor(clock: Clock, emit: (event: EmulatedEvent) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  /** The time of the emulated vendor, in milliseconds. */
  now(): number {
    return this.#clock.now();
  }

  /** A number that rises with every call, for ids. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addUser(id: string, values: Partial<Pick<EmulatedUser, 'name' | 'avatar' | 'password'>> = {}): EmulatedUser {
    const user: EmulatedUser = {
      id,
      name: values.name ?? '',
      avatar: values.avatar ?? '',
      password: values.password ?? '',
      createdAt: this.#clock.now(),
      devices: new Set(),
      hasLoggedIn: false,
      lastSeenAt: null,
      blocklist: new Map(),
      attributes: new Map(),
      extra: new Map(),
    };
    this.users.set(id, user);
    return user;
  }

  /** Creates a group or chatroom. Its first members are in before anybody is told of it, and nobody is told of their joining. */
  addSpace(kind: 'group' | 'chatroom', id: string, values: NewSpace, by = values.owner ?? ''): EmulatedSpace {
    const space: EmulatedSpace = {
      kind,
      id,
      name: values.name ?? '',
      avatar: values.avatar ?? '',
      description: values.description ?? '',
      announcement: values.announcement ?? '',
      owner: values.owner ?? '',
      createdAt: values.createdAt ?? this.#clock.now(),
      maxMembers: values.maxMembers ?? 0,
      members: new Map(),
      blocklist: new Map(),
      attributes: new Map(values.attributes ?? []),
      extra: new Map(values.extra ?? []),
    };
    for (const userId of values.members ?? []) this.#admit(space, userId, space.createdAt);
    this.spaces(kind).set(id, space);
    this.#emit({ type: 'space.created', space, by });
    return space;
  }

  spaces(kind: 'group' | 'chatroom'): Map<string, EmulatedSpace> {
    return kind === 'group' ? this.groups : this.chatrooms;
  }

  deleteSpace(space: EmulatedSpace, by: string): void {
    this.spaces(space.kind).delete(space.id);
    this.#emit({ type: 'space.deleted', space, by });
  }

  /** Adds those who are not in yet; gives the ids that came in. */
  join(space: EmulatedSpace, userIds: readonly string[], by: string): string[] {
    const joined = userIds.filter((userId) => !space.members.has(userId));
    for (const userId of joined) this.#admit(space, userId, this.#clock.now());
    if (joined.length > 0) this.#emit({ type: 'members.joined', space, userIds: joined, by });
    return joined;
  }

  /** Removes those who are in; gives the ids that went. */
  leave(space: EmulatedSpace, userIds: readonly string[], by: string, cause?: string): string[] {
    const left = userIds.filter((userId) => space.members.delete(userId));
    if (left.length > 0)
      this.#emit({ type: 'members.left', space, userIds: left, by, ...(cause !== undefined && { cause }) });
    return left;
  }

  /** Keeps a message without telling anybody; `makeId` turns a rising number and the time into the vendor's message id. */
  keep(message: NewMessage, makeId: (serial: number, now: number) => string): EmulatedMessage {
    const key = conversationKey(message.kind, message.from, message.to);
    const list = this.conversations.get(key) ?? [];
    const now = this.#clock.now();
    const kept: EmulatedMessage = {
      id: makeId(this.nextId(), now),
      seq: (list.at(-1)?.seq ?? 0) + 1,
      kind: message.kind,
      from: message.from,
      to: message.to,
      type: message.type,
      body: message.body,
      sentAt: message.sentAt ?? now,
      editedAt: null,
      recalledAt: null,
      source: message.source,
      extra: new Map(message.extra ?? []),
    };
    list.push(kept);
    this.conversations.set(key, list);
    this.messages.set(kept.id, kept);
    return kept;
  }

  /** Tells that messages of one call were sent. */
  sent(messages: readonly EmulatedMessage[]): void {
    if (messages.length > 0) this.#emit({ type: 'message.sent', messages });
  }

  edit(message: EmulatedMessage, body: unknown, by: string): void {
    message.body = body;
    message.editedAt = this.#clock.now();
    this.#emit({ type: 'message.edited', message, by });
  }

  recall(message: EmulatedMessage, by: string): void {
    message.recalledAt = this.#clock.now();
    this.#emit({ type: 'message.recalled', message, by });
  }

  /** Tells that messages were refused with the vendor's code; they are kept nowhere. */
  refused(messages: readonly NewMessage[], result: string): void {
    const now = this.#clock.now();
    const unsent = messages.map(
      (message): EmulatedMessage => ({
        ...message,
        id: '',
        seq: 0,
        sentAt: message.sentAt ?? now,
        editedAt: null,
        recalledAt: null,
        extra: new Map(message.extra ?? []),
      }),
    );
    this.#emit({ type: 'message.sent', messages: unsent, result });
  }

  /** Tells of something that only this vendor knows of. */
  tell(callback: string, fields: Readonly<Record<string, unknown>>): void {
    this.#emit({ type: 'vendor', callback, fields });
  }

  /** A client logs in on a device. */
  connect(user: EmulatedUser, device: string): void {
    user.hasLoggedIn = true;
    user.devices.add(device);
    this.#emit({ type: 'user.online', user, device });
  }

  disconnect(user: EmulatedUser, device: string): void {
    user.devices.delete(device);
    user.lastSeenAt = this.#clock.now();
    this.#emit({ type: 'user.offline', user, device });
  }

  #admit(space: EmulatedSpace, userId: string, joinedAt: number): void {
    const role = userId === space.owner ? 'owner' : 'member';
    space.members.set(userId, { userId, role, nickname: '', joinedAt, attributes: new Map() });
  }
}
