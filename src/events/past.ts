import type { Connection, EventWanted, PageArgs } from '../domain/context.ts';
import type { EventNode } from '../domain/node.ts';
import { pageSize } from '../domain/page.ts';
import { appOf, streamsOf } from '../domain/stream.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { eventNode } from './event-node.ts';
import type { Position, StoredEvent } from './log.ts';
import { queryOf } from './query.ts';
import type { LogReader } from './reads.ts';

/**
 * One page of the events wanted that the log still has, the oldest first by when they were received. Cursors are those of the
 * streams: a stream goes on from here, and this from a stream. Throws `BAD_CURSOR`, `BAD_USER_INPUT` for `first` out of bounds, and
 * `TOO_MANY_OPERATIONS` when the caller has too many of these under way. `maxReads` are made of each stream: a filter that little passes
 * gives short pages, not long waits.
 */
export async function pastEvents(
  reader: LogReader,
  wanted: EventWanted,
  page: PageArgs,
  maxReads = 32,
): Promise<Connection<EventNode>> {
  const first = pageSize(page);
  const from = page.after ? decodeEventCursor(page.after, wanted.apps) : undefined;
  const start = (stream: string) => from?.get(stream) ?? { ...reader.log.top(stream), offset: 0 };
  const looks = await reader.search(() =>
    Promise.all(
      wanted.apps
        .flatMap(streamsOf)
        .map((stream) => look(reader, stream, start(stream), wanted, { events: first + 1, reads: maxReads })),
    ),
  );
  const places = new Map(looks.map(({ stream, from: place }) => [stream, place]));
  const found = looks.flatMap(({ events }) => events).sort((a, b) => a.receivedAt - b.receivedAt);
  const edges = found.slice(0, first).map((event) => {
    places.set(event.stream, { epoch: event.epoch, offset: event.offset });
    const cursor = encodeEventCursor(places);
    return { cursor, node: eventNode(event, cursor) };
  });
  const left = new Set(found.slice(first).map((event) => event.stream));
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

interface Look {
  readonly stream: string;
  /** Where the first event given is looked for: right after this place. */
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
  after: Position,
  wanted: EventWanted,
  most: { readonly events: number; readonly reads: number },
): Promise<Look> {
  const query = queryOf(wanted, appOf(stream));
  const events: StoredEvent[] = [];
  let place = after;
  for (let reads = 0; reads < most.reads && events.length < most.events; reads += 1) {
    const slice = await reader.read(stream, place, most.events - events.length, query);
    place = slice.upTo;
    events.push(...slice.events);
    if (!slice.hasMore) return { stream, from: after, events, to: place, isCut: false };
  }
  return { stream, from: after, events, to: place, isCut: true };
}
