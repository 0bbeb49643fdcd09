import type { EmulatedMessage, EmulatedState, NewMessage } from '../../../emulator/state.ts';
import type { Params } from '../../../emulator/wire.ts';
import { contentProblem, messageTypes } from './content.ts';
import { codes, fail } from './failures.ts';
import { byteLength, object, text, whole } from './values.ts';

/** A message of one call before it has a receiver. */
type Draft = Pick<NewMessage, 'type' | 'body' | 'extra'>;

const sendable = {
  peer: [1, 2, 10, 11, 12, 13, 14, 200],
  group: [1, 2, 10, 11, 12, 13, 14, 200],
  room: [1, 2, 10, 11, 12, 13, 14, 20, 200],
  all: [1, 11, 12, 13, 14, 200],
  import: [1, 10, 11, 12, 13, 14, 200],
} as const satisfies Record<string, readonly number[]>;

/** Bytes of `Message`: "2 KB by default (5 KB for type 10)". */
export const mostBytes = (type: number): number => (type === messageTypes.multi ? 5 : 2) * 1024;

function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** The content as receivers get it: a command may come in base64, and its size counts decoded. */
function delivered(type: number, body: Params): string {
  const message = text(body, 'Message');
  if (type !== messageTypes.command || whole(body, 'IsBase64') !== 1) return message;
  return isBase64(message) ? Buffer.from(message, 'base64').toString('utf8') : fail(codes.notBase64);
}

function checkNumbers(type: number, params: Params, place: keyof typeof sendable): void {
  // The push to all has none.
  const priority = place === 'all' ? 1 : (whole(params, 'Priority') ?? 0);
  const subType = whole(params, 'SubMsgType') ?? 0;
  const isOutOfRange = priority < 1 || priority > 3 || (type === messageTypes.custom && (subType < 0 || subType > 200));
  if (isOutOfRange) fail(codes.badParameter);
}

/** Reads the message of a send call. Throws the refusal of what the vendor does not take. */
export function readDraft(params: Params, place: keyof typeof sendable): Draft {
  const type = whole(params, 'MessageType') ?? 0;
  const allowed: readonly number[] = sendable[place];
  if (!allowed.includes(type)) fail(codes.badParameter);
  checkNumbers(type, params, place);
  const body = object(params['MessageBody']);
  // "OfflinePush and HasReceipt are not for rooms (660300013)"
  const wantsReceipt = whole(body, 'HasReceipt') === 1 || body['OfflinePush'] !== undefined;
  if (place === 'room' && wantsReceipt) fail(codes.noReceiptInRooms);
  const message = delivered(type, body);
  const problem = byteLength(message) > mostBytes(type) ? codes.messageTooLarge : contentProblem(type, message);
  if (problem) fail(problem);
  return {
    type: String(type),
    body: { ...body, Message: message },
    extra: new Map([['SubMsgType', type === messageTypes.custom ? (whole(params, 'SubMsgType') ?? 0) : 0]]),
  };
}

/** 18 digits that rise with time: more than a double holds. */
const messageId = (serial: number, now: number): string => String(BigInt(now) * 100_000n + BigInt(serial % 100_000));

/** Commands and barrages get no seq, are stored nowhere and reported by no callback (catalogue: messageTypes). */
export const isFleeting = (type: string): boolean =>
  Number(type) === messageTypes.command || Number(type) === messageTypes.barrage;

/** The id of a message that is not kept. */
export const fleetingId = (state: EmulatedState): string => messageId(state.nextId(), state.now());

/** Puts a message into its conversation, under an id that it has already or a new one. */
export const keep = (state: EmulatedState, message: NewMessage, id?: string): EmulatedMessage =>
  state.keep(message, id === undefined ? messageId : () => id);
