import type { LogSlice, StoredEvent } from './log.ts';

/**
 * What was read of several streams as one list, by when it was received; each stream's own order stays. An event that may have to wait
 * for what there is more of in another stream is left out, and so is what follows it in its stream. At least one of the streams that
 * have more is given whole, so that reading goes on.
 */
export function merged(slices: readonly LogSlice[]): readonly StoredEvent[] {
  // What comes next in a stream may be as old as the newest of what was read.
  const horizons = slices.map(({ events, hasMore }) =>
    hasMore
      ? Math.max(Number.NEGATIVE_INFINITY, ...events.map(({ receivedAt }) => receivedAt))
      : Number.POSITIVE_INFINITY,
  );
  const queues = slices.map(({ events }, own) => {
    const until = Math.min(...horizons.filter((_, index) => index !== own), Number.POSITIVE_INFINITY);
    const end = events.findIndex(({ receivedAt }) => receivedAt > until);
    return end === -1 ? [...events] : events.slice(0, end);
  });
  const list: StoredEvent[] = [];
  for (;;) {
    const heads = queues.flatMap((queue) => queue[0] ?? []);
    const first = heads.reduce<StoredEvent | undefined>(
      (oldest, each) => (oldest && oldest.receivedAt <= each.receivedAt ? oldest : each),
      undefined,
    );
    if (!first) return list;
    list.push(first);
    queues.find((queue) => queue[0] === first)?.shift();
  }
}
