import type { EmulatedKind, EmulatedMessage, EmulatedState } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { builtInTypes, unstoredTypes, type VendorContent } from './content.ts';
import { refuseParam } from './failures.ts';
import { int, isOn, parseObject, text, texts } from './read.ts';

/** Sixteen characters in fours, as message ids look; rises with time, then with the serial number. */
export function messageUid(serial: number, now: number): string {
  const digits = ((BigInt(now) << 24n) + BigInt(serial)).toString(32).toUpperCase().padStart(16, '0');
  return digits.match(/.{4}/g)?.join('-') ?? digits;
}

/** `conversationType` of requests and status callbacks. System messages are kept as direct ones, marked with 6. */
export const conversationTypes: Readonly<Record<EmulatedKind, number>> = { direct: 1, group: 3, chatroom: 4 };
export const systemType = 6;

/** Type and content; refuses unknown `RC:` types, and built-in types whose content is no JSON object. */
export function readContent(params: Params, context: HandlerContext): VendorContent {
  const type = text(params, 'objectName');
  const content = text(params, 'content');
  if (type.startsWith('RC:')) {
    if (!builtInTypes.has(type)) refuseParam(context, 'objectName', 'may not begin with RC:');
    if (!parseObject(content)) refuseParam(context, 'content', 'is not a JSON object');
  }
  return { type, content };
}

interface Outgoing extends VendorContent {
  readonly from: string;
  readonly conversationType?: number;
}

/** Whether a message can reach its target: groups and chatrooms must be there, blocklists count when the call says so. */
function isReachable(kind: EmulatedKind, target: string, from: string, params: Params, state: EmulatedState): boolean {
  if (kind !== 'direct') return state.spaces(kind).has(target);
  return !isOn(params, 'verifyBlacklist') || !state.users.get(target)?.blocklist.has(from);
}

function extraOf(outgoing: Outgoing, params: Params): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['conversationType', outgoing.conversationType],
    ['isStored', int(params, 'isPersisted', 1) === 1 && !unstoredTypes.has(outgoing.type)],
    ['groupUserIds', texts(params, 'toUserId')],
    ['isExpandable', isOn(params, 'expansion')],
    ['extraContent', text(params, 'extraContent')],
    ['busChannel', text(params, 'busChannel')],
  ]);
}

/** Keeps one message for each target that can be reached, then tells of all. */
export function sendTo(
  kind: EmulatedKind,
  targets: readonly string[],
  outgoing: Outgoing,
  params: Params,
  { state }: HandlerContext,
): readonly EmulatedMessage[] {
  const { from, type, content } = outgoing;
  const extra = extraOf(outgoing, kind === 'group' ? params : { ...params, toUserId: [] });
  const messages = targets
    .filter((target) => isReachable(kind, target, from, params, state))
    .map((to) => state.keep({ kind, from, to, type, body: content, source: 'server', extra }, messageUid));
  state.sent(messages);
  return messages;
}

const repeatMs = 60_000;

/** The same `msgRandom` again within a minute is refused, where that was enabled (switch `msg-random`). */
function checkRandom(params: Params, context: HandlerContext): void {
  const random = text(params, 'msgRandom');
  if (random === '' || !context.app.switches.has('msg-random')) return;
  const key = `msgRandom ${random}`;
  const before = context.state.extra.get(key);
  const now = context.clock.now();
  if (typeof before === 'number' && now - before < repeatMs) refuseParam(context, 'msgRandom', 'is repeated');
  context.state.extra.set(key, now);
}

interface Sending {
  readonly kind: EmulatedKind;
  /** The parameter with the targets. */
  readonly targets: string;
  /** Their name in `messageUIDs`. */
  readonly idName: string;
  readonly conversationType?: number;
}

/** One entry for each target that was reached; no page has a code for groups and rooms that are not there. */
function answer({ idName }: Sending, reached: readonly { readonly to: string; readonly id: string }[]) {
  return { messageUIDs: reached.map(({ to, id }) => ({ [idName]: to, messageUID: id })) };
}

const isPriority = (params: Params) => int(params, 'priority', 0) <= 3;

const publish =
  (sending: Sending): Handler =>
  (params, context) => {
    const { type, content } = readContent(params, context);
    const targets = [...new Set(texts(params, sending.targets))];
    if (!isPriority(params)) refuseParam(context, 'priority');
    if (sending.kind === 'group' && texts(params, 'toUserId').length > 0 && targets.length > 1) {
      refuseParam(context, 'toUserId', 'goes with one toGroupId only');
    }
    checkRandom(params, context);
    const { conversationType } = sending;
    const outgoing = { from: text(params, 'fromUserId'), type, content, ...(conversationType && { conversationType }) };
    return answer(sending, sendTo(sending.kind, targets, outgoing, params, context));
  };

/** Status messages reach who is online, and are kept nowhere and routed nowhere. */
const publishStatus =
  (sending: Sending): Handler =>
  (params, context) => {
    const { state, clock } = context;
    readContent(params, context);
    const targets = [...new Set(texts(params, sending.targets))];
    checkRandom(params, context);
    const reached = targets
      .filter((target) => isReachable(sending.kind, target, text(params, 'fromUserId'), params, state))
      .map((to) => ({ to, id: messageUid(state.nextId(), clock.now()) }));
    return answer(sending, reached);
  };

/** Fills a template: every placeholder by its value, written so that the JSON text around stays JSON. */
function fill(template: string, values: unknown): string {
  const pairs = typeof values === 'object' && values !== null ? Object.entries(values) : [];
  return pairs.reduce(
    (filled, [key, value]) => filled.replaceAll(key, JSON.stringify(String(value)).slice(1, -1)),
    template,
  );
}

/** `values`, `pushContent` and the like are parallel to the targets: another length is 1002. */
const publishTemplate =
  (sending: Sending): Handler =>
  (params, context) => {
    const { type, content } = readContent(params, context);
    const targets = texts(params, sending.targets);
    for (const name of ['values', 'pushContent', 'pushData', 'pushExt']) {
      const list = params[name];
      if (Array.isArray(list) && list.length !== targets.length)
        refuseParam(context, name, `must have ${targets.length} values`);
    }
    checkRandom(params, context);
    const values: readonly unknown[] = Array.isArray(params['values']) ? params['values'] : [];
    const from = text(params, 'fromUserId');
    const reached = targets.flatMap((target, index) =>
      sendTo(
        sending.kind,
        [target],
        { from, type, content: fill(content, values[index]) },
        { ...params, toUserId: [] },
        context,
      ),
    );
    return answer(sending, reached);
  };

const toUsers: Sending = { kind: 'direct', targets: 'toUserId', idName: 'userId' };
const toGroups: Sending = { kind: 'group', targets: 'toGroupId', idName: 'groupId' };
const toChatrooms: Sending = { kind: 'chatroom', targets: 'toChatroomId', idName: 'chatroomId' };

export const messageHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.message.private.publish': publish(toUsers),
  'rongcloud.message.group.publish': publish(toGroups),
  'rongcloud.message.chatroom.publish': publish(toChatrooms),
  'rongcloud.message.system.publish': publish({ ...toUsers, conversationType: systemType }),
  'rongcloud.message.private.template': publishTemplate(toUsers),
  'rongcloud.message.group.template': publishTemplate(toGroups),
  'rongcloud.statusmessage.private.publish': publishStatus(toUsers),
  'rongcloud.statusmessage.group.publish': publishStatus(toGroups),
};
