import type { EmulatorVendor, Settlement } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { draftOf } from './client.ts';
import { messageTypes, readForm } from './content.ts';
import { conversationTypes } from './conversation-types.ts';
import { fleetingId, isFleeting } from './draft.ts';
import { codes } from './failures.ts';
import { callback, documented } from './signed.ts';
import { object, optionalText, text } from './values.ts';

/** Switches of the console: whether it asks, and whether what nobody answered is sent after all. */
const switches = { asks: 'before-send', sendsUnanswered: 'before-send-fails-open' } as const;

export const asks = switches.asks;

const id = 'zim.callback.message.before';

/** What a client is told when its message was refused (catalogue: zim.callback.message.before). */
const refusedAtClient = '111101';

function jsonIn(body: string): Params | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? object(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks of every message of a client, but for commands and barrages, and twice while no answer comes. */
export const question: NonNullable<EmulatorVendor['question']> = (message, app) => {
  const { state, switches: set } = app;
  if (!set.has(switches.asks)) return undefined;
  const draft = draftOf(message, state);
  if (isFleeting(draft.type)) return undefined;
  const type = Number(draft.type);
  const body = object(draft.body);
  const subType = Number(draft.extra?.get('SubMsgType') ?? 0);
  const msgId = fleetingId(state);
  const fields = {
    request_id: String(state.nextId()),
    from_user_id: draft.from,
    conv_id: draft.to,
    conv_type: conversationTypes[draft.kind],
    msg_id: msgId,
    payload: text(body, 'ExtendedData'),
    msg_type: type,
    sub_msg_type: subType,
    msg_body: readForm(type, text(body, 'Message')),
  };

  const deliver = (answer: Params): Settlement => {
    // What would take the place of a document has no documented form.
    const replacement = type === messageTypes.text || type === messageTypes.custom ? 'new_msg_body' : '';
    const Message = optionalText(answer, replacement) || text(body, 'Message');
    const ExtendedData = optionalText(answer, 'new_payload') || text(body, 'ExtendedData');
    return { outcome: 'delivered', content: { type, subType, id: msgId, body: { ...body, Message, ExtendedData } } };
  };
  const settle = (answer: Params | undefined): Settlement => {
    if (!answer) return set.has(switches.sendsUnanswered) ? deliver({}) : { outcome: 'refused' };
    switch (answer['result']) {
      case 2:
        state.refused([draft], String(codes.deliveredToNobody));
        return { outcome: 'dropped' };
      case 3:
        state.refused([draft], String(codes.refusedBeforeSending));
        return { outcome: 'refused', code: refusedAtClient, reason: text(answer, 'reason') };
      default:
        return deliver(answer);
    }
  };
  return {
    ...callback(id, fields, app),
    timeoutMs: documented(id).timeoutMs ?? 0,
    attempts: 2,
    settle: (answer) => settle(answer && answer.status >= 200 && answer.status < 300 ? jsonIn(answer.body) : undefined),
  };
};
