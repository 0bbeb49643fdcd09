import type { Delivery, MessageKey, NewMessage, Recall, SentMessage } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks, oneByOne } from '../../bulk.ts';
import { fillPlaces, fromWire, toWire } from '../content.ts';
import { message, recall } from '../endpoints/message.ts';
import { extensionOf } from '../extension.ts';
import { userIdOf } from '../ids.ts';
import { type Context, notSupported } from './context.ts';
import { changeEach, chatroomRule, checkId, groupRule, type IdRule, userRule } from './each.ts';

/** Sending and recalling; histories are answered by the event log, since the vendor has no call for them. */
export function messageOperations(context: Context) {
  return {
    'Mutation.sendMessage': (fresh, options) => sendMessage(context, fresh, options),
    'Mutation.recallMessages': (request, options) => recallMessages(context, request, options),
  } satisfies Partial<Operations>;
}

const receivers = {
  direct: { rule: userRule, max: 600 },
  group: { rule: groupRule, max: 3 },
  chatroom: { rule: chatroomRule, max: 10 },
} as const satisfies Record<NewMessage['kind'], { rule: IdRule; max: number }>;

interface Reply {
  readonly data: ReadonlyMap<string, string>;
  readonly timestamp?: Date | null | undefined;
}

/** Receivers whose content is the same share calls; outcomes are in the order of the receivers. */
async function sendMessage(context: Context, fresh: NewMessage, options?: RequestOptions) {
  const { rule, max } = receivers[fresh.kind];
  const variants = variantsOf(fresh, rule);
  const senderId = userIdOf(fresh.senderId ?? context.config.systemUser);
  // Every choice is checked before anything is sent.
  const sends = variants.map(({ content }) => sendCall(context, { ...fresh, content }, senderId));
  const byReceiver = new Map<string, Outcome<SentMessage>>();
  for (const [index, { to, content }] of variants.entries()) {
    const { type, body } = toWire(content);
    const kept = fromWire({ type, ...body });
    const outcomes = await changeEach<SentMessage>(to, { rule, max }, async (ids) => {
      const reply = await sends[index]?.(ids, options);
      return ids.map((id) => sentTo(id, { senderId, content: kept }, reply));
    });
    for (const [place, id] of to.entries())
      byReceiver.set(id, outcomes[place] ?? failed(new AppError('OUTCOME_UNKNOWN')));
  }
  return fresh.to.map((id) => byReceiver.get(id) ?? failed(new AppError('OUTCOME_UNKNOWN')));
}

/** The content is as it is read later. */
function sentTo(
  id: string,
  own: Pick<SentMessage, 'senderId' | 'content'>,
  reply: Reply | undefined,
): Outcome<SentMessage> {
  const key = reply?.data.get(id);
  if (key === undefined) return failed(new AppError('OUTCOME_UNKNOWN', 'The vendor gives no id for this receiver.'));
  return succeeded({ ...own, key, vendorId: key, sequence: null, sentAt: reply?.timestamp ?? null });
}

/** The receivers by the content they get, which differs where it has places to fill. */
function variantsOf({ to, content, variables }: NewMessage, rule: IdRule) {
  const byContent = new Map<string, { content: NewMessage['content']; to: string[] }>();
  for (const id of to) {
    const values = variables?.get(id) ?? variables?.get(rule.normalize(id));
    const own = values ? fillPlaces(content, values) : content;
    const variant = byContent.get(JSON.stringify(own)) ?? { content: own, to: [] };
    variant.to.push(id);
    byContent.set(JSON.stringify(own), variant);
  }
  return [...byContent.values()];
}

type Send = (ids: readonly string[], options?: RequestOptions) => Promise<Reply>;

/** The call that fits the receivers. Throws `NOT_SUPPORTED` for a choice that it lacks. */
function sendCall({ call }: Context, fresh: NewMessage, from: string): Send {
  const { delivery = {}, visibleTo, hiddenFrom = [] } = fresh;
  const ext = extensionOf(fresh);
  const content = { from, ...toWire(fresh.content), ...(ext && { ext }) };
  refuseChoices(fresh);
  const level = delivery.priority && { chatroom_msg_level: levels[delivery.priority] };
  if (visibleTo) {
    const users = visibleTo.map(userIdOf);
    if (fresh.kind === 'group')
      return (to, o) => call(message.sendToGroupMembers, { ...content, to: [...to], users }, o);
    return (to, o) => call(message.sendToChatroomMembers, { ...content, to: [...to], users, ...level }, o);
  }
  const common = { ...content, ...(hiddenFrom.length > 0 && { roam_ignore_users: hiddenFrom.map(userIdOf) }) };
  const route = delivery.onlineOnly ? { routetype: 'ROUTE_ONLINE' as const } : {};
  if (fresh.kind === 'direct') {
    const copy = delivery.copyToSender === undefined ? {} : { sync_device: delivery.copyToSender };
    return (to, o) => call(message.sendToUsers, { ...common, ...route, ...copy, to: [...to] }, o);
  }
  if (fresh.kind === 'group') {
    const receipt = delivery.requestReceipt === undefined ? {} : { need_group_ack: delivery.requestReceipt };
    return (to, o) => call(message.sendToGroups, { ...common, ...route, ...receipt, to: [...to] }, o);
  }
  return (to, o) => call(message.sendToChatrooms, { ...common, ...level, to: [...to] }, o);
}

const levels = { LOW: 'low', NORMAL: 'normal', HIGH: 'high' } as const;

/** A value that a kind of conversation lacks, with the reason; what is not named it takes. */
interface Lack {
  readonly field: keyof Delivery;
  readonly value: unknown;
  readonly why: string;
}

const lacks: Readonly<Record<NewMessage['kind'], readonly Lack[]>> = {
  direct: [
    { field: 'requestReceipt', value: true, why: 'Only messages to groups ask for receipts.' },
    { field: 'priority', value: 'any', why: 'Only messages to chatrooms have a priority.' },
  ],
  group: [
    { field: 'copyToSender', value: false, why: 'Messages to groups are always copied to the sender.' },
    { field: 'priority', value: 'any', why: 'Only messages to chatrooms have a priority.' },
  ],
  chatroom: [
    { field: 'onlineOnly', value: true, why: 'Messages to chatrooms have no such route.' },
    { field: 'copyToSender', value: true, why: 'Messages to chatrooms are never copied to the sender.' },
    { field: 'requestReceipt', value: true, why: 'Only messages to groups ask for receipts.' },
  ],
};

function refuseChoices({ kind, to, delivery = {}, visibleTo, hiddenFrom = [] }: NewMessage): void {
  for (const { field, value, why } of lacks[kind]) {
    const given = delivery[field];
    if (given !== undefined && (value === 'any' || given === value)) throw notSupported(`input.delivery.${field}`, why);
  }
  if (!visibleTo) return;
  if (kind === 'direct')
    throw notSupported('input.visibleTo', 'Only groups and chatrooms have members to choose from.');
  if (to.length > 1) {
    throw new AppError('BAD_USER_INPUT', 'input.visibleTo wants one receiver.', { input: 'input.visibleTo' });
  }
  if (hiddenFrom.length > 0) throw notSupported('input.hiddenFrom', 'A message to chosen members is in no history.');
  if (delivery.onlineOnly)
    throw notSupported('input.delivery.onlineOnly', 'Messages to chosen members have no such route.');
  if (delivery.requestReceipt) throw notSupported('input.delivery.requestReceipt', 'Chosen members are not asked.');
}

const chatTypes = { direct: 'chat', group: 'groupchat', chatroom: 'chatroom' } as const;

function recallMessages(context: Context, request: Recall, options?: RequestOptions): Promise<Outcome[]> {
  if (request.withoutTrace) throw notSupported('input.withoutTrace', 'The vendor leaves no choice about traces.');
  return changeInChunks({
    items: request.messages,
    key: ({ key }) => key,
    max: 30,
    check: checkKey,
    send: (messages) => recallChunk(context, request, messages, options),
  });
}

/** The message's id is a number, and its receiver could be one of its kind. */
function checkKey({ to, key }: MessageKey): AppError | undefined {
  if (!/^\d{1,20}$/.test(key)) return new AppError('BAD_USER_INPUT', 'No message can have this id.');
  return checkId(to.id, receivers[to.kind].rule);
}

/** Many at once; a chunk that the vendor refuses for one of its messages is recalled one by one. */
async function recallChunk(
  context: Context,
  request: Recall,
  messages: readonly MessageKey[],
  options?: RequestOptions,
): Promise<readonly Outcome[]> {
  const [first, ...others] = messages;
  if (!first) return [];
  if (others.length === 0) return [await recallOne(context, request, first, options)];
  const msgs = messages.map((each) => recallParams(each, request));
  try {
    const rows = await context.call(recall.batch, { msgs, ...noteOf(request) }, options);
    const byId = new Map(rows.map((row) => [row.msg_id, row.recalled]));
    return messages.map(({ key }) => recalled(byId.get(key)));
  } catch (error) {
    if (!(error instanceof AppError) || error.details.vendorCode !== 'message_recall_error') throw error;
    return oneByOne(messages, (each) => recallOne(context, request, each, options));
  }
}

async function recallOne(
  context: Context,
  request: Recall,
  key: MessageKey,
  options?: RequestOptions,
): Promise<Outcome> {
  try {
    const [row] = await context.call(recall.one, { ...recallParams(key, request), ...noteOf(request) }, options);
    return recalled(row?.recalled);
  } catch (error) {
    // What is gone was recalled before: a second recall is done, not refused (easemob.message.recall).
    const isGone =
      error instanceof AppError && error.code === 'NOT_FOUND' && error.details.vendorCode === 'message_recall_error';
    if (isGone) return succeeded(undefined);
    throw error;
  }
}

function recalled(answer: boolean | undefined): Outcome {
  if (answer) return succeeded(undefined);
  return failed(new AppError(answer === false ? 'VENDOR_REJECTED' : 'OUTCOME_UNKNOWN'));
}

function recallParams({ to, senderId, key }: MessageKey, { actorId, force }: Recall) {
  const { rule } = receivers[to.kind];
  return {
    msg_id: key,
    to: rule.normalize(to.id),
    chat_type: chatTypes[to.kind],
    from: userIdOf(actorId ?? senderId),
    force,
  };
}

const noteOf = ({ note }: Recall) => (note === undefined ? {} : { recallMessageExtensionInfo: note });
