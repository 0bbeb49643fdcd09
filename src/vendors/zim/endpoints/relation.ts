import { z } from 'zod';
import { get, list, post } from '../../../net/endpoint.ts';
import { batchReply, characters, cursor, failing, id, items, nextCursor, number, pageSize, text } from './values.ts';

/** Of `DeleteType`, against intuition (catalogue: quirks): 0 is both sides, 1 the acting user's alone. */
const side = z.literal([0, 1]);

const attributes = list(z.object({ Key: z.literal(['k0', 'k1', 'k2', 'k3', 'k4']), Value: z.string() }), 5);

const newFriends = {
  FromUserId: id,
  FriendInfos: list(
    z.object({
      UserId: id,
      Wording: characters(256).optional(),
      FriendAlias: characters(256).optional(),
      Attributes: attributes.optional(),
    }),
    20,
  ),
};

/** Friends: https://www.zegocloud.com/docs/zim-server/user/ */
export const friend = {
  add: post('zim.relation.friend.add', '/?Action=AddFriends', {
    json: newFriends,
    reply: batchReply,
    limits: ['AddFriends'],
    batch: { param: 'FriendInfos', max: 20 },
    idempotent: true,
  }),

  apply: post('zim.relation.friend.apply', '/?Action=SendFriendApplication', {
    json: newFriends,
    reply: batchReply,
    limits: ['SendFriendApplication'],
    batch: { param: 'FriendInfos', max: 20 },
  }),

  remove: post('zim.relation.friend.delete', '/?Action=DeleteFriends', {
    json: { FromUserId: id, UserIds: list(id, 20), DeleteType: side },
    reply: batchReply,
    limits: ['DeleteFriends'],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  removeAll: get('zim.relation.friend.deleteAll', '/?Action=DeleteAllFriends', {
    query: { FromUserId: id, DeleteType: side },
    reply: z.object({}),
    limits: ['DeleteAllFriends'],
    idempotent: true,
  }),

  list: get('zim.relation.friend.list', '/?Action=QueryFriendList', {
    query: { FromUserId: id, Limit: pageSize(100), Next: cursor },
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      FriendInfos: items(
        z.object({
          UserId: z.string(),
          UserName: text,
          Avatar: text,
          FriendAlias: text,
          CreateTime: number,
          Attributes: items(z.object({ Key: z.string(), Value: z.string() })),
        }),
      ),
    }),
    limits: ['QueryFriendList'],
    readOnly: true,
  }),

  check: post('zim.relation.friend.check', '/?Action=CheckFriendsRelation', {
    // Of `CheckType`, 0 is two-way.
    json: { FromUserId: id, UserIds: list(id, 20), CheckType: z.literal(0) },
    reply: z.object({ ...failing, Successes: items(z.object({ UserId: z.string(), Relation: number })) }),
    limits: ['CheckFriendsRelation'],
    batch: { param: 'UserIds', max: 20 },
    readOnly: true,
  }),

  setRemarks: post('zim.relation.friend.alias.update', '/?Action=UpdateFriendsAlias', {
    json: { FromUserId: id, UserIds: list(z.object({ UserId: id, FriendAlias: characters(256) }), 20) },
    reply: batchReply,
    limits: ['UpdateFriendsAlias'],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  setAttributes: post('zim.relation.friend.attributes.update', '/?Action=UpdateFriendAttributes', {
    json: { FromUserId: id, UserId: id, Attributes: attributes, Action: z.literal(0) },
    reply: batchReply,
    limits: ['UpdateFriendAttributes'],
    batch: { param: 'Attributes', max: 5 },
    idempotent: true,
  }),
};
