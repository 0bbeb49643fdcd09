import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';
import type { Answer } from '../../src/net/wire.ts';
import { endpoints } from '../../src/vendors/easemob/endpoints/index.ts';
import { isSessionRefused, open, outcomesOf } from '../../src/vendors/easemob/envelope.ts';

const answer = (status: number, json: unknown): Answer => ({ status, headers: {}, json, text: JSON.stringify(json) });
function find(id: string): Endpoint {
  const found = endpoints.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}
const endpoint = find('easemob.user.get');

function refusalOf(status: number, json: unknown): AppError {
  try {
    open(answer(status, json), endpoint);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('not refused');
}

const refusals: [number, string, string, ErrorCode][] = [
  [429, 'reach_limit', 'This request has reached api limit', 'RATE_LIMITED'],
  [429, 'reach_limit', 'This request has reached api limit.', 'RATE_LIMITED'],
  [403, 'message_send_error', 'message send reach limit', 'RATE_LIMITED'],
  [
    429,
    'resource_limited',
    'You have exceeded the limit of the community edition,Please upgrade to the enterprise edition',
    'LIMIT_REACHED',
  ],
  [403, 'forbidden_op', 'chatroom broadcast limit exceeded', 'LIMIT_REACHED'],
  [403, 'exceed_limit', 'members size is greater than max user size !', 'LIMIT_REACHED'],
  [403, 'forbidden_op', 'can not join this group, reason:user u1 has joined too many chatrooms!', 'LIMIT_REACHED'],
  [
    403,
    'FORBIDDEN',
    'size of metadata for this single user exceeds the user defined limit, 2048Bytes',
    'LIMIT_REACHED',
  ],
  [403, 'FORBIDDEN', 'org#app user metadata service not allow', 'VENDOR_MISCONFIGURED'],
  [403, 'forbidden_op', 'message recall service is unopened', 'VENDOR_MISCONFIGURED'],
  [400, 'service open exception', 'the app not open presence', 'VENDOR_MISCONFIGURED'],
  [400, 'invalid_grant', 'client_secret does not match', 'VENDOR_MISCONFIGURED'],
  [401, 'unauthorized', 'Unable to authenticate (OAuth)', 'VENDOR_MISCONFIGURED'],
  [404, 'organization_application_not_found', 'Could not find application for org/app', 'VENDOR_MISCONFIGURED'],
  [400, 'invalid_grant', 'invalid password', 'FORBIDDEN'],
  [404, 'invalid_grant', 'user not found', 'NOT_FOUND'],
  [403, 'forbidden_service_operation', 'Service operation not allowed', 'FORBIDDEN'],
  [404, 'service_resource_not_found', 'do not find this group:5', 'NOT_FOUND'],
  [404, 'resource_not_found', 'grpID 5 does not exist!', 'NOT_FOUND'],
  [403, 'forbidden_op', 'users [bob] are not members of this group!', 'NOT_FOUND'],
  [400, 'forbidden_op', 'users [bob] are not members of this group!', 'NOT_FOUND'],
  [403, 'message_recall_error', 'not_found msg', 'NOT_FOUND'],
  [403, 'message_recall_error', 'exceed recall time limit', 'CONFLICT'],
  [403, 'forbidden_op', 'can not join this group, reason:user: bob already in group: 5\n', 'CONFLICT'],
  [403, 'forbidden_op', 'forbidden operation on group owner!', 'CONFLICT'],
  [400, 'illegal_argument', 'group ID 5 already exists!', 'CONFLICT'],
  [400, 'duplicate_unique_property_exists', 'value of bob exists', 'CONFLICT'],
  [409, 'concurrent_operation_error', 'concurrency create app user failed', 'CONFLICT'],
  [403, 'group_name_violation', 'x is violation, please change it.', 'CONTENT_REFUSED'],
  [403, 'group_announce_violation', 'group announcement is violation, please change it.', 'CONTENT_REFUSED'],
  [400, 'illegal_argument', 'USERNAME_TOO_LONG', 'BAD_USER_INPUT'],
  [400, 'invalid_parameter', 'userNames is more than max limit : 60', 'BAD_USER_INPUT'],
  [400, 'message_send_error', 'message is too large', 'BAD_USER_INPUT'],
  [403, 'FORBIDDEN', 'announce info length exceeds limit!', 'BAD_USER_INPUT'],
  [403, 'forbidden_op', 'something new', 'VENDOR_REJECTED'],
  [500, 'unsupported_service_operation', 'Service operation not supported', 'VENDOR_REJECTED'],
  [500, 'INTERNAL_SERVER_ERROR', 'update metadata failed', 'VENDOR_UNAVAILABLE'],
];

describe('a refusal', () => {
  test.each(refusals)('of status %i, %s "%s" is %s', (status, error, error_description, code) => {
    const body = { error, exception: 'x', timestamp: 1, duration: 0, error_description };
    expect(refusalOf(status, body)).toMatchObject({ code, details: { vendorCode: error, vendorStatus: status } });
  });

  test('shows at most 300 characters of what the vendor says', () => {
    const { message } = refusalOf(400, { error: 'x', error_description: 'a'.repeat(10_000) });
    expect(message.length).toBeLessThan(330);
  });

  test.each([
    [502, 'VENDOR_UNAVAILABLE'],
    [503, 'VENDOR_UNAVAILABLE'],
    [408, 'VENDOR_UNAVAILABLE'],
    [429, 'RATE_LIMITED'],
    [401, 'VENDOR_MISCONFIGURED'],
    [404, 'VENDOR_BAD_RESPONSE'],
    [302, 'VENDOR_BAD_RESPONSE'],
    [200, 'VENDOR_BAD_RESPONSE'],
  ] as const)("of status %i without the vendor's body is %s", (status, code) => {
    expect(refusalOf(status, undefined)).toMatchObject({ code });
  });
});

describe('a success', () => {
  test('gives the whole body, since payloads lie in several places', () => {
    const body = { action: 'get', data: ['bob'], cursor: 'c' };
    expect(open(answer(200, body), endpoint)).toBe(body);
  });
});

describe('the session', () => {
  test.each([
    [401, 'unauthorized', true],
    [401, 'auth_bad_access_token', true],
    [401, 'message_rewrite_error', false],
    [403, 'forbidden_op', false],
  ])('is refused by %i %s: %s', (status, error, expected) => {
    expect(isSessionRefused(answer(status, { error, error_description: '' }))).toBe(expected);
  });

  test("is refused by a 401 without the vendor's body", () => {
    expect(isSessionRefused(answer(401, undefined))).toBe(true);
  });
});

describe('the fates of many', () => {
  test('are told by user, whatever the order and case, and unknown where the answer is silent', () => {
    const fates = outcomesOf(
      ['bob', 'carol', 'dave'],
      [
        { user: 'Carol', result: false, reason: "user: carol doesn't exist in group: 5" },
        { user: 'bob', result: true },
      ],
    );
    expect(fates.map((each) => (each.ok ? 'ok' : each.error.code))).toEqual(['ok', 'NOT_FOUND', 'OUTCOME_UNKNOWN']);
  });
});
