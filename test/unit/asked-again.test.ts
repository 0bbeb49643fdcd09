// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { isTooLate } from '../../src/callbacks/answered.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { CallbackIntake } from '../../src/callbacks/intake.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import type { CallbackContract } from '../../src/vendors/vendor.ts';
import { FakeClock } from '../support/fake-clock.ts';

const startMs = 1_700_000_000_123;

/** A vendor whose questions are `<name> <when it was signed>`. */
function setUp(settings: unknown) {
  const clock = new FakeClock(startMs);
  const log = new MemoryLog({ clock });
  const acknowledgement = { status: 200, contentType: 'text/plain', body: '' };
  const contract: CallbackContract<unknown> = {
    signatures: 'shared',
    verify: ({ body }) => ({ signature: body }),
    read: () => ({ id: null, events: [] }),
    acknowledgement,
    decisions: {
      waitMs: 1_000,
      read({ body }) {
        const [name = '', at] = body.split(' ');
        return {
          id: 'x.before',
          dedupeKey: name,
          occurredAt: new Date(startMs),
          signedAt: new Date(Number(at)),
          message: {
            to: { kind: 'group', id: 'team' },
            senderId: 'bob',
            key: name,
            vendorId: null,
            sequence: null,
            isFromUser: true,
            content: { kind: 'TEXT', text: 'hi', isBarrage: false },
            sentAt: null,
          },
        };
      },
      answer: ({ decision }) => ({ answer: { ...acknowledgement, body: decision }, decision }),
    },
  };
  const policy = new DecisionPolicy({
    settings: decisionsSchema.parse(settings),
    vendorWaitMs: 1_000,
    clock,
    ask: () => Promise.reject(new Error('nobody is asked')),
  });
  const fail = (error: unknown) => {
    throw error;
  };
  const activity = new CallbackActivity(clock);
  const intake = new CallbackIntake({
    apps: [{ name: 'app', contract, config: null, token: 'a-path-token', policy }],
    log,
    clock,
    refine: (_, told) => told,
    activity,
    onRefused: fail,
    onLost: fail,
  });
  const ask = async (name: string, signedAt = clock.now()) => {
    const answer = await intake.receive({
      app: 'app',
      token: 'a-path-token',
      remoteAddress: '127.0.0.1',
      method: 'POST',
      query: new URLSearchParams(),
      headers: {},
      body: `${name} ${signedAt}`,
    });
    await new Promise((resolve) => setImmediate(resolve));
    return answer.body;
  };
  const events = async () =>
    (await log.read('app', { ...log.top('app'), offset: 0 }, 100)).events.map(({ draft }) => draft.payload);
  const change = (next: unknown) => policy.change(decisionsSchema.parse(next));
  return { clock, ask, events, activity, change };
}

const flood = { rules: [{ name: 'flood', perSender: { count: 1, seconds: 60 }, then: 'DROP' }] };

test('a question that is asked again gets its first answer, is counted once for its sender, and has one true event', async () => {
  const { clock, ask, events } = setUp(flood);
  expect(await ask('first')).toBe('DELIVER');
  await clock.advance(2_500);
  expect(await ask('first')).toBe('DELIVER');
  expect(await events()).toMatchObject([{ decision: 'DELIVER', rule: null, isLate: false }]);
  expect(await ask('second')).toBe('DROP');
  expect(await ask('second')).toBe('DROP');
  expect(await ask('first')).toBe('DELIVER');
  expect(await events()).toHaveLength(2);
});

test('a question that is asked again after the rules have changed gets its first answer, and findings are told once', async () => {
  const words = (then: string) => ({ rules: [{ name: 'words', keywords: ['hi'], then }] });
  const { ask, events, change } = setUp(words('FLAG'));
  expect(await ask('first')).toBe('DELIVER');
  await change(words('DROP'));
  expect(await ask('first')).toBe('DELIVER');
  expect(await ask('second')).toBe('DROP');
  expect(await events()).toMatchObject([
    { decision: 'DELIVER', findings: [{ rule: 'words', action: 'FLAG', matchedKeywords: ['hi'] }] },
    { decision: 'DROP', findings: [{ rule: 'words', action: 'DROP' }] },
  ]);
});

test('questions that are asked again while the first answer is made share it', async () => {
  const { ask } = setUp(flood);
  expect(await Promise.all([ask('first'), ask('first'), ask('first')])).toEqual(['DELIVER', 'DELIVER', 'DELIVER']);
});

test('an answer is late when the vendor has stopped waiting since it signed the question, whatever held it up', async () => {
  const { clock, ask, events, activity } = setUp({});
  await ask('early', clock.now() - 1_000);
  await ask('late', clock.now() - 1_001);
  expect(await events()).toMatchObject([{ isLate: false }, { isLate: true }]);
  expect(activity.verdicts('app')).toEqual([{ decision: 'DELIVER', count: 2, late: 1 }]);
});

test('a time of whole seconds may be up to 999 ms later, and an unknown one has not passed', () => {
  const at = new Date(1_700_000_000_000);
  expect(isTooLate(at, 1_000, at.getTime() + 1_999)).toBe(false);
  expect(isTooLate(at, 1_000, at.getTime() + 2_000)).toBe(true);
  expect(isTooLate(new Date(0), 1_000, at.getTime())).toBe(false);
});
