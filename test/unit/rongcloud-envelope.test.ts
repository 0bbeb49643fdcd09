import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';
import type { Answer } from '../../src/net/wire.ts';
import { group } from '../../src/vendors/rongcloud/endpoints/group.ts';
import { endpoints } from '../../src/vendors/rongcloud/endpoints/index.ts';
import { user } from '../../src/vendors/rongcloud/endpoints/user.ts';
import { open } from '../../src/vendors/rongcloud/envelope.ts';

const entry = (id: string): Endpoint => {
  const found = endpoints.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const register = entry(user.register.id);
const join = entry(group.join.id);

const answer = (status: number, json: unknown): Answer => ({
  status,
  headers: { 'x-request-id': 'r-1' },
  json,
  text: JSON.stringify(json) ?? '<html>',
});

function refusal(status: number, json: unknown, endpoint = register): AppError {
  try {
    open(answer(status, json), endpoint);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was taken for a success');
}

describe('an answer', () => {
  test('of code 200 is its own payload', () => {
    const json = { code: 200, userId: 'u1', token: 't' };
    expect(open(answer(200, json), register)).toEqual(json);
  });

  test('may write the code as text', () => {
    expect(open(answer(200, { code: '200' }), register)).toEqual({ code: '200' });
  });

  test.each([
    ['url, code and errorMessage', { url: '/x', code: 1002, errorMessage: 'userId is required' }],
    ['message in place of errorMessage', { code: 1002, message: 'userId is required' }],
    ['msg in place of errorMessage', { code: 1002, msg: 'userId is required' }],
  ])('of failure has %s', (_, json) => {
    const error = refusal(400, json);
    expect(error.message).toBe('userId is required');
    expect(error.details).toMatchObject({ vendorCode: '1002', vendorStatus: 400, vendorRequestId: 'r-1' });
  });
});

describe('codes decide, not statuses', () => {
  test.each([
    [200, 1015, 'NOT_FOUND'],
    [200, 26021, 'LIMIT_REACHED'],
    [200, 23410, 'NOT_FOUND'],
    [400, 400, 'NOT_FOUND'],
    [400, 1002, 'BAD_USER_INPUT'],
    [400, 1003, 'BAD_USER_INPUT'],
    [400, 1005, 'BAD_USER_INPUT'],
    [401, 1001, 'VENDOR_MISCONFIGURED'],
    [401, 1004, 'VENDOR_MISCONFIGURED'],
    [401, 1006, 'VENDOR_MISCONFIGURED'],
    [401, 1007, 'VENDOR_MISCONFIGURED'],
    [429, 1008, 'RATE_LIMITED'],
    [430, 1009, 'VENDOR_MISCONFIGURED'],
    [403, 1016, 'LIMIT_REACHED'],
    [403, 2007, 'LIMIT_REACHED'],
    [500, 1000, 'VENDOR_UNAVAILABLE'],
    [504, 1050, 'VENDOR_UNAVAILABLE'],
    [404, 404, 'VENDOR_REJECTED'],
    [400, 9999, 'VENDOR_REJECTED'],
    [503, 9999, 'VENDOR_UNAVAILABLE'],
  ])('status %i with code %i is %s', (status, code, expected) => {
    expect(refusal(status, { code, errorMessage: 'no' }).code).toBe(expected);
  });

  test('405 is a full group where members are added, and a refusal elsewhere', () => {
    expect(refusal(405, { code: 405 }, join).code).toBe('LIMIT_REACHED');
    expect(refusal(405, undefined, join).code).toBe('LIMIT_REACHED');
    expect(refusal(405, { code: 405 }).code).toBe('VENDOR_REJECTED');
  });
});

describe('what is no envelope', () => {
  test.each([
    [200, undefined, 'VENDOR_BAD_RESPONSE'],
    [200, { userId: 'u1' }, 'VENDOR_BAD_RESPONSE'],
    [200, [], 'VENDOR_BAD_RESPONSE'],
    [302, undefined, 'VENDOR_BAD_RESPONSE'],
    [502, undefined, 'VENDOR_UNAVAILABLE'],
    [429, undefined, 'RATE_LIMITED'],
    [401, undefined, 'VENDOR_MISCONFIGURED'],
    [404, undefined, 'VENDOR_REJECTED'],
  ])('is judged by its status %i', (status, json, expected) => {
    expect(refusal(status, json).code).toBe(expected);
  });
});

test('an over-limit answer names the vendor’s code, so that the limit is taken for spent', () => {
  expect(refusal(429, { code: 1008, errorMessage: 'slow down' }).details.vendorCode).toBe('1008');
  expect(refusal(429, undefined).details.vendorCode).toBe('429');
});
