import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';

const { callbacks: documented } = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));
const config = rongcloud.config.parse({ appKey: 'key', appSecret: 's', region: 'cn' });

type Fields = Record<string, unknown>;
const exampleOf = (name: string): Fields =>
  JSON.parse(documented.find(({ id }) => id === `rongcloud.callback.${name}`)?.example ?? '');
/** Signed in headers, as the audit callback is; the time of what has none of its own. */
const headers = { 'content-type': 'application/json', timestamp: '1700000009000' };
const read = (body: unknown) => {
  const request = { method: 'POST', query: new URLSearchParams(), headers, body: JSON.stringify(body) };
  return rongcloud.callbacks.read(request, config);
};
const eventOf = (body: unknown) => {
  const [event, ...others] = read(body).events;
  expect(others).toEqual([]);
  if (!event) throw new Error('no event');
  return event;
};

describe('a deletion', () => {
  const recall = exampleOf('message.operation');
  const deletion = {
    ...recall,
    eventType: 2,
    fromUserId: 'u1',
    recallMsgInfo: undefined,
    deleteMsgInfo: { deleteType: 1 },
  };
  const untilMoment = {
    ...deletion,
    originalMsgInfo: undefined,
    deleteMsgInfo: { deleteType: 2, msgTimestamp: 1_699_999_998_000 },
  };

  test('of a message names it, by the key that it was sent under, and who took it off its own history', () => {
    expect(eventOf(deletion)).toEqual({
      dedupeKey: 'message.operation:[2,"AAAA-1",1700000000000]',
      occurredAt: new Date(1_700_000_000_000),
      payload: {
        type: 'MESSAGES_DELETED',
        userId: 'u1',
        peer: { kind: 'group', id: 'g1' },
        messages: [
          {
            to: { kind: 'group', id: 'g1' },
            senderId: 'u1',
            key: 'AAAA-1',
            vendorId: 'AAAA-1',
            sequence: null,
            isFromUser: true,
            content: null,
            mentions: null,
            sentAt: new Date(1_699_999_999_000),
            metadata: null,
            raw: JSON.parse(JSON.stringify(deletion)),
          },
        ],
        before: null,
      },
    });
  });

  test('of everything up to a moment names the moment', () => {
    expect(eventOf(untilMoment).payload).toEqual({
      type: 'MESSAGES_DELETED',
      userId: 'u1',
      peer: { kind: 'group', id: 'g1' },
      messages: [],
      before: new Date(1_699_999_998_000),
    });
  });

  test('is told apart by its message and time', () => {
    expect(eventOf(deletion).dedupeKey).toBe(eventOf(deletion).dedupeKey);
    expect(eventOf({ ...deletion, optTime: 1 }).dedupeKey).not.toBe(eventOf(deletion).dedupeKey);
    const other = { ...untilMoment, deleteMsgInfo: { deleteType: 2, msgTimestamp: 1_699_999_990_000 } };
    expect(eventOf(other).dedupeKey).not.toBe(eventOf(untilMoment).dedupeKey);
  });

  test.each<[string, Fields]>([
    ['of neither kind', { deleteMsgInfo: { deleteType: 3 } }],
    ['that does not say how', { deleteMsgInfo: undefined }],
    ['of a message that it does not name', { originalMsgInfo: {} }],
    ['up to no moment', { deleteMsgInfo: { deleteType: 2 } }],
    ['in an ultra group', { conversationInfo: { conversationType: 10, targetId: 'x' } }],
    ['by nobody', { fromUserId: '' }],
  ])('%s is kept', (_, fields) => {
    const { payload, occurredAt } = eventOf({ ...deletion, ...fields });
    expect(payload).toEqual({ type: 'UNKNOWN', callback: 'rongcloud.callback.message.operation' });
    expect(occurredAt).toEqual(new Date(1_700_000_000_000));
  });

  test('and any other operation is kept', () => {
    expect(eventOf({ ...recall, eventType: 3 }).payload.type).toBe('UNKNOWN');
    expect(eventOf({ ...recall, originalMsgInfo: { messageTime: 1 } }).payload.type).toBe('UNKNOWN');
  });
});

describe('moderation of a message', () => {
  const example = exampleOf('moderation.audit');
  const content = {
    appKey: 'key',
    fromUserId: 'u1',
    targetId: 'g1',
    conversationType: 'GROUP',
    objectName: 'RC:TxtMsg',
    message: '{"content":"casino"}',
    messageTime: 1_700_000_000_000,
    messageId: 'AAAA-1',
  };
  const audited = (fields: Fields) => ({ ...example, content: JSON.stringify({ ...content, ...fields }) });

  test('of the catalogue’s example names the message and who looked, by the time that it was signed', () => {
    const { id } = read(example);
    expect(id).toBe('rongcloud.callback.moderation.audit');
    expect(eventOf(example)).toEqual({
      dedupeKey: 'moderation.audit:["AAAA-1"]',
      occurredAt: new Date(1_700_000_009_000),
      payload: {
        type: 'MESSAGE_MODERATED',
        message: expect.objectContaining({
          to: { kind: 'direct', id: 'u2' },
          senderId: 'u1',
          key: 'AAAA-1',
          content: null,
          sentAt: null,
        }),
        decision: 'REFUSE',
        labels: [],
        matchedKeywords: [],
        provider: 'p',
      },
    });
  });

  test('has the content where that is told', () => {
    expect(eventOf({ ...audited({}), result: 10000, serviceProvider: '' }).payload).toMatchObject({
      decision: 'PASS',
      provider: null,
      message: {
        to: { kind: 'group', id: 'g1' },
        content: { kind: 'TEXT', text: 'casino' },
        sentAt: new Date(1_700_000_000_000),
      },
    });
  });

  test.each<[string, Fields]>([
    ['of a result that nobody knows', { ...audited({}), result: 10002 }],
    ['in an ultra group', audited({ conversationType: 'ULTRAGROUP' })],
    ['of nobody', audited({ fromUserId: undefined })],
    ['of content that cannot be read', { ...example, content: 'x' }],
  ])('%s is kept', (_, body) => {
    expect(eventOf(body)).toMatchObject({ dedupeKey: 'moderation.audit:["AAAA-1"]', payload: { type: 'UNKNOWN' } });
  });
});

describe('a message to a bot', () => {
  const example = exampleOf('bot.message');

  test('of which nothing is told is the bot’s, from nobody', () => {
    const { id } = read(example);
    expect(id).toBe('rongcloud.callback.bot.message');
    expect(eventOf(example)).toMatchObject({
      dedupeKey: 'bot.message:["message:private",1700000000000,"b1",{}]',
      occurredAt: new Date(1_700_000_000_000),
      payload: {
        type: 'BOT_MESSAGE_RECEIVED',
        botId: 'b1',
        data: {},
        message: {
          to: { kind: 'direct', id: 'b1' },
          isFromUser: false,
          vendorId: null,
          key: expect.stringMatching(/./),
          content: null,
        },
      },
    });
  });

  test('is read by the names that the vendor has elsewhere for the same', () => {
    const data = {
      fromUserId: 'u1',
      messageUID: 'AAAA-1',
      objectName: 'RC:TxtMsg',
      content: '{"content":"hi"}',
      groupId: 'g1',
    };
    const direct = eventOf({ ...example, data }).payload;
    expect(direct).toMatchObject({
      data,
      message: { senderId: 'u1', isFromUser: true, key: 'AAAA-1', vendorId: 'AAAA-1', content: { text: 'hi' } },
    });
    const mentioned = eventOf({ ...example, type: 'message:group_mentioned', data }).payload;
    expect(mentioned).toMatchObject({ message: { to: { kind: 'group', id: 'g1' } } });
  });

  test('is told apart from another of the same moment', () => {
    const keys = [example, { ...example, bot: { userId: 'b2' } }, { ...example, data: { a: 1 } }].map(
      (body) => eventOf(body).dedupeKey,
    );
    expect(new Set(keys).size).toBe(3);
  });

  test.each<[string, Fields]>([
    ['in a group that is not told', { type: 'message:group_mentioned' }],
    ['that is no message', { type: 'group:bot_join' }],
    ['without a bot', { bot: {} }],
  ])('%s is kept', (_, fields) => {
    expect(eventOf({ ...example, ...fields }).payload).toEqual({
      type: 'UNKNOWN',
      callback: 'rongcloud.callback.bot.message',
    });
  });
});

test('a webhook of one sent message tells it as a list of one does', () => {
  const request = (fields: Fields) => ({
    method: 'POST',
    query: new URLSearchParams(),
    headers,
    body: JSON.stringify(fields),
  });
  const item = exampleOf('webhook.message.send');
  const [one] = [item['data']].flat();
  const listed = rongcloud.callbacks.read(request({ ...item, data: [one] }), config);
  expect(listed.events[0]?.payload).toMatchObject({ type: 'MESSAGE_SENT' });
  const { events } = rongcloud.callbacks.read(request({ ...item, data: one }), config);
  expect(events).toEqual(listed.events);
});
