import type { Handler } from '../../../emulator/vendor.ts';
import { roomOf, withReason } from './chatroom.ts';
import { localTime } from './local-time.ts';
import { int, texts } from './read.ts';

/** Shuts users out until the minutes are over, and takes out those who are in. A room that is not there is passed over. */
const add: Handler = (params, context) => {
  const { state, clock } = context;
  const room = roomOf(params, context);
  const minutes = int(params, 'minute', 0);
  const userIds = texts(params, 'userId');
  if (!room) return {};
  for (const userId of userIds) room.blocklist.set(userId, clock.now() + minutes * 60_000);
  withReason(room, 2, () => state.leave(room, userIds, ''));
  return {};
};

const remove: Handler = (params, context) => {
  const room = roomOf(params, context);
  for (const userId of texts(params, 'userId')) room?.blocklist.delete(userId);
  return {};
};

/** Those whose block has not ended; `time` is when it does. */
const list: Handler = (params, context) => {
  const room = roomOf(params, context);
  const users = [...(room?.blocklist ?? [])].flatMap(([userId, until]) =>
    until !== null && until > context.clock.now() ? [{ userId, time: localTime(until, context.app) }] : [],
  );
  return { users };
};

export const chatroomBlockHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.chatroom.block.add': add,
  'rongcloud.chatroom.block.remove': remove,
  'rongcloud.chatroom.block.list': list,
};
