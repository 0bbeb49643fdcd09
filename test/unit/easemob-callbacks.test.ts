import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { configSchema } from '../../src/vendors/easemob/app-config.ts';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import { securityOf } from '../../src/vendors/easemob/signature.ts';
import type { CallbackRequest } from '../../src/vendors/vendor.ts';

const config = configSchema.parse({
  orgName: 'org',
  appName: 'app',
  clientId: 'id',
  clientSecret: 'secret',
  callbackSecret: ['new-secret', 'old-secret'],
});

const requestOf = (body: unknown): CallbackRequest => ({
  method: 'POST',
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const at = 1_600_060_847_294;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const base = {
  callId: 'org#app_8924312242322',
  eventType: 'chat',
  timestamp: at,
  chat_type: 'chat',
  from: 'u1',
  to: 'u2',
  msg_id: '8924312242322',
  payload: { ext: {}, bodies: [{ msg: 'hi', type: 'txt' }] },
  securityVersion: '1.0.0',
  appkey: 'org#app',
  host: 'h',
};
const good = { ...base, security: md5(`${base.callId}new-secret${at}`) };
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('the signature', () => {
  test('is the MD5 of callId, secret and timestamp with nothing between them', () => {
    expect(securityOf('org#app_1', 's', 1_600_060_847_294)).toBe(md5('org#app_1s1600060847294'));
    expect(callbacks.verify(requestOf(good), config, at)).toEqual({ signature: good.security });
  });

  test('may be made with any of the secrets', () => {
    const old = { ...base, security: md5(`${base.callId}old-secret${at}`) };
    expect(callbacks.verify(requestOf(old), config, at).signature).toBe(old.security);
  });

  test('may be made with the only secret there is', () => {
    const single = { ...config, callbackSecret: 'new-secret' };
    expect(callbacks.verify(requestOf(good), single, at).signature).toBe(good.security);
  });

  const bad: [string, unknown][] = [
    ['none', base],
    ['a wrong one', { ...good, security: 'f'.repeat(32) }],
    ['a truncated one', { ...good, security: good.security.slice(0, 31) }],
    ['a longer one', { ...good, security: `${good.security}0` }],
    ['one in upper case', { ...good, security: good.security.toUpperCase() }],
    ['an array', { ...good, security: [good.security] }],
    ['a digest of other length', { ...good, security: createHash('sha1').update('x').digest('hex') }],
    ['an empty one', { ...good, security: '' }],
    ['one of an unknown secret', { ...good, security: md5(`${base.callId}guess${at}`) }],
    ['a wide character', { ...good, security: 'é'.repeat(16) }],
    ['no callId', { ...good, callId: undefined }],
    ['a callId that is no text', { ...good, callId: 7 }],
    ['another callId', { ...good, callId: 'org#app_1' }],
    ['digits moved from the time to the callId', { ...good, callId: `${base.callId}1`, timestamp: 600_060_847_294 }],
    [
      'digits moved from the callId to the time',
      { ...good, callId: base.callId.slice(0, -1), timestamp: 21_600_060_847_294 },
    ],
    [
      'seconds for milliseconds',
      { ...good, timestamp: 1_600_060_847, security: md5(`${base.callId}new-secret1600060847`) },
    ],
    ['a timestamp as text', { ...good, timestamp: String(at) }],
    ['a fraction of a millisecond', { ...good, timestamp: at + 0.5 }],
    ['a body that is a list', [good]],
    ['a body that is null', 'null'],
    ['a body that is not JSON', '{"callId":'],
    ['an empty body', ''],
    ['a deeply nested body', '['.repeat(100_000)],
  ];
  test.each(bad)('is refused: %s', (_, body) => {
    expect(() => callbacks.verify(requestOf(body), config, at)).toThrow(refused);
  });

  test('counts the last of two signatures', () => {
    const body = `${JSON.stringify(good).slice(0, -1)},"security":"${'0'.repeat(32)}"}`;
    expect(() => callbacks.verify(requestOf(body), config, at)).toThrow(refused);
  });

  test.each([-300_000, -1, 0, 300_000])('is taken when its time is %i ms from now', (skew) => {
    expect(callbacks.verify(requestOf(good), config, at + skew).signature).toBe(good.security);
  });

  test.each([-301_000, -300_001, 300_001, 301_000])('is refused when its time is %i ms from now', (skew) => {
    expect(() => callbacks.verify(requestOf(good), config, at + skew)).toThrow(refused);
  });
});

const eventOf = (body: unknown) => {
  const { id, events } = callbacks.read(requestOf(body), config);
  expect(events).toHaveLength(1);
  return { id, ...events[0] };
};

describe('a message that was sent', () => {
  test('to a user is read whole', () => {
    const ext = { a: 1, em_at_list: ['u2'] };
    const event = eventOf({ ...good, from: 'U1', payload: { ...good.payload, ext } });
    expect(event).toMatchObject({
      id: 'easemob.callback.message.user',
      dedupeKey: base.callId,
      occurredAt: new Date(at),
      payload: {
        type: 'MESSAGE_SENT',
        source: 'UNKNOWN',
        message: {
          to: { kind: 'direct', id: 'u2' },
          senderId: 'u1',
          key: '8924312242322',
          vendorId: '8924312242322',
          sequence: null,
          isFromUser: true,
          content: { kind: 'TEXT', text: 'hi', isBarrage: false },
          mentions: { everyone: false, userIds: ['u2'] },
          metadata: { a: 1 },
          sentAt: new Date(at),
        },
      },
    });
  });

  const group = { ...good, chat_type: 'groupchat', group_id: '16934809238921545', to: '16934809238921545' };
  test.each([
    ['group', 'easemob.callback.message.group', group],
    ['group', 'easemob.callback.message.group', { ...group, content_type: 'chat:group:text' }],
    ['chatroom', 'easemob.callback.message.chatroom', { ...group, content_type: 'chat:room:text' }],
    ['chatroom', 'easemob.callback.message.chatroom', { ...group, payload: { ...good.payload, type: 'chatroom' } }],
  ])('to a %s is %s', (kind, id, body) => {
    const event = eventOf(body);
    expect(event.id).toBe(id);
    expect(event.payload).toMatchObject({ message: { to: { kind, id: '16934809238921545' } } });
  });

  test.each([1e300, -1, 'soon'])('with the time %s has none', (timestamp) => {
    expect(eventOf({ ...good, timestamp })).toMatchObject({
      occurredAt: new Date(0),
      payload: { message: { sentAt: null } },
    });
  });

  test('keeps ids of 19 digits whole, written as numbers too', () => {
    const body = JSON.stringify(good).replace('"8924312242322"', '1029457500870543736');
    expect(eventOf(body).payload).toMatchObject({ message: { vendorId: '1029457500870543736' } });
  });

  test('by the system user comes from a server', () => {
    expect(eventOf({ ...good, from: 'admin' }).payload).toMatchObject({
      source: 'SERVER',
      message: { isFromUser: false, senderId: 'admin' },
    });
  });
});

describe('a message that was edited', () => {
  const edit = {
    ...good,
    callId: 'org#app_1373914689292994516',
    chat_type: 'edit',
    msg_id: '1373914689292994516',
    payload: {
      bodies: [{ msg: 'new', type: 'txt' }],
      edit_message_id: '1373914550281177044',
      ext: {},
      type: 'edit',
      meta: {
        edit_msg: {
          chat_type: 'chat:user',
          count: 1,
          edit_time: 1_737_454_241_444,
          operator: 'easemob_rest_app_admin',
          send_time: 1_737_454_209_069,
          sender: 'u1',
        },
      },
    },
  };

  test('has the id of the message, its new content and its times', () => {
    expect(eventOf(edit)).toMatchObject({
      id: 'easemob.callback.message.edit',
      payload: {
        type: 'MESSAGE_EDITED',
        actorId: null,
        editCount: 1,
        message: {
          key: '1373914550281177044',
          to: { kind: 'direct', id: 'u2' },
          senderId: 'u1',
          content: { kind: 'TEXT', text: 'new' },
          sentAt: new Date(1_737_454_209_069),
          editedAt: new Date(1_737_454_241_444),
        },
      },
    });
  });

  test('of the 2024 edition is between those whom the payload names', () => {
    const { meta: _, ...payload } = { ...edit.payload, from: 'u3', to: 'u4' };
    expect(eventOf({ ...edit, from: 'internal', to: 'internal', payload }).payload).toMatchObject({
      message: { to: { kind: 'direct', id: 'u4' }, senderId: 'u3', editedAt: new Date(at) },
      editCount: null,
    });
  });
});

describe('a message that was recalled', () => {
  const recall = {
    ...good,
    chat_type: 'recall',
    recall_id: '966475220900644860',
    payload: { ext: {}, ack_message_id: '966475220900644860', bodies: [] },
  };
  test.each([
    ['direct', 'u2', undefined],
    ['group', '170908972023810', undefined],
    ['group', '2784001', '2784001'],
  ])('in a %s conversation with %s (group_id %s) is told', (kind, to, group_id) => {
    expect(eventOf({ ...recall, to, group_id })).toMatchObject({
      id: 'easemob.callback.message.recall',
      payload: {
        type: 'MESSAGE_RECALLED',
        actorId: null,
        message: {
          key: '966475220900644860',
          to: { kind, id: to },
          content: { kind: 'RECALLED' },
          recalledAt: new Date(at),
        },
      },
    });
  });
});

describe('another callback', () => {
  const groupOp = { callId: 'c', timestamp: at, event: 'group_op_event', id: '26', type: 'GROUP' };
  const others: [string | null, string, object][] = [
    ['message.offline', 'c|chat_offline|u2', { ...good, callId: 'c', eventType: 'chat_offline', from: undefined }],
    ['preSend', 'c', { ...good, callId: 'c', eventType: undefined }],
    ['ack.read', 'c', { callId: 'c', eventType: 'chat', chat_type: 'read_ack', timestamp: at }],
    ['ack.groupRead', 'c', { callId: 'c', chat_type: 'read_ack', content_type: 'chat:ack:read', timestamp: at }],
    ['ack.conversation', 'c', { callId: 'c', chat_type: 'channel_ack', timestamp: at }],
    ['roster.add', 'c', { callId: 'c', chat_type: 'roster', payload: { operation: 'add' }, timestamp: at }],
    [
      'roster.remote_accept',
      'c|remote_accept',
      { callId: 'c', chat_type: 'roster', payload: { operation: 'remote_accept' }, timestamp: at },
    ],
    ['muc.assing_owner', 'c', { callId: 'c', chat_type: 'muc', payload: { operation: 'assing_owner' }, timestamp: at }],
    ['groupOp.create', 'c', { ...groupOp, operation: 'CREATE', type: 'CHANNEL' }],
    ['groupOp.leave.kick', 'c', { ...groupOp, operation: 'LEAVE', payload: { type: 'KICK' } }],
    ['groupOp.room_super_admin.add', 'c', { ...groupOp, operation: 'ROOM_SUPER_ADMIN', payload: { type: 'ADD' } }],
    ['userStatus.login', 'c', { callId: 'c', reason: 'login', status: 'online', timestamp: at }],
    ['moderation.result', 'c', { callId: 'c', eventType: 'moderation', timestamp: at }],
    ['moderation.keyword', 'c', { callId: 'c', eventType: 'keyword_alert', timestamp: at }],
    ['push.result', 'unsigned|c|u1|', { callId: 'c', chat_type: 'chat', step: 'push', target: 'u1', timestamp: at }],
    ['reaction', 'unsigned|m', { chat_type: 'notify', payload: { type: 'reaction' }, msg_id: 'm', timestamp: at }],
    [null, 'c', { callId: 'c', chat_type: 'muc', payload: { operation: 'unheard_of' }, timestamp: at }],
    [null, 'c', { callId: 'c', chat_type: 'constructor', timestamp: at }],
  ];
  test.each(others)('of another shape than documented is UNKNOWN under its name: %s', (name, dedupeKey, body) => {
    const event = eventOf(body);
    expect(event.id).toBe(name && `easemob.callback.${name}`);
    expect(event).toMatchObject({ dedupeKey, occurredAt: new Date(at), payload: { type: 'UNKNOWN' } });
    if (name) expect(event.payload).toEqual({ type: 'UNKNOWN', callback: `easemob.callback.${name}` });
  });

  test.each(['[]', '7', 'null', '{}', '{"payload":"x","timestamp":"y"}'])('%s is UNKNOWN, by its digest', (body) => {
    const event = eventOf(body);
    expect(event).toMatchObject({ id: null, payload: { type: 'UNKNOWN' } });
    expect(event.dedupeKey).toMatch(/^[0-9a-f]{64}$/);
  });

  test('that is not JSON is refused', () => {
    expect(() => callbacks.read(requestOf('<xml/>'), config)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });

  test('without a sender is UNKNOWN even when it is a message', () => {
    expect(eventOf({ ...good, from: undefined }).payload).toMatchObject({ type: 'UNKNOWN' });
  });
});

const wire = fc.dictionary(
  fc.constantFrom(...Object.keys(good), 'event', 'operation', 'step', 'reason', 'status', 'group_id', 'recall_id'),
  fc.oneof(fc.jsonValue(), fc.constantFrom('chat', 'edit', 'recall', 'muc', 'notify', 'groupchat', 'group_op_event')),
);

test('whatever comes is verified or refused as such, and read or refused as such', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        wire.map((body) => JSON.stringify({ ...good, ...body })),
        fc.string(),
      ),
      (body) => {
        for (const act of [() => callbacks.verify(requestOf(body), config, at), () => eventOf(body)]) {
          try {
            act();
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
      },
    ),
  );
});

test('the acknowledgement has at most 1000 characters', () => {
  expect(callbacks.acknowledgement).toMatchObject({ status: 200 });
  expect(callbacks.acknowledgement.body.length).toBeLessThanOrEqual(1000);
});
