import { conversationKey, type EmulatedState, type EmulatedUser } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { conversationsOf } from './conversation.ts';
import { countOf, lastSeq, ownState } from './conversation-state.ts';
import { codes, fail } from './failures.ts';
import { actor } from './user.ts';
import { object, objects, text, texts, whole } from './values.ts';

const groupType = 2;
const mostPinned = 100;
const mostMuted = 500;

/** The kind of conversation by its number. */
function kindOf(params: Params): 'direct' | 'group' {
  const type = whole(params, 'ConvType');
  if (type !== 0 && type !== groupType) fail(codes.badParameter);
  return type === groupType ? 'group' : 'direct';
}

interface Failure {
  readonly ConvId: string;
  readonly ConvType?: number;
  readonly SubCode: number;
  readonly SubMessage: string;
}

/** Code 0 as soon as one conversation worked; with none the first one's code, as it is documented for peers not registered. */
function settle(failures: readonly Failure[], count: number): Params {
  const [first] = failures;
  if (first && failures.length === count) fail(first.SubCode, { ErrorList: failures });
  return { ErrorList: failures };
}

/** Why there is no such conversation to be muted, if so. */
function muteProblem(
  state: EmulatedState,
  user: EmulatedUser,
  kind: 'direct' | 'group',
  id: string,
): number | undefined {
  if (kind === 'direct') return state.users.has(id) ? undefined : codes.userNotRegistered;
  const group = state.groups.get(id);
  if (!group) return codes.groupMissing;
  return group.members.has(user.id) ? undefined : codes.notMember;
}

const muteConversations: Handler = (params, { state }) => {
  const user = actor(state, params);
  const kind = kindOf(params);
  const isWanted = params['Enable'] === true;
  const ids = texts(params, 'ConvIds');
  const failures = ids.flatMap((ConvId): Failure[] => {
    const own = ownState(user, conversationKey(kind, user.id, ConvId));
    const isFull = countOf(user, ({ isMuted }, key) => isMuted && key.startsWith('direct ')) >= mostMuted;
    const problem =
      muteProblem(state, user, kind, ConvId) ??
      (own.isMuted === isWanted ? (isWanted ? codes.mutedAlready : codes.notMuted) : undefined) ??
      (isWanted && kind === 'direct' && isFull ? codes.tooManyMutedConversations : undefined);
    if (problem) return [{ ConvId, SubCode: problem, SubMessage: '' }];
    own.isMuted = isWanted;
    return [];
  });
  return settle(failures, ids.length);
};

/** What the page says of peers it says of no group: a group that is not there is a failure without a code of its own. */
function pinProblem(state: EmulatedState, kind: 'direct' | 'group', id: string): number | undefined {
  if (kind === 'direct') return state.users.has(id) ? undefined : codes.blocklistOwnerUnknown;
  return state.groups.has(id) ? undefined : codes.general;
}

const pinConversations: Handler = (params, { state }) => {
  const user = actor(state, params);
  const pinnedType = whole(params, 'PinnedType');
  if (pinnedType !== 0 && pinnedType !== 1) fail(codes.badParameter);
  const wanted = objects(params, 'ConvList');
  const failures = wanted.flatMap((item): Failure[] => {
    const kind = kindOf(item);
    const ConvId = text(item, 'ConvId');
    const own = ownState(user, conversationKey(kind, user.id, ConvId));
    const isFull = pinnedType === 1 && !own.isPinned && countOf(user, ({ isPinned }) => isPinned) >= mostPinned;
    const problem = pinProblem(state, kind, ConvId) ?? (isFull ? codes.tooManyPinned : undefined);
    if (problem) return [{ ConvId, ConvType: kind === 'group' ? groupType : 0, SubCode: problem, SubMessage: '' }];
    own.isPinned = pinnedType === 1;
    return [];
  });
  return settle(failures, wanted.length);
};

const mostMark = 30;
const mostMarkedAtOnce = 100;

/** The entries of a map from conversations to a mark. */
function marksIn(item: Params, name: string): [string, number][] {
  const entries = Object.entries(object(item[name])).map(([id, value]): [string, number] => {
    const mark = whole(object(value), 'MarkContent') ?? 0;
    return mark < 1 || mark > mostMark ? fail(codes.badParameter) : [id, mark];
  });
  return entries.length > mostMarkedAtOnce ? fail(codes.badParameter) : entries;
}

interface MarkOutcome {
  readonly worked: number;
  readonly failures: readonly Params[];
}

/** Sets or takes off the marks of one item of the list: those of one user. */
function setMarks(state: EmulatedState, item: Params): MarkOutcome {
  const UserId = text(item, 'UserId');
  const maps = { direct: marksIn(item, 'SetMarkC2c'), group: marksIn(item, 'SetMarkGroup') } as const;
  if (maps.direct.length + maps.group.length === 0) fail(codes.badParameter);
  const user = state.users.get(UserId);
  if (!user)
    return { worked: 0, failures: [{ SubCode: codes.blocklistOwnerUnknown, SubMessage: '', UserId, FailList: [] }] };
  const all = (['direct', 'group'] as const).flatMap((kind) => maps[kind].map(([id, mark]) => ({ kind, id, mark })));
  const isThere = ({ kind, id }: { kind: 'direct' | 'group'; id: string }) =>
    kind === 'direct' ? state.users.has(id) : (state.groups.get(id)?.members.has(UserId) ?? false);
  const good = all.filter(isThere);
  for (const { kind, id, mark } of good) {
    const { marks } = ownState(user, conversationKey(kind, UserId, id));
    if (item['Action'] === true) marks.add(mark);
    else marks.delete(mark);
  }
  const FailList = all
    .filter((each) => !isThere(each))
    .map(({ kind, id }) => ({ Code: 1, Message: 'fail', ConvId: id, ConvType: kind === 'group' ? groupType : 0 }));
  const failures = FailList.length > 0 ? [{ SubCode: 0, SubMessage: 'succ', UserId, FailList }] : [];
  return { worked: good.length, failures };
}

/** The answer's list holds users, each with its own list of conversations (catalogue: note). */
const markConversations: Handler = (params, { state }) => {
  actor(state, params);
  const wanted = objects(params, 'ConvMarkInfoList');
  if (!wanted.every((item) => typeof item['Action'] === 'boolean')) fail(codes.badParameter);
  const outcomes = wanted.map((item) => setMarks(state, item));
  const FailList = outcomes.flatMap(({ failures }) => failures);
  if (outcomes.every(({ worked }) => worked === 0)) fail(codes.nothingMarked, { FailList });
  return { FailList };
};

/** Only conversations of the list: the newest 1000. */
const clearUnread: Handler = (params, { state }) => {
  const user = actor(state, params, codes.userNotRegistered);
  const id = text(params, 'ConvId');
  const kind = kindOf(params);
  const isListed = conversationsOf(state, user).some((each) => each.id === id && each.isGroup === (kind === 'group'));
  if (!isListed) fail(codes.conversationUnknown);
  const key = conversationKey(kind, user.id, id);
  ownState(user, key).readTo = lastSeq(state, key);
  return {};
};

/** For this user only; the messages stay. The page has no code for what is not there. */
const deleteConversation: Handler = (params, { state }) => {
  const kind = kindOf(params);
  const user = state.users.get(text(params, 'FromUserId'));
  if (!user) return {};
  const key = conversationKey(kind, user.id, text(params, 'ConvId'));
  ownState(user, key).deletedAt = lastSeq(state, key);
  return {};
};

export const settingsHandlers = {
  'zim.conversation.mute.set': muteConversations,
  'zim.conversation.pin.set': pinConversations,
  'zim.conversation.marks.set': markConversations,
  'zim.conversation.unread.clear': clearUnread,
  'zim.conversation.delete': deleteConversation,
} satisfies Record<string, Handler>;
