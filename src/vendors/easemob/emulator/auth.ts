import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params, WireReply, WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { appKeyOf, appUuidOf, Bare } from './envelope.ts';
import { type Failure, failureReply, oauthFailure, refuse } from './failures.ts';
import { checkUsername, createUser, isActivated, userEntity } from './user.ts';
import { fieldsOf, textOf, userIdOf } from './values.ts';

interface Token {
  /** The user it is for; null for an app token. */
  readonly userId: string | null;
  /** Milliseconds; null when it never expires. */
  readonly expiresAt: number | null;
}

const defaultTtlSeconds = 60 * 24 * 60 * 60;
const issued = new WeakMap<EmulatedState, Map<string, Token>>();

function tokensOf(state: EmulatedState): Map<string, Token> {
  const tokens = issued.get(state) ?? new Map<string, Token>();
  issued.set(state, tokens);
  return tokens;
}

/** Earlier tokens stay valid; 0 means it never expires; the 2023 example sends ttl as text. */
function issue(
  params: Params,
  userId: string | null,
  { state, clock }: HandlerContext,
): { access_token: string; expires_in: number } {
  const ttl = params['ttl'] === undefined || params['ttl'] === null ? defaultTtlSeconds : Number(params['ttl']);
  if (!Number.isSafeInteger(ttl) || ttl < 0) refuse(400, 'illegal_argument', 'ttl is not legal');
  const token = `YWMt${randomBytes(48).toString('base64url')}`;
  tokensOf(state).set(token, { userId, expiresAt: ttl === 0 ? null : clock.now() + ttl * 1000 });
  return { access_token: token, expires_in: ttl };
}

const appToken: Handler = (params, context) => {
  const { clientId, clientSecret } = context.app.credentials;
  if (params['grant_type'] !== 'client_credentials')
    refuse(400, 'illegal_argument', `grant_type [${String(params['grant_type'])}] is not legal`);
  if (textOf(params, 'client_id') === '') refuse(400, 'illegal_argument', 'client_id must be provided.');
  if (textOf(params, 'client_secret') === '') refuse(400, 'illegal_argument', 'client_secret must be provided');
  if (params['client_id'] !== clientId) refuse(400, 'invalid_grant', 'client_id does not match');
  if (params['client_secret'] !== clientSecret) refuse(400, 'invalid_grant', 'client_secret does not match');
  return new Bare({ ...issue(params, null, context), application: appUuidOf(context.app) });
};

const passwordToken: Handler = (params, context) => {
  const user = context.state.users.get(userIdOf(textOf(params, 'username')));
  if (!user) return refuse(404, 'invalid_grant', 'user not found');
  if (user.password === '' || user.password !== params['password']) refuse(400, 'invalid_grant', 'invalid password');
  return userToken(user, params, context);
};

const inheritToken: Handler = (params, context) => {
  const username = textOf(params, 'username');
  if (username === '') refuse(404, 'entity_not_found', 'User null not found');
  checkUsername(username);
  const known = context.state.users.get(userIdOf(username));
  if (!known && params['autoCreateUser'] !== true) refuse(404, 'invalid_grant', 'user not found');
  return userToken(known ?? createUser({ username, password: '' }, context), params, context);
};

function userToken(user: EmulatedUser, params: Params, context: HandlerContext): Bare {
  if (!isActivated(user)) refuse(400, 'invalid_grant', 'user not activated');
  const { nickname: _, ...entity } = userEntity(user, context.app);
  return new Bare({ ...issue(params, user.id, context), user: entity });
}

export const tokenHandlers = {
  'easemob.token.app': appToken,
  'easemob.token.user.password': passwordToken,
  'easemob.token.user.inherit': inheritToken,
} satisfies Record<string, Handler>;

/** Calls that need no bearer at all. */
const openCalls: ReadonlySet<string> = new Set(['easemob.token.app', 'easemob.token.user.password']);

/** Checks the bearer, then the content type of a form. */
export function authenticate(
  request: WireRequest,
  app: EmulatedApp,
  endpoint: CatalogueEndpoint,
  clock: Clock,
): WireReply | undefined {
  const failure = openCalls.has(endpoint.id) ? undefined : tokenFailure(request, app, endpoint, clock);
  const found = failure ?? mediaTypeFailure(request, endpoint);
  return found && failureReply(found);
}

function tokenFailure(
  request: WireRequest,
  app: EmulatedApp,
  endpoint: CatalogueEndpoint,
  clock: Clock,
): Failure | undefined {
  const header = request.headers['authorization'];
  if (header === undefined && endpoint.area === 'user' && endpoint.id.startsWith('easemob.user.register')) {
    const isOpen = endpoint.id === 'easemob.user.register' && app.switches.has('open-registration');
    return isOpen ? undefined : [401, 'unauthorized', "Open registration doesn't allow, so register user need token"];
  }
  const text = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (text === undefined) return oauthFailure;
  const token = readToken(text, app);
  if ('error' in token) return token.error;
  if (token.expiresAt !== null && token.expiresAt <= clock.now()) {
    return [401, 'unauthorized', 'Unable to authenticate due to expired access token'];
  }
  return token.userId === null || isAbout(token.userId, endpoint, request) ? undefined : wrongUser(endpoint);
}

function wrongUser(endpoint: CatalogueEndpoint): Failure {
  return endpoint.area === 'userMetadata' ? [401, 'metadata_error', 'auth error'] : oauthFailure;
}

/** A user token works for calls about that user only. */
function isAbout(userId: string, endpoint: CatalogueEndpoint, request: WireRequest): boolean {
  const pattern = endpoint.path.split('/');
  if (pattern.some((segment) => segment === '{group_id}' || segment === '{chatroom_id}')) return false;
  const at = pattern.findIndex((segment) => segment === '{username}' || segment === '{owner_username}');
  return at !== -1 && userIdOf(request.path.split('/')[at] ?? '') === userId;
}

function readToken(text: string, app: EmulatedApp): Token | { readonly error: Failure } {
  const known = tokensOf(app.state).get(text);
  if (known) return known;
  if (text.startsWith('YWMt')) return { error: [401, 'auth_bad_access_token', 'Unable to authenticate'] };
  const dynamic = Buffer.from(text, 'base64url').toString('utf8');
  if (dynamic.startsWith('dt-')) return readDynamicToken(dynamic.slice(3), app);
  return { error: [401, 'auth_bad_access_token', 'Unable to authenticate due to corrupt access token'] };
}

/** A dynamic user token: signature = SHA-256(clientId + appkey + userId + curTime + ttl + clientSecret), lower-case hex. */
function readDynamicToken(text: string, app: EmulatedApp): Token | { readonly error: Failure } {
  const corrupt: Failure = [401, 'auth_bad_access_token', 'Unable to authenticate due to corrupt access token'];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: answered like any other token that cannot be read.
    return { error: corrupt };
  }
  const { signature, appkey, userId, curTime, ttl } = fieldsOf(json);
  const { clientId = '', clientSecret = '' } = app.credentials;
  const expected = createHash('sha256')
    .update(`${clientId}${appKeyOf(app)}${userId}${curTime}${ttl}${clientSecret}`)
    .digest();
  const given = Buffer.from(String(signature), 'hex');
  const isSigned =
    given.length === expected.length && timingSafeEqual(given, expected) && signature === given.toString('hex');
  if (appkey !== appKeyOf(app) || !isSigned) return { error: [401, 'auth_bad_access_token', 'Unable to authenticate'] };
  const isForEver = Number(ttl) === 0;
  return { userId: userIdOf(String(userId)), expiresAt: isForEver ? null : (Number(curTime) + Number(ttl)) * 1000 };
}

/**
 * JSON is taken under any Content-Type and under none: the vendor's Java, PHP, Node and Python SDKs send it without one or
 * with curl's default. User attributes are a form, and another Content-Type is 415 there.
 */
function mediaTypeFailure(request: WireRequest, endpoint: CatalogueEndpoint): Failure | undefined {
  if (request.body.length === 0 || endpoint.encoding !== 'form') return undefined;
  const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return given === 'application/x-www-form-urlencoded'
    ? undefined
    : [415, 'web_application', 'javax.ws.rs.WebApplicationException'];
}
