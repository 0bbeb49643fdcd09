import type { WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { parseJson } from '../../../net/json.ts';
import { isRecord } from './read.ts';

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
  if (list) return { ...request, body: Buffer.from(splitList(request, list)) };
  if (endpoint.id.startsWith('rongcloud.history.')) return { ...request, body: readTexts(request.body, endpoint) };
  return request;
}

function splitList(request: WireRequest, name: string): string {
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const ids = fields.getAll(name).flatMap((value) => value.split(','));
  fields.delete(name);
  for (const id of ids.map((each) => each.trim())) if (id !== '') fields.append(name, id);
  return fields.toString();
}

/** The Go SDK sends every value of a history query as text, Java sends numbers and a boolean (catalogue note). */
function readTexts(body: Buffer, endpoint: CatalogueEndpoint): Buffer {
  let json: unknown;
  try {
    json = parseJson(body.toString('utf8'));
  } catch {
    // Left as it is: the harness refuses what is no JSON.
    return body;
  }
  if (!isRecord(json)) return body;
  const typed = Object.entries(json).map(([name, value]) => {
    const type = endpoint.params.find((param) => param.name === name)?.type;
    return [name, type === undefined || typeof value !== 'string' ? value : readText(value, type)];
  });
  return Buffer.from(JSON.stringify(Object.fromEntries(typed)));
}

function readText(value: string, type: string): unknown {
  if (/^(int|long)$/.test(type) && /^\d{1,15}$/.test(value)) return Number(value);
  if (type === 'bool' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
