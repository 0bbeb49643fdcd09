import type { HistoryKey, Message } from '../../../domain/message.ts';
import type { Page, PageRequest, RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { history, type StoredMessage } from '../endpoints/history.ts';
import { toMessage } from '../message.ts';
import { parseMillis } from '../time.ts';
import { parseRecalls, recallOf, type StoredRecall, withRecall, writeRecalls } from './recalls.ts';

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
  /** The length of the span that served the page before, which is tried first. */
  readonly span?: number;
  /** The recalls of later pages, whose originals may be on this one or on those before. */
  readonly recalls?: readonly StoredRecall[];
}

/**
 * The messages of a conversation, the latest first. The vendor gives the oldest of a span of time, 100 at most, so spans
 * that end at the position are tried until one is not full: one call while a conversation has fewer than 100 messages,
 * and for pages as dense as the one before. Takes the app's system user for the viewer of a history that is nobody's own.
 *
 * A recall is a message of its own there, and the original stays as it was (docs.rongcloud.cn/platform-chat-api/message/msgrecall):
 * the recall is not shown, and its original is, as recalled.
 */
export async function readHistory(
  key: HistoryKey,
  { position, limit }: PageRequest,
  context: Context,
  options?: RequestOptions,
): Promise<Page<Message>> {
  const end = position === undefined ? beginning(key, context) : parsePosition(position);
  const later = end.recalls ?? (await recallsSince(key, context, options));
  const span = await latest(key, end, Math.min(limit, wantedAtMost), context, options);
  const shown = firstMessages(span.messages, limit);
  const oldest = shown.at(-1);
  const isCut = span.messages.length > shown.length;
  const next = isCut && oldest ? after(shown, oldest.msgTime, end) : span.next;
  const recalls = [...later, ...shown.flatMap((stored) => recallOf(stored) ?? [])];
  return {
    items: shown
      .filter((stored) => !recallOf(stored))
      .map((stored) => withRecall(fromStored(stored, key, context), recalls))
      .filter((message) => isWanted(message, key)),
    ...(next && {
      next: writePosition({ ...next, recalls, ...(span.length !== undefined && { span: span.length }) }),
    }),
  };
}

/** As much of the beginning as has so many messages besides recalls. */
function firstMessages(messages: readonly StoredMessage[], count: number): readonly StoredMessage[] {
  let left = count;
  const past = messages.findIndex((stored) => {
    if (!recallOf(stored)) left -= 1;
    return left < 0;
  });
  return past === -1 ? messages : messages.slice(0, past);
}

/** The recalls among the first 100 messages after the end of a history that does not reach to the present. */
async function recallsSince(
  { until, ...key }: HistoryKey,
  context: Context,
  options?: RequestOptions,
): Promise<readonly StoredRecall[]> {
  const now = beginning(key, context);
  if (!until || until.getTime() > now.time) return [];
  const { messages } = await query(key, atLeastZero(until.getTime()), now, context, options);
  return messages.flatMap((stored) => recallOf(stored) ?? []);
}

const beginning = ({ until }: HistoryKey, { clock }: Context): Position => ({
  // Moments are before `until`, and the vendor's are whole milliseconds.
  time: until ? until.getTime() - 1 : clock.now() + clockSkewMs,
  seen: [],
});

/** The vendor knows no moment before 1970, and nothing was sent before. */
const atLeastZero = (time: number): number => Math.max(0, time);

/** The place after the messages shown: those of the same moment must not come again. */
function after(shown: readonly StoredMessage[], time: number, end: Position): Position {
  const seen = shown.filter((each) => each.msgTime === time).map((each) => each.messageUID);
  return { time, seen: time === end.time ? [...end.seen, ...seen] : seen };
}

interface Span {
  /** The latest first. */
  readonly messages: readonly StoredMessage[];
  readonly length?: number;
  /** Where the messages before this span begin; none at the history's beginning. */
  readonly next?: Position;
}

/** A part of the history that is known to be whole, from `from` until before `last`. */
interface Stretch {
  readonly from: number;
  readonly last: number;
  readonly messages: readonly StoredMessage[];
}

/** The latest messages up to `end`, `wanted` of them if there are so many. */
async function latest(
  key: HistoryKey,
  end: Position,
  wanted: number,
  context: Context,
  options?: RequestOptions,
): Promise<Span> {
  const first = atLeastZero(key.since?.getTime() ?? 0);
  if (end.time < first) return { messages: [] };
  let found: Span = { messages: [], next: end };
  let short = -1;
  let older: Stretch | undefined;
  let start = Math.max(first, end.time - (end.span ?? end.time));
  for (let calls = 0; calls < maxCalls; calls += 1) {
    const { messages, rest } = await query(key, start, end, context, options);
    if (rest === 'earlier') return { messages, next: after(messages, messages.at(-1)?.msgTime ?? start, end) };
    if (rest === 'later') {
      if (start === end.time) return { messages, next: { time: start - 1, seen: [] } };
      // Its last moment may have more; but when it has nothing else, no call can tell the others.
      const last = Math.max(messages[0]?.msgTime ?? 0, start + 1);
      older = { from: start, last, messages };
      start = Math.max(last, end.time - middle(short, end.time - last));
      continue;
    }
    const known = join(messages, start, older);
    if (known.from === first) return { messages: known.messages };
    found = { messages: known.messages, length: end.time - known.from, next: { time: known.from - 1, seen: [] } };
    if (firstMessages(known.messages, wanted - 1).length < known.messages.length) return found;
    short = end.time - start;
    // Too few: on from where the last full answer ended, or from the very beginning.
    start = older ? older.last : first;
  }
  return found;
}

/** The messages since `start`, and those before them where these are known without a gap. */
function join(messages: readonly StoredMessage[], start: number, older: Stretch | undefined): Omit<Stretch, 'last'> {
  if (!older || start > older.last) return { from: start, messages };
  const ids = new Set(messages.map(({ messageUID }) => messageUID));
  return { from: older.from, messages: [...messages, ...older.messages.filter((each) => !ids.has(each.messageUID))] };
}

/** Between two lengths of time by their ratio, since what is wanted lies near the end; 0 where that is all there is. */
const middle = (short: number, long: number): number =>
  Math.max(0, Math.round(Math.sqrt((short + 2) * (long + 2))) - 2);

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
    // Of one moment the later is the last as well.
    .reverse()
    .sort((one, other) => other.msgTime - one.msgTime);
  if (data.length < pageSize) return { messages, rest: 'none' };
  return { messages, rest: (data[0]?.msgTime ?? 0) > (data.at(-1)?.msgTime ?? 0) ? 'earlier' : 'later' };
}

const writePosition = ({ time, span, seen, recalls = [] }: Position): string =>
  `${[time, span ?? '', ...seen].join(',')};${writeRecalls(recalls)}`;

function parsePosition(text: string): Position {
  const [place = '', recalls = ''] = text.split(';');
  const [time = '', span = '', ...seen] = place.split(',');
  if (!/^\d{1,15}$/.test(time) || !/^\d{0,15}$/.test(span)) throw new AppError('BAD_CURSOR');
  return { time: Number(time), seen, recalls: parseRecalls(recalls), ...(span !== '' && { span: Number(span) }) };
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
