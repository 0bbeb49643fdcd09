import type { Connection, EventWanted, PageArgs } from '../domain/context.ts';
import type { EventNode } from '../domain/node.ts';
import { pageSize } from '../domain/page.ts';
import { decodeEventCursor, encodeEventCursor } from './cursor.ts';
import { eventNode, isWanted } from './event-node.ts';
import type { EventLog, Position, StoredEvent } from './log.ts';

const pageOfLog = 500;
/** Events looked at for one answer, of each app: a filter that little passes gives short pages, not long waits. */
const maxLookedAt = 10_000;

/**
 * One page of the events wanted that the log still has, the oldest first by when they were received. Cursors are those of the
 * streams: a stream goes on from here, and this from a stream. Throws `BAD_CURSOR`, and `BAD_USER_INPUT` for `first` out of bounds.
 */
export async function pastEvents(log: EventLog, wanted: EventWanted, page: PageArgs): Promise<Connection<EventNode>> {
  const first = pageSize(page);
  const from = page.after ? decodeEventCursor(page.after, wanted.apps) : undefined;
  const looks = await Promise.all(
    wanted.apps.map((app) => look(log, app, from?.get(app) ?? { ...log.top(app), offset: 0 }, wanted, first + 1)),
  );
  const places = new Map(looks.map(({ app, from: place }) => [app, place]));
  const found = looks.flatMap(({ events }) => events).sort((a, b) => a.receivedAt - b.receivedAt);
  const edges = found.slice(0, first).map((event) => {
    places.set(event.app, { epoch: event.epoch, offset: event.offset });
    const cursor = encodeEventCursor(places);
    return { cursor, node: eventNode(event, cursor) };
  });
  const left = new Set(found.slice(first).map((event) => event.app));
  // What passed no filter need not be looked at again.
  for (const { app, to } of looks) if (!left.has(app)) places.set(app, to);
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
  readonly app: string;
  /** Where the first event given is looked for: right after this place. */
  readonly from: Position;
  readonly events: readonly StoredEvent[];
  /** The place of the last event looked at. */
  readonly to: Position;
  /** Whether there is more that was not looked at. */
  readonly isCut: boolean;
}

async function look(log: EventLog, app: string, after: Position, wanted: EventWanted, limit: number): Promise<Look> {
  const events: StoredEvent[] = [];
  let place = after;
  for (let looked = 0; looked < maxLookedAt && events.length < limit; ) {
    const slice = await log.read(app, place, pageOfLog);
    looked += slice.events.length;
    for (const event of slice.events) {
      place = { epoch: event.epoch, offset: event.offset };
      if (isWanted(event, wanted)) events.push(event);
      if (events.length >= limit) break;
    }
    if (!slice.hasMore) return { app, from: after, events, to: place, isCut: false };
  }
  return { app, from: after, events, to: place, isCut: true };
}
