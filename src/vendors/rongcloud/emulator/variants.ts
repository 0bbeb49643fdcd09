import type { WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';

/** Lists that pages repeat and SDKs join with commas: a server accepts both (catalogue: encoding, quirks). */
const commaLists: Readonly<Record<string, string>> = {
  'rongcloud.user.profile.batch.query': 'userId',
  'rongcloud.entrust.group.join': 'userIds',
  'rongcloud.entrust.group.member.kick': 'userIds',
  'rongcloud.entrust.group.member.specific': 'userIds',
  'rongcloud.entrust.group.profile.query': 'groupIds',
};

/** Brings a request's documented variants into the one form that the catalogue's table describes. */
export function prepare(request: WireRequest, endpoint: CatalogueEndpoint): WireRequest {
  const list = commaLists[endpoint.id];
  return list ? { ...request, body: Buffer.from(splitList(request, list)) } : request;
}

function splitList(request: WireRequest, name: string): string {
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const ids = fields.getAll(name).flatMap((value) => value.split(','));
  fields.delete(name);
  for (const id of ids.map((each) => each.trim())) if (id !== '') fields.append(name, id);
  return fields.toString();
}
