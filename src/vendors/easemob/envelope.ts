import { z } from 'zod';
import { AppError, type ErrorCode, failed, type Outcome, succeeded } from '../../errors.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import { ownOf } from '../../net/keyed.ts';
import type { Answer } from '../../net/wire.ts';

/** What a refusal means. A row fits when everything it names fits; the first that fits decides. */
interface Meaning {
  /** The vendor's `error`, one or several. */
  readonly error?: string | readonly string[];
  readonly status?: number;
  /** In the description: many causes share a code (easemob.yaml, envelope). */
  readonly says?: RegExp;
  readonly is: ErrorCode;
}

const table: readonly Meaning[] = [
  { error: 'resource_limited', is: 'LIMIT_REACHED' },
  { error: 'reach_limit', is: 'RATE_LIMITED' },
  { error: 'message_send_error', says: /reach limit/i, is: 'RATE_LIMITED' },
  { says: /reached the maximum limit/i, is: 'RATE_LIMITED' },
  { says: /broadcast .*limit exceeded/i, is: 'LIMIT_REACHED' },
  { says: /unopened|not open\b|service not allow\b/i, status: 403, is: 'VENDOR_MISCONFIGURED' },
  { error: ['service open exception', 'service not open'], is: 'VENDOR_MISCONFIGURED' },
  { error: 'invalid_grant', says: /^client_/i, is: 'VENDOR_MISCONFIGURED' },
  { error: 'invalid_grant', says: /user not found/i, is: 'NOT_FOUND' },
  { error: 'invalid_grant', is: 'FORBIDDEN' },
  { error: 'organization_application_not_found', is: 'VENDOR_MISCONFIGURED' },
  { error: 'forbidden_service_operation', is: 'FORBIDDEN' },
  { error: ['duplicate_unique_property_exists', 'concurrent_operation_error'], is: 'CONFLICT' },
  { says: /already exists|already in group/i, is: 'CONFLICT' },
  { says: /not members of this group|not_found msg|doesn'?t exist|does not exist|user not in group/i, is: 'NOT_FOUND' },
  { says: /joined too many|create too many/i, is: 'LIMIT_REACHED' },
  { says: /on group owner|exceed recall time limit/i, is: 'CONFLICT' },
  { says: /info length exceeds limit|message is too large/i, is: 'BAD_USER_INPUT' },
  { error: 'exceed_limit', is: 'LIMIT_REACHED' },
  { error: 'FORBIDDEN', says: /exceeds/i, is: 'LIMIT_REACHED' },
  { error: ['group_name_violation', 'group_announce_violation'], is: 'CONTENT_REFUSED' },
  {
    error: [
      'service_resource_not_found',
      'resource_not_found',
      'entity_not_found',
      'RestGroupFeignException',
      'EntityNotFoundException',
    ],
    is: 'NOT_FOUND',
  },
  {
    error: [
      'json_parse',
      'illegal_argument',
      'invalid_parameter',
      'invalid_request_body',
      'required_property_not_found',
      'message_send_error',
      'BAD_REQUEST',
      'Bad Request',
    ],
    is: 'BAD_USER_INPUT',
  },
  { error: ['unsupported_service_operation', 'web_application', 'no_full_text_index'], is: 'VENDOR_REJECTED' },
  { status: 401, is: 'VENDOR_MISCONFIGURED' },
  { status: 408, is: 'VENDOR_UNAVAILABLE' },
  { status: 409, is: 'CONFLICT' },
  { status: 429, is: 'RATE_LIMITED' },
  { status: 501, is: 'VENDOR_REJECTED' },
];

const failureBody = z.object({
  error: z.string(),
  error_description: z
    .string()
    .catch('')
    .transform((text) => text.trim().slice(0, 300)),
});

/**
 * Gives the whole body of a success: the payload lies in `data`, `entities` or beside them, which the reply schemas know.
 * Throws what the vendor's refusal means; `VENDOR_BAD_RESPONSE` for anything that is neither.
 */
export function open(answer: Answer, endpoint: Endpoint): unknown {
  const { status, json } = answer;
  const refusal = failureBody.safeParse(json);
  if (refusal.success) throw refused(status, refusal.data.error, refusal.data.error_description, endpoint);
  const isGood = status >= 200 && status < 300;
  if (isGood && typeof json === 'object' && json !== null) return json;
  // A gateway in front of the vendor answers without the vendor's body.
  const code = isGood ? 'VENDOR_BAD_RESPONSE' : (meaningOf(status, '', '') ?? 'VENDOR_BAD_RESPONSE');
  throw new AppError(code, undefined, { vendorStatus: status, ...(isGood ? {} : { vendorCode: String(status) }) });
}

function refused(status: number, error: string, says: string, endpoint: Endpoint): AppError {
  const code = ownOf(endpoint.errors, error) ?? meaningOf(status, error, says) ?? 'VENDOR_REJECTED';
  return new AppError(code, says === '' ? undefined : `The vendor says: ${says}`, {
    vendorCode: error,
    vendorStatus: status,
  });
}

function meaningOf(status: number, error: string, says: string): ErrorCode | undefined {
  const row = table.find(
    (each) =>
      (each.error === undefined ||
        (typeof each.error === 'string' ? each.error === error : each.error.includes(error))) &&
      (each.status === undefined || each.status === status) &&
      (each.says === undefined || each.says.test(says)),
  );
  return row?.is ?? (status >= 500 ? 'VENDOR_UNAVAILABLE' : undefined);
}

/** Refusals of one message or room in which the session has no part, though the status is that of a bad session. */
const notTheSession: ReadonlySet<string> = new Set(['message_rewrite_error', 'MetadataException']);

/** Whether a new token may help: on any 401 but those about something else (easemob.yaml, auth). */
export function isSessionRefused({ status, json }: Answer): boolean {
  const refusal = failureBody.safeParse(json);
  return status === 401 && !(refusal.success && notTheSession.has(refusal.data.error));
}

/** What an answer over many says about one user. */
export interface UserResult {
  readonly user: string;
  readonly result: boolean;
  readonly reason?: string | undefined;
}

/** The fate of each user by an answer's list; a user that it does not name may have been changed or not. */
export function outcomesOf(userIds: readonly string[], results: readonly UserResult[]): Outcome[] {
  const byUser = new Map(results.map((each) => [each.user.toLowerCase(), each]));
  return userIds.map((userId): Outcome => {
    const own = byUser.get(userId);
    if (!own) return failed(new AppError('OUTCOME_UNKNOWN', 'The vendor says nothing about this user.'));
    return own.result ? succeeded(undefined) : failed(refusalOf(own.reason));
  });
}

/** What the vendor's reason for refusing one item means. */
export function refusalOf(reason = ''): AppError {
  const says = reason.trim().slice(0, 300);
  return new AppError(
    meaningOf(200, '', says) ?? 'VENDOR_REJECTED',
    says === '' ? undefined : `The vendor says: ${says}`,
  );
}
