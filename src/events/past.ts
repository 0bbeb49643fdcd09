import type { Connection, EventWanted, PageArgs, PastPeriod } from '../domain/context.ts';
import type { EventNode } from '../domain/node.ts';
import { pageSize } from '../domain/page.ts';
import { appOf, streamsOf } from '../domain/stream.ts';
import { AppError } from '../errors.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { eventNode } from './event-node.ts';
import type { Position, StoredEvent } from './log.ts';
import { queryOf } from './query.ts';
import type { LogReader } from './reads.ts';

/** So many reads are made of each stream for a page. */
const maxReads = 32;

/**
 * One page of the events wanted that the log still has and that were received within a period, the oldest or the newest first. An event's
 * own cursor is that of the streams: a stream goes on from it. Of an edge it is the place from which the list goes on, which with the oldest
 * first is the same. Throws `BAD_CURSOR`, `BAD_USER_INPUT` for `first` out of bounds, and `TOO_MANY_OPERATIONS` when the caller has too
 * many of these under way. A filter that little passes gives short pages, not long waits.
 */
export async function pastEvents(
  reader: LogReader,
  wanted: EventWanted,
  page: PageArgs,
  period: PastPeriod = {},
  reads = maxReads,
): Promise<Connection<EventNode>> {
  const first = pageSize(page);
  const from = page.after ? decodeEventCursor(page.after, wanted.apps) : undefined;
  const way = period.isNewestFirst ? newestFirst : oldestFirst;
  const looks = await reader.search(() =>
    Promise.all(
      wanted.apps.flatMap(streamsOf).map((stream) => {
        const part = partOf(reader, stream, from?.get(stream), period);
        return look(reader, stream, part, wanted, way, { events: first + 1, reads });
      }),
    ),
  );
  const places = new Map(looks.map(({ stream, from: place }) => [stream, place]));
  const queues = looks.map(({ events }) => [...events]);
  const edges = Array.from({ length: first }, () => takeFirst(queues, way)).flatMap((event) => {
    if (!event) return [];
    const own = { epoch: event.epoch, offset: event.offset };
    const node = eventNode(event, encodeEventCursor(new Map([...places, [event.stream, own]])));
    places.set(event.stream, { ...own, offset: own.offset + way.after });
    return [{ cursor: encodeEventCursor(places), node }];
  });
  const left = new Set(queues.flatMap((queue) => queue.slice(0, 1)).map(({ stream }) => stream));
  // What passed no filter need not be looked at again.
  for (const { stream, to } of looks) if (!left.has(stream)) places.set(stream, to);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: left.size > 0 || looks.some(({ isCut }) => isCut),
      endCursor: places.size > 0 ? encodeEventCursor(places) : null,
    },
    totalCount: null,
  };
}

/** The direction in which a log is read. */
interface Way {
  /** From an event to the place after it, in this direction. */
  readonly after: 0 | -1;
  readonly read: 'read' | 'readBack';
  comesFirst(one: StoredEvent, other: StoredEvent): boolean;
  /** Whether a place is at the end of a part, or beyond it. */
  isAtEnd(offset: number, part: Part): boolean;
}

const oldestFirst: Way = {
  after: 0,
  read: 'read',
  comesFirst: (one, other) => one.receivedAt <= other.receivedAt,
  isAtEnd: (offset, { last }) => offset >= last,
};

const newestFirst: Way = {
  after: -1,
  read: 'readBack',
  comesFirst: (one, other) => one.receivedAt >= other.receivedAt,
  isAtEnd: (offset, { before }) => offset <= before,
};

/** The part of a stream that is looked through: what is after `before` up to `last`. */
interface Part {
  readonly start: Position;
  readonly before: number;
  readonly last: number;
}

function partOf(
  { log }: LogReader,
  stream: string,
  from: Position | undefined,
  { since, until, isNewestFirst = false }: PastPeriod,
): Part {
  const top = log.top(stream);
  const before = since ? log.placeBefore(stream, since.getTime()).offset : 0;
  const last = until ? log.placeBefore(stream, until.getTime()).offset : top.offset;
  if (isNewestFirst && from && from.epoch !== top.epoch)
    throw new AppError('BAD_CURSOR', 'The cursor is of another life of the log.', { input: 'after' });
  if (!isNewestFirst) {
    // A place of another life is read from the beginning.
    const start = from ?? { ...top, offset: 0 };
    return {
      start: start.epoch === top.epoch ? { ...start, offset: Math.max(start.offset, before) } : start,
      before,
      last,
    };
  }
  return { start: { ...top, offset: Math.min(from?.offset ?? top.offset, last) }, before, last };
}

/** Takes the event that comes first from those that come next in their streams. */
function takeFirst(queues: readonly StoredEvent[][], { comesFirst }: Way): StoredEvent | undefined {
  let found: StoredEvent[] | undefined;
  for (const queue of queues) {
    const [head] = queue;
    if (head && !(found?.[0] && comesFirst(found[0], head))) found = queue;
  }
  return found?.shift();
}

interface Look {
  readonly stream: string;
  /** Where the first event given is looked for: right after this place, in the direction of the reading. */
  readonly from: Position;
  readonly events: readonly StoredEvent[];
  /** The place of the last event looked at. */
  readonly to: Position;
  /** Whether there is more that was not looked at. */
  readonly isCut: boolean;
}

async function look(
  reader: LogReader,
  stream: string,
  part: Part,
  wanted: EventWanted,
  { read, isAtEnd }: Way,
  most: { readonly events: number; readonly reads: number },
): Promise<Look> {
  const query = queryOf(wanted, appOf(stream));
  const { start: from, before, last } = part;
  const events: StoredEvent[] = [];
  let to = from;
  let isCut = from.epoch !== reader.log.top(stream).epoch || !isAtEnd(from.offset, part);
  for (let reads = 0; isCut && reads < most.reads && events.length < most.events; reads += 1) {
    const slice = await reader[read](stream, to, most.events - events.length, query);
    to = slice.upTo;
    events.push(...slice.events.filter(({ offset }) => offset > before && offset <= last));
    isCut = slice.hasMore && !isAtEnd(to.offset, part);
  }
  return { stream, from, events, to, isCut };
}
