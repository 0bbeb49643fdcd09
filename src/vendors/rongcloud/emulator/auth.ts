import { createHash } from 'node:crypto';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import type { WireReply, WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { failure } from './failures.ts';

/** A signature header under either of its names: plain, or with the prefix for platforms that strip unknown headers. */
function header(request: WireRequest, name: string): string {
  return request.headers[name] ?? request.headers[`rc-${name}`] ?? '';
}

/** Lower-case hex SHA1 over secret, nonce and timestamp as they stand (catalogue: auth). */
export function digest(secret: string, nonce: string, timestamp: string): string {
  return createHash('sha1').update(`${secret}${nonce}${timestamp}`, 'utf8').digest('hex');
}

/** The app of the App Key; an unknown key matches no secret, which is code 1001. */
export function findApp(request: WireRequest, apps: readonly EmulatedApp[]): EmulatedApp | WireReply {
  const key = header(request, 'app-key');
  const app = apps.find((each) => each.credentials['appKey'] === key);
  return app ?? failure(request.path, 1001, 'app secret error.');
}

/**
 * Paths that only the Chinese list (seed 001) names; the catalogue wants them served behind a switch only (quirks: "13
 * others"). `/jwt/getToken` and `/stat/*` are not among them, since other sources confirm those.
 */
const chineseListOnly: ReadonlySet<string> = new Set(
  [
    'group/info',
    'group/mute/set',
    'group/mute/cancel',
    'group/mute/query',
    'group/user/add',
    'group/user/remove',
    'message/group/publish_template',
    'chatroom/info',
    'ultragroup/info',
    'ultragroup/dismiss',
    'content/text/audit',
    'content/image/audit',
    'content/video/audit',
  ].map((path) => `/${path}.json`),
);

/** No clock window: the catalogue knows of none. Seconds and milliseconds are both in use, the digest covers what was sent. */
export function authenticate(
  request: WireRequest,
  app: EmulatedApp,
  endpoint: CatalogueEndpoint,
): WireReply | undefined {
  if (chineseListOnly.has(endpoint.path) && !app.switches.has('cn-list')) return unknownPath(request);
  if (app.switches.has('locked')) return failure(endpoint.path, 1006, 'app is locked or deleted.');
  const nonce = header(request, 'nonce');
  const timestamp = header(request, 'timestamp');
  const isSigned = nonce !== '' && /^(\d{10}|\d{13})$/.test(timestamp);
  const expected = digest(app.credentials['appSecret'] ?? '', nonce, timestamp);
  return isSigned && header(request, 'signature') === expected ? undefined : unauthorized(endpoint);
}

export function unauthorized(endpoint: CatalogueEndpoint): WireReply {
  return failure(endpoint.path, 1004, 'signature error.');
}

export function unknownPath(request: WireRequest): WireReply {
  return failure(request.path, 404, 'no such path.');
}
