import type { Batch } from '../../../domain/batch.ts';
import type { Chatroom, NewChatroom } from '../../../domain/chatroom.ts';
import { muteOfAll, type WithMute } from '../../../domain/moderation.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, type Outcome, succeeded } from '../../../errors.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { bareUserId, userIdOf } from '../ids.ts';
import { type Context, notFound, notSupported } from './context.ts';
import { chatroomRule, readEach, single } from './each.ts';

/** Chatrooms and their announcements. */
export function chatroomOperations(context: Context) {
  const { call, config } = context;
  const chatrooms: Batch<string, Chatroom & WithMute> = {
    max: 100,
    load: (chatroomIds, options) => readChatrooms(context, chatroomIds, options),
  };
  return {
    'App.chatrooms': async (_, { position, limit }, options) => {
      const params = { limit, ...(position !== undefined && { cursor: position }) };
      const { items, next } = await call(chatroom.list, params, options);
      return { items: items.map((row) => chatroomOf(row, config)), ...(next !== undefined && { next }) };
    },
    'Chatroom.name': chatrooms,
    'Chatroom.mute': chatrooms,
    'Chatroom.announcement': single(
      async (chatroom_id: string, options): Promise<string | null> =>
        (await call(chatroom.announcement, { chatroom_id }, options)).announcement,
    ),
    'Mutation.createChatroom': (fresh, options) => createChatroom(context, fresh, options),
  } satisfies Partial<Operations>;
}

interface Row {
  readonly id: string;
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly affiliations_count?: number | undefined;
  readonly description?: string | null;
  readonly created?: Date | null | undefined;
  readonly maxusers?: number | undefined;
  readonly mute?: boolean | undefined;
}

function chatroomOf(row: Row, config: Config): Chatroom {
  return {
    chatroomId: row.id,
    name: row.name,
    description: row.description,
    ownerId: row.owner === undefined ? undefined : bareUserId(row.owner, config),
    createdAt: row.created,
    maxMembers: row.maxusers,
    memberCount: row.affiliations_count,
    // Chatrooms stay until they are deleted.
    expiry: null,
  };
}

function readChatrooms(context: Context, chatroomIds: readonly string[], options?: RequestOptions) {
  return readEach(chatroomIds, chatroomRule, async (ids) => {
    const rows = await readRows(context, ids, options);
    const byId = new Map(
      rows.map((row) => [row.id, { ...chatroomOf(row, context.config), mute: muteOfAll(row.mute ?? false) }]),
    );
    return (id: string): (Chatroom & WithMute) | AppError => byId.get(id) ?? notFound('chatroom');
  });
}

/**
 * Whether one missing chatroom spoils the read of many is not documented: a read that finds none is asked again by
 * halves, so that those that exist are had in a few calls more.
 */
async function readRows(context: Context, ids: readonly string[], options?: RequestOptions): Promise<Row[]> {
  try {
    return await context.call(chatroom.get, { chatroom_id: [...ids] }, options);
  } catch (error) {
    if (ids.length === 1 || !(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    const middle = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, middle), ids.slice(middle)];
    const rows: Row[] = [];
    for (const half of halves) rows.push(...(await readRows(context, half, options).catch(noneFound)));
    return rows;
  }
}

function noneFound(error: unknown): Row[] {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return [];
  throw error;
}

/** The vendor wants an owner and a description: the system user, and the name once more. */
async function createChatroom({ call, config }: Context, fresh: NewChatroom, options?: RequestOptions) {
  if (fresh.isMuted) throw notSupported('input.isMuted', 'Chatrooms cannot be made muted.');
  const owner = userIdOf(fresh.ownerId ?? config.systemUser);
  const members = [...new Set(fresh.memberIds.map(userIdOf))].filter((id) => id !== owner);
  const params = {
    name: fresh.name,
    description: fresh.description ?? fresh.name,
    owner,
    ...(fresh.maxMembers !== undefined && { maxusers: fresh.maxMembers }),
    ...(members.length > 0 && { members }),
  };
  const { id } = await call(chatroom.create, params, options);
  // The vendor makes the chatroom with all of the members, or not at all.
  return { chatroomId: id, members: fresh.memberIds.map((): Outcome => succeeded(undefined)) };
}
