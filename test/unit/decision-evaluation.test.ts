// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { describe, expect, test } from 'vitest';
import type { Ask, RuleAnswer } from '../../src/callbacks/ask.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { questionOf } from '../../src/callbacks/proposed-question.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import type { ProposedMessage } from '../../src/domain/decision.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** How a policy goes on from rule to rule, and what it says of each. */
const message = (text: string, senderId = 'bob'): ProposedMessage => ({
  to: { kind: 'group', id: 'team' },
  senderId,
  content: { kind: 'TEXT', text, isBarrage: false },
  otherTexts: [],
});
const url = 'https://review.example.com/';

function setUp(rules: readonly object[], more: object = {}, answer: RuleAnswer | Promise<RuleAnswer> = undefined) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const ask: Ask = async (service) => {
    asked.push(service.url);
    return answer;
  };
  const settings = (list: readonly object[]) => decisionsSchema.parse({ ...more, rules: list });
  const policy = new DecisionPolicy({ settings: settings(rules), vendorWaitMs: 200, clock, ask });
  const decide = (text: string, senderId?: string) =>
    policy.decide('app', questionOf(message(text, senderId), '1', new Date(0)));
  return { policy, decide, clock, asked, settings };
}
const words = (name: string, keyword: string, then: string, more: object = {}) => ({
  name,
  keywords: [keyword],
  then,
  ...more,
});

test('every rule of a dry run says what it would do', async () => {
  const tries = ['DROP', 'REFUSE', 'FLAG'].map((then, at) => words(`try ${at}`, 'casino', then, { dryRun: true }));
  const { decide } = setUp(tries);
  const { verdict, findings } = await decide('casino');
  expect(verdict).toMatchObject({ decision: 'DELIVER' });
  expect(findings.map(({ rule, action }) => [rule, action])).toEqual([
    ['try 0', 'DROP'],
    ['try 1', 'REFUSE'],
    ['try 2', 'FLAG'],
  ]);
});

describe('a rule that replaces text leaves the answer to those after it:', () => {
  const stars = words('stars', 'casino', 'REPLACE');

  test('one that refuses decides', async () => {
    const { decide } = setUp([stars, words('ban', 'nazi', 'REFUSE', { code: 7 })]);
    expect(await decide('nazi casino')).toMatchObject({
      verdict: { decision: 'REFUSE', code: 7 },
      rule: 'ban',
      matchedKeywords: ['nazi'],
      findings: [
        { rule: 'stars', action: 'REPLACE', isDryRun: false, matchedKeywords: ['casino'] },
        { rule: 'ban', action: 'REFUSE', isDryRun: false, matchedKeywords: ['nazi'] },
      ],
    });
  });

  test('what several find is starred out, and the first is named with the words of all', async () => {
    const { decide } = setUp([stars, words('more', 'casinos', 'REPLACE'), words('other', 'bingo', 'REPLACE')]);
    expect(await decide('a casinos and bingo')).toMatchObject({
      verdict: { decision: 'REPLACE', text: 'a ******* and *****' },
      rule: 'stars',
      matchedKeywords: ['casino', 'casinos', 'bingo'],
    });
  });

  test('the first whole text takes the place of everything', async () => {
    const rules = [stars, { ...stars, name: 'whole', text: 'gone' }, { ...stars, name: 'late', text: 'other' }];
    expect((await setUp(rules).decide('casino')).verdict).toMatchObject({ decision: 'REPLACE', text: 'gone' });
  });

  test('the code and the reason are those of the first', async () => {
    const rules = [
      { ...stars, code: 1, reason: 'first' },
      words('more', 'bingo', 'REPLACE', { code: 2, reason: 'second' }),
    ];
    expect(await setUp(rules).decide('casino bingo')).toMatchObject({
      verdict: { decision: 'REPLACE', text: '****** *****', code: 1, reason: 'first' },
      rule: 'stars',
    });
  });

  test('they look at the message as it was written', async () => {
    const { decide } = setUp([{ ...stars, text: 'nothing' }, words('ban', 'casino', 'DROP')]);
    expect((await decide('casino')).verdict.decision).toBe('DROP');
  });

  test('one that delivers, or a default that does not, does not undo it', async () => {
    const rules = [stars, { name: 'staff', senders: ['bob'], then: 'DELIVER' }, words('ban', 'casino', 'REFUSE')];
    expect(await setUp(rules).decide('casino')).toMatchObject({ verdict: { text: '******' }, rule: 'stars' });
    expect(await setUp([stars], { default: 'DROP' }).decide('casino')).toMatchObject({ verdict: { text: '******' } });
  });

  test('a service is asked, and its silence is no verdict', async () => {
    const late = setUp(
      [stars, { name: 'review', ask: url, onFailure: 'REFUSE' }],
      {},
      { failure: 'SERVICE_TIMED_OUT' },
    );
    expect(await late.decide('casino')).toMatchObject({
      verdict: { decision: 'REFUSE' },
      rule: 'review',
      isLate: true,
    });
    const next = setUp([stars, { name: 'review', ask: url }], { default: 'DROP' }, { failure: 'SERVICE_TIMED_OUT' });
    expect(await next.decide('casino')).toMatchObject({
      verdict: { decision: 'REPLACE', text: '******' },
      isLate: false,
      failedRule: 'review',
    });
  });
});

describe('a rule that flags', () => {
  test('has the message delivered, and says so with what it found', async () => {
    const { decide } = setUp([words('look', 'maybe', 'FLAG')]);
    expect(await decide('Maybe')).toMatchObject({
      verdict: { decision: 'DELIVER' },
      rule: null,
      matchedKeywords: [],
      findings: [{ rule: 'look', action: 'FLAG', isDryRun: false, matchedKeywords: ['maybe'] }],
    });
    expect((await decide('sure')).findings).toEqual([]);
  });

  test('leaves the answer to the rules after it', async () => {
    const { decide } = setUp([words('look', 'maybe', 'FLAG'), words('ban', 'maybe', 'REFUSE')]);
    expect(await decide('maybe')).toMatchObject({ verdict: { decision: 'REFUSE' }, rule: 'ban' });
  });

  test('may be one that asks a service, or could not', async () => {
    const answering = setUp([{ name: 'review', ask: url }], {}, { verdict: { decision: 'FLAG' } });
    expect(await answering.decide('hi')).toMatchObject({
      verdict: { decision: 'DELIVER' },
      findings: [{ rule: 'review', action: 'FLAG' }],
    });
    const rules = [{ name: 'review', ask: url, onFailure: 'FLAG' }, words('ban', 'nazi', 'REFUSE')];
    const failing = setUp(rules, {}, { failure: 'SERVICE_REFUSED' });
    expect(await failing.decide('nazi')).toMatchObject({
      verdict: { decision: 'REFUSE' },
      rule: 'ban',
      failedRule: 'review',
      findings: [{ rule: 'review', action: 'FLAG' }, { rule: 'ban' }],
    });
  });
});

describe('a rule in a dry run', () => {
  test.each(['DELIVER', 'REPLACE', 'REFUSE', 'DROP', 'FLAG'])(
    'says what it would do, and does not: %s',
    async (then) => {
      const { decide } = setUp([words('try', 'casino', then, { dryRun: true }), words('stars', 'casino', 'REPLACE')]);
      expect(await decide('casino')).toMatchObject({
        verdict: { decision: 'REPLACE', text: '******' },
        rule: 'stars',
        findings: [
          { rule: 'stars', action: 'REPLACE', isDryRun: false },
          { rule: 'try', action: then, isDryRun: true, matchedKeywords: ['casino'] },
        ],
      });
    },
  );

  test('is not reached behind a rule that decided', async () => {
    const { decide } = setUp([words('ban', 'nazi', 'REFUSE'), words('try', 'nazi', 'DROP', { dryRun: true })]);
    expect((await decide('nazi')).findings.map(({ rule }) => rule)).toEqual(['ban']);
  });

  test('asks its service after the others, and changes nothing when that is silent', async () => {
    const silent = new Promise<RuleAnswer>(() => {});
    const rules = [{ name: 'try', ask: url, dryRun: true, onFailure: 'REFUSE' }, words('ban', 'nazi', 'REFUSE')];
    const { decide, clock } = setUp(rules, { deadlineMs: 30 }, silent);
    const deciding = decide('nazi');
    await clock.advance(30);
    expect(await deciding).toMatchObject({
      verdict: { decision: 'REFUSE' },
      rule: 'ban',
      isLate: false,
      findings: [{ rule: 'ban' }, { rule: 'try', action: 'REFUSE', isDryRun: true }],
    });
    const passing = decide('hi');
    await clock.advance(30);
    expect(await passing).toMatchObject({ verdict: { decision: 'DELIVER' }, rule: null, isLate: false });
  });
});

test('findings name 20 words each, and 100 together', async () => {
  const keywords = Array.from({ length: 30 }, (_, index) => `word${String(index).padStart(2, '0')}`);
  const rules = Array.from({ length: 7 }, (_, index) => ({ name: `look ${index}`, keywords, then: 'FLAG' }));
  const { findings } = await setUp(rules).decide(keywords.join(' '));
  expect(findings.map(({ matchedKeywords }) => matchedKeywords.length)).toEqual([20, 20, 20, 20, 20, 0, 0]);
});

describe('a trial', () => {
  const flood = { name: 'flood', perSender: { count: 1, seconds: 60 }, then: 'DROP' };

  test('says what would be decided, with replacement, findings and the rules that would ask', async () => {
    const { policy, asked } = setUp([
      { name: 'review', ask: url },
      words('stars', 'casino', 'REPLACE'),
      words('ban', 'nazi', 'REFUSE', { code: 7, reason: 'no' }),
      { name: 'later', ask: url, senders: ['eve'] },
    ]);
    expect(await policy.trial(message('casino'))).toMatchObject({
      decision: 'REPLACE',
      text: '******',
      rule: 'stars',
      notAsked: ['review'],
    });
    expect(await policy.trial(message('nazi'))).toMatchObject({ decision: 'REFUSE', code: 7, reason: 'no' });
    expect((await policy.trial(message('hi', 'eve'))).notAsked).toEqual(['review', 'later']);
    expect(asked).toEqual([]);
  });

  test('is counted for nobody', async () => {
    const { policy, decide } = setUp([flood]);
    expect((await policy.trial(message('hi'))).decision).toBe('DELIVER');
    expect((await policy.trial(message('hi'))).decision).toBe('DELIVER');
    expect((await decide('hi')).verdict.decision).toBe('DELIVER');
    expect((await policy.trial(message('hi'))).decision).toBe('DROP');
    expect((await decide('hi')).verdict.decision).toBe('DROP');
  });
});

describe('rules that are changed', () => {
  const flood = { name: 'flood', perSender: { count: 1, seconds: 60 }, then: 'DROP' };

  test('hold from the next question on', async () => {
    const { policy, decide, settings } = setUp([words('ban', 'nazi', 'REFUSE')]);
    expect((await decide('nazi')).verdict.decision).toBe('REFUSE');
    await policy.change(settings([words('stars', 'nazi', 'REPLACE'), words('ban', 'casino', 'DROP')]));
    expect((await decide('nazi')).verdict).toMatchObject({ decision: 'REPLACE', text: '****' });
    expect((await decide('casino')).verdict.decision).toBe('DROP');
    expect(policy.rules.map(({ name }) => name)).toEqual(['stars', 'ban']);
  });

  test('keep what was counted where a rule of that name counts as before', async () => {
    const { policy, decide, settings } = setUp([flood]);
    await decide('one');
    await policy.change(settings([words('ban', 'nazi', 'REFUSE'), flood]));
    expect((await decide('two')).verdict.decision).toBe('DROP');
    await policy.change(settings([{ ...flood, perSender: { count: 1, seconds: 61 } }]));
    expect((await decide('three')).verdict.decision).toBe('DELIVER');
  });

  test('keep how the service of a rule did', async () => {
    const review = { name: 'review', ask: url };
    const { policy, decide, settings } = setUp([review], {}, { failure: 'SERVICE_REFUSED' });
    for (let index = 0; index < 10; index += 1) await decide('hi');
    await policy.change(settings([review, words('ban', 'nazi', 'REFUSE')]));
    expect(policy.rules[0]?.health?.status).toBe('DOWN');
    await policy.change(settings([{ ...review, ask: `${url}other` }]));
    expect(policy.rules[0]?.health?.status).toBe('UP');
  });

  test('do not change a question that is under way', async () => {
    let answer: (given: RuleAnswer) => void = () => {};
    const waiting = new Promise<RuleAnswer>((resolve) => {
      answer = resolve;
    });
    const { policy, decide, settings } = setUp(
      [{ name: 'review', ask: url }, words('ban', 'nazi', 'REFUSE')],
      {},
      waiting,
    );
    const deciding = decide('nazi');
    await policy.change(settings([]));
    answer(undefined);
    expect(await deciding).toMatchObject({ verdict: { decision: 'REFUSE' }, rule: 'ban' });
  });
});

describe('the configuration refuses what would be without effect:', () => {
  const problemsOf = (settings: object) =>
    decisionsSchema.safeParse(settings).error?.issues.map(({ path, message: says }) => `${path.join('.')}: ${says}`);
  const ban = { name: 'ban', keywords: ['nazi'], then: 'REFUSE' };

  test.each<[string, object, RegExp]>([
    [
      'options of keywords without any',
      { name: 'a', then: 'DROP', wholeWords: true },
      /^rules.0: .*with keywords only/,
    ],
    [
      'exceptions from nothing',
      { name: 'a', then: 'DROP', except: ['x'] },
      /^rules.0: .*keywords, patterns or links only/,
    ],
    [
      'a code for a sender who is not refused',
      { ...ban, then: 'FLAG', code: 7 },
      /^rules.0: .*refuses or replaces only/,
    ],
    ['a reason beside a service', { name: 'a', ask: url, reason: 'no' }, /^rules.0: .*refuses or replaces only/],
    [
      'time beyond the deadline',
      { name: 'a', ask: url, timeoutMs: 151 },
      /^rules.0.timeoutMs: .*deadlineMs of the policy, 150/,
    ],
    [
      'a domain that is none',
      { name: 'a', links: { domains: ['http://x.com'] }, then: 'DROP' },
      /^rules.0.links.domains.0: expected a host/,
    ],
  ])('%s', (_, rule, says) => {
    expect(problemsOf({ rules: [rule] })?.join()).toMatch(says);
  });

  test('a rule after one that answers to every message', () => {
    expect(problemsOf({ rules: [{ name: 'all', then: 'DROP' }, ban] })).toEqual([
      'rules.1: is never reached: the rule before it answers to every message',
    ]);
    for (const more of [{ then: 'FLAG' }, { then: 'DROP', dryRun: true }, { then: 'REPLACE', text: 'x' }])
      expect(problemsOf({ rules: [{ name: 'all', ...more }, ban] })).toBeUndefined();
  });
});
