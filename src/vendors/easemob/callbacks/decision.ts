import { z } from 'zod';
import type { CallbackAnswer, DecisionContract } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { readMessage } from '../message.ts';
import { bodyIfJson, fields, idText, text, withoutSignature } from './body.ts';
import { idOf, isChatroom } from './name.ts';
import { keyOf } from './read.ts';
import { kindOf, someId } from './reader.ts';

const preSend = 'easemob.callback.preSend';

const questionSchema = z.looseObject({
  from: someId,
  to: idText,
  group_id: idText,
  msg_id: idText,
  chat_type: z.string(),
  payload: fields,
});

const rawSchema = z.looseObject({ payload: fields }).catch({ payload: {} });

/** An answer has at most so many characters (easemob.yaml, callbacks). */
const maxAnswer = 1000;

const say = (fields: {
  readonly valid: boolean;
  readonly code?: string;
  readonly payload?: unknown;
}): CallbackAnswer => ({ status: 200, contentType: 'application/json', body: JSON.stringify(fields) });

/** The pre-send callback: asked of clients' messages, never of those of a server. */
export const decisions: DecisionContract<Config> = {
  // The console's default. There is no second try (easemob.callback.preSend).
  waitMs: 200,

  read(request, config) {
    const { json, body } = bodyIfJson(request);
    const asked = body && idOf(body) === preSend ? questionSchema.safeParse(body) : undefined;
    if (!body || !asked?.success) return undefined;
    const { from, to, group_id, msg_id, chat_type, payload } = asked.data;
    // Rooms may come as groups; either way the conversation is that of `group_id`.
    const isRoom = isChatroom(body, { type: text.parse(payload['type']) });
    const kind = isRoom ? 'chatroom' : (kindOf(chat_type) ?? 'group');
    const receiver = kind === 'direct' ? to : (group_id ?? to);
    if (receiver === undefined) return undefined;
    const dedupeKey = keyOf(preSend, body, request.body);
    const raw = withoutSignature(json);
    const envelope = { to: { kind, id: receiver }, from, id: msg_id ?? dedupeKey, sentAt: null, raw, config };
    const message = readMessage(envelope, payload);
    return {
      id: preSend,
      dedupeKey,
      occurredAt: body.timestamp ?? new Date(0),
      message: msg_id === undefined ? { ...message, vendorId: null } : message,
    };
  },

  /**
   * Whether the sender is told that a message was not delivered is for the console to say, so `DROP` is `REFUSE`. Text alone can
   * take the place of text, with what the message carries besides, as far as an answer goes.
   */
  answer({ decision, text: replacement, code, reason }, { message }) {
    if (decision === 'DELIVER') return { answer: say({ valid: true }), decision };
    if (decision === 'REPLACE' && message.content?.kind === 'TEXT' && replacement) {
      const { payload } = rawSchema.parse(message.raw);
      const answer = say({ valid: true, payload: { ...payload, bodies: [{ type: 'txt', msg: replacement }] } });
      if (answer.body.length <= maxAnswer) return { answer, decision };
    }
    // One text is the vendor's place for both.
    const shown = [code, reason].filter((part) => part !== undefined).join(': ');
    return { answer: say({ valid: false, ...(shown !== '' && { code: shown }) }), decision: 'REFUSE' };
  },
};
