import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import type { CallbackRequest } from '../../src/vendors/vendor.ts';

const now = 1_700_000_000_000;
const config = rongcloud.config.parse({ appKey: 'key', appSecret: ['new', 'old'], region: 'cn' });
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

interface Claim {
  readonly secret?: string;
  readonly nonce?: string;
  readonly timestamp?: string;
  readonly signature?: string;
  readonly appKey?: string;
  readonly name?: string;
}

/** Written anew from the catalogue, so that nothing checks itself. */
function query({
  secret = 'new',
  nonce = 'n1',
  timestamp = String(now),
  appKey = 'key',
  name = 'timestamp',
  signature,
}: Claim = {}) {
  return new URLSearchParams({
    appKey,
    nonce,
    [name]: timestamp,
    signature: signature ?? sha1(secret + nonce + timestamp),
  });
}

const request = (parts: Partial<CallbackRequest> = {}): CallbackRequest => ({
  method: 'POST',
  query: query(),
  headers: {},
  body: '',
  ...parts,
});

const verify = (claim: Claim, at = now) => rongcloud.callbacks.verify(request({ query: query(claim) }), config, at);
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('a signature that was seen is good for no other split of nonce and time', () => {
  test('of milliseconds whose last ten digits are the seconds of a later moment', () => {
    const millis = '1691700000123';
    const later = Number(millis.slice(3)) * 1000;
    const signature = sha1(`newn1${millis}`);
    expect(verify({ timestamp: millis, signature }, Number(millis)).signature).toBe(signature);
    const split = { nonce: `n1${millis.slice(0, 3)}`, timestamp: millis.slice(3), signature };
    expect(later).toBe(1_700_000_123_000);
    expect(() => verify(split, later)).toThrow(refused);
  });
});

describe('a callback is taken for the vendor’s', () => {
  test('when secret, nonce and timestamp make its signature, which tells one triple from another', () => {
    expect(verify({})).toEqual({ signature: sha1(`newn1${now}`) });
  });

  test('when the secret before this one signed it', () => {
    expect(verify({ secret: 'old' }).signature).toBe(sha1(`oldn1${now}`));
  });

  test('when its time is in seconds, as the vendor’s public demo prints, within the same window', () => {
    const seconds = String(now / 1000);
    expect(verify({ timestamp: seconds }).signature).toBe(sha1(`newn1${seconds}`));
    expect(() => verify({ timestamp: seconds }, now + 301_000)).toThrow(refused);
    expect(() => verify({ timestamp: seconds }, now - 301_000)).toThrow(refused);
    const body = JSON.stringify([{ userid: 'bob', status: '0', os: 'iOS', clientIp: '::1' }]);
    const { events } = rongcloud.callbacks.read(request({ query: query({ timestamp: seconds }), body }), config);
    expect(events[0]?.occurredAt).toEqual(new Date(now));
  });

  test('when the time is named as in older deployments, which have no appKey', () => {
    const older = query({ name: 'signTimestamp' });
    older.delete('appKey');
    expect(() => rongcloud.callbacks.verify(request({ query: older }), config, now)).not.toThrow();
  });

  test('when the four values are headers, as of the audit callback', () => {
    const headers = { 'app-key': 'key', nonce: 'n1', timestamp: String(now), signature: sha1(`newn1${now}`) };
    const audit = request({ query: new URLSearchParams(), headers });
    expect(rongcloud.callbacks.verify(audit, config, now).signature).toBe(headers.signature);
  });

  test.each([300_000, -300_000])('when its time is %i ms from now', (offset) => {
    expect(() => verify({}, now + offset)).not.toThrow();
  });
});

test('the acknowledgement is taken for an event, and lets a message go its way where one is asked about', () => {
  const { status, body } = rongcloud.callbacks.acknowledgement;
  expect([status, JSON.parse(body)]).toEqual([200, { pass: 1 }]);
});

describe('a callback is refused', () => {
  const good = sha1(`newn1${now}`);
  test.each<[string, Claim]>([
    ['with a wrong signature', { signature: sha1('other') }],
    ['with a secret that is not of this app', { secret: 'guess' }],
    ['with a truncated signature', { signature: good.slice(0, 39) }],
    ['with a longer signature', { signature: `${good}0` }],
    ['with an upper-case signature', { signature: good.toUpperCase() }],
    ['with a digest of another length', { signature: createHash('sha256').update('x').digest('hex') }],
    ['without a signature', { signature: '' }],
    ['with letters beyond ASCII for a signature', { signature: 'é'.repeat(40) }],
    ['without a nonce', { nonce: '' }],
    ['with a nonce of 129 characters', { nonce: 'n'.repeat(129) }],
    ['with a time in tenths of seconds', { timestamp: '17000000000' }],
    ['with a time in microseconds', { timestamp: '1700000000000000' }],
    ['with a time that is no number', { timestamp: '170000000000x' }],
    ['of another app', { appKey: 'other' }],
  ])('%s', (_, claim) => {
    expect(() => verify(claim)).toThrow(refused);
  });

  test.each([300_001, -300_001])('when its time is %i ms from now', (offset) => {
    expect(() => verify({}, now + offset)).toThrow(refused);
  });

  test('when digits move between nonce and timestamp, though the digest stays right', () => {
    const [nonce, timestamp] = ['12', String(now)];
    const signature = sha1(`new${nonce}${timestamp}`);
    const splits = [
      { nonce: '1', timestamp: `2${timestamp}` },
      { nonce: `${nonce}${timestamp.slice(0, 1)}`, timestamp: timestamp.slice(1) },
      { nonce: `${nonce}${timestamp}`, timestamp: '' },
    ];
    expect(() => verify({ nonce, timestamp, signature })).not.toThrow();
    for (const split of splits) expect(() => verify({ ...split, signature })).toThrow(refused);
  });

  test.each(['signature', 'nonce', 'timestamp', 'appKey'])('when its %s stands twice', (name) => {
    const twice = query();
    twice.append(name, twice.get(name) ?? '');
    expect(() => rongcloud.callbacks.verify(request({ query: twice }), config, now)).toThrow(refused);
  });

  test('when nothing about it is signed', () => {
    expect(() => rongcloud.callbacks.verify(request({ query: new URLSearchParams() }), config, now)).toThrow(refused);
  });
});

const formType = 'application/x-www-form-urlencoded; charset=utf-8';
const readForm = (fields: Record<string, string>) =>
  rongcloud.callbacks.read(
    request({ headers: { 'content-type': formType }, body: new URLSearchParams(fields).toString() }),
    config,
  );
const readJson = (body: unknown) =>
  rongcloud.callbacks.read(
    request({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    config,
  );

const routed = {
  fromUserId: 'alice',
  toUserId: 'bob',
  objectName: 'RC:TxtMsg',
  content: '{"content":"hi","extra":"{\\"a\\":1}"}',
  channelType: 'PERSON',
  msgTimestamp: '1700000000123',
  msgUID: 'AAAA-1',
  sensitiveType: '0',
  source: 'iOS',
  busChannel: '',
};

describe('a routed message', () => {
  test('is a message sent, with all that was told', () => {
    expect(readForm(routed)).toEqual({
      id: 'rongcloud.callback.message.sync',
      events: [
        {
          dedupeKey: 'message.sent:["AAAA-1"]',
          occurredAt: new Date(1_700_000_000_123),
          payload: {
            type: 'MESSAGE_SENT',
            source: 'CLIENT',
            message: {
              to: { kind: 'direct', id: 'bob' },
              senderId: 'alice',
              key: 'AAAA-1',
              vendorId: 'AAAA-1',
              sequence: null,
              isFromUser: true,
              content: { kind: 'TEXT', text: 'hi', isBarrage: false },
              mentions: null,
              sentAt: new Date(1_700_000_000_123),
              metadata: { a: 1 },
              raw: routed,
            },
          },
        },
      ],
    });
  });

  test.each([
    ['GROUP', 'group'],
    ['TEMPGROUP', 'chatroom'],
  ])('of channel type %s is to a %s', (channelType, kind) => {
    const [event] = readForm({ ...routed, channelType }).events;
    expect(event).toMatchObject({ payload: { message: { to: { kind, id: 'bob' } } } });
  });

  test.each([
    ['Server', 'SERVER'],
    ['Websocket', 'CLIENT'],
    ['', 'UNKNOWN'],
  ])('from %j has the source %s', (source, expected) => {
    expect(readForm({ ...routed, source }).events[0]?.payload).toMatchObject({ source: expected });
  });

  test('of the app’s system user is not from a user', () => {
    const [event] = readForm({ ...routed, fromUserId: '__system__' }).events;
    expect(event?.payload).toMatchObject({ message: { isFromUser: false } });
  });

  test('of older deployments has its time under another name', () => {
    const { msgTimestamp, ...older } = routed;
    expect(readForm({ ...older, timestamp: msgTimestamp }).events[0]?.occurredAt).toEqual(new Date(1_700_000_000_123));
  });

  test.each(['ULTRAGROUP', 'PERSONS', 'NOTIFY', 'constructor'])('of channel type %s is unknown', (channelType) => {
    const { id, events } = readForm({ ...routed, channelType });
    expect(id).toBe('rongcloud.callback.message.sync');
    expect(events).toMatchObject([{ payload: { type: 'UNKNOWN', callback: id } }]);
  });

  test.each([
    ['repeated keys', 'groupUserIds=a&groupUserIds=b'],
    ['the one value of the older example', 'groupUserIds=%5Ba%2Cb%5D'],
  ])('of a message to some members of a group says whom it is for, with %s', (_, more) => {
    const body = `${new URLSearchParams({ ...routed, channelType: 'GROUP' })}&${more}`;
    const audience = { userIds: ['a', 'b'], isOnly: true };
    expect(rongcloud.callbacks.read(request({ body }), config).events).toMatchObject([
      { payload: { message: { audience } } },
    ]);
    expect(readForm(routed).events[0]?.payload).not.toHaveProperty('message.audience');
  });

  test('with repeated names has the last of them', () => {
    const body = `${new URLSearchParams(routed)}&msgUID=BBBB-2&groupUserIds=a&groupUserIds=b`;
    expect(rongcloud.callbacks.read(request({ body }), config).events[0]?.dedupeKey).toBe('message.sent:["BBBB-2"]');
  });
});

describe('the unified webhook', () => {
  test.each([
    ['a list', ['a', 'b'], ['a', 'b']],
    ['one id', 'a', ['a']],
    ['a list with what is no id', ['', 'b', {}], ['b']],
  ])('of a message to some members of a group says whom it is for, with %s', (_, groupUserIds, userIds) => {
    const body = JSON.stringify({ type: 'message:send', id: 'e1', data: [{ ...data, groupUserIds }] });
    const audience = { userIds, isOnly: true };
    expect(rongcloud.callbacks.read(request({ body }), config).events).toMatchObject([
      { payload: { message: { audience } } },
    ]);
  });

  const data = {
    userId: 'alice',
    channelId: 'g1',
    messageType: 'RC:TxtMsg',
    content: '{"content":"hi"}',
    channelType: 3,
    time: 1_700_000_000_123,
    messageId: 'AAAA-1',
    os: 'iOS',
  };

  test('tells the same messages, so that one told by both is one event', () => {
    const { id, events } = readJson({
      type: 'message:send',
      id: 'e1',
      time: now,
      data: [data, { ...data, messageId: 'B' }],
    });
    expect(id).toBe('rongcloud.callback.webhook.message.send');
    expect(events).toMatchObject([
      {
        dedupeKey: 'message.sent:["AAAA-1"]',
        payload: { type: 'MESSAGE_SENT', message: { to: { kind: 'group', id: 'g1' } } },
      },
      { dedupeKey: 'message.sent:["B"]' },
    ]);
  });

  test('of an ultra group is unknown, and keeps none of the others back', () => {
    const { events } = readJson({
      type: 'message:send',
      id: 'e1',
      time: now,
      data: [{ ...data, channelType: 10 }, data],
    });
    expect(events).toMatchObject([
      {
        dedupeKey: 'webhook.message.send:["e1",0]',
        payload: { type: 'UNKNOWN', callback: 'rongcloud.callback.webhook.message.send' },
      },
      { payload: { type: 'MESSAGE_SENT' } },
    ]);
  });
});

describe('a recall', () => {
  const operation = {
    eventType: 1,
    fromUserId: 'alice',
    optTime: 1_700_000_005_000,
    source: 'Server',
    conversationInfo: { conversationType: 3, targetId: 'g1', busChannel: '' },
    originalMsgInfo: { messageId: 'AAAA-1', messageTime: 1_700_000_000_123 },
    recallMsgInfo: { isDelete: 1, isAdmin: 1, extra: 'rude' },
  };
  const expected = {
    dedupeKey: 'message.recalled:["AAAA-1"]',
    occurredAt: new Date(1_700_000_005_000),
    payload: {
      type: 'MESSAGE_RECALLED',
      isByAdmin: true,
      isWithoutTrace: true,
      note: 'rude',
      message: { key: 'AAAA-1', to: { kind: 'group', id: 'g1' }, content: { kind: 'RECALLED' } },
    },
  };

  test('comes by its own callback', () => {
    const { id, events } = readJson(operation);
    expect(id).toBe('rongcloud.callback.message.operation');
    expect(events).toMatchObject([{ ...expected, payload: { ...expected.payload, actorId: 'alice' } }]);
  });

  test('or as a message, where that service is off, and is the same event', () => {
    const { events } = readForm({
      ...routed,
      toUserId: 'g1',
      channelType: 'GROUP',
      objectName: 'RC:RcCmd',
      content: '{"messageUId":"AAAA-1","conversationType":3,"isAdmin":1,"isDelete":1,"extra":"rude"}',
      msgTimestamp: '1700000005000',
      msgUID: 'CCCC-3',
    });
    expect(events).toMatchObject([{ ...expected, payload: { ...expected.payload, actorId: null } }]);
  });

  test('of which it is not told how it was done says so', () => {
    const { recallMsgInfo: _, ...bare } = operation;
    expect(readJson(bare).events).toMatchObject([
      { payload: { type: 'MESSAGE_RECALLED', isByAdmin: null, isWithoutTrace: null, note: null } },
    ]);
  });
});

test.each([
  ['nothing', '', undefined],
  ['words', 'hello', undefined],
  ['JSON that breaks off', '{"a":', undefined],
  ['a form that says it is JSON', 'a=1', 'application/json'],
  ['a bare number', '7', 'application/json'],
])('a body of %s is no callback', (_, body, contentType) => {
  const read = () => rongcloud.callbacks.read(request({ body, headers: { 'content-type': contentType } }), config);
  expect(read).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});
