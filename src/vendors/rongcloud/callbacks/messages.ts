import type { EventSource, ToldEvent } from '../../../domain/event.ts';
import type { Message, Receiver, ReceiverKind } from '../../../domain/message.ts';
import type { Config } from '../app-config.ts';
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts';
import { toMessage } from '../message.ts';
import { parseMillis } from '../time.ts';

/** Callbacks name kinds of conversations by words or by numbers; those not named here have no place in the domain. */
const kinds: Readonly<Record<string, ReceiverKind>> = {
  PERSON: 'direct',
  GROUP: 'group',
  TEMPGROUP: 'chatroom',
  1: 'direct',
  3: 'group',
  4: 'chatroom',
};

interface Sent {
  readonly senderId: string;
  readonly to: Receiver;
  readonly messageUid: string;
  readonly objectName: string;
  readonly content: unknown;
  readonly sentAt: Date | null;
  readonly source: EventSource;
  readonly raw: JsonObject;
}

/** Full message routing: one message. A recall comes as a message, too, where its own callback is not switched on. */
export function readSync(items: readonly JsonObject[], config: Config): readonly ToldEvent[] | undefined {
  return eventsOf(items, config, {
    senderId: 'fromUserId',
    target: 'toUserId',
    kind: 'channelType',
    messageUid: 'msgUID',
    objectName: 'objectName',
    sentAt: ['msgTimestamp', 'timestamp'],
    source: 'source',
  });
}

/** The unified webhook of the global brand: the messages are in `data`. */
export function readWebhook(items: readonly JsonObject[], config: Config): readonly ToldEvent[] | undefined {
  const messages = items.flatMap((item) => (Array.isArray(item['data']) ? item['data'].map(objectOf) : []));
  return eventsOf(messages, config, {
    senderId: 'userId',
    target: 'channelId',
    kind: 'channelType',
    messageUid: 'messageId',
    objectName: 'messageType',
    sentAt: ['time'],
    source: 'os',
  });
}

interface Names {
  readonly senderId: string;
  readonly target: string;
  readonly kind: string;
  readonly messageUid: string;
  readonly objectName: string;
  readonly sentAt: readonly string[];
  readonly source: string;
}

/** An event for each message; undefined when one of them has no place in the domain. */
function eventsOf(items: readonly JsonObject[], config: Config, names: Names): readonly ToldEvent[] | undefined {
  const messages = items.map((item) => sentOf(item, names)).filter((each) => each !== undefined);
  if (messages.length === 0 || messages.length < items.length) return undefined;
  return messages.map((sent) => (sent.objectName === 'RC:RcCmd' ? recallOf(sent, config) : sentEvent(sent, config)));
}

function sentOf(item: JsonObject, names: Names): Sent | undefined {
  const senderId = textOf(item[names.senderId]);
  const to = receiverOf(item[names.kind], item[names.target]);
  const messageUid = textOf(item[names.messageUid]);
  if (senderId === null || to === undefined || messageUid === null) return undefined;
  return {
    senderId,
    to,
    messageUid,
    objectName: textOf(item[names.objectName]) ?? '',
    content: item['content'],
    sentAt: names.sentAt.map((name) => parseMillis(item[name])).find((date) => date !== null) ?? null,
    source: sourceOf(item[names.source]),
    raw: item,
  };
}

function receiverOf(kind: unknown, target: unknown): Receiver | undefined {
  const known = Object.hasOwn(kinds, String(kind)) ? kinds[String(kind)] : undefined;
  const id = textOf(target);
  return known === undefined || id === null ? undefined : { kind: known, id };
}

function sourceOf(value: unknown): EventSource {
  const source = textOf(value);
  if (source === null) return 'UNKNOWN';
  return source.toLowerCase() === 'server' ? 'SERVER' : 'CLIENT';
}

function sentEvent(sent: Sent, config: Config): ToldEvent {
  const message = toMessage(sent, config);
  return {
    // The same for both callbacks that tell a message, so that an app with both on has it once.
    dedupeKey: `message.sent:${sent.messageUid}`,
    occurredAt: sent.sentAt ?? new Date(0),
    payload: { type: 'MESSAGE_SENT', message, source: sent.source },
  };
}

/** A message of type RC:RcCmd: its content names the message that it takes back. */
function recallOf(sent: Sent, config: Config): ToldEvent {
  const body = objectOf(sent.content);
  const messageUid = textOf(body['messageUId']) ?? textOf(body['messageUID']);
  if (messageUid === null) return sentEvent(sent, config);
  const isByAdmin = numberOf(body['isAdmin']) === 1 || body['isAdmin'] === true;
  return recallEvent({
    message: recalledMessage({ ...sent, messageUid }, config),
    recalledAt: sent.sentAt,
    actorId: isByAdmin ? null : sent.senderId,
    isByAdmin,
    isWithoutTrace: numberOf(body['isDelete']) === 1 || body['isDelete'] === true,
    note: textOf(body['extra']),
  });
}

/** The callback of recalls and deletions; the domain has a word for recalls only. */
export function readOperation(items: readonly JsonObject[], config: Config): readonly ToldEvent[] | undefined {
  const events = items.map((item) => operationEvent(item, config)).filter((event) => event !== undefined);
  return events.length === 0 || events.length < items.length ? undefined : events;
}

function operationEvent(item: JsonObject, config: Config): ToldEvent | undefined {
  const conversation = objectOf(item['conversationInfo']);
  const to = receiverOf(conversation['conversationType'], conversation['targetId']);
  const original = objectOf(item['originalMsgInfo']);
  const messageUid = textOf(original['messageId']);
  const actorId = textOf(item['fromUserId']);
  if (numberOf(item['eventType']) !== 1 || to === undefined || messageUid === null || actorId === null)
    return undefined;
  const recall = objectOf(item['recallMsgInfo']);
  const facts = { to, senderId: actorId, messageUid, sentAt: parseMillis(original['messageTime']), raw: item };
  return recallEvent({
    message: recalledMessage(facts, config),
    recalledAt: parseMillis(item['optTime']),
    actorId,
    isByAdmin: numberOf(recall['isAdmin']) === 1,
    isWithoutTrace: numberOf(recall['isDelete']) === 1,
    note: textOf(recall['extra']),
  });
}

function recalledMessage(
  facts: Pick<Sent, 'to' | 'senderId' | 'messageUid' | 'sentAt' | 'raw'>,
  config: Config,
): Message {
  return toMessage({ ...facts, objectName: 'RC:RcCmd', content: undefined }, config);
}

interface RecallFacts {
  readonly message: Message;
  readonly recalledAt: Date | null;
  readonly actorId: string | null;
  readonly isByAdmin: boolean;
  readonly isWithoutTrace: boolean;
  readonly note: string | null;
}

function recallEvent({ message, recalledAt, ...rest }: RecallFacts): ToldEvent {
  return {
    // A message is recalled once, whichever of the two callbacks tells it.
    dedupeKey: `message.recalled:${message.key}`,
    occurredAt: recalledAt ?? new Date(0),
    payload: { type: 'MESSAGE_RECALLED', message: { ...message, recalledAt }, ...rest },
  };
}
