import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';
import { codes } from '../../src/vendors/zim/codes.ts';
import { blocklist } from '../../src/vendors/zim/endpoints/blocklist.ts';
import { group } from '../../src/vendors/zim/endpoints/group.ts';
import { endpoints } from '../../src/vendors/zim/endpoints/index.ts';
import { send } from '../../src/vendors/zim/endpoints/message.ts';
import { open } from '../../src/vendors/zim/envelope.ts';

const answer = (json: unknown, status = 200) => ({ status, headers: {}, json, text: '' });
const said = (fields: object) => answer({ Code: 0, Message: 'success', RequestId: '90071', ...fields });
const entry = (id: string): Endpoint => {
  const found = endpoints.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const add = entry(blocklist.add.id);
const thrownBy = (action: () => unknown): AppError => {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

test('a success is the payload without the envelope', () => {
  expect(open(said({ Next: 0, Blacklist: [] }), entry('zim.blocklist.list'))).toEqual({
    Next: 0,
    Blacklist: [],
    failures: [],
  });
});

test.each(['ErrorList', 'ErrList', 'ErrorUsers'])('items that failed are found under %s', (name) => {
  const opened = open(said({ [name]: [{ UserId: 'bob', SubCode: 660800037 }] }), add);
  expect(opened).toMatchObject({
    failures: [{ id: 'bob', error: { code: 'CONFLICT', details: { vendorCode: '660800037' } } }],
  });
  expect(opened).not.toHaveProperty('refusal');
});

test('a code with a filled list is the refusal of every item, not of the call', () => {
  const opened = open(said({ Code: 660800041, ErrList: [{ UserId: 'bob', SubCode: 660800040 }] }), add);
  expect(opened).toMatchObject({
    failures: [{ id: 'bob', error: { code: 'LIMIT_REACHED' } }],
    refusal: { code: 'VENDOR_REJECTED' },
  });
});

test.each([[undefined], [null], [[]]])('a code with the list %j is the refusal of the call', (ErrList) => {
  const error = thrownBy(() => open(said({ Code: 660300005, ErrList }), add));
  expect(error.code).toBe('RATE_LIMITED');
  expect(error.details).toMatchObject({ vendorCode: '660300005', vendorStatus: 200, vendorRequestId: '90071' });
});

test('a code of a call that is no batch is its refusal, listed failures or not', () => {
  const reply = said({ Code: 660600013, ErrorUsers: [{ UserId: 'bob', SubCode: 660700015 }] });
  expect(thrownBy(() => open(reply, entry(group.create.id))).code).toBe('NOT_FOUND');
});

test('an endpoint may mean something else by a code', () => {
  const own = { ...add, errors: { 660500002: 'FORBIDDEN' } } as const;
  expect(thrownBy(() => open(said({ Code: 660500002 }), own)).code).toBe('FORBIDDEN');
  expect(thrownBy(() => open(said({ Code: 660500002 }), add)).code).toBe('NOT_FOUND');
});

test("an unknown code is the vendor's own no, in its words", () => {
  const error = thrownBy(() => open(said({ Code: 123456, Message: 'odd' }), add));
  expect(error).toMatchObject({ code: 'VENDOR_REJECTED', message: 'The vendor said: odd' });
});

test.each(['__proto__', 'constructor', 'toString'])('a code %s is no code', (Code) => {
  expect(thrownBy(() => open(said({ Code }), add)).code).toBe('VENDOR_BAD_RESPONSE');
});

test('a code as text is read', () => {
  expect(thrownBy(() => open(said({ Code: '7' }), add)).code).toBe('RATE_LIMITED');
  expect(open(said({ Code: '0' }), add)).toEqual({ failures: [] });
});

test.each([
  [undefined, 200, 'VENDOR_BAD_RESPONSE'],
  [null, 200, 'VENDOR_BAD_RESPONSE'],
  [[], 200, 'VENDOR_BAD_RESPONSE'],
  ['x', 200, 'VENDOR_BAD_RESPONSE'],
  [{}, 404, 'VENDOR_BAD_RESPONSE'],
  [undefined, 429, 'RATE_LIMITED'],
  [undefined, 502, 'VENDOR_UNAVAILABLE'],
] as const)('%j with status %i is %s', (json, status, code) => {
  expect(thrownBy(() => open(answer(json, status), add)).code).toBe(code);
});

test('moderation says why', () => {
  const reply = said({ Code: 660599999, AuditInfos: [{ Index: 0, Reason: 'words' }] });
  expect(thrownBy(() => open(reply, entry(send.toGroup.id))).message).toContain('words');
});

test('odd items of a failure list are left out', () => {
  const opened = open(said({ ErrList: [null, 1, {}, { UserId: 5 }, { UserId: 'bob' }] }), add);
  expect(opened).toMatchObject({ failures: [{ id: 'bob', error: { code: 'VENDOR_REJECTED' } }] });
});

describe('the table of codes', () => {
  const catalogue = readCatalogue(new URL('../../src/vendors/zim/catalogue.json', import.meta.url));
  const documented = catalogue.endpoints.flatMap(({ errors }) => errors).map(String);

  test('knows every code that an endpoint documents', () => {
    expect([...new Set(documented)].filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
  });

  test('says RATE_LIMITED for every code past a limit', () => {
    const overLimit = catalogue.limits.flatMap((limit) =>
      limit.overLimit === undefined ? [] : [String(limit.overLimit)],
    );
    expect([...new Set(overLimit)].filter((code) => codes[code]?.[0] !== 'RATE_LIMITED')).toEqual([]);
  });
});
