import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import type { MessageQuestion, Verdict } from '../../src/vendors/vendor.ts';

const catalogue = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));
const asking = catalogue.callbacks.filter(({ kind }) => kind === 'decision');
const config = rongcloud.config.parse({ appKey: 'key', appSecret: 's', region: 'cn' });
const { decisions } = rongcloud.callbacks;

type Fields = Record<string, unknown>;
const exampleOf = (id: string) => asking.find((each) => each.id === id)?.example ?? '';

const requestOf = (body: string) => {
  const query = new URLSearchParams({ nonce: 'n', timestamp: '1700000009000', signature: 'x' });
  return { method: 'POST', query, headers: {}, body };
};
const preId = 'rongcloud.callback.message.pre';
const preExample: Fields = Object.fromEntries(new URLSearchParams(exampleOf(preId)));
const preBody = (fields: Fields = {}) =>
  new URLSearchParams(
    Object.entries({ ...preExample, ...fields }).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
const webhookId = 'rongcloud.callback.webhook.preMessaging';
const webhookExample: { readonly data: readonly Fields[] } & Fields = JSON.parse(exampleOf(webhookId));
const webhookBody = (fields: Fields = {}, data: Fields = {}) =>
  JSON.stringify({ ...webhookExample, data: [{ ...webhookExample.data[0], ...data }], ...fields });

const asked = (body: string): MessageQuestion => {
  const question = decisions?.read(requestOf(body), config);
  if (!question) throw new Error('no question');
  return question;
};
const answerTo = (verdict: Verdict, body: string) => {
  const given = decisions?.answer(verdict, asked(body), config);
  if (!given) throw new Error('no answer');
  expect(given.answer).toMatchObject({ status: 200, contentType: 'application/json' });
  return [JSON.parse(given.answer.body), given.decision];
};

test('the vendor asks in two ways, and waits 3 s at least', () => {
  expect(asking.map(({ id }) => id)).toEqual([preId, webhookId]);
  expect(decisions?.waitMs).toBe(Math.min(...asking.map(({ timeoutMs }) => timeoutMs ?? 0)));
});

describe('a question of the message callback service', () => {
  test('of the catalogue’s example is the message about to be sent, by the id that it will have', () => {
    expect(asked(exampleOf(preId))).toEqual({
      id: preId,
      dedupeKey: 'message.pre:["AAAA-BBBB-CCCC-DDDD"]',
      signedAt: new Date(1_700_000_009_000),
      occurredAt: new Date(1_700_000_000_000),
      message: {
        to: { kind: 'direct', id: 'u2' },
        senderId: 'u1',
        key: 'AAAA-BBBB-CCCC-DDDD',
        vendorId: 'AAAA-BBBB-CCCC-DDDD',
        sequence: null,
        isFromUser: true,
        content: { kind: 'TEXT', text: 'hi', isBarrage: false },
        mentions: null,
        sentAt: null,
        metadata: null,
        raw: preExample,
      },
    });
  });

  test.each([
    ['PERSON', 'direct'],
    ['GROUP', 'group'],
    ['TEMPGROUP', 'chatroom'],
    ['PERSONS', 'group'],
    ['ULTRAGROUP', 'group'],
    ['constructor', 'group'],
    [undefined, 'group'],
  ])('in a conversation of type %s is judged as of a %s', (channelType, kind) => {
    expect(asked(preBody({ channelType })).message.to).toEqual({ kind, id: 'u2' });
  });

  test('without a time is of when it was signed', () => {
    expect(asked(preBody({ msgTimeStamp: undefined })).occurredAt).toEqual(new Date(1_700_000_009_000));
  });

  test('that names no sender, conversation or message is kept as UNKNOWN', () => {
    for (const fields of [{ fromUserId: '' }, { targetId: '' }, { messageId: '' }]) {
      const request = requestOf(preBody(fields));
      expect(decisions?.read(request, config)).toBeUndefined();
      expect(rongcloud.callbacks.read(request, config)).toMatchObject({
        id: preId,
        events: [{ payload: { type: 'UNKNOWN', callback: preId } }],
      });
    }
  });
});

describe('a question of the unified webhook', () => {
  test('of the catalogue’s example tells sender and conversation', () => {
    expect(asked(exampleOf(webhookId))).toMatchObject({
      id: webhookId,
      dedupeKey: 'webhook.preMessaging:["e2"]',
      occurredAt: new Date(1_700_000_000_000),
      message: {
        to: { kind: 'group', id: 'g1' },
        senderId: 'u1',
        vendorId: null,
        content: null,
        sentAt: null,
      },
    });
  });

  test('has the content where it is told, by the names of the webhook of sent messages', () => {
    const data = { messageId: 'AAAA-1', messageType: 'RC:TxtMsg', content: '{"content":"hi"}' };
    expect(asked(webhookBody({}, data)).message).toMatchObject({
      key: 'AAAA-1',
      vendorId: 'AAAA-1',
      content: { kind: 'TEXT', text: 'hi' },
    });
  });

  test.each([
    ['direct_channel', 'direct'],
    ['group_channel', 'group'],
    ['open_channel', 'chatroom'],
    ['community_channel', 'group'],
  ])('of a %s is judged as of a %s', (channel, kind) => {
    expect(asked(webhookBody({ type: `${channel}:pre_messaging` })).message.to.kind).toBe(kind);
  });

  test('that names no sender or conversation is kept as UNKNOWN', () => {
    for (const body of [
      webhookBody({}, { userId: '' }),
      webhookBody({}, { channelId: null }),
      webhookBody({ data: 7 }),
    ]) {
      expect(decisions?.read(requestOf(body), config)).toBeUndefined();
      expect(rongcloud.callbacks.read(requestOf(body), config)).toMatchObject({
        id: webhookId,
        events: [{ payload: { type: 'UNKNOWN', callback: webhookId } }],
      });
    }
  });
});

test('what tells something, or nothing that can be read, asks nothing', () => {
  const events = catalogue.callbacks.filter(({ kind }) => kind === 'event');
  for (const { example } of events) expect(decisions?.read(requestOf(example), config)).toBeUndefined();
  for (const body of ['', 'x', '[]', '{"type":1}']) expect(decisions?.read(requestOf(body), config)).toBeUndefined();
});

describe('an answer', () => {
  const image = { msgType: 'RC:ImgMsg', content: '{"imageUri":"https://x/a.png"}' };
  const reply = { msgType: 'RC:ReferenceMsg', content: '{"content":"hi","objName":"RC:TxtMsg","referMsgUserId":"u2"}' };
  const beside = { content: '{"content":"hi","extra":"e"}', pushContent: 'u1: hi' };
  test.each<[string, Verdict, Fields, object, string]>([
    ['that delivers leaves the rest to the vendor', { decision: 'DELIVER' }, {}, { pass: 1 }, 'DELIVER'],
    [
      'that refuses has the reason for the sender, and no place for a code',
      { decision: 'REFUSE', reason: 'be kind', code: 7 },
      {},
      { pass: 0, extra: 'be kind' },
      'REFUSE',
    ],
    ['that refuses may have no reason', { decision: 'REFUSE' }, {}, { pass: 0 }, 'REFUSE'],
    [
      'that refuses has as much of the reason as there is room for',
      { decision: 'REFUSE', reason: 'x'.repeat(2000) },
      {},
      { pass: 0, extra: 'x'.repeat(1024) },
      'REFUSE',
    ],
    ['that would drop refuses', { decision: 'DROP' }, {}, { pass: 0 }, 'REFUSE'],
    [
      'that replaces text leaves what is beside it, and replaces it in the push, too',
      { decision: 'REPLACE', text: '**' },
      beside,
      { pass: 1, replaceContent: '{"content":"**","extra":"e"}', replacePushContent: 'u1: **' },
      'REPLACE',
    ],
    [
      'that replaces text leaves a push that does not show it',
      { decision: 'REPLACE', text: '$&' },
      { ...beside, pushContent: 'a message' },
      { pass: 1, replaceContent: '{"content":"$&","extra":"e"}' },
      'REPLACE',
    ],
    [
      'that replaces the text of a reply leaves what it replies to',
      { decision: 'REPLACE', text: '**' },
      reply,
      { pass: 1, replaceContent: '{"content":"**","objName":"RC:TxtMsg","referMsgUserId":"u2"}' },
      'REPLACE',
    ],
    ['that would replace a picture refuses it', { decision: 'REPLACE', text: '**' }, image, { pass: 0 }, 'REFUSE'],
    ['that has no text to replace by refuses', { decision: 'REPLACE' }, {}, { pass: 0 }, 'REFUSE'],
  ])('%s', (_, verdict, fields, body, decision) => {
    expect(answerTo(verdict, preBody(fields))).toEqual([body, decision]);
  });

  test.each<[Verdict, object, string]>([
    [{ decision: 'DELIVER' }, { pass: 1 }, 'DELIVER'],
    [{ decision: 'REFUSE', reason: 'no' }, { pass: 0, extra: 'no' }, 'REFUSE'],
    [{ decision: 'REPLACE', text: '**' }, { pass: 0 }, 'REFUSE'],
    [{ decision: 'DROP' }, { pass: 0 }, 'REFUSE'],
  ])('to the webhook, whose other fields are not documented, for %j', (verdict, body, decision) => {
    const data = { messageType: 'RC:TxtMsg', content: '{"content":"hi"}' };
    expect(answerTo(verdict, webhookBody({}, data))).toEqual([body, decision]);
  });
});
