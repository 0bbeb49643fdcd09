import { systemClock } from '../../../clock.ts';
import { EmulatorFailure } from '../../../emulator/failure.ts';
import type { ParamProblem } from '../../../emulator/vendor.ts';
import type { WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint, CatalogueLimit } from '../../../net/catalogue.ts';

/** A failure as the catalogue lists it: HTTP status, `error`, `error_description`, and `error_code` where there is one. */
export type Failure = readonly [status: number, error: string, description: string, errorCode?: number];

/** The names of Java classes that the vendor shows; clients ignore them (easemob.yaml, envelope.failure). */
const exceptions: Readonly<Record<string, string>> = {
  forbidden_op: 'EasemobForbiddenOpException',
  service_resource_not_found: 'ServiceResourceNotFoundException',
  resource_not_found: 'EasemobResourceNotFoundException',
  invalid_parameter: 'EasemobInvalidParameterException',
  illegal_argument: 'IllegalArgumentException',
  duplicate_unique_property_exists: 'DuplicateUniquePropertyExistsException',
  unauthorized: 'EasemobSecurityException',
  auth_bad_access_token: 'BadTokenException',
  exceed_limit: 'EasemobExceedLimitException',
  message_send_error: 'MessageSendException',
  message_recall_error: 'MessageRecallException',
  web_application: 'javax.ws.rs.WebApplicationException',
};

/** The failure envelope: HTTP 4xx or 5xx with error, exception, timestamp, duration and error_description. */
export function failureReply([status, error, description, errorCode]: Failure): WireReply {
  return {
    status,
    body: {
      error,
      exception: exceptions[error] ?? 'EasemobException',
      timestamp: systemClock.now(),
      duration: 0,
      error_description: description,
      ...(errorCode !== undefined && { error_code: errorCode }),
    },
  };
}

/** Answers with a failure instead of going on. */
export function refuse(...failure: Failure): never {
  throw new EmulatorFailure(failureReply(failure));
}

export const oauthFailure: Failure = [401, 'unauthorized', 'Unable to authenticate (OAuth)'];
export const noSuchResource: Failure = [404, 'service_resource_not_found', 'Service resource not found'];

const isSend = (id: string) => /^easemob\.message\.\w+\.send/.test(id);
const isRecall = (id: string) => id.startsWith('easemob.message.recall');

/** Answers to a parameter that is missing or has the wrong type, by endpoint and parameter as their pages list them. */
const paramFailures: Readonly<Record<string, Failure>> = {
  'easemob.token.app client_id': [400, 'illegal_argument', 'client_id must be provided.'],
  'easemob.token.app client_secret': [400, 'illegal_argument', 'client_secret must be provided'],
  'easemob.token.user.inherit username': [404, 'entity_not_found', 'User null not found'],
  'easemob.token.user.password username': [404, 'invalid_grant', 'user not found'],
  'easemob.token.user.password password': [400, 'invalid_grant', 'invalid password'],
  'easemob.user.register username': [
    400,
    'required_property_not_found',
    'Entity user requires a property named username',
  ],
  'easemob.user.register password': [400, 'illegal_argument', 'password or pin must provided'],
  'easemob.presence.get usernames': [400, 'illegal_argument', 'usernames is empty'],
  'easemob.blocklist.check username': [400, 'illegal_argument', 'username cannot be blank'],
  'easemob.blocklist.check check_list': [400, 'illegal_argument', 'check_list size must be between 1 and 100'],
  'easemob.group.create public': [400, 'invalid_parameter', 'group must contain public field!'],
  'easemob.group.announcement.set announcement': [400, 'illegal_argument', 'announcement is null'],
};

export function refuseParams(problem: ParamProblem, endpoint: CatalogueEndpoint): WireReply {
  return failureReply(problem.reason === 'body' ? bodyFailure(endpoint) : paramFailure(problem, endpoint));
}

function bodyFailure({ id }: CatalogueEndpoint): Failure {
  if (isSend(id)) return [400, 'invalid_request_body', 'Request body is invalid. Please check body is correct.'];
  return [400, 'json_parse', 'body is not JSON'];
}

function paramFailure(problem: Exclude<ParamProblem, { reason: 'body' }>, { id }: CatalogueEndpoint): Failure {
  const name = problem.param.name.split('.').at(-1) ?? '';
  const listed = paramFailures[`${id} ${name}`];
  if (listed) return listed;
  if (isSend(id) && name === 'ext') return [400, 'message_send_error', 'param ext must be JSONObject'];
  if (isSend(id)) return [400, 'message_send_error', `param ${name} can't be empty`];
  if (isRecall(id)) return [400, 'message_recall_error', `param ${name} can't be empty`];
  const error = /^easemob\.(group|chatroom)\./.test(id) ? 'invalid_parameter' : 'illegal_argument';
  return [
    400,
    error,
    problem.reason === 'missing' ? `${name} must be provided` : `${name} must be ${problem.param.type}`,
  ];
}

const messageCounts: ReadonlySet<string> = new Set([
  'message.user.messages',
  'message.group.messages',
  'message.chatroom.messages',
  'message.targeted.group',
]);

/** Message counts past their limit are 403, calls are 429 (easemob.yaml, rateLimitedResponse and quirks). */
export function overLimit(_endpoint: CatalogueEndpoint, limit: CatalogueLimit): WireReply {
  return messageCounts.has(limit.id)
    ? failureReply([403, 'message_send_error', 'message send reach limit'])
    : failureReply([429, 'reach_limit', 'This request has reached api limit']);
}

export function internalError(endpoint: CatalogueEndpoint): WireReply {
  return failureReply([
    500,
    endpoint.area === 'userMetadata' ? 'INTERNAL_SERVER_ERROR' : 'internal_error',
    'internal error',
  ]);
}

export function unauthorized(): WireReply {
  return failureReply(oauthFailure);
}
