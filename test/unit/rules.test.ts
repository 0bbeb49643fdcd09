// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { describe, expect, test } from 'vitest';
import type { Ask, Service } from '../../src/callbacks/ask.ts';
import { makeRules } from '../../src/callbacks/rules.ts';
import { textOf } from '../../src/callbacks/text-of.ts';
import type { Content } from '../../src/domain/content.ts';
import type { RuleSettings } from '../../src/domain/decision.ts';
import type { MessageQuestion } from '../../src/vendors/vendor.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { makeQuestion } from '../support/questions.ts';

const media = { url: 'https://a.example/x', name: 'notes.txt' };

describe('what people read of a message', () => {
  test.each<[Content, string]>([
    [{ kind: 'TEXT', text: 'hello', isBarrage: false }, 'hello'],
    [{ kind: 'STREAM', text: 'so far', format: 'PLAIN', isComplete: false }, 'so far'],
    [{ kind: 'STREAM', text: null, format: 'PLAIN', isComplete: false }, ''],
    [{ kind: 'NOTICE', text: 'bob joined' }, 'bob joined'],
    [{ kind: 'NOTICE', type: 'joined' }, ''],
    [{ kind: 'REPLY', text: 'yes', quoted: { kind: 'TEXT', text: 'coming?', isBarrage: false } }, 'yes'],
    [{ kind: 'REPLY', text: null }, ''],
    [{ kind: 'REPLY' }, ''],
    [{ kind: 'LINK', title: 'News', text: 'of today', url: 'https://a.example' }, 'News\nof today\nhttps://a.example'],
    [{ kind: 'LINK', title: null, text: 'of today', url: '' }, 'of today'],
    [{ kind: 'MERGED', title: 'Chat', summary: 'bob: hi' }, 'Chat\nbob: hi'],
    [{ kind: 'MERGED', summary: 'bob: hi' }, 'bob: hi'],
    [{ kind: 'FILE', ...media }, 'notes.txt'],
    [{ kind: 'FILE', url: media.url }, ''],
    [{ kind: 'LOCATION', latitude: 1, longitude: 2, name: 'Home' }, 'Home'],
    [{ kind: 'LOCATION', latitude: 1, longitude: 2 }, ''],
    [{ kind: 'CUSTOM', type: 'card', data: 'a text' }, 'a text'],
    [{ kind: 'CUSTOM', type: 'card', data: { shown: 'text' } }, '{"shown":"text"}'],
    [{ kind: 'CUSTOM', type: 'card' }, '""'],
    [{ kind: 'IMAGE', ...media }, ''],
    [{ kind: 'COMMAND', name: 'typing', data: 'x' }, ''],
    [{ kind: 'UNKNOWN', type: 'x' }, ''],
  ])('of %j is %j', (content, text) => {
    expect(textOf(content)).toBe(text);
    const composite: Content = {
      kind: 'COMPOSITE',
      parts: [{ kind: 'TEXT', text: 'first', isBarrage: false }, content],
    };
    expect(textOf(composite)).toBe(`first\n${text}`);
  });

  test('of no content is nothing', () => {
    expect([textOf(null), textOf(undefined)]).toEqual(['', '']);
  });
});

/** What the rules say of a question, each by itself. */
async function answersOf(rules: readonly RuleSettings[], asked: MessageQuestion, ignoresCase = false) {
  const services: Service[] = [];
  const ask: Ask = async (service) => {
    services.push(service);
    return { verdict: { decision: 'DROP' } };
  };
  const made = makeRules(rules, { clock: new FakeClock(0), ask, ignoresCase });
  const looked = { app: 'em-1', question: asked, texts: made.words.look(asked), notAsked: null };
  const signal = new AbortController().signal;
  const answers = await Promise.all(made.all.map((rule) => rule.decide(looked, signal)));
  return { answers, services };
}

describe('a rule', () => {
  test('that asks a service gives it a second unless it says otherwise, and its secret and headers', async () => {
    const url = 'https://service.example/';
    const headers = { 'x-key': 'k' };
    const rules = [
      { name: 'short', ask: url },
      { name: 'long', ask: url, timeoutMs: 1500, secret: 'whsec_c2VjcmV0', headers },
    ];
    const { answers, services } = await answersOf(rules, makeQuestion('hello'));
    expect(services).toEqual([
      { url, timeoutMs: 1000, secret: undefined, headers: undefined },
      { url, timeoutMs: 1500, secret: 'whsec_c2VjcmV0', headers },
    ]);
    expect(answers).toEqual([{ verdict: { decision: 'DROP' } }, { verdict: { decision: 'DROP' } }]);
  });

  test('that asks a service asks only what its conditions and its words hold for', async () => {
    const rules = [
      { name: 'senders', senders: ['carol'], ask: 'https://service.example/' },
      { name: 'words', keywords: ['spam'], ask: 'https://service.example/' },
    ];
    const { answers, services } = await answersOf(rules, makeQuestion('hello'));
    expect([answers, services]).toEqual([[undefined, undefined], []]);
  });

  test('with no decision of its own has no opinion, and gives code, reason and text with the one that it has', async () => {
    const rules: RuleSettings[] = [
      { name: 'none' },
      { name: 'refuses', then: 'REFUSE', code: 7, reason: 'Not here' },
      { name: 'replaces', then: 'REPLACE', text: 'Hidden' },
    ];
    const { answers } = await answersOf(rules, makeQuestion('hello'));
    expect(answers).toEqual([
      undefined,
      { verdict: { decision: 'REFUSE', text: undefined, code: 7, reason: 'Not here' } },
      { verdict: { decision: 'REPLACE', text: 'Hidden', code: undefined, reason: undefined } },
    ]);
  });

  test.each<[Partial<RuleSettings>, Partial<MessageQuestion['message']>, boolean]>([
    [{ senders: ['carol', 'bob'] }, {}, true],
    [{ senders: ['carol'] }, {}, false],
    [{ to: ['direct', 'group'] }, {}, true],
    [{ to: ['group:team'] }, {}, true],
    [{ to: ['group:other', 'chatroom', 'direct:team'] }, {}, false],
    [{ kinds: ['IMAGE', 'TEXT'] }, {}, true],
    [{ kinds: ['IMAGE'] }, {}, false],
    [{ kinds: ['UNKNOWN'] }, { content: null }, true],
    [{ senders: ['bob'], to: ['chatroom'] }, {}, false],
    [{ senders: ['bob'], keywords: ['spam', 'hello'] }, {}, true],
    [{ senders: ['carol'], keywords: ['hello'] }, {}, false],
  ])('with the conditions %j holds for a message like %j: %s', async (conditions, more, holds) => {
    const { answers } = await answersOf([{ name: 'rule', then: 'DROP', ...conditions }], makeQuestion('hello', more));
    expect(answers[0] !== undefined).toBe(holds);
  });

  test.each<[Partial<RuleSettings>, boolean]>([
    [{ senders: ['Bob'] }, true],
    [{ to: ['direct:Carol'] }, true],
    [{ to: ['direct:Dave'] }, false],
    [{ senders: ['Bobby'] }, false],
  ])('whose users %j are named in capitals holds only where their vendor ignores case', async (conditions, holds) => {
    const rules: RuleSettings[] = [{ name: 'rule', then: 'DROP', ...conditions }];
    const asked = makeQuestion('hello', { to: { kind: 'direct', id: 'carol' } });
    const ofCase = async (ignoresCase: boolean) =>
      (await answersOf(rules, asked, ignoresCase)).answers[0] !== undefined;
    expect([await ofCase(true), await ofCase(false)]).toEqual([holds, false]);
  });
});
