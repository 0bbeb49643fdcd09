import { randomUUID } from 'node:crypto';
import type { ClientMessage, EmulatedApp, EmulatorVendor, Settlement } from '../../../emulator/vendor.ts';
import { chatTypes, receivedBody } from './callback-bodies.ts';
import { outgoing } from './callback-signing.ts';
import { checkClient, toVendor, type VendorContent } from './client.ts';
import { documented } from './documented.ts';
import { appKeyOf } from './envelope.ts';
import { newMessageId } from './message.ts';
import { byteLength, type Fields, fieldsOf, isObject, userIdOf } from './values.ts';

/** Switches of the console's rule: whether it asks, waits longer than by default, what it does without an answer, and whether senders are told. */
const switches = {
  asks: 'pre-send',
  waitsLong: 'pre-send-wait-3000',
  dropsUnanswered: 'pre-send-drops-unanswered',
  isSilent: 'pre-send-silent',
} as const;

export const asks = switches.asks;
const longWaitMs = 3000;

const id = 'easemob.callback.preSend';
const maxAnswer = 1000;
const maxReplacement = 1024;

/** What the sender's client shows (easemob.callback.preSend). */
const texts = {
  noCode: 'custom logic denied',
  emptyCode: 'Message blocked by external logic',
  noAnswer: 'custom internal error',
} as const;

type Answer = { readonly status: number; readonly body: string } | null;

/** The fields of an answer that has the documented form; undefined for any other. */
function validIn(answer: Answer): Fields | undefined {
  if (answer?.status !== 200 || [...answer.body].length > maxAnswer) return undefined;
  const fields = jsonIn(answer.body);
  const { valid, code, payload } = fields;
  const isWell =
    typeof valid === 'boolean' &&
    (code === undefined || typeof code === 'string') &&
    (payload === undefined || isObject(payload));
  return isWell ? fields : undefined;
}

function jsonIn(body: string): Fields {
  try {
    return fieldsOf(JSON.parse(body));
  } catch {
    return {};
  }
}

/** The message that a payload makes of one; undefined for what is not let be replaced: other content than text, and much of it. */
function replacedBy(payload: unknown, { type }: VendorContent): VendorContent | undefined {
  const { bodies, ext } = fieldsOf(payload);
  const [first] = Array.isArray(bodies) ? bodies.map(fieldsOf) : [];
  const text = first?.['type'] === 'txt' ? first['msg'] : undefined;
  if (type !== 'txt' || typeof text !== 'string') return undefined;
  const made = { type, body: { msg: text }, ext: fieldsOf(ext) };
  return byteLength(text + JSON.stringify(made.ext)) <= maxReplacement ? made : undefined;
}

/** Asks about a client's message of any type, once; what comes of it is the same message ID. */
export const question: NonNullable<EmulatorVendor['question']> = (message, app) => {
  if (!app.switches.has(switches.asks)) return undefined;
  checkClient(userIdOf(message.from), message.to, app);
  const content = toVendor(message.content);
  const msgId = newMessageId(app.state.nextId(), app.state.now());
  const deliver = (with_: VendorContent): Settlement => ({
    outcome: 'delivered',
    content: { ...with_, ext: with_.ext ?? {}, id: msgId },
  });
  const refuse = (reason: string, code?: string): Settlement =>
    app.switches.has(switches.isSilent)
      ? { outcome: 'dropped' }
      : { outcome: 'refused', reason, ...(code && { code }) };
  const unanswered = () => (app.switches.has(switches.dropsUnanswered) ? refuse(texts.noAnswer) : deliver(content));
  return {
    ...outgoing('preSend', bodyOf(message, content, msgId, app), app),
    timeoutMs: app.switches.has(switches.waitsLong) ? longWaitMs : (documented(id).timeoutMs ?? 0),
    settle(answer) {
      const fields = validIn(answer);
      if (!fields) return unanswered();
      const { valid, code, payload } = fields;
      if (valid !== true) {
        if (code === undefined) return refuse(texts.noCode);
        return code === '' ? refuse(texts.emptyCode) : refuse(String(code), String(code));
      }
      if (payload === undefined) return deliver(content);
      const replaced = replacedBy(payload, content);
      return replaced ? deliver(replaced) : unanswered();
    },
  };
};

/** Rooms come as groups. */
function bodyOf({ from, to }: ClientMessage, content: VendorContent, msgId: string, app: EmulatedApp): Fields {
  const target = to.kind === 'direct' ? userIdOf(to.id) : to.id;
  return {
    callId: `${appKeyOf(app)}_${randomUUID()}`,
    timestamp: app.state.now(),
    chat_type: to.kind === 'direct' ? 'chat' : 'groupchat',
    ...(to.kind !== 'direct' && { group_id: to.id }),
    from: userIdOf(from),
    to: target,
    msg_id: msgId,
    payload: {
      ext: content.ext ?? {},
      bodies: [receivedBody(content)],
      from: userIdOf(from),
      to: target,
      type: chatTypes[to.kind],
    },
    securityVersion: '1.0.0',
  };
}
