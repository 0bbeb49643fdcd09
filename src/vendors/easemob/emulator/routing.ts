import { Router } from '../../../emulator/router.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import type { WireReply, WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { parseJson } from '../../../net/json.ts';
import { appNameOf, innerPath, orgOf } from './envelope.ts';
import { failureReply } from './failures.ts';
import { fieldsOf } from './values.ts';

/** The org and the app are the first two segments of every path. */
export function findApp(request: WireRequest, apps: readonly EmulatedApp[]): EmulatedApp | WireReply {
  const [, org = '', name = ''] = request.path.split('/');
  const found = apps.find((app) => orgOf(app) === org && appNameOf(app) === name);
  if (found) return found;
  const description = `Could not find application for ${org}/${name} from URI: ${org}/${name}${innerPath(request)}`;
  return failureReply([404, 'organization_application_not_found', description]);
}

function bodyOf(request: WireRequest): unknown {
  try {
    return parseJson(request.body.toString('utf8'));
  } catch {
    // Refused later, when the parameters are read.
    return undefined;
  }
}

type Rule = readonly [endpointId: string, fits: (request: WireRequest) => boolean];

const always = () => true;
const grants = (type: string) => (request: WireRequest) => fieldsOf(bodyOf(request))['grant_type'] === type;
const namesMany = ({ path }: WireRequest) => (path.split('/').at(-1) ?? '').includes(',');
const hasNewOwner = (request: WireRequest) => 'newowner' in fieldsOf(bodyOf(request));

/** Endpoints that share method and path, told apart by body or by a comma in the path (easemob.yaml, quirks). */
const rules: readonly Rule[] = [
  ['easemob.token.user.password', grants('password')],
  ['easemob.token.user.inherit', grants('inherit')],
  ['easemob.token.app', always],
  ['easemob.user.registerBatch', (request) => Array.isArray(bodyOf(request))],
  ['easemob.user.register', always],
  ['easemob.group.transfer', hasNewOwner],
  ['easemob.group.update', always],
  ['easemob.chatroom.transfer', hasNewOwner],
  ['easemob.chatroom.update', always],
  ['easemob.group.member.removeBatch', namesMany],
  ['easemob.group.member.remove', always],
  ['easemob.group.block.removeBatch', namesMany],
  ['easemob.group.block.remove', always],
  ['easemob.chatroom.member.removeBatch', namesMany],
  ['easemob.chatroom.member.remove', always],
  ['easemob.chatroom.block.removeBatch', namesMany],
  ['easemob.chatroom.block.remove', always],
  // A user may be called like the last segment of another path, such as admin or users.
  ['easemob.group.joined', ({ path }) => path.split('/')[4] === 'user'],
];

/** Picks among endpoints that share method and path. */
export function choose(candidates: readonly CatalogueEndpoint[], request: WireRequest): CatalogueEndpoint {
  const [first] = candidates;
  if (!first) throw new Error('no candidates to choose from');
  if (candidates.length === 1) return first;
  const chosen = rules.find(([id, fits]) => candidates.some((each) => each.id === id) && fits(request));
  return candidates.find((each) => each.id === chosen?.[0]) ?? first;
}

/** The 2023 page of the user token sends `ttl` as text: it is taken as a number. */
export function prepare(request: WireRequest, endpoint: CatalogueEndpoint): WireRequest {
  if (endpoint.area !== 'token') return request;
  const body = fieldsOf(bodyOf(request));
  if (typeof body['ttl'] !== 'string' || !/^\d{1,15}$/.test(body['ttl'])) return request;
  return { ...request, body: Buffer.from(JSON.stringify({ ...body, ttl: Number(body['ttl']) })) };
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** A known path with another method is "not supported", an unknown path is "web_application"; both are 500 (easemob.yaml, errors). */
export function unknownEndpoints(endpoints: readonly CatalogueEndpoint[]): (request: WireRequest) => WireReply {
  const router = new Router(endpoints);
  return (request) =>
    methods.some((method) => router.match({ ...request, method }).length > 0)
      ? failureReply([500, 'unsupported_service_operation', 'Service operation not supported'])
      : failureReply([500, 'web_application', 'javax.ws.rs.WebApplicationException']);
}
