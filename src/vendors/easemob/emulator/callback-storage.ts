import type { EmulatedState } from '../../../emulator/state.ts';
import type { EmulatedApp, Handler, OutgoingCallback } from '../../../emulator/vendor.ts';
import { refuse } from './failures.ts';
import { numberOf, textOf } from './values.ts';

const minuteMs = 60_000;
const sliceMs = 10 * minuteMs;
const keptMs = 3 * 24 * 60 * minuteMs;
const mostRetries = 10;

/** What could not be delivered within ten minutes. */
interface Slice {
  readonly startsAt: number;
  readonly callbacks: Set<OutgoingCallback>;
  retries: number;
}

interface Storage {
  readonly slices: Map<string, Slice>;
  /** Where callbacks under way again came from: those that are lost once more go back there. */
  readonly homes: WeakMap<OutgoingCallback, string>;
}

const name = 'callback storage';

function storageOf(state: EmulatedState): Storage {
  const known = state.extra.get(name);
  if (isStorage(known)) return known;
  const made: Storage = { slices: new Map(), homes: new WeakMap() };
  state.extra.set(name, made);
  return made;
}

const isStorage = (value: unknown): value is Storage => typeof value === 'object' && value !== null && 'homes' in value;

/** Mainland clusters write Beijing time, the others UTC. */
const offsetMs = ({ credentials: { cluster = 'cn1' } }: EmulatedApp) =>
  cluster.startsWith('cn') ? 8 * 60 * minuteMs : 0;

/** `yyyyMMddHHmm`, the start of ten minutes. */
function dateKey(startsAt: number, app: EmulatedApp): string {
  return new Date(startsAt + offsetMs(app)).toISOString().replace(/\D/g, '').slice(0, 12);
}

/** The console's switch for the paid storage. */
const isClosed = ({ switches }: EmulatedApp) => switches.has('callback-storage-closed');

/** Keeps a callback that was not taken, not even when it was sent again, or that came in a ban. */
export function keepLost(callback: OutgoingCallback, app: EmulatedApp): void {
  if (isClosed(app)) return;
  const { slices, homes } = storageOf(app.state);
  const now = app.state.now();
  for (const [key, { startsAt }] of slices) if (startsAt <= now - keptMs) slices.delete(key);
  const startsAt = Math.floor(now / sliceMs) * sliceMs;
  const key = homes.get(callback) ?? dateKey(startsAt, app);
  const slice = slices.get(key) ?? { startsAt, callbacks: new Set(), retries: 0 };
  slice.callbacks.add(callback);
  slices.set(key, slice);
}

function checkOpen(app: EmulatedApp): void {
  if (isClosed(app)) refuse(403, 'forbidden_op', 'callback storage service is unopened');
}

/** Slices of three days that hold something. */
function kept({ slices }: Storage, now: number): [string, Slice][] {
  return [...slices].filter(([, { startsAt, callbacks }]) => callbacks.size > 0 && startsAt > now - keptMs);
}

const list: Handler = (_params, { app, state }) => {
  checkOpen(app);
  const data = kept(storageOf(state), state.now()).map(([date, { callbacks, retries }]) => ({
    date,
    size: callbacks.size,
    retry: retries,
  }));
  // The vendor's example says `post` of this GET.
  return { action: 'post', path: '/callbacks', data };
};

/** What the state is told, so that the harness sends what `storedCallbacks` gives. */
export const retryId = 'easemob.callbackStorage.retry';

/** Accepted at once, sent in its own time. */
const retry: Handler = (params, { app, state }) => {
  checkOpen(app);
  const date = textOf(params, 'date');
  if (!/^\d{12}$/.test(date)) refuse(400, 'illegal_argument', 'date must be yyyyMMddHHmm');
  if (numberOf(params, 'retry', 0) > mostRetries)
    refuse(400, 'illegal_argument', `retry must be at most ${mostRetries}`);
  const isKept = kept(storageOf(state), state.now()).some(([key]) => key === date);
  if (isKept) state.tell(retryId, { date, targetUrl: textOf(params, 'targetUrl') });
  return { path: '/callbacks', data: isKept ? 'success' : 'failure' };
};

/** Takes the callbacks of a slice out of the storage, to be sent to the rule's URL or another. */
export function takeStored(
  { date, targetUrl }: Readonly<Record<string, unknown>>,
  app: EmulatedApp,
): OutgoingCallback[] {
  const { slices, homes } = storageOf(app.state);
  const slice = slices.get(String(date));
  if (!slice) return [];
  slice.retries += 1;
  const taken = [...slice.callbacks].map((callback): OutgoingCallback => {
    const again: OutgoingCallback = {
      id: callback.id,
      request: (url, now) => callback.request(targetUrl ? String(targetUrl) : url, now),
    };
    homes.set(again, String(date));
    return again;
  });
  slice.callbacks.clear();
  return taken;
}

export const callbackStorageHandlers = {
  'easemob.callbackStorage.list': list,
  'easemob.callbackStorage.retry': retry,
} satisfies Record<string, Handler>;
