import type { EmulatedApp, EmulatorVendor } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { fleetingId } from './draft.ts';
import { callback, documented } from './signed.ts';
import { object } from './values.ts';

/** Ids of the catalogue's examples, and what the demo calls the same. */
const demoIds: ReadonlyMap<unknown, string> = new Map([
  ['g-100', 'team'],
  ['r-7', 'lobby'],
]);

const seconds = ({ state }: EmulatedApp) => Math.floor(state.now() / 1000);
const serial = ({ state }: EmulatedApp) => String(100_000 + state.nextId());

/** What is another with every callback; the rest of an example stays. */
const fresh: Readonly<Record<string, (app: EmulatedApp) => unknown>> = {
  msg_id: ({ state }) => fleetingId(state),
  // Beyond those of messages that are kept.
  msg_seq: (app) => Number(serial(app)),
  request_id: serial,
  call_id: serial,
  session_id: (app) => `93${serial(app).padStart(16, '0')}`,
  login_time: seconds,
  create_time: seconds,
  msg_time: ({ state }) => state.now(),
  invite_time: ({ state }) => state.now(),
};

/** What is made anew for each callback, and is not an example's to say. */
const signed: readonly string[] = ['appid', 'nonce', 'signature', 'timestamp'];

function sampleOf(id: string, app: EmulatedApp): Params {
  const example = object(JSON.parse(documented(id).example));
  return Object.fromEntries(
    Object.entries(example)
      .filter(([name]) => !signed.includes(name))
      .map(([name, value]) => [name, fresh[name]?.(app) ?? demoIds.get(value) ?? value]),
  );
}

/** A copy with one field, at any depth, another: `user_list.0.MsgId`. What holds it is made where it is missing. */
function placed(holder: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (/^\d+$/.test(name) && (holder === undefined || Array.isArray(holder))) {
    const list: unknown[] = [...(holder ?? [])];
    list[Number(name)] = rest.length === 0 ? value : placed(list[Number(name)], rest, value);
    return list;
  }
  const fields = object(holder);
  return { ...fields, [name]: rest.length === 0 ? value : placed(fields[name], rest, value) };
}

/** The vendor's own example with the demo's ids, now, and the fields given in place of its own; `undefined` leaves one out. */
export const makeCallback: NonNullable<EmulatorVendor['makeCallback']> = (id, fields, app) => {
  let body: unknown = sampleOf(id, app);
  for (const [name, value] of Object.entries(fields)) body = placed(body, name.split('.'), value);
  return callback(id, object(body), app);
};
