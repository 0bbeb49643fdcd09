import { createHash } from 'node:crypto';
import { blockedByReceiver, type NewMessage, type PushOptions, type SentMessage } from '../../../domain/message.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { Attribute } from '../../../domain/space.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { dataText } from '../../../net/data-text.ts';
import { changeInChunks } from '../../bulk.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { wireContent } from '../content.ts';
import { message as endpoints } from '../endpoints/message.ts';
import { badInput } from '../refusals.ts';
import { type Route, routeOf, routes } from './choices.ts';
import { mustExist } from './existence.ts';
import { orError, problemOf } from './keys.ts';

type Context = AppContext<Config>;

/**
 * Sends a message to 1-100 receivers, as many a call as its way allows; the outcomes carry the ids that the vendor tells.
 * Throws `NOT_SUPPORTED` before anything is sent.
 */
export async function sendMessage(
  message: NewMessage,
  context: Context,
  options?: RequestOptions,
): Promise<readonly Outcome<SentMessage>[]> {
  const route = routeOf(message);
  const senderId = message.senderId ?? context.config.systemUser;
  const draft: Draft = { message, senderId, ...wireContent(message.content, message) };
  return changeInChunks<string, SentMessage>({
    items: message.to,
    key: (id) => id,
    check: problemOf,
    max: routes[route].max,
    send: async (receivers) => {
      const uids = await publish[route]([...receivers], draft, context, options);
      const gone = await goneOf(message, receivers, uids, context, options);
      return receivers.map((id) => {
        const uid = uids.get(id) ?? null;
        const absence = gone.get(id);
        if (absence) return failed(absence);
        if (uid === null && message.delivery?.respectBlocklists) {
          // Who blocks the sender is left out of the answer, and nothing else says so.
          return failed(new AppError('FORBIDDEN', blockedByReceiver));
        }
        // Older clusters tell no ids at all; others leave out who is not there.
        const isLeftOut = uid === null && uids.size > 0;
        if (isLeftOut) return failed(new AppError('OUTCOME_UNKNOWN', 'The vendor gives no id for this receiver.'));
        return succeeded({ key: uid, vendorId: uid, sequence: null, senderId, sentAt: null });
      });
    },
  });
}

/** The groups and rooms of a send that are not there: the vendor gives them no id, as older clusters do for every receiver. */
async function goneOf(
  { kind }: NewMessage,
  receivers: readonly string[],
  uids: ReadonlyMap<string, string>,
  context: Context,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, AppError>> {
  const gone = new Map<string, AppError>();
  if (kind === 'direct') return gone;
  for (const id of receivers.filter((each) => !uids.has(each))) {
    const found = await orError(mustExist({ kind, id }, context, options));
    if (found instanceof AppError && found.code === 'NOT_FOUND') gone.set(id, found);
  }
  return gone;
}

interface Draft {
  readonly message: NewMessage;
  readonly senderId: string;
  readonly objectName: string;
  readonly content: string;
}

type Publish = (
  receivers: string[],
  draft: Draft,
  context: Context,
  options?: RequestOptions,
) => Promise<ReadonlyMap<string, string>>;

const publish: Readonly<Record<Route, Publish>> = {
  direct: (toUserId, draft, { call }, options) =>
    call(
      endpoints.publishPrivate,
      { toUserId, ...base(draft, toUserId), ...kept(draft), ...asked(draft), ...pushed(draft), ...attributes(draft) },
      options,
    ),
  directTemplate: (toUserId, draft, { call }, options) =>
    call(
      endpoints.publishPrivateTemplate,
      { toUserId, ...base(draft, toUserId), ...template(draft, toUserId) },
      options,
    ),
  directStatus: (toUserId, draft, { call }, options) =>
    call(endpoints.publishPrivateStatus, { toUserId, ...base(draft, toUserId), ...status(draft) }, options),
  group: (toGroupId, draft, { call }, options) =>
    call(
      endpoints.publishGroup,
      {
        toGroupId,
        ...base(draft, toGroupId),
        ...kept(draft),
        ...receipts(draft),
        ...pushed(draft),
        ...attributes(draft),
        ...mentioned(draft),
      },
      options,
    ),
  groupDirected: (toGroupId, draft, { call }, options) =>
    call(
      endpoints.publishGroup,
      {
        toGroupId,
        toUserId: [...(draft.message.visibleTo ?? [])],
        ...base(draft, toGroupId),
        ...kept(draft),
        ...receipts(draft),
        ...pushed(draft),
        ...mentioned(draft),
      },
      options,
    ),
  groupTemplate: (toGroupId, draft, { call }, options) => {
    const body = draft.message.push?.body;
    const { msgRandom: _, ...sent } = base(draft, toGroupId);
    const params = {
      toGroupId,
      ...sent,
      values: valuesOf(draft, toGroupId),
      ...(body !== undefined && { pushContent: toGroupId.map(() => body) }),
    };
    return call(endpoints.publishGroupTemplate, params, options);
  },
  groupStatus: (toGroupId, draft, { call }, options) =>
    call(endpoints.publishGroupStatus, { toGroupId, ...base(draft, toGroupId), ...status(draft) }, options),
  chatroom: (toChatroomId, draft, { call }, options) => {
    const { keepInHistory, copyToSender, priority } = draft.message.delivery ?? {};
    const params = {
      toChatroomId,
      ...base(draft, toChatroomId),
      ...(keepInHistory !== undefined && { isPersisted: flag(keepInHistory) }),
      ...(copyToSender !== undefined && { isIncludeSender: flag(copyToSender) }),
      ...(priority && { priority: priorities[priority] }),
    };
    return call(endpoints.publishChatroom, params, options);
  },
};

const priorities = { HIGH: 1, NORMAL: 2, LOW: 3 } as const;

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** What every way takes. The client's key becomes a number of 52 bits, another one for each call of the same message. */
function base({ message, senderId, objectName, content }: Draft, receivers: readonly string[]) {
  const { idempotencyKey, kind } = message;
  const msgRandom =
    idempotencyKey === undefined
      ? undefined
      : Number.parseInt(
          createHash('sha256')
            .update(JSON.stringify([idempotencyKey, kind, receivers]))
            .digest('hex')
            .slice(0, 13),
          16,
        );
  return { fromUserId: senderId, objectName, content, ...(msgRandom !== undefined && { msgRandom }) };
}

function kept({ message: { delivery = {} } }: Draft) {
  const { keepInHistory, countAsUnread, updateConversation } = delivery;
  return {
    ...(keepInHistory !== undefined && { isPersisted: flag(keepInHistory) }),
    ...(countAsUnread !== undefined && { isCounted: flag(countAsUnread) }),
    ...(updateConversation !== undefined && { disableUpdateLastMsg: !updateConversation }),
  };
}

function receipts({ message: { delivery = {} } }: Draft) {
  const { copyToSender, requestReceipt } = delivery;
  return {
    ...(copyToSender !== undefined && { isIncludeSender: flag(copyToSender) }),
    ...(requestReceipt !== undefined && { needReadReceipt: flag(requestReceipt) }),
  };
}

function asked(draft: Draft) {
  const { respectBlocklists } = draft.message.delivery ?? {};
  return {
    ...receipts(draft),
    ...(respectBlocklists !== undefined && { verifyBlacklist: flag(respectBlocklists) }),
  };
}

function status(draft: Draft) {
  const { copyToSender, respectBlocklists } = draft.message.delivery ?? {};
  return {
    ...(copyToSender !== undefined && { isIncludeSender: flag(copyToSender) }),
    ...(respectBlocklists !== undefined && { verifyBlacklist: flag(respectBlocklists) }),
  };
}

const attributes = ({ message }: Draft) =>
  message.attributes && message.attributes.length > 0
    ? { expansion: true, extraContent: new Map(message.attributes.map(({ key, value }) => [key, value])) }
    : {};

/** Without the flag the vendor does not look at whom the content mentions. */
const mentioned = ({ message }: Draft) => (message.mentions ? { isMentioned: 1 as const } : {});

function pushed({ message: { push = {} } }: Draft) {
  const pushExt = pushExtOf(push);
  return {
    ...(push.isEnabled !== undefined && { disablePush: !push.isEnabled }),
    ...(push.body !== undefined && { pushContent: push.body }),
    ...(push.data !== undefined && { pushData: dataText(push.data) }),
    ...(pushExt && { pushExt }),
  };
}

/** Settings of single push services are a list of objects with one key each; an object of them is taken apart. */
function pushExtOf({ title, templateName, force, platforms }: PushOptions) {
  const ext = {
    ...(title !== undefined && { title }),
    ...(templateName !== undefined && { templateId: templateName }),
    ...(force !== undefined && { forceShowPushContent: flag(force) }),
    ...(platforms !== undefined && { pushConfigs: configsOf(platforms) }),
  };
  return Object.keys(ext).length > 0 ? ext : undefined;
}

function configsOf(platforms: unknown): Record<string, unknown>[] {
  if (typeof platforms !== 'object' || platforms === null) throw badInput('input.push.platforms', 'must be an object');
  const each = Array.isArray(platforms) ? platforms : [platforms];
  return each.flatMap((one: unknown) => Object.entries(one ?? {}).map(([key, value]) => ({ [key]: value })));
}

/** A template's arrays run along its receivers. */
function template(draft: Draft, receivers: readonly string[]) {
  const { disablePush, pushContent = '', pushData, pushExt } = pushed(draft);
  const { isCounted, disableUpdateLastMsg } = kept(draft);
  const { needReadReceipt, verifyBlacklist } = asked(draft);
  return {
    values: valuesOf(draft, receivers),
    pushContent: receivers.map(() => pushContent),
    ...(pushData !== undefined && { pushData: receivers.map(() => pushData) }),
    ...(pushExt && { pushExt: receivers.map(() => JSON.stringify(pushExt)) }),
    disablePush,
    isCounted,
    disableUpdateLastMsg,
    needReadReceipt,
    verifyBlacklist,
  };
}

/** A map of the places' texts for each receiver; the keys have their braces. */
const valuesOf = ({ message }: Draft, receivers: readonly string[]) =>
  receivers.map((id) =>
    Object.fromEntries((message.variables?.get(id) ?? []).map(({ key, value }: Attribute) => [`{${key}}`, value])),
  );
