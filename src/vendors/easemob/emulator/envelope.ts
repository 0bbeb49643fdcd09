import { createHash } from 'node:crypto';
import type { EmulatedApp, HandlerContext } from '../../../emulator/vendor.ts';
import type { WireReply, WireRequest } from '../../../emulator/wire.ts';
import { fieldsOf } from './values.ts';

/** A payload that goes out without the common envelope: tokens, presence, attributes. */
export class Bare {
  readonly body: unknown;

  constructor(body: unknown) {
    this.body = body;
  }
}

/** A stable UUID for a name, where the vendor shows UUIDs of apps and users. */
export function uuidOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function orgOf(app: EmulatedApp): string {
  return app.credentials['orgName'] ?? '';
}

export function appNameOf(app: EmulatedApp): string {
  return app.credentials['appName'] ?? '';
}

/** `{org}#{app}`. */
export function appKeyOf(app: EmulatedApp): string {
  return `${orgOf(app)}#${appNameOf(app)}`;
}

export function appUuidOf(app: EmulatedApp): string {
  return uuidOf(appKeyOf(app));
}

/** The path after the org and the app, with a slash in front. */
export function innerPath(request: WireRequest): string {
  return `/${request.path.split('/').slice(3).join('/')}`;
}

/** The query as arrays of texts, as the lists echo it; absent when there is none. */
export function echoedQuery({ query }: WireRequest): { params?: Record<string, string[]> } {
  const names = [...new Set(query.keys())];
  return names.length === 0 ? {} : { params: Object.fromEntries(names.map((name) => [name, query.getAll(name)])) };
}

/** Where the examples print no `entities`. */
const isWithoutEntities = (area: string) => area === 'message' || area === 'callbackStorage';
/** Where the examples print no `path`. */
const isWithoutPath = (area: string) => area.startsWith('group');

/** Wraps a payload's fields (`data`, `entities`, `count` ...) in the common envelope (easemob.yaml, envelope.success). */
export function succeed(payload: unknown, { app, clock, endpoint, request }: HandlerContext): WireReply {
  if (payload instanceof Bare) return { status: 200, body: payload.body };
  const path = innerPath(request);
  return {
    status: 200,
    body: {
      action: request.method.toLowerCase(),
      application: appUuidOf(app),
      applicationName: appNameOf(app),
      organization: orgOf(app),
      uri: `http://${request.headers['host'] ?? 'localhost'}${request.path}`,
      ...(!isWithoutPath(endpoint.area) && { path }),
      ...(!isWithoutEntities(endpoint.area) && { entities: [] }),
      timestamp: clock.now(),
      duration: 0,
      ...fieldsOf(payload),
    },
  };
}
