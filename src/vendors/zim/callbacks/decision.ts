import { z } from 'zod';
import { dataOf } from '../../../net/data-text.ts';
import type { CallbackAnswer, DecisionContract } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { readContent } from '../read-content.ts';
import { bodyOf } from './body.ts';
import { hash, keyOf, momentOf, text } from './fields.ts';
import { kindOf, messageFields, messageKey } from './message.ts';
import { callbacks } from './read.ts';

const questionSchema = z.object({ ...messageFields, request_id: text, timestamp: z.unknown().optional() });

/** The values of `result`. 1, to deliver against the vendor's own moderation, is not ours to say. */
const results = { neutral: 0, nobody: 2, refuse: 3 } as const;

const say = (fields: {
  readonly result: number;
  readonly reason?: string | undefined;
  readonly new_msg_body?: string;
}) => ({ status: 200, contentType: 'application/json', body: JSON.stringify(fields) }) satisfies CallbackAnswer;

/** No opinion: what the vendor would do by itself. Events are acknowledged by it, too; of those no body is read. */
export const noOpinion: CallbackAnswer = say({ result: results.neutral });

/** `before_send_msg`: asked of messages of clients, never of those of a server. */
export const decisions: DecisionContract<Config> = {
  // Once more at once when there is no answer (catalogue: retry).
  waitMs: 2500,

  read(request, { systemUser }) {
    const body = bodyOf(request);
    if (body?.['event'] !== 'before_send_msg') return undefined;
    const parsed = questionSchema.safeParse(body);
    if (!parsed.success || parsed.data.conv_id === '') return undefined;
    const { signature: _, nonce: __, ...unsigned } = body;
    const { from_user_id, conv_type, conv_id, msg_id, msg_type, sub_msg_type, msg_body, payload, ...rest } =
      parsed.data;
    const occurredAt = momentOf(rest.timestamp) ?? new Date(0);
    return {
      id: callbacks.before_send_msg.id,
      dedupeKey: keyOf('before_send_msg', [rest.request_id ?? hash(unsigned)]),
      occurredAt,
      message: {
        // Channels, which only one page of the vendor's knows, are judged as groups are: no rule is got around by them.
        to: { kind: kindOf(conv_type) ?? 'group', id: conv_id },
        senderId: from_user_id,
        key: messageKey(msg_id, undefined, occurredAt),
        vendorId: msg_id || null,
        sequence: null,
        isFromUser: from_user_id !== systemUser,
        content: readContent({ type: msg_type, subtype: sub_msg_type, body: msg_body }),
        mentions: null,
        sentAt: null,
        metadata: dataOf(payload),
        raw: unsigned,
      },
    };
  },

  answer({ decision, text: replacement, reason }, { message }) {
    switch (decision) {
      case 'DELIVER':
        return { answer: noOpinion, decision };
      case 'DROP':
        return { answer: say({ result: results.nobody }), decision };
      case 'REPLACE':
        // The type of a message stays, so that text can take the place of nothing but text.
        if (message.content?.kind === 'TEXT' && replacement)
          return { answer: say({ result: results.neutral, new_msg_body: replacement }), decision };
        break;
      case 'REFUSE':
        break;
    }
    // The vendor has a place for a reason, and none for a code: its clients are told its own.
    return { answer: say({ result: results.refuse, reason }), decision: 'REFUSE' };
  },
};
