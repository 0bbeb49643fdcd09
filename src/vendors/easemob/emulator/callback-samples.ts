import { randomUUID } from 'node:crypto';
import type { EmulatedApp, EmulatorVendor } from '../../../emulator/vendor.ts';
import { outgoing } from './callback-signing.ts';
import { documented } from './documented.ts';
import { appKeyOf } from './envelope.ts';
import { newMessageId } from './message.ts';
import { type Fields, fieldsOf } from './values.ts';

/** The users, group and room of the catalogue's examples, and what the demo has in their place. */
const users: Readonly<Record<string, string>> = { u1: 'alice', u2: 'bob', u3: 'carol' };
const spaces =
  /(?<!\d)(16934809238921545|66213271109633|170908972023810|277721224642561|173556296122369|262246968131585|179800000000001)(?!\d)/g;
const isOfRoom = /"is_chatroom":true|"type":"CHATROOM"|chat:room/;

/** What the catalogue's fields say and its shared examples leave empty, or say of others. */
const corrections: Readonly<Record<string, Fields>> = {
  'message.recall': { group_id: '2784001' },
  'muc.apply': { 'payload.reason': 'Let me in, please' },
  'muc.invite': { 'payload.reason': 'Come and join us' },
  'muc.update_announcement': { 'payload.reason': 'Meeting at noon' },
  'muc.delete_file': { 'payload.reason': '79ddf840-1111-2222-bec3-ad40868b03f9' },
  // By the user itself.
  'groupOp.leave.quit': { operator: 'bob' },
  'groupOp.shield.add': { operator: 'alice' },
  'groupOp.shield.remove': { operator: 'alice' },
};

/** A body of the vendor's example, about the demo's data and of now. */
function sampleOf(id: string, app: EmulatedApp): Fields {
  const { example } = documented(id);
  const text = example
    .replaceAll('org#app', appKeyOf(app))
    .replace(/(?<![a-z0-9])(u[123])(?![a-z0-9])/g, (name) => users[name] ?? name)
    .replace(spaces, isOfRoom.test(example) ? '9100001' : '2784001');
  const sample = fieldsOf(JSON.parse(text));
  const now = app.state.now();
  const { security: _, ...body } = sample;
  return {
    ...body,
    timestamp: now,
    // An ID of its own: the unsigned callbacks have no call ID to tell one from another.
    ...('msg_id' in sample && { msg_id: newMessageId(app.state.nextId(), now) }),
    ...('callId' in sample && { callId: `${appKeyOf(app)}_${randomUUID()}` }),
  };
}

/** A copy with one field, at any depth, another: `payload.member.0`; `undefined` leaves it out. */
function placed(holder: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(holder) && /^\d+$/.test(name)) {
    const list: unknown[] = [...holder];
    list[Number(name)] = rest.length === 0 ? value : placed(list[Number(name)], rest, value);
    return list;
  }
  const fields = fieldsOf(holder);
  return { ...fields, [name]: rest.length === 0 ? value : placed(fields[name], rest, value) };
}

/** The vendor's own example with the demo's ids, now, and the fields given in place of its own. */
export const makeCallback: NonNullable<EmulatorVendor['makeCallback']> = (id, given, app) => {
  const name = id.replace('easemob.callback.', '');
  let body: unknown = sampleOf(id, app);
  for (const [path, value] of [...Object.entries(corrections[name] ?? {}), ...Object.entries(given)])
    body = placed(body, path.split('.'), value);
  return outgoing(name, fieldsOf(body), app);
};
