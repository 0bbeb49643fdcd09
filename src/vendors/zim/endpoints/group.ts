import { z } from 'zod';
import { bytes, empty, get, list, optionalBytes, post } from '../../../net/endpoint.ts';
import { batchReply, characters, cursor, failing, id, items, nextCursor, number, pageSize, text } from './values.ts';

const attributes = z.object({ Key: bytes(16), Value: optionalBytes(1024) });
const name = characters(50);

/** Groups: https://www.zegocloud.com/docs/zim-server/group/ */
export const group = {
  create: post('zim.group.create', '/?Action=CreateGroup', {
    json: {
      GroupId: id.optional(),
      GroupName: name.optional(),
      GroupNotice: optionalBytes(300).optional(),
      GroupAvatar: optionalBytes(500).optional(),
      GroupOwner: id,
      UserId: list(id, 100).optional(),
      Attributes: list(attributes, 10).optional(),
      CreateGroupTime: z.number().int().optional(),
    },
    reply: z.object({ ...failing, GroupId: z.string().min(1) }),
    limits: ['CreateGroup'],
  }),

  update: post('zim.group.data.update', '/?Action=UpdateGroupData', {
    json: {
      FromUserId: id,
      GroupId: id,
      GroupName: name.optional(),
      GroupAvatar: characters(500).optional(),
      GroupNotice: characters(300).optional(),
    },
    reply: empty,
    limits: ['UpdateGroupData'],
    idempotent: true,
  }),

  setLimits: get('zim.group.limits.modify', '/?Action=ModifyGroupLimit', {
    query: {
      FromUserId: id,
      GroupId: id,
      JoinMode: z.literal([0, 1, 2]).optional(),
      InviteMode: z.literal([0, 1]).optional(),
      BeInvitedMode: z.literal([0, 1]).optional(),
      MemberCountLimit: z.number().int().min(0).optional(),
    },
    reply: empty,
    limits: ['ModifyGroupLimit'],
    idempotent: true,
  }),

  query: post('zim.group.info.query', '/?Action=QueryGroupInfo', {
    json: { FromUserId: id, GroupId: id },
    reply: z.object({
      GroupId: text,
      GroupName: text,
      GroupNotice: text,
      GroupAvatar: text,
      GroupCreateTime: number,
      LimitInfo: z
        .object({ MemberCountLimit: number, JoinMode: number, InviteMode: number, BeInvitedMode: number })
        .nullish(),
      GroupAttributes: items(z.object({ Key: z.string(), Value: z.string() })),
      IsAllForbid: z.boolean().nullish(),
      ForbidList: items(z.number()),
      ForbidExpireTime: number,
    }),
    limits: ['QueryGroupInfo'],
    readOnly: true,
  }),

  list: get('zim.group.list', '/?Action=QueryAppGroupList', {
    query: { Limit: pageSize(10_000).optional(), Next: cursor.optional() },
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      GroupIdList: items(z.object({ GroupId: z.string(), GroupName: text })),
    }),
    // The user's list says 20 a second, the vendor's page 1: the stricter holds (zim.yaml, quirks).
    limits: ['QueryAppGroupList', 'QueryAppGroupList.page'],
    readOnly: true,
  }),

  /** `Action` of the body: 0 sets, 1 deletes; not to be taken for that of the query. */
  changeAttributes: post('zim.group.attributes.modify', '/?Action=ModifyGroupAttribute', {
    json: {
      Action: z.literal([0, 1]),
      FromUserId: id,
      GroupId: id,
      Attributes: list(z.object({ Key: bytes(16), Value: optionalBytes(1024).optional() }), 10),
    },
    reply: batchReply,
    limits: ['ModifyGroupAttribute'],
    batch: { param: 'Attributes', max: 10 },
    idempotent: true,
    errors: { 'key db-non-existent': 'NOT_FOUND' },
  }),

  transfer: get('zim.group.owner.transfer', '/?Action=TransferGroupOwner', {
    query: { FromUserId: id, GroupId: id, NewOwner: id },
    reply: empty,
    limits: [{ bucket: 'TransferGroupOwner', by: 'GroupId' }],
    idempotent: true,
  }),

  dismiss: get('zim.group.dismiss', '/?Action=DismissGroup', {
    query: { FromUserId: id, GroupId: id },
    reply: empty,
    limits: [{ bucket: 'DismissGroup', by: 'GroupId' }],
    idempotent: true,
  }),
};

/** Who is in a group. */
export const groupMembers = {
  list: post('zim.group.members.list', '/?Action=QueryGroupMemberList', {
    json: { GroupId: id, Limit: pageSize(1000).optional(), Next: cursor.optional() },
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      MemberList: items(z.object({ UserId: z.string(), UserName: text, UserNickName: text, Role: number })),
    }),
    limits: ['QueryGroupMemberList'],
    readOnly: true,
  }),

  add: post('zim.group.members.add', '/?Action=InviteUsersIntoGroup', {
    json: {
      FromUserId: id,
      GroupId: id,
      UserIds: list(id, 100).optional(),
      GroupMemberInfos: list(
        z.object({ UserId: id, EnterGroupTime: z.number().int().optional(), IsInvite: z.literal([0, 1]).optional() }),
        100,
      ).optional(),
    },
    reply: batchReply,
    limits: [{ bucket: 'InviteUsersIntoGroup', by: 'GroupId' }],
    batch: { param: 'UserIds', max: 100 },
    idempotent: true,
  }),

  remove: post('zim.group.members.remove', '/?Action=KickoutGroupUser', {
    json: { FromUserId: id, GroupId: id, UserId: list(id, 50), CustomReason: optionalBytes(32).optional() },
    reply: batchReply,
    limits: ['KickoutGroupUser'],
    batch: { param: 'UserId', max: 50 },
    idempotent: true,
  }),

  setNicknames: post('zim.group.members.nickname.set', '/?Action=SetGroupMembersNickname', {
    json: { FromUserId: id, GroupId: id, UserIds: list(z.object({ UserId: id, Nickname: bytes(256) }), 20) },
    reply: batchReply,
    limits: [{ bucket: 'SetGroupMembersNickname', by: 'GroupId' }],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  setRole: get('zim.group.members.role.set', '/?Action=SetGroupMemberRole', {
    query: { FromUserId: id, GroupId: id, ToUserId: id, Role: z.number().int().min(2) },
    reply: empty,
    limits: ['SetGroupMemberRole'],
    idempotent: true,
  }),
};
