import type { EmulatedKind, EmulatedMessage, EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuse } from './failures.ts';
import { checkSend, sendRules } from './message-checks.ts';
import { type Fields, fieldsOf, textOf, textsOf, unique, userIdOf, userIdsOf } from './values.ts';

const firstMoment = 1_288_834_974_657n;

/** A message ID: a decimal text of 19 digits that rises with time. */
export function newMessageId(serial: number, now: number): string {
  return String((BigInt(now) - firstMoment) * 4_194_304n + BigInt(serial % 4_194_304));
}

export interface Outgoing {
  readonly kind: EmulatedKind;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly body: Fields;
  readonly ext: Fields;
  readonly source: 'server' | 'client';
  readonly sentAt?: number;
  /** What the callbacks have to know of the call: `env`, `routetype`, `users`. */
  readonly notes?: Fields;
}

/** Keeps one message with the vendor's ID: a new one, unless one was given out before. */
export function keepMessage(state: EmulatedState, outgoing: Outgoing, id?: string): EmulatedMessage {
  const { ext, notes = {}, sentAt, ...message } = outgoing;
  const extra = new Map<string, unknown>([['ext', ext], ...Object.entries(notes)]);
  const makeId = id === undefined ? newMessageId : () => id;
  return state.keep({ ...message, extra, ...(sentAt !== undefined && { sentAt }) }, makeId);
}

/** Nobody checks that sender and receivers exist; the answer maps every receiver to its message ID. */
function send(kind: EmulatedKind): Handler {
  return (params, { state, endpoint }) => {
    checkSend(params, endpoint);
    const targets = unique(textsOf(params, 'to'));
    const { isTargeted } = sendRules(endpoint);
    const notes = {
      env: params['env'],
      routetype: params['routetype'],
      ...(isTargeted && { users: userIdsOf(params, 'users') }),
      // Who does not find it in the history that clients roam; the server itself shows no history to look for it in.
      roam_ignore_users: userIdsOf(params, 'roam_ignore_users'),
    };
    const messages = targets.map((to) =>
      keepMessage(state, {
        kind,
        from: params['from'] === undefined ? 'admin' : userIdOf(textOf(params, 'from')),
        to: kind === 'direct' ? userIdOf(to) : to,
        type: textOf(params, 'type'),
        body: fieldsOf(params['body']),
        ext: fieldsOf(params['ext']),
        source: 'server',
        notes,
      }),
    );
    state.sent(messages);
    const data = Object.fromEntries(targets.map((to, index) => [to, messages[index]?.id]));
    return isTargeted ? { data, path: kind === 'group' ? '/messages/chatgroups' : '/messages/chatrooms' } : { data };
  };
}

const chatTypes: Readonly<Record<string, EmulatedKind>> = { chat: 'direct', groupchat: 'group', chatroom: 'chatroom' };
const recallWindowMs = 2 * 60 * 1000;

interface Recall {
  readonly message: EmulatedMessage;
  readonly from: string;
  readonly chatType: string;
}

/** The message that a recall names, or the vendor's refusal. A second recall is "not_found msg". */
function findRecalled(row: Params, state: EmulatedState, now: number): Recall {
  for (const name of ['msg_id', 'to', 'chat_type']) {
    if (textOf(row, name) === '') refuse(400, 'message_recall_error', `param ${name} can't be empty`);
  }
  if (row['force'] === null) refuse(400, 'message_recall_error', "param force can't be empty");
  const chatType = textOf(row, 'chat_type');
  const message = state.messages.get(textOf(row, 'msg_id'));
  if (!message || message.recalledAt !== null) return refuse(403, 'message_recall_error', 'not_found msg');
  const to = message.kind === 'direct' ? userIdOf(textOf(row, 'to')) : textOf(row, 'to');
  if (message.kind !== chatTypes[chatType] || message.to !== to)
    refuse(400, 'message_recall_error', "can't find msg to");
  if (row['force'] !== true && now - message.sentAt > recallWindowMs) {
    refuse(403, 'message_recall_error', 'exceed recall time limit');
  }
  return { message, from: textOf(row, 'from') || 'admin', chatType };
}

const recalledRow = ({ message, from, chatType }: Recall) => ({
  recalled: 'yes',
  chattype: chatType,
  from,
  to: message.to,
  msg_id: message.id,
});

function checkRecallIsOpen(switches: ReadonlySet<string>): void {
  if (switches.has('recall-closed')) refuse(403, 'forbidden_op', 'message recall service is unopened');
}

const recall: Handler = (params, { app, state, clock }) => {
  checkRecallIsOpen(app.switches);
  const found = findRecalled(params, state, clock.now());
  state.recall(found.message, found.from);
  return { data: recalledRow(found) };
};

const maxRecalled = 30;

/** No failure per message is documented: one that cannot be recalled refuses the call, and nothing is recalled. */
const recallBatch: Handler = (params, { app, state, clock }) => {
  checkRecallIsOpen(app.switches);
  const rows = Array.isArray(params['msgs']) ? params['msgs'].map(fieldsOf) : [];
  if (rows.length === 0) refuse(400, 'message_recall_error', "param msgs can't be empty");
  if (rows.length > maxRecalled)
    refuse(400, 'message_recall_error', `params msgs's size can't exceed limit ${maxRecalled}`);
  const found = rows.map((row) => findRecalled(row, state, clock.now()));
  for (const each of found) if (each.message.recalledAt === null) state.recall(each.message, each.from);
  return { data: found.map(recalledRow) };
};

export const messageHandlers = {
  'easemob.message.user.send': send('direct'),
  'easemob.message.group.send': send('group'),
  'easemob.message.chatroom.send': send('chatroom'),
  'easemob.message.group.sendTargeted': send('group'),
  'easemob.message.chatroom.sendTargeted': send('chatroom'),
  'easemob.message.recall': recall,
  'easemob.message.recallBatch': recallBatch,
} satisfies Record<string, Handler>;
