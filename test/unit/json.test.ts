import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataOf, dataText } from '../../src/net/data-text.ts';
import { bareInteger, parseJson } from '../../src/net/json.ts';

describe('parseJson', () => {
  test('gives integers up to 2^53 - 1 as numbers, and those beyond as the digits they were written with', () => {
    for (const digits of ['9007199254740991', '-9007199254740991', '1724442618569203', '7'])
      expect(parseJson(`[${digits}]`)).toEqual([Number(digits)]);
    for (const digits of ['9007199254740992', '9007199254740993', '-9007199254740993', '1724442618569203714'])
      expect(parseJson(`{"a":[${digits}]}`)).toEqual({ a: [digits] });
  });

  test('gives every integer of 64 bits as its own digits, wherever it stands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), (value) => {
        expect(String(parseJson(String(value)))).toBe(String(value));
        expect(parseJson(`{"a":{"b":[true,${value}]}}`)).toHaveProperty('a.b.1', parseJson(String(value)));
      }),
    );
  });

  test('leaves digits in texts and numbers with fractions as JSON.parse has them', () => {
    const text = '{"1724442618569203714":"1724442618569203714","n":0.12345678901234567,"e":1e21}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test.each([
    [String.raw`"\ud83d"`, '\ufffd'],
    [String.raw`"a\udE00b"`, 'a\ufffdb'],
    [String.raw`"\ud83d\ude00"`, '\u{1f600}'],
    [String.raw`"\ud83d\ud83d\ude00\ude00"`, '\ufffd\u{1f600}\ufffd'],
    [String.raw`"\\ud83d"`, String.raw`\ud83d`],
    [String.raw`"\\\ud83d"`, '\\\ufffd'],
    [String.raw`{"\ud83d":1}`, { '\ufffd': 1 }],
  ])('reads half of a surrogate pair in %s as U+FFFD', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('gives whole characters only, whatever code units are written, and every whole one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe010 })), (units) => {
        const text = String.fromCharCode(...units);
        const escaped = units.map((unit) => `\\u${unit.toString(16)}`).join('');
        expect(parseJson(`["${escaped}"]`)).toEqual([text.toWellFormed()]);
      }),
    );
  });
});

describe('data of an app that a vendor keeps as a text', () => {
  test.each(['1.10', '1e400', '13800138000', 'true', 'null', '"quoted"', '-0', '[not json', '{', ' 7'])(
    'is the text %j both ways, though it looks like JSON',
    (text) => {
      expect(dataText(text)).toBe(text);
      expect(dataOf(text)).toBe(text);
    },
  );

  test('is an object or list both ways, and nothing where the text is empty', () => {
    for (const value of [{ a: '1.10', b: [null, true, 1.5] }, [], {}, ['x', { y: [] }]])
      expect(dataOf(dataText(value))).toEqual(value);
    expect(dataOf('')).toBeNull();
    expect(dataOf(undefined)).toBeNull();
    expect(dataOf('{"id":1724442618569203714}')).toEqual({ id: '1724442618569203714' });
  });
});

test('an integer of any length is written bare, and nothing else is', () => {
  expect(JSON.stringify({ id: bareInteger('18446744073709551615') })).toBe('{"id":18446744073709551615}');
  for (const text of ['', '1.5', '1e5', 'NaN', '1'.repeat(21)]) expect(() => bareInteger(text)).toThrow(TypeError);
});
