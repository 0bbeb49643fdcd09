import { randomUUID } from 'node:crypto';
import type { EmulatedApp, EmulatorVendor } from '../../../emulator/vendor.ts';
import { messageUid } from './message.ts';
import { isRecord, parseObject } from './read.ts';
import { documented, isList, sending } from './signed.ts';

/** Ids of the catalogue's examples, and what the demo calls the same. */
const demoIds: ReadonlyMap<unknown, string> = new Map([
  ['u1', 'alice'],
  ['u2', 'bob'],
  ['g1', 'team'],
  ['r1', 'lobby'],
]);

/** What the catalogue's examples call the moment at which they were sent. */
const exampleTime = 1_700_000_000_000;

/** What of an example is another with every callback; the rest stays. */
const fresh: Readonly<Record<string, (app: EmulatedApp) => unknown>> = {
  msgUID: ({ state }) => messageUid(state.nextId(), state.now()),
  messageId: ({ state }) => messageUid(state.nextId(), state.now()),
  operateId: ({ state }) => `OP-${state.nextId()}`,
  sessionId: () => randomUUID(),
  id: () => randomUUID(),
  version: ({ state }) => state.nextId(),
  appKey: ({ credentials }) => credentials['appKey'],
};

/** A value of an example as the demo's app would say it now; JSON in texts too. */
function nowOf(value: unknown, app: EmulatedApp): unknown {
  if (Array.isArray(value)) return value.map((each) => nowOf(each, app));
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, fresh[name]?.(app) ?? nowOf(each, app)]),
    );
  if (value === exampleTime) return app.state.now();
  if (value === String(exampleTime)) return String(app.state.now());
  const inner = typeof value === 'string' ? parseObject(value) : undefined;
  return inner ? JSON.stringify(nowOf(inner, app)) : (demoIds.get(value) ?? value);
}

function exampleOf(id: string): unknown {
  const { example, encoding } = documented(id);
  return encoding === 'form' ? Object.fromEntries(new URLSearchParams(example)) : JSON.parse(example);
}

/**
 * A copy with one value, at any depth, another: `data.0.userId`, and `content.objectName` within JSON text. What holds it is
 * made where it is missing.
 */
function placed(holder: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  const inner = typeof holder === 'string' ? parseObject(holder) : undefined;
  if (inner) return JSON.stringify(placed(inner, [name, ...rest], value));
  const put = (before: unknown) => (rest.length === 0 ? value : placed(before, rest, value));
  if (/^\d+$/.test(name) && (holder === undefined || Array.isArray(holder))) {
    const list: unknown[] = [...(holder ?? [])];
    list[Number(name)] = put(list[Number(name)]);
    return list;
  }
  const fields = isRecord(holder) ? holder : {};
  return { ...fields, [name]: put(fields[name]) };
}

/**
 * The vendor's own example with the demo's ids, now, and the fields given in place of its own; `undefined` leaves one out. Of a
 * list they are the first item's, unless they begin with another's number.
 */
export const makeCallback: NonNullable<EmulatorVendor['makeCallback']> = (id, fields, app) => {
  let says = nowOf(exampleOf(id), app);
  for (const [name, value] of Object.entries(fields)) {
    const path = name.split('.');
    says = placed(says, isList(id) && !/^\d+$/.test(path[0] ?? '') ? ['0', ...path] : path, value);
  }
  return sending(id, says, app);
};
