// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ask, RuleAnswer } from '../../src/callbacks/ask.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import type { FailedRule } from '../../src/callbacks/evaluation.ts';
import { maxFoldedUnits } from '../../src/callbacks/word-lists.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { makeQuestion } from '../support/questions.ts';

const nobody: Ask = () => Promise.reject(new Error('nobody is asked'));
const policy = (settings: unknown, clock: Clock = systemClock, vendorWaitMs = 200, ask: Ask = nobody) =>
  new DecisionPolicy({ settings: decisionsSchema.parse(settings), vendorWaitMs, clock, ask });

const verdictOf = async (settings: unknown, ...asked: Parameters<typeof makeQuestion>) => {
  const { verdict, rule } = await policy(settings).decide('app', makeQuestion(...asked));
  return { ...verdict, rule };
};

describe('a policy', () => {
  test('delivers what no rule has an answer to, by default', async () => {
    expect(await verdictOf({}, 'hello')).toMatchObject({ decision: 'DELIVER', rule: null });
    expect(await verdictOf({ default: 'REFUSE' }, 'hello')).toMatchObject({ decision: 'REFUSE', rule: null });
  });

  test('takes the answer of the first rule that has one', async () => {
    const rules = [
      { name: 'staff', senders: ['eve'], then: 'DELIVER' },
      { name: 'words', keywords: ['casino'], then: 'REFUSE', code: 7, reason: 'no gambling' },
      { name: 'all', then: 'DROP' },
    ];
    expect(await verdictOf({ rules }, 'CASINO night')).toMatchObject({ decision: 'REFUSE', rule: 'words', code: 7 });
    expect(await verdictOf({ rules }, 'casino', { senderId: 'eve' })).toMatchObject({
      decision: 'DELIVER',
      rule: 'staff',
    });
    expect(await verdictOf({ rules }, 'hello')).toMatchObject({ decision: 'DROP', rule: 'all' });
  });

  test('that is switched off gives its default always', async () => {
    const settings = { isEnabled: false, default: 'DROP', rules: [{ name: 'a', then: 'DELIVER' }] };
    expect(await verdictOf(settings, 'hi')).toMatchObject({ decision: 'DROP', rule: null });
  });

  test.each([
    ['case and width do not hide a word', ['casino'], 'buy at ＣＡＳＩＮＯ', 'buy at ******'],
    ['letters that fold to more letters are kept', ['casino'], 'ﬁt casino', 'ﬁt ******'],
    ['dots and fractions that fold to more letters are kept', ['casino'], '½…… casino ½……', '½…… ****** ½……'],
    ['of a letter that folds to more letters the whole is starred', ['fit'], 'no ﬁt', 'no **'],
    ['the longest of words that stand in each other is starred', ['cas', 'casino'], 'CASINO', '******'],
    ['so it is whatever their order', ['casino', 'cas', 'sino'], 'CASINO cas', '****** ***'],
    ['of words that overlap every letter is starred', ['casin', 'inos'], 'a casinos b', 'a ******* b'],
    ['a soft hyphen does not hide a word', ['dropme'], 'dropm\u00ade now', '******* now'],
    ['a zero-width space does not hide a word', ['dropme'], 'd\u200bropme', '*******'],
    ['a variation selector does not hide a word', ['敏感'], '敏\ufe00感词', '***词'],
    ['a word of an invisible character and others is found without it', ['dr\u00adop'], 'drop', '****'],
    ['every star stands for a letter, whatever its width', ['😀'], 'a😀b', 'a*b'],
  ])('%s', async (_, keywords, text, replaced) => {
    const rules = [{ name: 'words', keywords, then: 'REPLACE' }];
    expect(await verdictOf({ rules }, text)).toMatchObject({ decision: 'REPLACE', text: replaced });
  });

  test('stars out the words found and nothing else', async () => {
    const rules = [{ name: 'words', keywords: ['a.b', 'foo'], then: 'REPLACE' }];
    expect(await verdictOf({ rules }, 'x a.b y foo axb')).toMatchObject({ text: 'x *** y *** axb' });
  });

  test('goes by place and by kind of content', async () => {
    const rules = [
      { name: 'room', to: ['chatroom'], then: 'DROP' },
      { name: 'team', to: ['group:team'], kinds: ['TEXT'], then: 'REFUSE' },
    ];
    expect(await verdictOf({ rules }, 'hi')).toMatchObject({ rule: 'team' });
    expect(await verdictOf({ rules }, 'hi', { to: { kind: 'chatroom', id: 'team' } })).toMatchObject({ rule: 'room' });
    expect(await verdictOf({ rules }, 'hi', { content: null })).toMatchObject({ rule: null });
  });

  test('refuses what a sender sends beyond its rate, and nobody else’s', async () => {
    const clock = new FakeClock();
    const flood = policy({ rules: [{ name: 'flood', perSender: { count: 2, seconds: 1 }, then: 'DROP' }] }, clock);
    const decide = async (senderId: string) =>
      (await flood.decide('app', makeQuestion('hi', { senderId }))).verdict.decision;
    expect([await decide('bob'), await decide('bob'), await decide('bob')]).toEqual(['DELIVER', 'DELIVER', 'DROP']);
    expect(await decide('alice')).toBe('DELIVER');
    await clock.advance(1_001);
    expect(await decide('bob')).toBe('DELIVER');
  });

  test('never takes longer than the vendor waits, whatever the operator wrote', () => {
    expect(policy({ deadlineMs: 5_000 }).deadlineMs).toBe(150);
    expect(policy({ deadlineMs: 5_000, vendorWaitMs: 3_000 }).deadlineMs).toBe(2_950);
    expect(policy({ deadlineMs: 100 }).deadlineMs).toBe(100);
  });

  test('looks at a text once for all of its rules, and not at all where no rule has words', async () => {
    const words = Array.from({ length: 1_000 }, (_, index) => `word${index}x`);
    const rules = Array.from({ length: 90 }, (_, index) => ({ name: `r${index}`, keywords: words, then: 'DROP' }));
    const text = 'lorem ipsum '.repeat(5_000);
    const cost = async (settings: unknown) => {
      const heavy = policy(settings, new FakeClock());
      for (let run = 0; run < 5; run += 1) await heavy.decide('app', makeQuestion(text));
      // The thread's own time: what else the machine does is not counted.
      const from = process.threadCpuUsage();
      for (let run = 0; run < 50; run += 1) await heavy.decide('app', makeQuestion(text));
      const { user, system } = process.threadCpuUsage(from);
      return (user + system) / 1_000 / 50;
    };
    expect(await cost({ rules })).toBeLessThan(20);
    expect(await cost({ rules: [{ name: 'plain', senders: ['eve'], then: 'DROP' }] })).toBeLessThan(1);
  });
});

test('no message makes a policy fail', async () => {
  const rules = [{ name: 'words', keywords: ['a', '.*', '(', '\u0130'], then: 'REPLACE' }];
  const any = policy({ rules });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const { verdict } = await any.decide('app', makeQuestion(text));
      expect(['DELIVER', 'REPLACE']).toContain(verdict.decision);
    }),
  );
});

describe('a rule that cannot decide', () => {
  const url = 'https://review.example.com/';
  const failing = (answers: Record<string, RuleAnswer>, settings: object, clock = new FakeClock()) => {
    const failed: FailedRule[] = [];
    const ask: Ask = async (service) => answers[service.url];
    const made = new DecisionPolicy({
      settings: decisionsSchema.parse(settings),
      vendorWaitMs: 200,
      clock,
      ask,
      onFailure: (each) => failed.push(each),
    });
    return { failed, decide: () => made.decide('app', makeQuestion('hi')), made };
  };

  test.each([
    ['NEXT', 'DELIVER', null],
    ['DELIVER', 'DELIVER', 'review'],
    ['REFUSE', 'REFUSE', 'review'],
    ['DROP', 'DROP', 'review'],
  ])('comes to what its onFailure says: %s', async (onFailure, decision, rule) => {
    const rules = [{ name: 'review', ask: url, onFailure }];
    const { failed, decide } = failing({ [url]: { failure: 'SERVICE_REFUSED', detail: 'status 502' } }, { rules });
    expect(await decide()).toMatchObject({
      verdict: { decision },
      rule,
      isLate: false,
      failedRule: 'review',
      failure: 'SERVICE_REFUSED',
    });
    expect(failed).toEqual([{ app: 'app', rule: 'review', failure: 'SERVICE_REFUSED', detail: 'status 502' }]);
  });

  test('and has no onFailure leaves the answer to the next rule, and is named all the same', async () => {
    const rules = [
      { name: 'review', ask: url },
      { name: 'second', ask: `${url}2` },
      { name: 'next', then: 'REFUSE' },
    ];
    const answers: Record<string, RuleAnswer> = {
      [url]: { failure: 'SERVICE_UNREACHABLE' },
      [`${url}2`]: { failure: 'SERVICE_BUSY' },
    };
    const { failed, decide } = failing(answers, { rules });
    expect(await decide()).toMatchObject({
      verdict: { decision: 'REFUSE' },
      rule: 'next',
      isLate: false,
      failedRule: 'review',
      failure: 'SERVICE_UNREACHABLE',
    });
    expect(failed.map(({ rule, failure }) => [rule, failure])).toEqual([
      ['review', 'SERVICE_UNREACHABLE'],
      ['second', 'SERVICE_BUSY'],
    ]);
  });

  test('is told from one that has no opinion', async () => {
    const { failed, decide } = failing(
      { [url]: undefined },
      { rules: [{ name: 'review', ask: url, onFailure: 'DROP' }] },
    );
    expect(await decide()).toMatchObject({
      verdict: { decision: 'DELIVER' },
      rule: null,
      failure: null,
      failedRule: null,
    });
    expect(failed).toEqual([]);
  });

  test('because its service is too slow makes the default late', async () => {
    const { decide } = failing({ [url]: { failure: 'SERVICE_TIMED_OUT' } }, { rules: [{ name: 'review', ask: url }] });
    expect(await decide()).toMatchObject({ rule: null, isLate: true, failure: 'SERVICE_TIMED_OUT' });
  });

  test.each([
    ['its onFailure', { onFailure: 'REFUSE' }, 'REFUSE', 'review'],
    ['the default', {}, 'DROP', null],
  ])(
    'by the deadline comes to %s at the deadline, and its service is not waited for',
    async (_, more, decision, rule) => {
      const clock = new FakeClock();
      let isCut = false;
      const ask: Ask = (_service, _app, _question, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            isCut = true;
            resolve({ failure: 'DEADLINE' });
          });
        });
      const rules = [
        { name: 'review', ask: url, ...more },
        { name: 'never asked', then: 'DELIVER' },
      ];
      const slow = policy({ deadlineMs: 30, default: 'DROP', rules }, clock, 200, ask);
      const deciding = slow.decide('app', makeQuestion('hi'));
      await clock.advance(29);
      expect(isCut).toBe(false);
      await clock.advance(1);
      expect(await deciding).toEqual({
        verdict: { decision },
        findings: rule === null ? [] : [{ rule, action: decision, isDryRun: false, matchedKeywords: [] }],
        rule,
        isLate: true,
        latencyMs: 30,
        matchedKeywords: [],
        failedRule: 'review',
        failure: 'DEADLINE',
      });
      expect(isCut).toBe(true);
    },
  );

  test('since the text is longer than what is looked at comes to its onFailure, unless a word is in what was looked at', async () => {
    const long = 'x'.repeat(maxFoldedUnits);
    const settings = { rules: [{ name: 'words', keywords: ['casino'], then: 'DROP', onFailure: 'REFUSE' }] };
    const refusing = policy(settings, new FakeClock());
    expect(await refusing.decide('app', makeQuestion(long))).toMatchObject({
      verdict: { decision: 'DELIVER' },
      failure: null,
    });
    expect(await refusing.decide('app', makeQuestion(`${long}casino`))).toMatchObject({
      verdict: { decision: 'REFUSE' },
      rule: 'words',
      failedRule: 'words',
      failure: 'TEXT_TOO_LONG',
    });
    expect(await refusing.decide('app', makeQuestion(`casino${long}`))).toMatchObject({
      verdict: { decision: 'DROP' },
      failure: null,
    });
  });

  test('what cannot be starred out as a whole is refused', async () => {
    const rules = [{ name: 'words', keywords: ['casino'], then: 'REPLACE', code: 7 }];
    const long = `casino${'x'.repeat(maxFoldedUnits)}`;
    expect(await verdictOf({ rules }, long)).toMatchObject({ decision: 'REFUSE', rule: 'words', code: 7 });
  });

  test('shows in its health: a share of failures is DEGRADED, ten on end are DOWN, and an answer ends both', async () => {
    const answers: Record<string, RuleAnswer> = {};
    const rules = [
      { name: 'review', ask: url },
      { name: 'words', keywords: ['x'], then: 'DROP' },
    ];
    const clock = new FakeClock();
    const { decide, made } = failing(answers, { rules }, clock);
    const statusAfter = async (count: number, answer: RuleAnswer) => {
      answers[url] = answer;
      for (let index = 0; index < count; index += 1) await decide();
      return made.rules.map(({ health }) => health?.status ?? null);
    };
    expect(await statusAfter(5, undefined)).toEqual(['UP', null]);
    expect(await statusAfter(9, { failure: 'SERVICE_REFUSED' })).toEqual(['DEGRADED', null]);
    expect(await statusAfter(1, { failure: 'SERVICE_REFUSED' })).toEqual(['DOWN', null]);
    expect(await statusAfter(1, { verdict: { decision: 'DELIVER' } })).toEqual(['DEGRADED', null]);
    await clock.advance(61_000);
    expect(await statusAfter(1, undefined)).toEqual(['UP', null]);
  });
});

describe('the configuration of decisions refuses', () => {
  const problemsOf = (rule: object) =>
    decisionsSchema.safeParse({ rules: [{ name: 'review', ...rule }] }).error?.issues.map(({ message }) => message) ??
    [];
  const ask = 'https://review.example.com/';

  test.each<[string, object, RegExp]>([
    [
      'user and password in the URL of a service',
      { ask: 'https://me:secret@review.example.com/' },
      /without user and password/,
    ],
    ['a secret that is no key', { ask, secret: 'not base64!' }, /whsec_/],
    ['a short secret', { ask, secret: `whsec_${Buffer.alloc(23).toString('base64')}` }, /24 to 64 bytes/],
    ['a header of two lines', { ask, headers: { 'x-key': 'a\r\nb' } }, /ASCII/],
    ['a header that every question has', { ask, headers: { 'Webhook-Id': 'x' } }, /names of headers other than/],
    ['the length as a header', { ask, headers: { 'Content-Length': '1' } }, /names of headers other than/],
    [
      'a secret without a service',
      { then: 'DROP', secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
      /with ask only/,
    ],
    ['headers without a service', { then: 'DROP', headers: { 'x-key': 'a' } }, /with ask only/],
    ['onFailure of a rule that cannot fail', { then: 'DROP', onFailure: 'REFUSE' }, /no other rule can fail/],
    ['a blank keyword', { keywords: [' '], then: 'DROP' }, /can be seen/],
    ['a keyword that is not shown', { keywords: ['\u200b\u00ad'], then: 'DROP' }, /can be seen/],
  ])('%s', (_, rule, says) => {
    expect(problemsOf(rule).join()).toMatch(says);
  });

  test('keywords of more than a million characters', () => {
    const keywords = Array.from({ length: 10_000 }, () => 'x'.repeat(101));
    expect(problemsOf({ keywords, then: 'DROP' }).join()).toMatch(/at most 1000000 characters/);
  });
});

describe('a configuration of rules', () => {
  const problemsOf = (rule: object) =>
    decisionsSchema
      .safeParse({ rules: [{ name: 'a', then: 'REFUSE', ...rule }] })
      .error?.issues.map(({ path }) => path.join('.'));

  test('that would be without effect is refused', () => {
    expect(problemsOf({ kinds: ['TXT'] })).toEqual(['rules.0.kinds.0']);
    expect(problemsOf({ keywords: [' '] })).toEqual(['rules.0.keywords.0']);
    expect(problemsOf({ then: 'DELIVER', text: 'other' })).toEqual(['rules.0']);
    expect(problemsOf({ then: 'REPLACE', text: 'other' })).toBeUndefined();
  });

  test('may call rules in any script', () => {
    expect(problemsOf({ name: '敏感词' })).toBeUndefined();
    expect(problemsOf({ name: 'a/b' })).toEqual(['rules.0.name']);
  });

  test('takes every kind of content that the schema has', () => {
    const [, body = ''] = /enum MessageKind \{([^}]*)\}/.exec(readFileSync('schema/message.graphql', 'utf8')) ?? [];
    const kinds = body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^[A-Z]+$/.test(line));
    expect(kinds.length).toBeGreaterThan(10);
    expect(problemsOf({ kinds })).toBeUndefined();
  });
});
