import type { Message } from '../domain/message.ts';
import { AppError } from '../errors.ts';

/** Where a message stands in its history: by when it was sent, those of one moment by their key. */
export interface MessagePlace {
  readonly at: number;
  readonly key: string;
}

export const placeOf = (message: Message): MessagePlace => ({ at: message.sentAt?.getTime() ?? 0, key: message.key });

/** Whether a place comes before another. Keys are mostly numbers: a shorter one is smaller. */
export const isBefore = (one: MessagePlace, other: MessagePlace): boolean => {
  if (one.at !== other.at) return one.at < other.at;
  if (one.key.length !== other.key.length) return one.key.length < other.key.length;
  return one.key < other.key;
};

/** A message's place in its history, as text. */
export function writePlace(message: Message): string {
  const { at, key } = placeOf(message);
  return `${at},${key}`;
}

/** Throws `BAD_CURSOR`. */
export function readPlace(position: string): MessagePlace {
  const [, at, key = ''] = /^(-?\d{1,16}),(.*)$/s.exec(position) ?? [];
  if (at === undefined) throw new AppError('BAD_CURSOR');
  return { at: Number(at), key };
}
