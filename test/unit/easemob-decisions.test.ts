import { describe, expect, test } from 'vitest';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import type { Verdict } from '../../src/vendors/vendor.ts';
import {
  callbackNames,
  exampleConfig as config,
  exampleOf,
  type Fields,
  requestOf,
} from '../support/easemob-callbacks.ts';

const { decisions } = callbacks;
if (!decisions) throw new Error('the vendor asks');

const asked = (fields: Fields = {}, payload: Fields = {}) =>
  decisions.read(requestOf(exampleOf('preSend', fields, payload)), config);

function answered(verdict: Verdict, fields: Fields = {}, payload: Fields = {}) {
  const question = asked(fields, payload);
  if (!question) throw new Error('not asked');
  const { answer, decision } = decisions?.answer(verdict, question, config) ?? {};
  return { ...answer, body: JSON.parse(answer?.body ?? ''), decision };
}

describe('a question', () => {
  test('is read whole', () => {
    const { security: _, ...raw } = exampleOf('preSend');
    expect(asked()).toEqual({
      id: 'easemob.callback.preSend',
      dedupeKey: 'org#app_0990a64f-1111-2222-8696-cf3b48b20e7e',
      occurredAt: new Date(1_600_060_847_294),
      message: {
        to: { kind: 'group', id: '16934809238921545' },
        senderId: 'u1',
        key: '8924312242322',
        vendorId: '8924312242322',
        sequence: null,
        isFromUser: true,
        content: { kind: 'TEXT', text: 'hi', isBarrage: false },
        mentions: null,
        metadata: null,
        sentAt: null,
        raw,
      },
    });
  });

  test.each([
    [{ chat_type: 'chat', group_id: undefined, to: 'u2' }, {}, { kind: 'direct', id: 'u2' }],
    [{ chat_type: 'group', to: 'u2' }, {}, { kind: 'group', id: '16934809238921545' }],
    [{ chat_type: 'chatroom' }, {}, { kind: 'chatroom', id: '16934809238921545' }],
    [{ to: 'u2' }, { type: 'chatroom' }, { kind: 'chatroom', id: '16934809238921545' }],
    [{ content_type: 'chat:room:text' }, {}, { kind: 'chatroom', id: '16934809238921545' }],
    [{ group_id: undefined, to: '66' }, {}, { kind: 'group', id: '66' }],
  ])('%j %j goes to %j', (fields, payload, to) => {
    expect(asked(fields, payload)?.message.to).toEqual(to);
  });

  test('about content that nobody knows is asked all the same', () => {
    expect(asked({}, { bodies: [{ type: 'hologram' }] })?.message.content).toEqual({
      kind: 'UNKNOWN',
      type: 'hologram',
    });
    expect(asked({ payload: 7 })?.message.content).toBeNull();
  });

  test('without a message id has one made up, which is not taken for the vendor’s', () => {
    expect(asked({ msg_id: undefined })?.message).toMatchObject({
      key: 'org#app_0990a64f-1111-2222-8696-cf3b48b20e7e',
      vendorId: null,
    });
  });

  test.each(callbackNames('event'))('%s is none', (name) => {
    expect(decisions.read(requestOf(exampleOf(name)), config)).toBeUndefined();
  });

  test.each(['', '<xml/>', '[]', 'null', '{"chat_type":"chat"}'])('%j is none', (body) => {
    expect(decisions.read(requestOf(body), config)).toBeUndefined();
  });
});

describe('the answer to', () => {
  const good = { status: 200, contentType: 'application/json' };

  test('DELIVER leaves the message as it is', () => {
    expect(answered({ decision: 'DELIVER' })).toEqual({ ...good, body: { valid: true }, decision: 'DELIVER' });
  });

  test('REPLACE has the message in the shape it came in, with other text', () => {
    const ext = { order: 7 };
    expect(answered({ decision: 'REPLACE', text: '***' }, {}, { ext })).toEqual({
      ...good,
      body: { valid: true, payload: { ext, bodies: [{ type: 'txt', msg: '***' }] } },
      decision: 'REPLACE',
    });
  });

  test.each<[string, Verdict, Fields]>([
    ['of a picture', { decision: 'REPLACE', text: '***' }, { bodies: [{ type: 'img', url: 'https://f.example/i' }] }],
    ['of a command', { decision: 'REPLACE', text: '***' }, { bodies: [{ type: 'cmd', action: 'go' }] }],
    ['without a text', { decision: 'REPLACE' }, {}],
    ['by more than an answer holds', { decision: 'REPLACE', text: 'x'.repeat(1000) }, {}],
    ['with more beside it than an answer holds', { decision: 'REPLACE', text: '*' }, { ext: { a: 'x'.repeat(1000) } }],
  ])('REPLACE %s is a refusal, which is stricter', (_, verdict, payload) => {
    expect(answered(verdict, {}, payload)).toEqual({ ...good, body: { valid: false }, decision: 'REFUSE' });
  });

  test.each<[Verdict, string | undefined]>([
    [{ decision: 'REFUSE' }, undefined],
    [{ decision: 'REFUSE', reason: 'No links.' }, 'No links.'],
    [{ decision: 'REFUSE', code: 1001 }, '1001'],
    [{ decision: 'REFUSE', code: 1001, reason: 'No links.' }, '1001: No links.'],
    [{ decision: 'DROP' }, undefined],
  ])('%j refuses, with the text that the sender sees: %s', (verdict, code) => {
    expect(answered(verdict)).toEqual({
      ...good,
      body: { valid: false, ...(code !== undefined && { code }) },
      decision: 'REFUSE',
    });
  });

  test('an operator’s longest words fits', () => {
    const longest = { decision: 'REFUSE', code: 2_147_483_647, reason: '"'.repeat(256) } as const;
    expect(JSON.stringify(answered(longest).body).length).toBeLessThanOrEqual(1000);
  });
});

test('the console waits 200 ms unless it is told otherwise', () => {
  expect(decisions.waitMs).toBe(200);
});
