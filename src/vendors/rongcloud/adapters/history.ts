import type { HistoryKey, Message } from '../../../domain/message.ts';
import type { Page, PageRequest, RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { history, type StoredMessage } from '../endpoints/history.ts';
import { toMessage } from '../message.ts';
import { parseMillis } from '../time.ts';

type Context = AppContext<Config>;

const pageSize = 100;
/** So many are looked for at once, which leaves room between too few and a full answer. */
const wantedAtMost = 50;
const maxCalls = 12;
/** Ours and the vendor's clocks may differ. */
const clockSkewMs = 60_000;

const endpoints = { direct: history.private, group: history.group, chatroom: history.chatroom } as const;

/** Where a page ends: nothing later than `time`, and of that very moment none of `seen`. */
interface Position {
  readonly time: number;
  readonly seen: readonly string[];
}

/**
 * The messages of a conversation, the latest first. The vendor gives the oldest of a span of time, 100 at most, so spans
 * that end at the position are tried until one is not full: all in one call while a conversation has fewer than 100
 * messages. Takes the app's system user for the viewer of a history that is nobody's own.
 */
export async function readHistory(
  key: HistoryKey,
  { position, limit }: PageRequest,
  context: Context,
  options?: RequestOptions,
): Promise<Page<Message>> {
  const end = position === undefined ? beginning(key, context) : parsePosition(position);
  const span = await latest(key, end, Math.min(limit, wantedAtMost), context, options);
  const shown = span.messages.slice(0, limit);
  const oldest = shown.at(-1);
  const isCut = span.messages.length > shown.length;
  const next = isCut && oldest ? after(shown, oldest.msgTime, end) : span.next;
  return {
    items: shown.map((stored) => fromStored(stored, key, context)).filter((message) => isWanted(message, key)),
    ...(next && { next: writePosition(next) }),
  };
}

const beginning = ({ until }: HistoryKey, { clock }: Context): Position => ({
  // Moments are before `until`, and the vendor's are whole milliseconds.
  time: until ? until.getTime() - 1 : clock.now() + clockSkewMs,
  seen: [],
});

/** The place after the messages shown: those of the same moment must not come again. */
function after(shown: readonly StoredMessage[], time: number, end: Position): Position {
  const seen = shown.filter((each) => each.msgTime === time).map((each) => each.messageUID);
  return { time, seen: time === end.time ? [...end.seen, ...seen] : seen };
}

interface Span {
  /** The latest first. */
  readonly messages: readonly StoredMessage[];
  /** Where the messages before this span begin; none at the history's beginning. */
  readonly next?: Position;
}

/** The latest messages up to `end`, `wanted` of them if there are so many. */
async function latest(
  key: HistoryKey,
  end: Position,
  wanted: number,
  context: Context,
  options?: RequestOptions,
): Promise<Span> {
  const first = key.since?.getTime() ?? 0;
  // A span of `short` milliseconds has too few messages, one of `long` too many.
  let short = -1;
  let long = end.time - first;
  if (long < 0) return { messages: [] };
  let found: Span = { messages: [], next: end };
  let start = first;
  for (let calls = 0; calls < maxCalls && long - short > 1; calls += 1) {
    const { messages, rest } = await query(key, start, end, context, options);
    if (rest === 'none' && start === first) return { messages };
    if (rest === 'earlier') return { messages, next: after(messages, messages.at(-1)?.msgTime ?? start, end) };
    if (rest === 'later') {
      long = end.time - start;
      // More in one millisecond than an answer holds: no call can tell the others.
      if (long === 0) return { messages, next: { time: start - 1, seen: [] } };
    } else {
      found = { messages, next: { time: start - 1, seen: [] } };
      if (messages.length >= wanted) return found;
      short = end.time - start;
    }
    start = end.time - middle(short, long);
  }
  return found;
}

/** Between two lengths by their ratio, since what is wanted lies near the end. */
function middle(short: number, long: number): number {
  const between = Math.round(Math.sqrt((short + 2) * (long + 2))) - 2;
  return Math.max(short + 1, Math.min(long - 1, between));
}

/** What is left out of a full answer: as far as is known the later messages, but the order is documented nowhere. */
type Rest = 'none' | 'later' | 'earlier';

async function query(
  key: HistoryKey,
  startTime: number,
  end: Position,
  { config, call }: Context,
  options?: RequestOptions,
): Promise<{ readonly messages: readonly StoredMessage[]; readonly rest: Rest }> {
  const userId = key.ownerId ?? config.systemUser;
  const { data } = await call(
    endpoints[key.peer.kind],
    { userId, targetId: key.peer.id, startTime, endTime: end.time, pageSize, includeStart: true },
    options,
  );
  const messages = data
    .filter(
      ({ msgTime, messageUID }) => msgTime <= end.time && !(msgTime === end.time && end.seen.includes(messageUID)),
    )
    .sort((one, other) => other.msgTime - one.msgTime);
  if (data.length < pageSize) return { messages, rest: 'none' };
  return { messages, rest: (data[0]?.msgTime ?? 0) > (data.at(-1)?.msgTime ?? 0) ? 'earlier' : 'later' };
}

const writePosition = ({ time, seen }: Position): string => [time, ...seen].join(',');

function parsePosition(text: string): Position {
  const [time = '', ...seen] = text.split(',');
  if (!/^\d{1,15}$/.test(time)) throw new AppError('BAD_CURSOR');
  return { time: Number(time), seen };
}

/** What is told to the owner was sent to the owner, whatever the vendor calls the conversation. */
function fromStored(stored: StoredMessage, { ownerId, peer }: HistoryKey, { config }: Context): Message {
  const { fromUserId: senderId, messageUID: messageUid, msgTime, objectName, content } = stored;
  const isToOwner = peer.kind === 'direct' && ownerId !== undefined && senderId !== ownerId;
  const to = isToOwner ? { kind: peer.kind, id: ownerId } : peer;
  return toMessage(
    { to, senderId, messageUid, objectName, content, sentAt: parseMillis(msgTime), raw: stored },
    config,
  );
}

const isWanted = ({ senderId, content }: Message, wanted: HistoryKey): boolean =>
  (wanted.senderId === undefined || wanted.senderId === senderId) &&
  (wanted.kinds === undefined || (content !== null && wanted.kinds.includes(content.kind)));
