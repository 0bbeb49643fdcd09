// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { expect, test } from 'vitest';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { Proposals } from '../../src/callbacks/proposals.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { type DecidedMessage, sendDecided } from '../../src/domain/decided-send.ts';
import type { NewMessage, SentMessage } from '../../src/domain/message.ts';
import { AppError, failed, type Outcome, succeeded } from '../../src/errors.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

function setUp(settings: unknown) {
  const clock = new FakeClock();
  const policy = new DecisionPolicy({
    settings: decisionsSchema.parse(settings),
    vendorWaitMs: 200,
    clock,
    ask: () => Promise.reject(new Error('nobody is asked')),
  });
  const log = new MemoryLog({ clock, maxEvents: 100, maxAgeMs: 1e9, maxBytes: 1e9, onFailure: () => {} });
  const lost: string[] = [];
  const proposals = new Proposals({
    policyOf: () => policy,
    log,
    clock,
    onVerdict: () => {},
    onLost: (_, app) => lost.push(app),
  });
  const sends: NewMessage[] = [];
  const run = (
    message: NewMessage,
    isOperator = false,
    answer = (sent: NewMessage): Promise<readonly Outcome<SentMessage>[]> =>
      Promise.resolve(sent.to.map((id) => succeeded({ ...sent1, key: id }))),
  ): Promise<readonly Outcome<DecidedMessage>[]> =>
    sendDecided(
      message,
      (proposed) => proposals.decide('app', proposed, isOperator),
      (sent) => {
        sends.push(sent);
        return answer(sent);
      },
    );
  return { run, sends, policy, log, clock, lost };
}

const sent1: SentMessage = { key: '1', vendorId: '1', sequence: null, senderId: 'alice', sentAt: null };
const rules = [
  { name: 'ban', keywords: ['nazi'], then: 'REFUSE' },
  { name: 'stars', keywords: ['casino'], then: 'REPLACE' },
];
const message = (text: string, more: Partial<NewMessage> = {}): NewMessage => ({
  senderId: 'alice',
  kind: 'direct',
  to: ['bob'],
  content: { kind: 'TEXT', text, isBarrage: false },
  ...more,
});
const codes = (outcomes: readonly Outcome<DecidedMessage>[]) =>
  outcomes.map((outcome) => (outcome.ok ? 'OK' : outcome.error.code));

test("a word that a receiver's variables put together is found, and its text is sent filled in where it is replaced", async () => {
  const { run, sends } = setUp({ rules });
  const variables = new Map([
    ['bob', [{ key: 'x', value: 'si' }]],
    ['carol', [{ key: 'x', value: 'me' }]],
  ]);
  const outcomes = await run(message('ca{x}no', { to: ['bob', 'carol'], variables }));
  expect(codes(outcomes)).toEqual(['OK', 'OK']);
  expect(outcomes[0]).toMatchObject({ value: { replaced: { text: '******' }, key: 'bob' } });
  expect(sends).toMatchObject([
    { to: ['bob'], content: { text: '******' }, variables: undefined },
    { to: ['carol'], content: { text: 'ca{x}no' }, variables },
  ]);
});

test('words in the title and body of a push are found, and replaced content goes without them', async () => {
  const { run, sends } = setUp({ rules });
  expect(codes(await run(message('hi', { push: { title: 'NAZI' } })))).toEqual(['CONTENT_REFUSED']);
  expect(sends).toEqual([]);
  await run(message('hi', { push: { body: 'casino', badgeIncrement: 1 } }));
  expect(sends).toMatchObject([
    { content: { text: 'hi' }, push: { title: undefined, body: undefined, badgeIncrement: 1 } },
  ]);
});

test('what cannot be replaced, since it is not text, is refused', async () => {
  const { run, sends } = setUp({ rules });
  const content = { kind: 'CUSTOM', type: 'card', data: { title: 'casino' } } as const;
  expect(codes(await run(message('', { content })))).toEqual(['CONTENT_REFUSED']);
  expect(sends).toEqual([]);
});

test('the rate of a sender counts what it sends here together with what its clients send', async () => {
  const { run, policy } = setUp({ rules: [{ name: 'flood', perSender: { count: 2, seconds: 10 }, then: 'REFUSE' }] });
  const fromClient = {
    id: 'asked',
    dedupeKey: '1',
    occurredAt: new Date(0),
    message: {
      to: { kind: 'direct', id: 'bob' },
      senderId: 'alice',
      key: '1',
      vendorId: null,
      sequence: null,
      isFromUser: true,
      content: { kind: 'TEXT', text: 'hi', isBarrage: false },
      sentAt: null,
    },
  } as const;
  await policy.decide('app', fromClient);
  expect(codes(await run(message('one')))).toEqual(['OK']);
  expect(codes(await run(message('two')))).toEqual(['CONTENT_REFUSED']);
});

test("an operator's message passes the rules where the policy covers operators, and notices of the app itself never do", async () => {
  const open = setUp({ rules });
  expect(codes(await open.run(message('nazi'), true))).toEqual(['OK']);
  const strict = setUp({ rules, coversOperators: true });
  expect(codes(await strict.run(message('nazi'), true))).toEqual(['CONTENT_REFUSED']);
  expect(codes(await strict.run(message('nazi', { senderId: undefined }), true))).toEqual(['OK']);
});

test('a policy without rules that delivers everything makes no event, and one that refuses everything refuses', async () => {
  const open = setUp({});
  expect(codes(await open.run(message('nazi')))).toEqual(['OK']);
  expect(open.log.top('app').offset).toBe(0);
  const closed = setUp({ default: 'REFUSE' });
  expect(codes(await closed.run(message('hi')))).toEqual(['CONTENT_REFUSED']);
  expect(closed.log.top('app').offset).toBe(1);
});

test('a failure of one of several sends is that of its receivers only, and of the only send one of the whole', async () => {
  const { run } = setUp({ rules });
  const fail = (sent: NewMessage) =>
    sent.to.includes('bob')
      ? Promise.reject(new AppError('VENDOR_UNAVAILABLE'))
      : Promise.resolve(sent.to.map(() => succeeded(sent1)));
  const variables = new Map([['carol', [{ key: 'x', value: 'casino' }]]]);
  const outcomes = await run(message('{x}', { to: ['bob', 'carol'], variables }), false, fail);
  expect(codes(outcomes)).toEqual(['VENDOR_UNAVAILABLE', 'OK']);
  await expect(run(message('hi'), false, fail)).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
  const one = (sent: NewMessage) => Promise.resolve(sent.to.map(() => failed(new AppError('FORBIDDEN'))));
  expect(codes(await run(message('hi'), false, one))).toEqual(['FORBIDDEN']);
});

test('a log that fails loses the record, not the verdict', async () => {
  const { run, log, lost } = setUp({ rules });
  log.append = () => Promise.reject(new Error('full'));
  expect(codes(await run(message('nazi')))).toEqual(['CONTENT_REFUSED']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lost).toEqual(['app']);
});
