import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientMessage, EmulatedApp, OutgoingQuestion } from '../../src/emulator/vendor.ts';
import { emulator as vendor } from '../../src/vendors/easemob/emulator/index.ts';
import { type EasemobBench, easemobBench } from '../support/easemob.ts';

let bench: EasemobBench;
beforeEach(async () => {
  bench = await easemobBench({ switches: ['pre-send'] });
});
afterEach(() => bench.emulator.stop());

const hello = {
  from: 'Bob',
  to: { kind: 'direct', id: 'alice' },
  content: { type: 'txt', body: { msg: 'hi' }, ext: { order: 7 } },
} as const;

function asked(message: ClientMessage = hello, switches: readonly string[] = ['pre-send']): OutgoingQuestion {
  const [main] = bench.emulator.apps;
  if (!main) throw new Error('no app');
  const app: EmulatedApp = { ...main, switches: new Set(switches) };
  const question = vendor.question?.(message, app);
  if (!question) throw new Error('not asked');
  return question;
}

const bodyOf = (question: OutgoingQuestion) => JSON.parse(question.request('http://h', 0).body);
const ok = (body: unknown) => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('nobody is asked unless the console has it on', () => {
  expect(() => asked(hello, [])).toThrow('not asked');
});

test('the question has the documented form, and waits 200 ms', () => {
  const question = asked();
  expect(question.id).toBe('easemob.callback.preSend');
  expect([question.timeoutMs, asked(hello, ['pre-send', 'pre-send-wait-3000']).timeoutMs]).toEqual([200, 3000]);
  const body = bodyOf(question);
  expect(body).toEqual({
    callId: expect.stringMatching(/^org#app_[0-9a-f-]{36}$/),
    timestamp: bench.clock.now(),
    chat_type: 'chat',
    from: 'bob',
    to: 'alice',
    msg_id: expect.stringMatching(/^\d{19}$/),
    payload: { ext: { order: 7 }, bodies: [{ msg: 'hi', type: 'txt' }], from: 'bob', to: 'alice', type: 'chat' },
    securityVersion: '1.0.0',
    security: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

test('rooms come as groups', () => {
  const body = bodyOf(asked({ ...hello, to: { kind: 'chatroom', id: '9100001' } }));
  expect(body).toMatchObject({
    chat_type: 'groupchat',
    group_id: '9100001',
    to: '9100001',
    payload: { type: 'chatroom' },
  });
});

test('a message that would not be delivered anyway is not asked about', () => {
  expect(() => asked({ ...hello, from: 'frank' })).toThrow('blocks');
});

describe('what comes of an answer:', () => {
  const delivered = (msg: string, ext: object) => ({
    outcome: 'delivered',
    content: { type: 'txt', body: { msg }, ext, id: expect.stringMatching(/^\d{19}$/) },
  });
  const whole = delivered('hi', { order: 7 });
  const text = (msg: string, ext: object = {}) => ({ ext, bodies: [{ type: 'txt', msg }] });

  test.each([
    ['valid', ok({ valid: true }), whole],
    ['another text', ok({ valid: true, payload: text('***') }), delivered('***', {})],
    ['other extensions', ok({ valid: true, payload: text('***', { a: 1 }) }), delivered('***', { a: 1 })],
    ['no', ok({ valid: false }), { outcome: 'refused', reason: 'custom logic denied' }],
    ['no, and why', ok({ valid: false, code: 'HX:1' }), { outcome: 'refused', reason: 'HX:1', code: 'HX:1' }],
    [
      'no, with nothing',
      ok({ valid: false, code: '' }),
      { outcome: 'refused', reason: 'Message blocked by external logic' },
    ],
    ['none', null, whole],
    ['another status', { status: 500, body: '{"valid":false}' }, whole],
    ['no JSON', ok('no'), whole],
    ['no verdict', ok({}), whole],
    ['a verdict as text', ok({ valid: 'false' }), whole],
    ['a code that is a number', ok({ valid: false, code: 7 }), whole],
    ['a payload that is a text', ok({ valid: true, payload: 'x' }), whole],
    ['more than 1000 characters', ok({ valid: false, code: 'x'.repeat(1000) }), whole],
    ['a picture for the text', ok({ valid: true, payload: { bodies: [{ type: 'img', url: 'u' }] } }), whole],
  ])('%s', (_, answer, settlement) => {
    expect(asked().settle(answer)).toEqual(settlement);
  });

  const strict = ['pre-send', 'pre-send-drops-unanswered'];
  test('a rule may drop what was not answered well', () => {
    for (const answer of [null, ok('no'), ok({ valid: true, payload: { bodies: [] } })])
      expect(asked(hello, strict).settle(answer)).toEqual({ outcome: 'refused', reason: 'custom internal error' });
  });

  test('a rule may keep it from the sender', () => {
    const silent = [...strict, 'pre-send-silent'];
    expect(asked(hello, silent).settle(ok({ valid: false, code: 'HX:1' }))).toEqual({ outcome: 'dropped' });
    expect(asked(hello, silent).settle(null)).toEqual({ outcome: 'dropped' });
  });

  test('other content than text stays as it is', () => {
    const command = { ...hello, content: { kind: 'COMMAND', name: 'go' } };
    expect(asked(command, strict).settle(ok({ valid: true }))).toMatchObject({
      content: { type: 'cmd', body: { action: 'go' } },
    });
    expect(asked(command, strict).settle(ok({ valid: true, payload: text('x') }))).toMatchObject({
      outcome: 'refused',
    });
  });
});

test('what is asked about is sent under the id that the question named', async () => {
  const question = asked();
  const settlement = question.settle(ok({ valid: true }));
  const [app] = bench.emulator.apps;
  if (!app || settlement.outcome !== 'delivered') throw new Error('not delivered');
  vendor.sendAsClient({ ...hello, content: settlement.content ?? hello.content }, app);
  expect(app.state.messages.get(bodyOf(question).msg_id)).toMatchObject({
    from: 'bob',
    to: 'alice',
    body: { msg: 'hi' },
  });
});
