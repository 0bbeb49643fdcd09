import { z } from 'zod';
import { keyedBy } from '../../../net/keyed.ts';
import { endpoint } from './endpoint.ts';
import { jsonField, maybeList } from './parameters.ts';

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

/** Key-values that can be changed later: they need `expansion`. */
const extraContent = jsonField(keyedBy(z.string(), z.string()));

/** The id of the message made for each receiver; older clusters tell none. */
const uidsOf = <K extends string>(receiver: K) =>
  z
    .object({ messageUIDs: maybeList(z.looseObject({ messageUID: z.string() })) })
    .transform(
      ({ messageUIDs }) => new Map(messageUIDs.map((each) => [String(each[receiver] ?? ''), each.messageUID] as const)),
    );

const userUids = uidsOf('userId');
const groupUids = uidsOf('groupId');

export const message = {
  publishPrivate: endpoint('rongcloud.message.private.publish', {
    params: { pushExt, extraContent },
    reply: userUids,
  }),
  /** `toUserId` names the only members to receive it, in the one group given. */
  publishGroup: endpoint('rongcloud.message.group.publish', {
    params: { pushExt, extraContent },
    reply: groupUids,
  }),
  /** `priority`: 1 high, 2 normal, 3 low. */
  publishChatroom: endpoint('rongcloud.message.chatroom.publish', { reply: uidsOf('chatroomId') }),
  /** `values` and `pushContent` have an entry for each receiver, in their order; the keys have their braces. */
  publishPrivateTemplate: endpoint('rongcloud.message.private.template', { reply: userUids }),
  /** Only the Chinese list names it; as the one for users. */
  publishGroupTemplate: endpoint('rongcloud.message.group.template', { reply: groupUids }),
  /** For those who are online now; never kept, counted or pushed. */
  publishPrivateStatus: endpoint('rongcloud.statusmessage.private.publish', { reply: userUids }),
  publishGroupStatus: endpoint('rongcloud.statusmessage.group.publish', { reply: groupUids }),
  /** `fromUserId` is the sender of the original. `conversationType`: 1 user, 3 group, 4 chatroom. */
  recall: endpoint('rongcloud.message.recall'),
};
