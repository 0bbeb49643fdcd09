/** One thing that was handed in. `unknown`: nobody was told whether it was taken; it may have been. */
export interface Write {
  readonly stream: string;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: 'ok' | 'failed' | 'unknown';
}

export interface Place {
  readonly epoch: string;
  readonly offset: number;
}

interface OfReader {
  readonly client: string;
  readonly stream: string;
  readonly at: number;
}

/** What a reader of everything in a stream had, in its order: where it began, each event, each announced gap. */
export type Read =
  | (OfReader & { readonly kind: 'start'; readonly after: Place })
  | (OfReader & { readonly kind: 'event'; readonly place: Place; readonly key: string; readonly content: string })
  /** What is missing ends with this place. */
  | (OfReader & { readonly kind: 'gap'; readonly upTo: Place });

export const faults = ['lost', 'duplicated', 'reordered', 'phantom', 'diverged', 'unannounced'] as const;
export type Fault = (typeof faults)[number];

export interface Report {
  /** `unknown`: nothing is wrong as far as it was seen, but there are acknowledged writes that nobody was there to see. */
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** Each in one line. */
  readonly found: Readonly<Record<Fault, readonly string[]>>;
  readonly writes: Readonly<Record<Write['outcome'], number>>;
  readonly deliveries: number;
  readonly gaps: number;
  /** Acknowledged, and nobody read its part of the stream. */
  readonly uncovered: number;
  /** From the acknowledgement to the first delivery, in milliseconds; 0 for what was delivered before it was acknowledged. */
  readonly staleness: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** What one client had of one stream. */
interface Chain {
  readonly client: string;
  readonly stream: string;
  readonly reads: readonly Read[];
  readonly keys: ReadonlySet<string>;
  /** Stretches that it read through: offsets after `after`, up to `to`. */
  readonly stretches: readonly {
    readonly epoch: string;
    readonly after: number;
    readonly to: number;
    readonly since: number;
  }[];
}

/**
 * Judges a history of deliveries as Jepsen's checkers do (`set-full`, `kafka`): what was acknowledged comes out of every reader that was
 * there, once, in one order that all agree on, and what is missing was announced.
 */
export function check(writes: readonly Write[], reads: readonly Read[]): Report {
  const found: Record<Fault, string[]> = {
    lost: [],
    duplicated: [],
    reordered: [],
    phantom: [],
    diverged: [],
    unannounced: [],
  };
  const written = new Map(writes.map((write) => [nameOf(write), write]));
  const chains = chainsOf(reads, found);
  const places = placesOf(reads, written, found);
  const okay = writes.filter(({ outcome }) => outcome === 'ok');
  let uncovered = 0;
  for (const write of okay) {
    const place = places.get(nameOf(write));
    const covering = chains.filter((chain) => chain.stream === write.stream && covers(chain, write, place, written));
    if (covering.length === 0) uncovered += 1;
    for (const { client, keys } of covering)
      if (!keys.has(write.key)) found.lost.push(`${client} never had ${nameOf(write)}, acknowledged at ${write.to}`);
  }
  const isInvalid = faults.some((fault) => found[fault].length > 0);
  const count = (outcome: Write['outcome']) => writes.filter((write) => write.outcome === outcome).length;
  return {
    verdict: isInvalid ? 'invalid' : uncovered > 0 || okay.length === 0 ? 'unknown' : 'valid',
    found,
    writes: { ok: count('ok'), failed: count('failed'), unknown: count('unknown') },
    deliveries: reads.filter(({ kind }) => kind === 'event').length,
    gaps: reads.filter(({ kind }) => kind === 'gap').length,
    uncovered,
    staleness: stalenessOf(okay, reads),
  };
}

const nameOf = ({ stream, key }: { readonly stream: string; readonly key: string }) => `${stream}/${key}`;
const textOf = ({ epoch, offset }: Place) => `${epoch}-${offset}`;

/** Follows each client through each stream: repeats, order, and offsets that are missing. */
function chainsOf(reads: readonly Read[], found: Record<Fault, string[]>): readonly Chain[] {
  const byReader = Map.groupBy(reads, ({ client, stream }) => JSON.stringify([client, stream]));
  return [...byReader.values()].map((own) => {
    const { client = '', stream = '' } = own[0] ?? {};
    const keys = new Set<string>();
    const had = new Set<string>();
    const stretches: { epoch: string; after: number; to: number; since: number }[] = [];
    let last: Place | undefined;
    for (const read of own) {
      const stretch = stretches.at(-1);
      if (read.kind !== 'event') {
        const place = read.kind === 'start' ? read.after : read.upTo;
        // A reader that goes on from where it was is on the same stretch.
        if (!last || textOf(last) !== textOf(place))
          stretches.push({ epoch: place.epoch, after: place.offset, to: place.offset, since: read.at });
        last = place;
        continue;
      }
      const { place, key } = read;
      if (had.has(textOf(place)) || keys.has(key))
        found.duplicated.push(`${client} had ${stream}/${key} twice, at ${textOf(place)}`);
      else if (!last || !stretch || place.epoch !== last.epoch || place.offset > last.offset + 1)
        found.unannounced.push(
          `${client} in ${stream}: ${last ? textOf(last) : 'nothing'} is followed by ${textOf(place)}`,
        );
      else if (place.offset <= last.offset)
        found.reordered.push(`${client} in ${stream}: ${textOf(last)} is followed by ${textOf(place)}`);
      had.add(textOf(place));
      keys.add(key);
      if (!last || place.epoch !== last.epoch || place.offset > last.offset) last = place;
      if (stretch && stretch.epoch === place.epoch) stretch.to = Math.max(stretch.to, place.offset);
    }
    return { client, stream, reads: own, keys, stretches };
  });
}

/** Where each key is, which all must agree on; and what is there that nobody handed in. */
function placesOf(
  reads: readonly Read[],
  written: ReadonlyMap<string, Write>,
  found: Record<Fault, string[]>,
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const contents = new Map<string, string>();
  for (const read of reads) {
    if (read.kind !== 'event') continue;
    const name = nameOf(read);
    const write = written.get(name);
    if (!write || write.outcome === 'failed')
      found.phantom.push(`${read.client} had ${name}, which ${write ? 'was refused' : 'nobody wrote'}`);
    const at = `${read.stream}@${textOf(read.place)}`;
    const content = `${read.key}: ${read.content}`;
    const known = contents.get(at);
    if (known !== undefined && known !== content)
      found.diverged.push(`${at} is ${known} for others, and ${content} for ${read.client}`);
    const place = places.get(name);
    if (place && textOf(place) !== textOf(read.place))
      found.diverged.push(`${name} is at ${textOf(place)} for others, and at ${textOf(read.place)} for ${read.client}`);
    contents.set(at, content);
    places.set(name, place ?? read.place);
  }
  return places;
}

/**
 * Whether a client must have had a write: it read through its place. One that nobody had has no place; then it must be before whatever
 * was handed in after its acknowledgement, and after whatever a client was at before it was handed in.
 */
function covers(
  { reads, stretches }: Chain,
  write: Write,
  place: Place | undefined,
  written: ReadonlyMap<string, Write>,
): boolean {
  if (place)
    return stretches.some(
      ({ epoch, after, to }) => epoch === place.epoch && after < place.offset && to >= place.offset,
    );
  return stretches.some(({ epoch, since, after, to }) => {
    if (since > write.from && after > 0) return false;
    return reads.some(
      (read) =>
        read.kind === 'event' &&
        read.place.epoch === epoch &&
        read.place.offset > after &&
        read.place.offset <= to &&
        (written.get(nameOf(read))?.from ?? Number.NEGATIVE_INFINITY) > write.to,
    );
  });
}

function stalenessOf(okay: readonly Write[], reads: readonly Read[]): Report['staleness'] {
  const first = new Map<string, number>();
  for (const read of reads)
    if (read.kind === 'event')
      first.set(nameOf(read), Math.min(first.get(nameOf(read)) ?? Number.POSITIVE_INFINITY, read.at));
  const lags = okay
    .flatMap((write) => Math.max(0, (first.get(nameOf(write)) ?? Number.NaN) - write.to))
    .filter((lag) => !Number.isNaN(lag))
    .sort((a, b) => a - b);
  const at = (share: number) => Math.round(lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
