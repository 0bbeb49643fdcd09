import type { Message } from '../../../domain/message.ts';
import { AppError } from '../../../errors.ts';
import type { StoredMessage } from '../endpoints/history.ts';
import { objectOf } from '../json.ts';
import { parseMillis } from '../time.ts';

/** A recall as the history has it: a message of its own, later than the one that it takes back. */
export interface StoredRecall {
  readonly messageUid: string;
  /** In whose name it was done; the original's sender, whoever recalled. */
  readonly senderId: string;
  readonly time: number;
  readonly isByAdmin: boolean;
}

/** As many go into a cursor, which has to stay short: the last ones read, whose originals are likely to come soonest. */
const maxCarried = 20;

/** The recall that a stored message is; undefined for any other message, and for one that names no message. */
export function recallOf({ objectName, content, fromUserId, msgTime }: StoredMessage): StoredRecall | undefined {
  if (objectName !== 'RC:RcCmd') return undefined;
  const { messageUId, messageUID = messageUId, isAdmin } = objectOf(content);
  if (typeof messageUID !== 'string' || messageUID === '') return undefined;
  return { messageUid: messageUID, senderId: fromUserId, time: msgTime, isByAdmin: String(isAdmin) === '1' };
}

/** The message as what is left of it, if one of the recalls is of it. */
export function withRecall(message: Message, recalls: readonly StoredRecall[]): Message {
  const recall = recalls.find((each) => each.messageUid === message.key && each.senderId === message.senderId);
  if (!recall) return message;
  return {
    ...message,
    content: { kind: 'RECALLED', recalledById: recall.isByAdmin ? null : recall.senderId, note: null },
    mentions: null,
    metadata: null,
    recalledAt: parseMillis(recall.time),
    raw: null,
  };
}

export const writeRecalls = (recalls: readonly StoredRecall[]): string =>
  recalls
    .slice(-maxCarried)
    .map(({ messageUid, senderId, time, isByAdmin }) =>
      [encodeURIComponent(messageUid), encodeURIComponent(senderId), time, isByAdmin ? 1 : 0].join('|'),
    )
    .join(',');

/** Throws `BAD_CURSOR`. */
export function parseRecalls(text: string): readonly StoredRecall[] {
  if (text === '') return [];
  return text.split(',').map((each) => {
    const [messageUid = '', senderId = '', time = '', isByAdmin = ''] = each.split('|');
    if (!/^\d{1,15}$/.test(time)) throw new AppError('BAD_CURSOR');
    return {
      messageUid: decoded(messageUid),
      senderId: decoded(senderId),
      time: Number(time),
      isByAdmin: isByAdmin === '1',
    };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('BAD_CURSOR');
  }
}
