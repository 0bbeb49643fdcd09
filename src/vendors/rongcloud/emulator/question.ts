import { randomUUID } from 'node:crypto';
import type {
  ClientMessage,
  EmulatedApp,
  EmulatorVendor,
  OutgoingQuestion,
  Settlement,
} from '../../../emulator/vendor.ts';
import { channelTypes } from './callbacks.ts';
import { written } from './client.ts';
import { unstoredTypes, type VendorContent } from './content.ts';
import { messageUid } from './message.ts';
import { parseObject, text } from './read.ts';
import { callback, documented } from './signed.ts';

/** Switches of the console: the message callback service, and the question of the unified webhook. */
const switches = { service: 'pre-messaging', webhook: 'webhook-pre-messaging' } as const;

export const asks = switches.service;

/** What is asked about: a message that has its id already. */
interface Asked extends VendorContent {
  readonly message: ClientMessage;
  readonly messageId: string;
}

/**
 * Asks of every message of a client that is kept, as a routing rule for all of them would have it. A console has one of the two
 * brands, and so one of the two questions.
 */
export const question: NonNullable<EmulatorVendor['question']> = (message, app) => {
  const { state, switches: set } = app;
  if (!set.has(switches.service) && !set.has(switches.webhook)) return undefined;
  const content = written(message, app);
  if (content.type === 'RC:RcCmd' || unstoredTypes.has(content.type)) return undefined;
  const asked = { message, ...content, messageId: messageUid(state.nextId(), state.now()) };
  return set.has(switches.service) ? ofService(asked, app) : ofWebhook(asked, app);
};

/** Asked once; the message is delivered when no answer comes. */
function ofService(asked: Asked, app: EmulatedApp): OutgoingQuestion {
  const { message, type, content, messageId } = asked;
  const fields = {
    appKey: app.credentials['appKey'],
    fromUserId: message.from,
    targetId: message.to.id,
    msgType: type,
    content,
    channelType: channelTypes[message.to.kind],
    msgTimeStamp: String(app.state.now()),
    messageId,
    os: 'iOS',
    clientIp: '127.0.0.1:50000',
  };
  return {
    ...callback('rongcloud.callback.message.pre', fields, app),
    timeoutMs: documented('rongcloud.callback.message.pre').timeoutMs ?? 0,
    settle: (answer) => settled(answerIn(answer) ?? {}, asked),
  };
}

const channels = { direct: 'direct_channel', group: 'group_channel', chatroom: 'open_channel' } as const;

/** Asked up to three times; the message is not delivered when no answer comes. Its content is not among what is documented. */
function ofWebhook(asked: Asked, app: EmulatedApp): OutgoingQuestion {
  const { message } = asked;
  const id = 'rongcloud.callback.webhook.preMessaging';
  const data = [{ appKey: app.credentials['appKey'], userId: message.from, channelId: message.to.id }];
  const fields = { type: `${channels[message.to.kind]}:pre_messaging`, id: randomUUID(), time: app.state.now(), data };
  return {
    ...callback(id, fields, app),
    timeoutMs: documented(id).timeoutMs ?? 0,
    attempts: 3,
    settle: (answer) => {
      const given = answerIn(answer);
      return given ? settled(given, asked) : { outcome: 'refused' };
    },
  };
}

type Answer = Readonly<Record<string, unknown>>;

function answerIn(answer: { readonly status: number; readonly body: string } | null): Answer | undefined {
  return answer?.status === 200 ? parseObject(answer.body) : undefined;
}

/** 0 refuses, with `extra` for the sender; anything else delivers, with other content where that was answered. */
function settled(answer: Answer, { type, content, messageId }: Asked): Settlement {
  if (answer['pass'] === 0) {
    const reason = text(answer, 'extra');
    return { outcome: 'refused', ...(reason !== '' && { reason }) };
  }
  return { outcome: 'delivered', content: { type, body: text(answer, 'replaceContent', content), messageId } };
}
