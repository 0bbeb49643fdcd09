import { z } from 'zod';
import { bytes, empty, get, list, optionalBytes, post } from '../../../net/endpoint.ts';
import { batchReply, failing, id, items, nextCursor, number, pageSize, text } from './values.ts';

/** Rooms: https://www.zegocloud.com/docs/zim-server/room/ */
export const room = {
  create: post('zim.room.create', '/?Action=CreateRoom', {
    json: {
      FromUserId: id,
      RoomId: id,
      RoomName: optionalBytes(64).optional(),
      DestroyDelayTime: z.number().int().min(0).max(10_800).optional(),
      Attributes: list(
        z.object({ Key: bytes(1024), Value: z.string(), AutoDelete: z.literal([0, 1]).optional() }),
        16,
      ).optional(),
    },
    reply: empty,
    limits: ['CreateRoom'],
    idempotent: true,
  }),

  destroy: get('zim.room.destroy', '/?Action=DestroyRoom', {
    query: { RoomId: id, FromUserId: id.optional() },
    reply: empty,
    limits: ['DestroyRoom'],
    idempotent: true,
  }),
};

/** What is kept on a room. */
export const roomAttributes = {
  query: post('zim.room.attributes.query', '/?Action=QueryRoomAttribute', {
    json: { FromUserId: id, RoomId: id },
    reply: z.object({ Attributes: items(z.object({ Key: z.string(), Value: z.string() })) }),
    limits: ['QueryRoomAttribute'],
    readOnly: true,
  }),

  /** Of an item, `Action` 0 sets and 1 deletes. The page allows 16 or 20 items: the stricter holds. */
  change: post('zim.room.attributes.modify', '/?Action=ModifyRoomAttribute', {
    json: {
      FromUserId: id,
      RoomId: id,
      Attributes: list(
        z.object({
          Action: z.literal([0, 1]),
          Key: bytes(1024),
          Value: z.string().optional(),
          AutoDelete: z.literal([0, 1]).optional(),
        }),
        16,
      ),
    },
    reply: batchReply,
    limits: ['ModifyRoomAttribute'],
    batch: { param: 'Attributes', max: 16 },
    idempotent: true,
  }),
};

/** Who is in a room. */
export const roomUsers = {
  list: get('zim.room.users.list', '/?Action=QueryRoomUserList', {
    query: {
      RoomId: id,
      Mode: z.literal([0, 1]).optional(),
      NextFlag: z.string().optional(),
      Limit: pageSize(500).optional(),
    },
    reply: z.object({
      Count: number,
      NextFlag: nextCursor,
      UserList: items(z.object({ UserId: z.string(), UserName: text })),
    }),
    limits: ['QueryRoomUserList'],
    readOnly: true,
  }),

  kick: get('zim.room.users.kick', '/?Action=KickoutRoomUser', {
    query: { RoomId: id, UserId: list(id, 50), CustomReason: optionalBytes(32).optional(), FromUserId: id.optional() },
    reply: empty,
    limits: ['KickoutRoomUser'],
    batch: { param: 'UserId', max: 50 },
    idempotent: true,
  }),

  check: get('zim.room.users.check', '/?Action=QueryRoomMembers', {
    query: { UserId: list(id, 10), RoomId: id },
    // The one answer in snake_case.
    reply: z.object({
      ...failing,
      UserList: items(z.object({ user_id: z.string(), user_name: text, avatar: text })),
    }),
    // 20 a second for the app by the user's list, and 5 for each room by the vendor's page.
    limits: ['QueryRoomMembers', { bucket: 'QueryRoomMembers.page', by: 'RoomId' }],
    batch: { param: 'UserId', max: 10 },
    readOnly: true,
  }),
};
