import type { Batch } from '../../../domain/batch.ts';
import type { Chatroom, NewChatroom } from '../../../domain/chatroom.ts';
import { muteOfAll, type WithMute } from '../../../domain/moderation.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { Member, MemberKey } from '../../../domain/space.ts';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { textOf } from '../json.ts';
import { badInput, notSupported } from '../refusals.ts';
import { parseLocalTime, parseMillis } from '../time.ts';
import { mustExist } from './existence.ts';
import { madeUpId } from './group.ts';
import { loadGood, orError } from './keys.ts';
import { offsetOf, pageOf } from './paging.ts';

type Context = AppContext<Config>;
type ChatroomOperations = Partial<
  Pick<
    Operations,
    | 'Chatroom.name'
    | 'Chatroom.mute'
    | 'Chatroom.memberCount'
    | 'Chatroom.members'
    | 'Chatroom.member'
    | 'Mutation.createChatroom'
  >
>;

/** The vendor tells no more of a chatroom's users. */
const maxTold = 500;

/** Chatrooms: read and made by the current calls, or by the older ones, which keep names, with `paths: cn-list`. */
export const chatroomOperations = (context: Context): ChatroomOperations => ({
  ...members(context),
  ...(context.config.paths === 'current' ? current(context) : named(context)),
});

function members(context: Context): ChatroomOperations {
  const { config, call } = context;
  return {
    async 'Chatroom.members'({ spaceId }, { position, limit }, options) {
      const start = offsetOf(position);
      const count = Math.min(maxTold, start + limit);
      const { users, total } = await call(chatroom.queryUsers, { chatroomId: spaceId, count, order: 2 }, options);
      // A room that is not there has nobody in it, too.
      if (users.length === 0) await mustExist({ kind: 'chatroom', id: spaceId }, context, options);
      const items = users
        .slice(start, start + limit)
        .map(({ id, time }) => ({ userId: id, joinedAt: parseLocalTime(time, config.region) }));
      const isMore = count < Math.min(maxTold, total ?? 0) && items.length > 0;
      return pageOf(items, isMore ? String(count) : undefined, total);
    },
    'Chatroom.member': {
      max: 1000,
      group: ({ spaceId }) => spaceId,
      identity: ({ spaceId, userId }) => JSON.stringify([spaceId, userId]),
      load: (keys, options) => membersOf(keys, context, options),
    },
  };
}

const current = (context: Context): ChatroomOperations => ({
  ...currentReads(context),
  async 'Mutation.createChatroom'(room, options) {
    const params = creation(room, context.config);
    await context.call(chatroom.create, params, options);
    return { chatroomId: params.chatroomId, members: [] };
  },
});

function currentReads(context: Context): Pick<ChatroomOperations, 'Chatroom.name' | 'Chatroom.mute'> {
  const chatrooms: Batch<string, Chatroom & WithMute> = {
    max: 1,
    load: async ([id = ''], options) => [await readCurrent(id, context, options)],
  };
  return { 'Chatroom.name': chatrooms, 'Chatroom.mute': chatrooms };
}

const named = (context: Context): ChatroomOperations => ({
  'Chatroom.name': { max: 20, load: (ids, options) => readNamed(ids, context, options) },
  'Chatroom.memberCount': {
    max: 1,
    load: async ([id = ''], options) => [await countNamed(id, context, options)],
  },
  async 'Mutation.createChatroom'({ chatroomId = madeUpId(), name, ...choices }, options) {
    refuseChoices(choices, []);
    await context.call(chatroom.createNamed, { chatroom: new Map([[chatroomId, name]]) }, options);
    return { chatroomId, members: [] };
  },
});

/** The current call knows no names. */
async function readCurrent(
  chatroomId: string,
  { config, call }: Context,
  options?: RequestOptions,
): Promise<Chatroom & WithMute> {
  const answer = await call(chatroom.get, { chatroomId }, options);
  const { destroyType, destroyTime } = answer;
  return {
    chatroomId,
    name: null,
    createdAt: parseLocalTime(answer.createTime, config.region),
    memberCount: answer.memberCount ?? null,
    mute: muteOfAll(answer.ban ?? false),
    expiry:
      typeof destroyType !== 'number'
        ? null
        : destroyType === 1
          ? { trigger: 'SET', afterSeconds: typeof destroyTime === 'number' ? destroyTime * 60 : null }
          : { trigger: 'IDLE', afterSeconds: null },
  };
}

/** The older read has the names, many at once; rooms it does not know are asked for by the call that is named beside it. */
function readNamed(ids: readonly string[], { config, call }: Context, options?: RequestOptions) {
  const when = (text: string | number | null | undefined) => parseMillis(text) ?? parseLocalTime(text, config.region);
  const readInfo = async (chatroomId: string): Promise<Chatroom> => {
    const { name, createTime, time } = await call(chatroom.info, { chatroomId }, options);
    return { chatroomId, name: textOf(name), createdAt: when(createTime ?? time) };
  };
  return loadGood(
    ids,
    (id) => id,
    async (good) => {
      const { chatRooms } = await call(chatroom.queryNamed, { chatroomId: [...good] }, options);
      const found = new Map<string, Chatroom | AppError>(
        chatRooms.map(({ chrmId, name, time }) => [
          chrmId,
          { chatroomId: chrmId, name: textOf(name), createdAt: when(time) },
        ]),
      );
      const others = good.filter((id) => !found.has(id));
      const answers = await Promise.all(others.map((id) => orError(readInfo(id))));
      others.forEach((id, index) => {
        found.set(id, answers[index] ?? new AppError('NOT_FOUND'));
      });
      return found;
    },
  );
}

/** By the path of the Chinese list; by the current one, whose answer is documented, where that does not tell. */
async function countNamed(chatroomId: string, context: Context, options?: RequestOptions): Promise<number | null> {
  const told = await orError(context.call(chatroom.info, { chatroomId }, options));
  if (!(told instanceof AppError) && typeof told.memberCount === 'number') return told.memberCount;
  return (await readCurrent(chatroomId, context, options)).memberCount ?? null;
}

/** A lone user takes the call for one, whose limit is apart. */
function membersOf(keys: readonly MemberKey[], { call }: Context, options?: RequestOptions) {
  const chatroomId = keys[0]?.spaceId ?? '';
  return loadGood<MemberKey, Member | null>(
    keys,
    ({ userId }) => userId,
    async (good) => {
      const [first, ...others] = good.map(({ userId }) => userId);
      if (first !== undefined && others.length === 0) {
        const { isInChrm } = await call(chatroom.checkUser, { chatroomId, userId: first }, options);
        return new Map([[first, isInChrm ? { userId: first } : null]]);
      }
      const userId = good.map((key) => key.userId);
      const { result } = await call(chatroom.checkUsers, { chatroomId, userId }, options);
      const inside = new Set(result.filter((each) => each.isInChrm).map((each) => each.userId));
      return new Map(userId.map((id) => [id, inside.has(id) ? { userId: id } : null]));
    },
  );
}

/** Throws `NOT_SUPPORTED` for choices that are not among those taken; the name is taken, though the current call keeps none. */
function refuseChoices(choices: Omit<NewChatroom, 'name' | 'chatroomId'>, taken: readonly string[]): void {
  const isGiven = (value: unknown) =>
    value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  const extra = Object.entries(choices).find(([name, value]) => isGiven(value) && !taken.includes(name));
  if (extra) throw notSupported(`input.${extra[0]}`);
}

function creation({ chatroomId = madeUpId(), name: _, ...choices }: NewChatroom, { systemUser }: Config) {
  refuseChoices(choices, ['attributes', 'expiry', 'isMuted', 'speakerIds']);
  const { attributes = [], expiry, isMuted, speakerIds = [] } = choices;
  return {
    chatroomId,
    ...expiryParams(expiry),
    ...(isMuted && { isBan: true }),
    ...(speakerIds.length > 0 && { whiteUserIds: [...speakerIds] }),
    ...(attributes.length > 0 && {
      entryOwnerId: systemUser,
      entryInfo: new Map(attributes.map(({ key, value }) => [key, value])),
    }),
  };
}

/** An idle room ends after an hour or so, which is not for the app to choose; a set end is in minutes. */
function expiryParams(expiry: NewChatroom['expiry']) {
  if (!expiry) return {};
  const { trigger, afterSeconds } = expiry;
  if (trigger === 'IDLE') {
    if (afterSeconds !== undefined) throw notSupported('input.expiry.afterSeconds');
    return { destroyType: 0 as const };
  }
  if (afterSeconds === undefined) return { destroyType: 1 as const };
  const destroyTime = Math.ceil(afterSeconds / 60);
  if (destroyTime < 60 || destroyTime > 10_080) throw badInput('input.expiry.afterSeconds', 'must be 3600-604800');
  return { destroyType: 1 as const, destroyTime };
}
