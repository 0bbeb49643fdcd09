import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import type { MessageQuestion, Verdict } from '../../src/vendors/vendor.ts';
import { configSchema } from '../../src/vendors/zim/app-config.ts';
import { callbacks } from '../../src/vendors/zim/callbacks.ts';

const catalogue = readCatalogue(new URL('../../src/vendors/zim/catalogue.json', import.meta.url));
const [asking, ...others] = catalogue.callbacks.filter(({ kind }) => kind === 'decision');
const example: Record<string, unknown> = JSON.parse(asking?.example ?? '');
const config = configSchema.parse({ appId: 1001, serverSecret: 's'.repeat(32), callbackSecret: 'c' });

const requestOf = (fields: unknown) => {
  const body = JSON.stringify(fields);
  return { method: 'POST', query: new URLSearchParams(), headers: {}, body };
};
const questionOf = (fields: object = {}) => callbacks.decisions?.read(requestOf({ ...example, ...fields }), config);
const asked = (fields: object = {}): MessageQuestion => {
  const question = questionOf(fields);
  if (!question) throw new Error('no question');
  return question;
};
const answerTo = (verdict: Verdict, fields: object = {}) => {
  const given = callbacks.decisions?.answer(verdict, asked(fields), config);
  if (!given) throw new Error('no answer');
  expect(given.answer).toMatchObject({ status: 200, contentType: 'application/json' });
  return [JSON.parse(given.answer.body), given.decision];
};

test('the vendor asks in one way, and waits 2.5 s', () => {
  expect(others).toEqual([]);
  expect(callbacks.decisions?.waitMs).toBe(asking?.timeoutMs);
});

describe('a question', () => {
  test("of the catalogue's example is the message about to be sent", () => {
    const { signature: _, nonce: __, ...raw } = example;
    expect(questionOf()).toEqual({
      id: 'zim.callback.message.before',
      dedupeKey: 'before_send_msg:55120',
      occurredAt: new Date(1_700_000_000_000),
      message: {
        to: { kind: 'direct', id: 'bob' },
        senderId: 'alice',
        key: 'id-880000000000000012',
        vendorId: '880000000000000012',
        sequence: null,
        isFromUser: true,
        content: { kind: 'TEXT', text: 'hi', isBarrage: false },
        mentions: null,
        sentAt: null,
        metadata: null,
        raw,
      },
    });
  });

  test.each([
    [0, 'direct'],
    [1, 'chatroom'],
    [2, 'group'],
    [3, 'group'],
  ])('in a conversation of type %i is judged as of a %s', (conv_type, kind) => {
    expect(asked({ conv_type }).message.to).toEqual({ kind, id: 'bob' });
  });

  test('is asked again under the same key', () => {
    expect(asked({ nonce: '9', timestamp: 1_700_000_003 }).dedupeKey).toBe(asked().dedupeKey);
    expect(asked({ request_id: '55121' }).dedupeKey).not.toBe(asked().dedupeKey);
  });

  test('about a document has its content, percent-encoded as it is', () => {
    const msg_body = encodeURIComponent(JSON.stringify({ file_name: 'a.png', download_url: 'https://x/a.png' }));
    expect(asked({ msg_type: 11, msg_body }).message.content).toMatchObject({ kind: 'IMAGE', name: 'a.png' });
  });

  test('is no other callback, and none that names no sender or no conversation: those are kept as UNKNOWN', () => {
    expect(questionOf({ event: 'send_msg' })).toBeUndefined();
    for (const fields of [{ from_user_id: '' }, { from_user_id: {} }, { conv_id: undefined }]) {
      expect(questionOf(fields)).toBeUndefined();
      expect(callbacks.read(requestOf({ ...example, ...fields }), config)).toMatchObject({
        id: 'zim.callback.message.before',
        events: [{ payload: { type: 'UNKNOWN', callback: 'before_send_msg' } }],
      });
    }
    expect(callbacks.decisions?.read({ ...requestOf(''), body: '<xml/>' }, config)).toBeUndefined();
  });
});

describe('an answer', () => {
  const image = { msg_type: 11, msg_body: '%7B%7D' };
  const custom = { msg_type: 200, msg_body: 'x' };
  test.each<[string, Verdict, object, object, string]>([
    ['that delivers leaves it to the vendor', { decision: 'DELIVER' }, {}, { result: 0 }, 'DELIVER'],
    ['that drops shows the sender a sent message', { decision: 'DROP' }, {}, { result: 2 }, 'DROP'],
    [
      'that refuses has the reason, and no place for a code',
      { decision: 'REFUSE', reason: 'no', code: 7 },
      {},
      { result: 3, reason: 'no' },
      'REFUSE',
    ],
    ['that refuses may have no reason', { decision: 'REFUSE' }, {}, { result: 3 }, 'REFUSE'],
    [
      'that replaces text has the other text',
      { decision: 'REPLACE', text: '**' },
      {},
      { result: 0, new_msg_body: '**' },
      'REPLACE',
    ],
    ['that would replace a picture refuses it', { decision: 'REPLACE', text: '**' }, image, { result: 3 }, 'REFUSE'],
    ['that would replace own content refuses it', { decision: 'REPLACE', text: '**' }, custom, { result: 3 }, 'REFUSE'],
    ['that would replace by nothing refuses', { decision: 'REPLACE', text: '' }, {}, { result: 3 }, 'REFUSE'],
    ['that has no text to replace by refuses', { decision: 'REPLACE' }, {}, { result: 3 }, 'REFUSE'],
  ])('%s', (_, verdict, fields, body, decision) => {
    expect(answerTo(verdict, fields)).toEqual([body, decision]);
  });
});
