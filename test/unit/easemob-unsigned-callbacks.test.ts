import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import { callbackNames, exampleConfig as config, exampleOf, requestOf } from '../support/easemob-callbacks.ts';

const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });
const timeOf = (example: Record<string, unknown>) => Number(example['timestamp']);
const signatureOf = (callId: string, timestamp: number) =>
  createHash('md5').update(`${callId}callback-secret${timestamp}`).digest('hex');

/** The result of a push is signed in some of the vendor's examples and not in others. */
const unsigned = ['reaction', 'thread', 'push.result'];

describe.each(unsigned)('%s, which the vendor does not sign', (name) => {
  const { security: _, ...example } = exampleOf(name);
  const at = timeOf(example);

  test('passes by its path alone', () => {
    expect(callbacks.verify(requestOf(example), config, at).signature).toMatch(/^[0-9a-f]{64}$/);
  });

  test('with a signature has to have a good one', () => {
    const callId = 'org#app_1';
    const good = { ...example, callId, security: signatureOf(callId, at) };
    expect(callbacks.verify(requestOf(good), config, at).signature).toBe(good.security);
    for (const security of ['0'.repeat(32), '', null, 7]) {
      expect(() => callbacks.verify(requestOf({ ...good, security }), config, at), String(security)).toThrow(refused);
    }
  });

  test.each([-300_001, 300_001])('is refused when its time is %i ms from now', (skew) => {
    expect(() => callbacks.verify(requestOf(example), config, at + skew)).toThrow(refused);
  });

  test('has a key that no signed callback can have', () => {
    const { events } = callbacks.read(requestOf({ ...example, msg_id: 'org#app_8924312242322' }), config);
    for (const { dedupeKey } of events) expect(dedupeKey).toMatch(/^unsigned\|/);
    const odd = callbacks.read(requestOf({ ...example, payload: { type: name } }), config);
    expect(odd.events[0]?.dedupeKey).toMatch(/^unsigned\|/);
  });

  const disguises: [string, object][] = [
    ['a group operation', { event: 'group_op_event', operation: 'CREATE' }],
    ['a moderation', { eventType: 'moderation' }],
    ['a keyword alert', { eventType: 'keyword_alert' }],
    ['an offline notice', { eventType: 'chat_offline' }],
    ['a message', { chat_type: 'chat' }],
    ['a question', { chat_type: 'chat', eventType: undefined }],
    ['a friendship', { chat_type: 'roster', payload: { operation: 'add' } }],
    ['a presence', { chat_type: undefined, reason: 'login', status: 'online' }],
    ['a notice of an unknown type', { payload: { type: 'poll' } }],
  ];
  test.each(disguises)('does not let %s pass', (_, fields) => {
    expect(() => callbacks.verify(requestOf({ ...example, step: undefined, ...fields }), config, at)).toThrow(refused);
  });
});

const signed = [...callbackNames('event'), ...callbackNames('decision')].filter((name) => !unsigned.includes(name));
test.each(signed)('%s without a signature is refused', (name) => {
  const { security: _, ...example } = exampleOf(name);
  expect(() => callbacks.verify(requestOf(example), config, timeOf(example))).toThrow(refused);
});
