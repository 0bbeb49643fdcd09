import {
  conversationKey,
  type EmulatedMessage,
  type EmulatedState,
  type EmulatedUser,
} from '../../../emulator/state.ts';
import { held } from './memory.ts';

/** How one user has a conversation; messages are named by their seq. */
interface OwnState {
  isPinned: boolean;
  isMuted: boolean;
  readonly marks: Set<number>;
  /** The last message that the user's own copy lost when it was emptied. */
  clearedTo: number;
  /** The last message when the user deleted the conversation; it is listed again with the next one. */
  deletedAt: number;
  readTo: number;
}

const statesOf = (user: EmulatedUser): Map<string, OwnState> => held(user.extra, 'conversations');

const fresh = (): OwnState => ({
  isPinned: false,
  isMuted: false,
  marks: new Set(),
  clearedTo: 0,
  deletedAt: 0,
  readTo: 0,
});

/** What a user has set of a conversation, to be changed in place. */
export function ownState(user: EmulatedUser, key: string): OwnState {
  const states = statesOf(user);
  const state = states.get(key) ?? fresh();
  states.set(key, state);
  return state;
}

/** How many of a user's conversations are so. */
export function countOf(user: EmulatedUser, isSo: (state: OwnState, key: string) => boolean): number {
  return [...statesOf(user)].filter(([key, state]) => isSo(state, key)).length;
}

/** Whose copy of a one-to-one conversation an imported message is in; both sides' where it was sent. */
export const copyOwner = 'copy of';

/** Whom of a group a message is for: those listed, or all but those; nobody's is unread then (catalogue: TargetOption). */
export interface Target {
  readonly userIds: readonly string[];
  readonly isInclusive: boolean;
}

export const target = 'target';

const isTarget = (value: unknown): value is Target => typeof value === 'object' && value !== null && 'userIds' in value;

function targetOf(message: EmulatedMessage): Target | null {
  const value = message.extra.get(target);
  return isTarget(value) ? value : null;
}

/** Whether a user sees a message of a group. Its sender does. */
function isFor(message: EmulatedMessage, user: EmulatedUser): boolean {
  const option = targetOf(message);
  return option === null || message.from === user.id || option.userIds.includes(user.id) === option.isInclusive;
}

/**
 * Whether a user has a message in its own copy of the conversation: imports go to one side, a copy can be emptied, and some of a group
 * may not see a message.
 */
function isInCopy(message: EmulatedMessage, user: EmulatedUser): boolean {
  const key = conversationKey(message.kind, message.from, message.to);
  const owner = message.extra.get(copyOwner);
  if ((owner !== undefined && owner !== user.id) || !isFor(message, user)) return false;
  return message.seq > (statesOf(user).get(key)?.clearedTo ?? 0);
}

/** The messages of a user's own copy of a conversation. */
export const copyFor = (state: EmulatedState, user: EmulatedUser, key: string): EmulatedMessage[] =>
  (state.conversations.get(key) ?? []).filter((message) => isInCopy(message, user));

/** The seq of a conversation's last message, 0 when there is none. */
export const lastSeq = (state: EmulatedState, key: string): number => state.conversations.get(key)?.at(-1)?.seq ?? 0;

/** How many messages of others a user has not read, as the vendor's clients show it. */
export function unreadOf(state: EmulatedState, user: EmulatedUser, key: string): number {
  const { readTo } = ownState(user, key);
  const isUnread = (message: EmulatedMessage) =>
    message.seq > readTo && message.from !== user.id && targetOf(message) === null;
  return copyFor(state, user, key).filter(isUnread).length;
}
