// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { lookAlikeFolding } from '../../src/callbacks/look-alikes.ts';
import { breakUnit, type Spelling, type SpellingName, spellings } from '../../src/callbacks/spelling.ts';
import { maxFoldedUnits, WordLists } from '../../src/callbacks/word-lists.ts';
import { systemClock } from '../../src/clock.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { makeQuestion } from '../support/questions.ts';

/** What rules find in a text: words in other spellings, regular expressions, links, and what is excepted. */
const decide = (rule: object, text: string) =>
  new DecisionPolicy({
    settings: decisionsSchema.parse({ rules: [{ name: 'rule', then: 'REPLACE', ...rule }] }),
    vendorWaitMs: 200,
    clock: systemClock,
    ask: () => Promise.reject(new Error('nobody is asked')),
  }).decide('app', makeQuestion(text));
/** The text as it is delivered. */
const delivered = async (rule: object, text: string) => (await decide(rule, text)).verdict.text ?? text;

describe('a word in letters that look like its own', () => {
  const rule = { keywords: ['casino', 'водка'], confusables: true };

  test.each([
    ['Cyrillic letters in a Latin word', 'the cаsinо here', 'the ****** here'],
    ['Latin letters in a Cyrillic word', 'вoдкa', '*****'],
    ['Greek letters', 'cαsinο', '******'],
    ['capitals that look like others', 'САSINО', '******'],
    ['digits that look like letters', 'casin0', '******'],
    ['mathematical letters', '\u{1d41c}\u{1d41a}\u{1d42c}\u{1d422}\u{1d427}\u{1d428}', '******'],
    ['invisible letters between them', 'c\u200bаs\u00adinо!', '********!'],
    ['a capital that looks like one letter and is another, beside a letter of another script', 'ВOДКА', '*****'],
    ['a capital of which only the small letter looks like another', 'c\u{2c6d}sino', '******'],
    ['a line through each letter', 'c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336!', '************!'],
    ['white letters on black', '\u{1f172}asin\u{1f15e}', '******'],
    ['the word as it is', 'Casino ВОДКА ВоДка', '****** ***** *****'],
  ])('is found in spite of %s', async (_, text, shown) => {
    expect(await delivered(rule, text)).toBe(shown);
  });

  test('is not found where the rule does not ask for it', async () => {
    expect(await delivered({ keywords: ['casino'] }, 'cаsinо')).toBe('cаsinо');
  });

  test('is not found where letters have accents: ano is no año', async () => {
    expect(await delivered({ keywords: ['ano'], confusables: true }, 'an\u0303o año')).toBe('an\u0303o año');
  });

  test('is not found in half of a letter: m is no rn', async () => {
    expect(await delivered({ keywords: ['nob', 'corn'], confusables: true }, 'a mob, com')).toBe('a mob, com');
  });

  test('is named as its list writes it', async () => {
    expect((await decide(rule, 'cаsinо')).matchedKeywords).toEqual(['casino']);
  });
});

describe('a word that is spelled out', () => {
  const rule = { keywords: ['drop', '敏感词', 'a.b.c'], spacedLetters: true };

  test.each([
    ['with spaces', 'you d r o p it', 'you ******* it'],
    ['with dots and dashes', 'D.r-o_p', '*******'],
    ['over lines', 'd\nr\no\np', '*******'],
    ['with up to three characters between', 'd - r . o   p', '*************'],
    ['with invisible letters', 'd \u200br o\u00ad p!', '*********!'],
    ['with compatibility forms', 'ｄ ｒ ｏ ｐ', '*******'],
    ['in a script without spaces, next to other letters', '很敏 感 词吧', '很*****吧'],
    ['and is written together', 'drop', '****'],
    ['of letters with dots', 'a b c', '*****'],
  ])('%s is found, and starred out as a whole', async (_, text, shown) => {
    expect(await delivered(rule, text)).toBe(shown);
  });

  test.each([
    ['in other words', 'add rope'],
    ['when a letter before it belongs to it', 'ad r o p'],
    ['when a letter after it belongs to it', 'd r o pe'],
    ['when some of it is written together', 'dr o p'],
    ['with more than three characters between', 'd r    o p'],
    ['across the end of a sentence', '很敏感。词语'],
  ])('is not found %s', async (_, text) => {
    expect(await delivered(rule, text)).toBe(text);
  });

  test('is no single letter, whatever stands beside it', async () => {
    expect(await delivered({ keywords: ['a.'], spacedLetters: true }, 'a b a.')).toBe('a b **');
  });

  test('in letters that look like its own is found with both options only', async () => {
    const text = 'd r о р';
    expect(await delivered({ ...rule, confusables: true }, text)).toBe('*******');
    expect(await delivered(rule, text)).toBe(text);
    expect(await delivered({ keywords: ['drop'], confusables: true }, text)).toBe(text);
  });
});

describe('in every spelling', () => {
  const letters = [
    ...'dropDROP0мОоРрасв .-_—',
    '\u200b',
    '\u00ad',
    'é',
    'e\u0301',
    '½',
    'ﬁ',
    '敏',
    '感',
    '\u{1d42b}',
    ...['\u0b03', '\u1173', '\u3131', '\u11a8', '\u1100', '\u309b'],
    '\u{1f600}',
    '\u0301',
  ];
  const texts = fc.array(fc.constantFrom(...letters), { maxLength: 24 }).map((list) => list.join(''));
  const words = fc.array(
    texts.filter((text) => text !== ''),
    { minLength: 1, maxLength: 6 },
  );

  test.each(Object.entries(spellings) as [SpellingName, Spelling][])(
    '%s: every place that is given is one of a word, and every word that is there has one',
    (_, spelling) => {
      fc.assert(
        fc.property(words, texts, (list, text) => {
          const units: { readonly unit: number; readonly start: number; readonly end: number }[] = [];
          spelling.visit(text, maxFoldedUnits, (unit, start, end) => units.push({ unit, start, end }));
          const covered = new Set<number>();
          for (const form of list.flatMap(spelling.formsOf).filter((each) => each !== ''))
            for (let at = 0; at + form.length <= units.length; at += 1) {
              const here = units.slice(at, at + form.length);
              if (!here.every(({ unit }, index) => unit !== breakUnit && unit === form.charCodeAt(index))) continue;
              for (let index = here[0]?.start ?? 0; index < (here.at(-1)?.end ?? 0); index += 1) covered.add(index);
            }
          const lists = new WordLists([list], spelling);
          const given = lists
            .ranges(text, 0)
            .flatMap(({ start, end }) => Array.from({ length: end - start }, (__, index) => start + index));
          expect(given).toEqual([...covered].sort((a, b) => a - b));
          expect(lists.find(text).lists.has(0)).toBe(covered.size > 0);
          expect(lists.matched(text, 0).length > 0).toBe(covered.size > 0);
        }),
        { numRuns: 1_000 },
      );
    },
  );

  test('letters that look alike come to the same piece by piece as in the whole', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 30 })), (text) => {
        let result = '';
        lookAlikeFolding.visit(text, maxFoldedUnits, (unit) => {
          result += String.fromCharCode(unit);
        });
        expect(result).toBe(lookAlikeFolding.fold(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(Object.entries(spellings) as [SpellingName, Spelling][])(
    '%s: 10,000 words and 64 KB take less than 15 ms of the processor',
    (_, spelling) => {
      const lists = new WordLists([Array.from({ length: 10_000 }, (__, index) => `word${index}x`)], spelling);
      const text = 'w o r d 1 lorem ipsum 今天天气很好 '.repeat(3_000).slice(0, 65_536);
      for (let run = 0; run < 10; run += 1) lists.find(text);
      const from = process.threadCpuUsage();
      for (let run = 0; run < 30; run += 1) lists.find(text);
      const { user, system } = process.threadCpuUsage(from);
      expect((user + system) / 1_000 / 30).toBeLessThan(15);
    },
  );
});

describe('whole words', () => {
  const rule = { keywords: ['ass', 'cas', '敏感', 'c++'], wholeWords: true };

  test.each([
    ['inside of another word', 'class glasses', 'class glasses'],
    ['by itself', 'an Ass!', 'an ***!'],
    ['between signs', '(ass) "ass"', '(***) "***"'],
    ['before an invisible letter and more of the word', 'ass\u200bet', 'ass\u200bet'],
    ['before an underscore or a digit', 'ass_1 ass1', 'ass_1 ass1'],
    ['in a script without spaces', '很敏感吧', '很**吧'],
    ['that ends in a sign', 'in c++.', 'in ***.'],
    ['with a longer one that does not count', 'casino cas', 'casino ***'],
  ])('count %s only where they end: %s', async (_, text, shown) => {
    expect(await delivered(rule, text)).toBe(shown);
  });
});

describe('exceptions', () => {
  test.each([
    ['a word within one', { keywords: ['cunt'], except: ['Scunthorpe'] }, 'SCUNTHORPE cunt', 'SCUNTHORPE ****'],
    [
      'an invisible letter does not make one of another',
      { keywords: ['cunt'], except: ['Scunthorpe'] },
      'scun\u00adthorpe',
      'scun\u00adthorpe',
    ],
    ['a word that is longer than one', { keywords: ['drop'], except: ['dro'] }, 'drop', '****'],
    ['a word in a longer one that ends after another', { keywords: ['ab1'], except: ['b1', 'ab12'] }, 'ab12', 'ab12'],
    ['a word in a longer one that ends at the same letter', { keywords: ['xf'], except: ['f', 'xfi'] }, 'xﬁ', 'xﬁ'],
    ['a word over two of them', { keywords: ['xy'], except: ['ax', 'yb'] }, 'axyb', 'a**b'],
    [
      'what a regular expression matches',
      { patterns: ['\\d{4}'], except: ['year 2024'] },
      'Year 2024 and 2025',
      'Year 2024 and ****',
    ],
    [
      'a link',
      { links: {}, except: ['our.example.com/help'] },
      'our.example.com/help spam.com',
      'our.example.com/help ********',
    ],
  ])('%s', async (_, rule, text, shown) => {
    expect(await delivered(rule, text)).toBe(shown);
  });
});

describe('regular expressions', () => {
  test.each([
    ['in letters of any case and width', ['free\\s+money'], 'get ＦＲＥＥ  money', 'get ***********'],
    ['in spite of invisible letters', ['\\b\\d{3}-\\d{4}\\b'], 'call 5\u200b55-1234.', 'call *********.'],
    ['behind letters that fold to more', ['abc'], '½…… abc', '½…… ***'],
    ['at every place', ['a\\d'], 'a1 b a2', '** b **'],
    ['with letters beyond U+FFFF', ['😀b'], 'a😀b', 'a**'],
  ])('are found %s', async (_, patterns, text, shown) => {
    expect(await delivered({ patterns }, text)).toBe(shown);
  });

  test('that match nothing at a place are not there', async () => {
    expect(await delivered({ patterns: ['\\bx?'] }, 'ab x')).toBe('ab *');
  });

  test('at 50 places are starred out; at more the message is refused', async () => {
    expect(await delivered({ patterns: ['a\\d'] }, 'a1 '.repeat(50))).toBe('** '.repeat(50));
    expect((await decide({ patterns: ['a\\d'] }, 'a1 '.repeat(51))).verdict.decision).toBe('REFUSE');
  });

  test('and words are named together, 20 at most', async () => {
    const keywords = Array.from({ length: 15 }, (_, index) => `word${index}x`);
    const text = `${keywords.join(' ')} ${keywords.map((_, index) => `n${index + 10}`).join(' ')}`;
    const { matchedKeywords, findings } = await decide({ keywords, patterns: ['n\\d+'] }, text);
    expect([matchedKeywords.length, findings[0]?.matchedKeywords.length]).toEqual([20, 20]);
  });

  test('name what they matched', async () => {
    expect((await decide({ patterns: ['a\\d'] }, 'A1 a2 A1')).matchedKeywords).toEqual(['A1', 'a2']);
  });

  test.each([
    ['that would take exponential time to backtrack', '(a+)+$', 'a'.repeat(60_000)],
    ['that would take quadratic time', '(?:x+x+)+y', 'x'.repeat(60_000)],
    ['with more places than are looked for', 'a.*b|a', 'a'.repeat(8_000)],
  ])('%s take no longer than the text is long', async (_, pattern, text) => {
    await decide({ patterns: [pattern] }, 'warm');
    const from = process.threadCpuUsage();
    await decide({ patterns: [pattern] }, text);
    const { user, system } = process.threadCpuUsage(from);
    expect((user + system) / 1_000).toBeLessThan(200);
  });

  test('cannot decide on a text that is longer than what they look at, unless one matches before', async () => {
    const rule = { patterns: ['casino'], then: 'DROP' };
    const long = ' '.repeat(8_192);
    expect(await decide(rule, `${long}casino`)).toMatchObject({
      verdict: { decision: 'DELIVER' },
      failure: 'TEXT_TOO_LONG',
    });
    expect(await decide(rule, `casino${long}`)).toMatchObject({ verdict: { decision: 'DROP' }, failure: null });
    expect(await decide({ patterns: ['casino'] }, `casino${long}`)).toMatchObject({ verdict: { decision: 'REFUSE' } });
  });

  test.each([
    ['what is none', '(a', /RE2's syntax/],
    ['lookaround', 'a(?=b)', /RE2's syntax/],
    ['backreferences', '(a)\\1', /RE2's syntax/],
    ['one that is too large', 'a{200}', /at most 200 instructions/],
    ['one that matches empty text', 'a*', /does not match empty text/],
  ])('are refused in the configuration: %s', (_, pattern, says) => {
    const { error } = decisionsSchema.safeParse({ rules: [{ name: 'rule', then: 'DROP', patterns: [pattern] }] });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['rules.0.patterns.0']);
    expect(error?.issues[0]?.message).toMatch(says);
  });

  test('are taken up to that size', () => {
    expect(decisionsSchema.safeParse({ rules: [{ name: 'rule', then: 'DROP', patterns: ['a{190}'] }] }).success).toBe(
      true,
    );
  });

  test('are refused when all together are too large', () => {
    const patterns = Array.from({ length: 30 }, (_, index) => `a{90}${index}`);
    const { error } = decisionsSchema.safeParse({ rules: [{ name: 'rule', then: 'DROP', patterns }] });
    expect(error?.issues[0]?.message).toMatch(/at most 2000 instructions in all/);
  });
});

describe('links', () => {
  test.each([
    ['with a scheme', {}, 'see https://anything.invalid/a?b=c now', 'see ****************************** now'],
    ['to a host without dots', {}, 'http://localhost:80/x', '*********************'],
    [
      'without a scheme, to a top-level domain that there is',
      {},
      'go to example.com/x, please',
      'go to ************** please',
    ],
    ['in another script', {}, '见 例子.中国 吧', '见 ***** 吧'],
    ['in full width', {}, 'ｅｘａｍｐｌｅ．ｃｏｍ', '***********'],
    ['of an address of mail', {}, 'me@example.com', 'me@***********'],
    ['not of what only has dots', {}, 'e.g. 3.14 file.txt Mr.Smith ...', 'e.g. 3.14 file.txt Mr.Smith ...'],
    ['to a domain', { domains: ['bad.example'] }, 'bad.example good.example', '*********** good.example'],
    ['below a domain', { domains: ['bad.example'] }, 'https://a.b.BAD.example/x', '*************************'],
    ['not to one that ends alike', { domains: ['bad.example'] }, 'notbad.example', 'notbad.example'],
    ['to a domain that text follows without a space', { domains: ['bad.com'] }, 'at bad.com.Then', 'at ************'],
    [
      'to a domain in its other spelling',
      { domains: ['bücher.de'] },
      'xn--bcher-kva.de BÜCHER.DE',
      '**************** *********',
    ],
    ['except to domains', { except: ['good.com'] }, 'www.good.com good.com.evil.org', 'www.good.com *****************'],
    [
      'to the host after a user and a password',
      { except: ['good.com'] },
      'http://good.com:x@10.0.0.1/a http://good.com:80@bad.com',
      '**************************** **************************',
    ],
    ['to a domain after a user', { domains: ['bad.com'] }, 'http://a:b@bad.com', '******************'],
    ['what follows a colon and is no port', { except: ['good.com'] }, 'good.com:bad.com', 'good.com:*******'],
    ['not what follows a port', { except: ['good.com'] }, 'good.com:80/bad.com', 'good.com:80/bad.com'],
    ['to an address of IPv6', {}, 'http://[2001:db8::1]/x [a.b]', '********************** [a.b]'],
    ['to a host that is percent-encoded', { domains: ['bad.com'] }, 'http://b%61d.com', '****************'],
    ['not a percentage', { domains: ['bad.com'] }, '50%ad.com', '50%ad.com'],
    ['next to Chinese', {}, '看看bad.com吧', '看看*******吧'],
    ['to a domain next to Chinese', { domains: ['bad.com'] }, '去https://bad.com看看吧', '去***************看看吧'],
    ['to a domain before a particle', { domains: ['bad.com'] }, 'bad.com에서', '*******에서'],
    ['except to domains next to Chinese', { except: ['good.com'] }, '看good.com吧', '看good.com吧'],
    [
      'to a host that only begins like one that is excepted',
      { except: ['good.com'] },
      'https://good.com看.com/x',
      '***********************',
    ],
    ['with an ideographic full stop for a dot', {}, '看bad。com', '看*******'],
    ['to a domain written with ideographic full stops', { domains: ['例子.中国'] }, '见 例子。中国 吧', '见 ***** 吧'],
    ['not sentences', {}, '我爱你。中国', '我爱你。中国'],
  ])('count %s', async (_, links, text, shown) => {
    expect(await delivered({ links }, text)).toBe(shown);
  });

  test('are named by their hosts', async () => {
    expect((await decide({ links: {} }, 'https://A.example.com/x b.example.com')).matchedKeywords).toEqual([
      'a.example.com',
      'b.example.com',
    ]);
  });

  test.each([
    ['dots', '.'.repeat(60_000)],
    ['dots and a letter', `${'.'.repeat(60_000)}a`],
    ['labels', 'a.'.repeat(30_000)],
    ['hosts', Array.from({ length: 10_000 }, (_, index) => `a.b${index}`).join(' ')],
    ['schemes', 'a://'.repeat(15_000)],
    ['users', 'a@'.repeat(30_000)],
    ['users of URLs', 'a://b@'.repeat(10_000)],
    ['percent-encoded letters', `a://${'%61'.repeat(20_000)}`],
    ['brackets', '[a'.repeat(30_000)],
    ['names next to Chinese', 'a.b看'.repeat(15_000)],
    ['ideographic full stops', 'a。'.repeat(30_000)],
    ['one host', 'a'.repeat(60_000)],
  ])('are looked for in time that is in proportion to the text: %s', async (_, text) => {
    const rule = { links: { domains: ['bad.example'], except: ['good.example'] } };
    await decide(rule, text);
    const from = process.threadCpuUsage();
    await decide(rule, text);
    const { user, system } = process.threadCpuUsage(from);
    expect((user + system) / 1_000).toBeLessThan(150);
  });
});
