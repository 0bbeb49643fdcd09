import { z } from 'zod';
import { bytes, empty, list, post } from '../../../net/endpoint.ts';
import { keyedBy } from '../../../net/keyed.ts';
import { content, flag, jsonField, maybeList, objectName, spaceId, userId } from './parameters.ts';

/** Settings of single push services beside title and template. */
const pushExt = jsonField(
  z
    .strictObject({
      title: z.string(),
      templateId: z.string(),
      forceShowPushContent: z.literal([0, 1]),
      pushConfigs: z.array(z.record(z.string(), z.unknown())),
    })
    .partial(),
);

const sent = { fromUserId: userId, objectName, content };

/** A number that names the message: the same one again within a minute is refused, where the vendor switched that on. */
const msgRandom = z.int().min(0).optional();

const delivered = {
  isPersisted: flag,
  isCounted: flag,
  isIncludeSender: flag,
  disableUpdateLastMsg: z.boolean().optional(),
  needReadReceipt: flag,
  msgRandom,
};

/** Key-values that can be changed later: they need `expansion`. */
const expandable = {
  expansion: z.boolean().optional(),
  extraContent: jsonField(keyedBy(z.string(), z.string())),
};

const channel = { busChannel: z.string().max(20).optional() };

const pushed = {
  pushContent: z.string().optional(),
  pushData: z.string().optional(),
  pushExt,
  disablePush: z.boolean().optional(),
  contentAvailable: flag,
};

/** The id of the message made for each receiver; older clusters tell none. */
const uidsOf = <K extends string>(receiver: K) =>
  z
    .object({
      messageUIDs: maybeList(z.looseObject({ messageUID: z.string() })),
    })
    .transform(
      ({ messageUIDs }) => new Map(messageUIDs.map((each) => [String(each[receiver] ?? ''), each.messageUID] as const)),
    );

const userUids = uidsOf('userId');
const groupUids = uidsOf('groupId');

export const message = {
  publishPrivate: post('rongcloud.message.private.publish', '/message/private/publish.json', {
    form: {
      ...sent,
      toUserId: list(userId, 1000),
      count: z.string().optional(),
      verifyBlacklist: flag,
      ...delivered,
      ...pushed,
      ...expandable,
      ...channel,
    },
    reply: userUids,
    limits: [{ bucket: 'message.private.publish.recipients', cost: 'toUserId' }, 'message.private.publish.calls'],
    batch: { param: 'toUserId', max: 1000 },
  }),
  /** `toUserId` names the only members to receive it, in the one group given. */
  publishGroup: post('rongcloud.message.group.publish', '/message/group/publish.json', {
    form: {
      ...sent,
      toGroupId: list(spaceId, 3),
      toUserId: list(userId, 20).optional(),
      ...delivered,
      ...pushed,
      ...expandable,
      ...channel,
      isMentioned: flag,
    },
    reply: groupUids,
    limits: [{ bucket: 'message.group.publish.groups', cost: 'toGroupId' }],
    batch: { param: 'toGroupId', max: 3 },
  }),
  /** `priority`: 1 high, 2 normal, 3 low. */
  publishChatroom: post('rongcloud.message.chatroom.publish', '/message/chatroom/publish.json', {
    form: {
      ...sent,
      toChatroomId: list(spaceId, 10),
      isPersisted: flag,
      isIncludeSender: flag,
      priority: z.int().min(1).max(3).optional(),
      msgRandom,
    },
    reply: uidsOf('chatroomId'),
    limits: [{ bucket: 'message.chatroom.publish.chatrooms', cost: 'toChatroomId' }],
    batch: { param: 'toChatroomId', max: 10 },
  }),
  /** `values` and `pushContent` have an entry for each receiver, in their order; the keys have their braces. */
  publishPrivateTemplate: post('rongcloud.message.private.template', '/message/private/publish_template.json', {
    json: {
      ...sent,
      toUserId: list(userId, 1000),
      values: list(z.record(z.string(), z.string()), 1000),
      pushContent: list(z.string(), 1000),
      pushData: list(z.string(), 1000).optional(),
      pushExt: list(z.string(), 1000).optional(),
      verifyBlacklist: flag,
      contentAvailable: flag,
      disablePush: z.boolean().optional(),
      isCounted: flag,
      disableUpdateLastMsg: z.boolean().optional(),
      needReadReceipt: flag,
      msgRandom,
    },
    reply: userUids,
    limits: [{ bucket: 'message.private.template.recipients', cost: 'toUserId' }, 'message.private.template.calls'],
    batch: { param: 'toUserId', max: 1000 },
  }),
  /** Only the Chinese list names it; as the one for users. */
  publishGroupTemplate: post('rongcloud.message.group.template', '/message/group/publish_template.json', {
    json: {
      ...sent,
      toGroupId: list(spaceId, 3),
      values: list(z.record(z.string(), z.string()), 3),
      pushContent: list(z.string(), 3).optional(),
    },
    reply: groupUids,
    limits: ['message.group.template', { bucket: 'message.group.publish.groups', cost: 'toGroupId' }],
    batch: { param: 'toGroupId', max: 3 },
  }),
  /** For those who are online now; never kept, counted or pushed. */
  publishPrivateStatus: post('rongcloud.statusmessage.private.publish', '/statusmessage/private/publish.json', {
    form: { ...sent, toUserId: list(userId, 1000), verifyBlacklist: flag, isIncludeSender: flag, msgRandom },
    reply: userUids,
    limits: [{ bucket: 'message.private.status.recipients', cost: 'toUserId' }],
    batch: { param: 'toUserId', max: 1000 },
    idempotent: true,
  }),
  publishGroupStatus: post('rongcloud.statusmessage.group.publish', '/statusmessage/group/publish.json', {
    form: { ...sent, toGroupId: list(spaceId, 3), verifyBlacklist: flag, isIncludeSender: flag, msgRandom },
    reply: groupUids,
    limits: [{ bucket: 'message.group.status.groups', cost: 'toGroupId' }],
    batch: { param: 'toGroupId', max: 3 },
    idempotent: true,
  }),
  /** `fromUserId` is the sender of the original. `conversationType`: 1 user, 3 group, 4 chatroom. */
  recall: post('rongcloud.message.recall', '/message/recall.json', {
    form: {
      fromUserId: userId,
      conversationType: z.int(),
      targetId: userId,
      messageUID: bytes(64),
      sentTime: z.int().min(0).optional(),
      isAdmin: flag,
      isDelete: flag,
      extra: z.string().optional(),
      disablePush: z.boolean().optional(),
      disableUpdateLastMsg: z.boolean().optional(),
      ...channel,
    },
    reply: empty,
    limits: ['message.recall'],
    idempotent: true,
  }),
};
