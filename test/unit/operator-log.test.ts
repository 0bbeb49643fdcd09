import { BrokenCircuitError } from 'cockatiel';
import { describe, expect, test } from 'vitest';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { AppError } from '../../src/errors.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { HealthMeter, isWell } from '../../src/net/health.ts';
import { NoAnswer } from '../../src/net/send.ts';
import { OperatorLog } from '../../src/operator-log.ts';
import { makeLog } from '../../src/server/log.ts';
import { vendors } from '../../src/vendors/index.ts';
import type { Data } from '../support/answers.ts';
import { FakeClock } from '../support/fake-clock.ts';

function start() {
  const lines: Data[] = [];
  const clock = new FakeClock();
  const log = new OperatorLog(makeLog('info', { write: (line) => void lines.push(JSON.parse(line)) }), clock);
  return { lines, clock, log };
}

const call = {
  app: 'main',
  endpoint: 'zim.user.query',
  items: 1,
  attempts: 1,
  waitMs: 0,
  durationMs: 1,
  outcome: 'VENDOR_MISCONFIGURED',
  sharedBy: 1,
};

test('warns of refused credentials once a minute for each app, with how often it happened', async () => {
  const { lines, clock, log } = start();
  const error = new AppError('VENDOR_MISCONFIGURED', 'Signature does not match.', { vendorCode: '100000005' });
  for (let second = 0; second < 90; second += 1) {
    log.vendorCall(call, error);
    if (second % 30 === 0) log.vendorCall({ ...call, app: 'other' }, error);
    await clock.advance(1_000);
  }
  log.vendorCall({ ...call, outcome: 'NOT_FOUND' }, new AppError('NOT_FOUND'));
  expect(lines.map(({ app, count }) => [app, count])).toEqual([
    ['main', 1],
    ['other', 1],
    ['main', 60],
    ['other', 2],
  ]);
  expect(lines[0]).toMatchObject({ level: 'warn', vendorCode: '100000005', reason: 'Signature does not match.' });
});

test.each([
  [
    'a vendor that cannot be reached',
    new AppError('VENDOR_UNAVAILABLE', undefined, {
      cause: new NoAnswer('no connection to a.test: ENOTFOUND', false, null),
    }),
    { code: 'VENDOR_UNAVAILABLE', reason: 'no connection to a.test: ENOTFOUND' },
  ],
  [
    'a vendor that gives no token',
    new AppError('VENDOR_UNAVAILABLE', undefined, {
      cause: new NoAnswer(
        'no token',
        false,
        new AppError('VENDOR_UNAVAILABLE', undefined, { cause: new NoAnswer('ENOTFOUND', false, null) }),
      ),
    }),
    { code: 'VENDOR_UNAVAILABLE', reason: 'ENOTFOUND' },
  ],
  [
    'an answer of a change that makes no sense',
    new AppError('OUTCOME_UNKNOWN', undefined, {
      vendorStatus: 502,
      cause: new AppError('VENDOR_BAD_RESPONSE', 'The answer is not JSON.', { cause: new SyntaxError('<html>') }),
    }),
    { code: 'OUTCOME_UNKNOWN', vendorStatus: 502, reason: 'The answer is not JSON.' },
  ],
])('says why calls to a vendor fail, once a minute for each app and code: %s', async (_, error, line) => {
  const { lines, clock, log } = start();
  for (let count = 0; count < 3; count += 1) log.vendorCall({ ...call, outcome: error.code }, error);
  await clock.advance(60_000);
  log.vendorCall({ ...call, outcome: error.code }, error);
  const same = { level: 'warn', msg: 'calls to the vendor fail', app: 'main', endpoint: 'zim.user.query', ...line };
  expect(lines).toMatchObject([
    { ...same, count: 1 },
    { ...same, count: 3 },
  ]);
});

test('does not warn of calls that an open circuit breaker refused, nor of answers about what a caller gave', () => {
  const { lines, log } = start();
  log.vendorCall(call, new AppError('VENDOR_UNAVAILABLE', undefined, { cause: new BrokenCircuitError() }));
  for (const code of ['NOT_FOUND', 'RATE_LIMITED', 'BAD_USER_INPUT'] as const) log.vendorCall(call, new AppError(code));
  expect(lines).toEqual([]);
});

test('writes when the health of an app changes, and when it is good again', async () => {
  const { lines, clock, log } = start();
  let isOpen = false;
  const meter = new HealthMeter(clock, () => isOpen);
  const end = log.watchHealth(() => [{ app: 'main', health: () => meter.read() }]);
  meter.record(true, 20);
  await clock.advance(10_000);
  expect(lines).toEqual([]);
  meter.record(false, 40);
  await clock.advance(5_000);
  isOpen = true;
  await clock.advance(5_000);
  isOpen = false;
  await clock.advance(60_000);
  expect(lines.map(({ level, app, before, status, errorRate }) => [level, app, before, status, errorRate])).toEqual([
    ['warn', 'main', 'UP', 'DEGRADED', 0.5],
    ['warn', 'main', 'DEGRADED', 'DOWN', 0.5],
    ['warn', 'main', 'DOWN', 'DEGRADED', 0.5],
    ['info', 'main', 'DEGRADED', 'UP', 0],
  ]);
  end();
  isOpen = true;
  await clock.advance(60_000);
  expect(lines).toHaveLength(4);
});

test.each([
  ['VENDOR_MISCONFIGURED', 1],
  ['VENDOR_UNAVAILABLE', 1],
  ['VENDOR_BAD_RESPONSE', 1],
  ['OUTCOME_UNKNOWN', 1],
  ['NOT_FOUND', 0],
  ['CONFLICT', 0],
  ['RATE_LIMITED', 0],
  ['BAD_USER_INPUT', 0],
] as const)('health counts %s as %i failure', (code, errorRate) => {
  const meter = new HealthMeter(new FakeClock(), () => false);
  meter.record(isWell(new AppError(code)), 10);
  expect(meter.read()).toMatchObject({ status: errorRate === 1 ? 'DEGRADED' : 'UP', errorRate });
});

describe('of the rules that begin to hold', () => {
  const rulesOf = (...rules: object[]) => decisionsSchema.parse({ rules });
  // biome-ignore-start lint/suspicious/noThenProperty: the word of the operators' file
  const words = { name: 'words', keywords: ['casino'], then: 'REFUSE' };
  const settings = rulesOf(
    words,
    { name: 'patterns', patterns: ['a\\d'], then: 'FLAG' },
    { name: 'links', links: {}, then: 'FLAG' },
    { name: 'kinds', kinds: ['IMAGE'], then: 'DROP' },
    { name: 'flood', perSender: { count: 1, seconds: 1 }, then: 'DROP' },
  );
  // biome-ignore-end lint/suspicious/noThenProperty: the word of the operators' file

  test('those about content are warned of where a question of the vendor has none', () => {
    const { lines, log } = start();
    log.rulesInForce('main', settings, ['x.callback.bare']);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        app: 'main',
        rules: ['words', 'patterns', 'links', 'kinds'],
        callbacks: ['x.callback.bare'],
      }),
    ]);
    log.rulesInForce('main', settings, []);
    log.rulesInForce('main', rulesOf(), ['x.callback.bare']);
    expect(lines).toHaveLength(1);
  });

  test('those are warned of that ask a service without a signature', () => {
    const { lines, log } = start();
    const ask = 'https://review.example.com/';
    const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
    log.rulesInForce('main', rulesOf({ name: 'plain', ask }, { name: 'signed', ask, secret }), []);
    expect(lines.map(({ rule }) => rule)).toEqual(['plain']);
  });

  test('a vendor says which of its questions have no content, as its catalogue does', () => {
    for (const { slug, callbacks } of vendors) {
      const catalogue = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
      const asking = catalogue.callbacks.filter(({ kind }) => kind === 'decision');
      const bare = asking.filter(({ fields }) => !fields.some(({ name }) => /content|body|bodies/i.test(name)));
      expect(callbacks.decisions?.withoutContent ?? [], slug).toEqual(bare.map(({ id }) => id));
    }
  });
});
