import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { configSchema } from '../../src/vendors/zim/app-config.ts';
import { callbacks, signCallback } from '../../src/vendors/zim/callbacks.ts';

const secret = 'emulator-callback-secret';
const now = 1_700_000_000_000;
const config = configSchema.parse({ appId: 1001, serverSecret: 's'.repeat(32), callbackSecret: secret });
const triple = (timestamp: number | string = 1_700_000_000, nonce: string | number = '48151') => ({
  timestamp,
  nonce,
  signature: signCallback(secret, String(timestamp), String(nonce)),
});

const request = (body: string) => ({ method: 'POST', query: new URLSearchParams(), headers: {}, body });
const json = (fields: unknown) => request(JSON.stringify(fields));
const verify = (fields: unknown, at = now, as = config) => callbacks.verify(json(fields), as, at);
const codeOf = (action: () => unknown) => {
  try {
    action();
    return 'ok';
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('a callback is true', () => {
  test("with the signature of the catalogue's worked example", () => {
    expect(triple().signature).toBe('fe2715135f3ed130c30fadb2a3baa8d1c4e47402');
    expect(verify({ event: 'send_msg', ...triple() })).toEqual({ signature: triple().signature });
  });

  test('wherever the sorted secret lands', () => {
    for (const each of ['0secret', '1secret', '9secret', '~secret']) {
      const other = configSchema.parse({ appId: 1, serverSecret: 's'.repeat(32), callbackSecret: each });
      const signature = signCallback(each, '1700000000', '48151');
      expect(codeOf(() => verify({ ...triple(), signature }, now, other))).toBe('ok');
    }
  });

  test('with any of the secrets while they change, and with none when there is none', () => {
    const rotating = { ...config, callbackSecret: ['new', secret] };
    expect(codeOf(() => verify(triple(), now, rotating))).toBe('ok');
    expect(codeOf(() => verify(triple(), now, { ...config, callbackSecret: [] }))).toBe('UNAUTHENTICATED');
  });

  test.each([
    ['300 s old', triple(1_699_999_700), 'ok'],
    ['301 s old', triple(1_699_999_699), 'UNAUTHENTICATED'],
    ['300 s ahead', triple(1_700_000_300), 'ok'],
    ['301 s ahead', triple(1_700_000_301), 'UNAUTHENTICATED'],
    ['a quoted time', triple('1700000000'), 'ok'],
    ['a nonce that is a number', triple(1_700_000_000, 48151), 'ok'],
    ['milliseconds of a group', { event: 'group_create', ...triple(1_700_000_000_123) }, 'ok'],
    ['milliseconds of a room', { event: 'room_exit', ...triple('1700000000123') }, 'ok'],
    ['milliseconds of a message', { event: 'send_msg', ...triple(1_700_000_000_123) }, 'UNAUTHENTICATED'],
    ['milliseconds of nothing', triple(1_700_000_000_123), 'UNAUTHENTICATED'],
    ['eleven digits', triple('17000000001'), 'UNAUTHENTICATED'],
    ['nine digits', triple('170000000'), 'UNAUTHENTICATED'],
    ['a negative time', triple(-1_700_000_00), 'UNAUTHENTICATED'],
    ['a time with a fraction', triple(1_700_000_000.5), 'UNAUTHENTICATED'],
    ['no signature', { ...triple(), signature: undefined }, 'UNAUTHENTICATED'],
    ['a wrong signature', { ...triple(), signature: '0'.repeat(40) }, 'UNAUTHENTICATED'],
    ['a truncated signature', { ...triple(), signature: triple().signature.slice(0, 39) }, 'UNAUTHENTICATED'],
    ['a longer signature', { ...triple(), signature: `${triple().signature}0` }, 'UNAUTHENTICATED'],
    ['an upper-case signature', { ...triple(), signature: triple().signature.toUpperCase() }, 'UNAUTHENTICATED'],
    ['a list of signatures', { ...triple(), signature: [triple().signature] }, 'UNAUTHENTICATED'],
    ['a digest of another length', { ...triple(), signature: 'cfe89cb29d84c4dd2b4e585b40dd6af4' }, 'UNAUTHENTICATED'],
    ['an empty nonce', triple(1_700_000_000, ''), 'UNAUTHENTICATED'],
    ['no nonce', { ...triple(), nonce: undefined }, 'UNAUTHENTICATED'],
    ['an object for a nonce', { ...triple(), nonce: {} }, 'UNAUTHENTICATED'],
    ['a list', [triple()], 'UNAUTHENTICATED'],
    ['null', null, 'UNAUTHENTICATED'],
  ] as const)('%s: %o is %s', (_, fields, expected) => {
    expect(codeOf(() => verify(fields))).toBe(expected);
  });

  test('but not when its nonce and time are split elsewhere', () => {
    const { signature } = triple(1_700_000_000, '48151');
    const joined = '170000000048151';
    const splits = Array.from({ length: joined.length + 1 }, (_, at) => [joined.slice(0, at), joined.slice(at)]);
    const taken = splits.flatMap(([one = '', other = '']) =>
      [
        [one, other],
        [other, one],
      ].filter(
        ([timestamp, nonce]) => codeOf(() => verify({ event: 'send_msg', timestamp, nonce, signature })) === 'ok',
      ),
    );
    expect(taken).toEqual([['1700000000', '48151']]);
  });

  test('but not when a part of the secret is given for the nonce', () => {
    const { signature } = triple(1_700_000_000, '48151');
    expect(codeOf(() => verify({ timestamp: 1_700_000_000, nonce: `48151${secret.slice(0, 3)}`, signature }))).toBe(
      'UNAUTHENTICATED',
    );
  });

  test.each(['', '{', 'null', '[]', '%', 'a=b', '<x/>', 'signature=a&signature=b'])(
    'and never when the body is %j',
    (body) => {
      expect(codeOf(() => callbacks.verify(request(body), config, now))).toBe('UNAUTHENTICATED');
    },
  );

  test('in every encoding the vendor shows', () => {
    const fields = { event: 'user_action', ...triple() };
    const encoded = encodeURIComponent(JSON.stringify(fields));
    expect(codeOf(() => callbacks.verify(request(encoded), config, now))).toBe('ok');
    const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    expect(codeOf(() => callbacks.verify(request(form.toString()), config, now))).toBe('ok');
    form.append('signature', 'x');
    expect(codeOf(() => callbacks.verify(request(form.toString()), config, now))).toBe('UNAUTHENTICATED');
  });
});

const sent = {
  appid: '1001',
  event: 'send_msg',
  ...triple(),
  from_user_id: 'bob',
  conv_type: 0,
  conv_id: 'alice',
  msg_type: 1,
  msg_body: 'hi',
  msg_id: '880000000000000012',
  msg_seq: 12,
  payload: '{"order":7}',
  msg_time: 1_700_000_000_123,
  send_result: 0,
};
const { signature: _, nonce: __, ...unsigned } = sent;
const read = (fields: unknown) => callbacks.read(json(fields), config);
const eventsOf = (fields: unknown) => read(fields).events;

describe('a message that was sent', () => {
  test('by a client to a user', () => {
    expect(read(sent)).toEqual({
      id: 'zim.callback.message.sent',
      events: [
        {
          dedupeKey: expect.stringMatching(/^send_msg:880000000000000012:12:1700000000123:[0-9a-f]{32}$/),
          occurredAt: new Date(1_700_000_000_123),
          payload: {
            type: 'MESSAGE_SENT',
            source: 'CLIENT',
            message: {
              to: { kind: 'direct', id: 'alice' },
              senderId: 'bob',
              key: '12',
              vendorId: '880000000000000012',
              sequence: 12,
              isFromUser: true,
              content: { kind: 'TEXT', text: 'hi', isBarrage: false },
              mentions: null,
              sentAt: new Date(1_700_000_000_123),
              editedAt: null,
              recalledAt: null,
              metadata: { order: 7 },
              raw: unsigned,
            },
          },
        },
      ],
    });
  });

  test.each([
    [1, 'chatroom', 'lobby'],
    [2, 'group', 'team'],
  ] as const)('in a conversation of type %i is of a %s', (conv_type, kind, conv_id) => {
    const [event] = eventsOf({ ...sent, conv_type, conv_id });
    expect(event).toMatchObject({
      payload: { message: { to: { kind, id: conv_id } } },
    });
  });

  test('ids beyond 2^53 keep their digits also when they are numbers', () => {
    const body = JSON.stringify(sent).replace('"880000000000000012"', '880000000000000013');
    const [event] = callbacks.read(request(body), config).events;
    expect(event).toMatchObject({ payload: { message: { vendorId: '880000000000000013' } } });
  });

  test('by a server to several users is one event for each, failed for those without an id', () => {
    const events = eventsOf({
      ...sent,
      from_user_id: 'administrator',
      source: 1,
      conv_id: '',
      msg_id: '',
      msg_seq: '',
      user_list: [
        { UserId: 'alice', MsgId: '880000000000000021', MsgSeq: 5 },
        { UserId: 'carol', MsgId: '', MsgSeq: 0 },
      ],
    });
    expect(events).toMatchObject([
      {
        dedupeKey: expect.stringContaining('880000000000000021:5'),
        payload: {
          type: 'MESSAGE_SENT',
          source: 'SERVER',
          message: { to: { id: 'alice' }, key: '5', isFromUser: false },
        },
      },
      {
        dedupeKey: expect.stringContaining('direct:carol'),
        payload: {
          type: 'MESSAGE_SEND_FAILED',
          reason: null,
          message: { to: { id: 'carol' }, key: 'at-1700000000123' },
        },
      },
    ]);
  });

  test('by a server carries content as it was sent', () => {
    const msg_body = JSON.stringify({ Url: 'https://x/a', FileName: 'a' });
    const [event] = eventsOf({ ...sent, source: 1, msg_type: 12, msg_body });
    expect(event).toMatchObject({ payload: { message: { content: { kind: 'FILE', url: 'https://x/a', name: 'a' } } } });
  });

  test('without a number is told from others by its id', () => {
    const [event] = eventsOf({ ...sent, msg_seq: undefined });
    expect(event).toMatchObject({ payload: { message: { key: 'id-880000000000000012', sequence: null } } });
  });

  test('and told again after an edit has another key; a repeat has the same', () => {
    const keyOf = (fields: object) => eventsOf({ ...sent, ...fields })[0]?.dedupeKey;
    expect(keyOf({})).toBe(keyOf(triple(1_700_000_099, '7')));
    expect(keyOf({})).not.toBe(keyOf({ msg_body: 'hi!' }));
  });

  test('in a form is the same', () => {
    const list = JSON.stringify([{ UserId: 'alice', MsgId: '9', MsgSeq: 5 }]);
    const form = new URLSearchParams({
      ...Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)])),
      conv_id: '',
      user_list: list,
    });
    const [event] = callbacks.read(request(form.toString()), config).events;
    expect(event).toMatchObject({ payload: { type: 'MESSAGE_SENT', message: { key: '5', vendorId: '9' } } });
  });

  test('that was not sent says why', () => {
    const [event] = eventsOf({ ...sent, send_result: 660500005, msg_id: '', msg_seq: 0 });
    expect(event?.payload).toMatchObject({
      type: 'MESSAGE_SEND_FAILED',
      reason: '660500005',
      message: { sentAt: null, vendorId: null, key: 'at-1700000000123' },
    });
  });
});

describe('a callback of a shape that the vendor does not document is UNKNOWN', () => {
  test.each([
    [{ event: 'call_accept', call_id: '7' }, 'zim.callback.call.accepted', 'call_accept:7::call_accept'],
    [
      { event: 'room_exit', room_id: 'r', exit_user_ids: ['a', 'b'], timestamp: 1_700_000_000 },
      'zim.callback.room.left',
      'room_exit:r:["a","b"]:1700000000',
    ],
    [{ event: 'before_send_msg', request_id: '5' }, 'zim.callback.message.before', 'before_send_msg:5'],
    [{ event: 'bot_msg', msg_id: '1', msg_seq: 2, msg_time: 3 }, 'zim.callback.bot.message', 'bot_msg:1:2:3'],
  ])('%j', (fields, id, dedupeKey) => {
    expect(read(fields)).toMatchObject({
      id,
      events: [{ dedupeKey, payload: { type: 'UNKNOWN', callback: fields.event } }],
    });
  });

  test.each([
    [{ event: 'new_thing', timestamp: '1700000000' }, 'new_thing'],
    [{ event: 'toString' }, 'toString'],
    [{ event: '__proto__' }, '__proto__'],
    [{ event: 5 }, 'unnamed'],
    [{}, 'unnamed'],
  ])('%j has a key of its content', (fields, callback) => {
    const { id, events } = read(fields);
    expect(id).toBeNull();
    expect(events).toMatchObject([
      { dedupeKey: expect.stringMatching(/:[0-9a-f]{32}$/), payload: { type: 'UNKNOWN', callback } },
    ]);
  });

  test('also a message of a server that names no receiver', () => {
    const [event] = eventsOf({ ...sent, source: 1, conv_id: '', msg_id: '', msg_seq: '' });
    expect(event?.payload).toEqual({ type: 'UNKNOWN', callback: 'send_msg' });
  });

  test('also a message that makes no sense', () => {
    expect(read({ event: 'send_msg', msg_type: {} })).toMatchObject({
      id: 'zim.callback.message.sent',
      events: [{ payload: { type: 'UNKNOWN', callback: 'send_msg' } }],
    });
  });

  test.each([
    [1_700_000_000, 1_700_000_000_000],
    ['1700000000', 1_700_000_000_000],
    [1_700_000_000_123, 1_700_000_000_123],
    ['x', 0],
    [-5, 0],
    [1e300, 0],
  ])('time %j is read', (timestamp, ms) => {
    expect(eventsOf({ event: 'x', timestamp })[0]?.occurredAt).toEqual(new Date(ms));
  });

  test('a body of no known encoding is BAD_USER_INPUT', () => {
    expect(codeOf(() => callbacks.read(request('<xml/>'), config))).toBe('BAD_USER_INPUT');
    expect(codeOf(() => callbacks.read(request('[1]'), config))).toBe('BAD_USER_INPUT');
  });
});

test('a plus in a percent-encoded callback is a space, and an encoded one a plus', () => {
  const fields = {
    event: 'send_msg',
    from_user_id: 'alice',
    conv_type: 0,
    conv_id: 'bob',
    msg_type: 1,
    msg_body: 'two words +1',
    msg_id: '7',
    msg_seq: 7,
  };
  const body = encodeURIComponent(JSON.stringify(fields)).replaceAll('%20', '+');
  const { events } = callbacks.read(request(body), config);
  expect(events[0]?.payload).toMatchObject({ type: 'MESSAGE_SENT', message: { content: { text: 'two words +1' } } });
});
