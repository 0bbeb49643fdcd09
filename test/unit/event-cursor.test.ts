import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeId, placeOfEvent } from '../../src/domain/id.ts';
import { AppError } from '../../src/errors.ts';
import { decodeEventCursor, encodeEventCursor } from '../../src/events/cursor.ts';
import { decodeListCursor } from '../../src/gateway/cursor.ts';

const apps = ['zim-eu', 'rc-cn'];
const wrap = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Runs a decoder on anything: it gives something or throws a typed error of one of the codes. */
function onlyThrows(decode: (text: string) => unknown, text: string, codes: readonly string[]): void {
  try {
    decode(text);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(codes).toContain((error as AppError).code);
  }
}

describe('the cursor of streams', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.nat(), (epoch, one, two) => {
        const places = new Map([
          ['zim-eu', { epoch, offset: one }],
          ['zim-eu~unsigned', { epoch, offset: two }],
          ['rc-cn', { epoch, offset: two }],
        ]);
        // A stream that is not named had no event.
        expect(decodeEventCursor(encodeEventCursor(places), apps)).toEqual(
          new Map([...places, ['rc-cn~unsigned', { epoch, offset: 0 }]]),
        );
      }),
    );
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['garbage', '%%%'],
    ['another text', 'hello'],
    ['no list', wrap({ 'zim-eu': 1 })],
    ['an empty list', wrap([])],
    ['a place without a life', wrap([['zim-eu', 1]])],
    ['a place of another app', wrap([['other', 'e', 1]])],
    ['a place in a stream of another app', wrap([['other~unsigned', 'e', 1]])],
    ['a place in no stream', wrap([['zim-eu~other', 'e', 1]])],
    ['a negative place', wrap([['zim-eu', 'e', -1]])],
    ['a place beyond every number', Buffer.from('[["zim-eu","e",9223372036854775808]]').toString('base64url')],
    ['half a place', wrap([['zim-eu', 'e', 1.5]])],
    ['places without end', wrap(Array.from({ length: 201 }, () => ['zim-eu', 'e', 1]))],
    ['a cursor of a list', Buffer.from('["abcdefgh",null,20,0]').toString('base64url')],
    ['a long text', 'a'.repeat(9_000)],
  ])('%s is BAD_CURSOR', (_, text) => {
    expect(() => decodeEventCursor(text, apps)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
  });

  test('anything else that is given is BAD_CURSOR too, and never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => onlyThrows((each) => decodeEventCursor(each, apps), text, ['BAD_CURSOR']),
      ),
      { numRuns: 2_000 },
    );
  });
});

test('no text makes the cursor of a list, an id, or the id of an event crash', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json().map((json) => Buffer.from(json).toString('base64url')),
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }).map((parts) => parts.join(':')),
        fc.string().map((rest) => `Event:zim-eu:${rest}`),
      ),
      (text) => {
        onlyThrows((each) => decodeListCursor('list', each), text, ['BAD_CURSOR']);
        onlyThrows((each) => decodeId(each), text, ['BAD_USER_INPUT']);
        onlyThrows(placeOfEvent, text, ['BAD_USER_INPUT']);
      },
    ),
    { numRuns: 2_000 },
  );
});
