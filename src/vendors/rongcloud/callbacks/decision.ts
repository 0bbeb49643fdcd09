import { z } from 'zod';
import type { ReceiverKind } from '../../../domain/message.ts';
import type { CallbackAnswer, CallbackRequest, DecisionContract, MessageQuestion } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { asObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { toMessage } from '../message.ts';
import { bodyOf } from './body.ts';
import { id, kindOf, moment, text } from './fields.ts';
import { idOf, itemKey, listOf, timeOf } from './read.ts';
import { asking, findShape } from './shapes.ts';

/** The values of `pass`. 2, to skip what moderation of its own the vendor has, is not ours to say. */
const passes = { refuse: 0, deliver: 1 } as const;

const say = (fields: {
  readonly pass: number;
  readonly extra?: string | undefined;
  readonly replaceContent?: string;
  readonly replacePushContent?: string;
}): CallbackAnswer => ({ status: 200, contentType: 'application/json', body: JSON.stringify(fields) });

/** Any text will do for an event; to those callbacks that ask it says that the message may go its way. */
export const pass: CallbackAnswer = say({ pass: passes.deliver });

/** What the sender may be shown has at most so many characters. */
const longestExtra = 1024;

/** The callbacks that ask before a message is delivered: that of the message callback service, and the unified webhook's. */
export const decisions: DecisionContract<Config> = {
  // The webhook waits for 5 s.
  waitMs: 3000,
  withoutContent: [idOf(asking.webhook)],

  read(request, config) {
    const body = bodyOf(request);
    const shape = body && findShape(body);
    const [item] = body?.items ?? [];
    if (!item) return undefined;
    switch (shape?.name) {
      case asking.pre.name:
        return readPre(item, request, config);
      case asking.webhook.name:
        return readWebhook(item, request, config);
      default:
        return undefined;
    }
  },

  answer({ decision, text: replacement, reason }, question) {
    switch (decision) {
      case 'DELIVER':
        return { answer: pass, decision };
      case 'REPLACE': {
        const replaced = replacement ? replacedBy(replacement, question) : undefined;
        if (replaced) return { answer: say({ pass: passes.deliver, ...replaced }), decision };
        break;
      }
      // The sender learns of what is not delivered.
      case 'DROP':
      case 'REFUSE':
        break;
    }
    return { answer: say({ pass: passes.refuse, extra: reason?.slice(0, longestExtra) }), decision: 'REFUSE' };
  },
};

const preSchema = z.object({
  fromUserId: id,
  targetId: id,
  channelType: z.unknown().optional(),
  msgType: text,
  content: z.unknown().optional(),
  messageId: id,
  msgTimeStamp: moment,
});

/** Discussions and ultra groups, which have no place in the domain, are judged as groups are: no rule is got around by them. */
const judgedAs = (kind: ReceiverKind | undefined): ReceiverKind => kind ?? 'group';

function readPre(item: JsonObject, request: CallbackRequest, config: Config): MessageQuestion | undefined {
  const parsed = preSchema.safeParse(item);
  if (!parsed.success) return undefined;
  const { fromUserId: senderId, targetId, channelType, msgType, content, messageId, msgTimeStamp } = parsed.data;
  const to = { kind: judgedAs(kindOf(channelType)), id: targetId };
  const message = toMessage(
    { to, senderId, messageUid: messageId, objectName: msgType ?? '', content, sentAt: null, raw: item },
    config,
  );
  return {
    id: idOf(asking.pre),
    dedupeKey: itemKey(asking.pre, item),
    occurredAt: msgTimeStamp ?? timeOf(request),
    signedAt: timeOf(request),
    message: msgType === null ? { ...message, content: null } : message,
  };
}

/** What `type` of the webhook's question begins with, by the kind of conversation. */
const channels: ReadonlyMap<string, ReceiverKind> = new Map([
  ['direct_channel', 'direct'],
  ['group_channel', 'group'],
  ['open_channel', 'chatroom'],
]);

/** Beyond the sender and the conversation nothing is documented: the names are those of the webhook of sent messages. */
const askedSchema = z.object({
  userId: id,
  channelId: id,
  messageType: text,
  content: z.unknown().optional(),
  messageId: text,
});
const webhookSchema = z.object({
  type: z.string(),
  time: moment,
  data: z.preprocess(listOf, z.array(z.unknown()).min(1)),
});

function readWebhook(item: JsonObject, request: CallbackRequest, config: Config): MessageQuestion | undefined {
  const parsed = webhookSchema.safeParse(item);
  const [first] = parsed.data?.data ?? [];
  const asked = askedSchema.safeParse(asObject(first));
  if (!parsed.success || !asked.success) return undefined;
  const { type, time } = parsed.data;
  const { userId: senderId, channelId, messageType, content, messageId } = asked.data;
  const dedupeKey = itemKey(asking.webhook, item);
  const to = { kind: judgedAs(channels.get(type.split(':')[0] ?? '')), id: channelId };
  const messageUid = messageId ?? dedupeKey;
  const message = toMessage(
    { to, senderId, messageUid, objectName: messageType ?? '', content, sentAt: null, raw: item },
    config,
  );
  return {
    id: idOf(asking.webhook),
    dedupeKey,
    occurredAt: time ?? timeOf(request),
    signedAt: timeOf(request),
    message: { ...message, vendorId: messageId, content: messageType === null ? null : message.content },
  };
}

/**
 * What makes the vendor deliver other text; undefined where it cannot: in content of another kind, and over the webhook, whose
 * fields for it are not documented. What a push would show of the text goes with it.
 */
function replacedBy(replacement: string, { id: asked, message: { content, raw } }: MessageQuestion) {
  const isText = content?.kind === 'TEXT' || content?.kind === 'REPLY';
  if (asked !== idOf(asking.pre) || !isText) return undefined;
  const { content: body, pushContent } = asObject(raw);
  const pushed = textOf(pushContent);
  const showsText = pushed !== null && content.text && pushed.includes(content.text);
  return {
    replaceContent: JSON.stringify({ ...objectOf(body), content: replacement }),
    ...(showsText && { replacePushContent: pushed.replaceAll(content.text, () => replacement) }),
  };
}
