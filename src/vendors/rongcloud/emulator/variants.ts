import type { WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint } from '../../../net/catalogue.ts';
import { parseJson } from '../../../net/json.ts';
import { isRecord } from './read.ts';

interface CommaList {
  readonly param: string;
  /** The name that the docs' sample has instead. */
  readonly alias?: string;
  /** Written as repeated keys for the harness, or as one value where the catalogue does not have a list. */
  readonly form: 'repeated' | 'joined';
}

/** Lists that pages repeat and SDKs join with commas: a server accepts both (catalogue: encoding, quirks). */
const commaLists: Readonly<Record<string, CommaList>> = {
  'rongcloud.user.profile.batch.query': { param: 'userId', form: 'repeated' },
  'rongcloud.entrust.group.create': { param: 'userIds', form: 'joined' },
  'rongcloud.entrust.group.join': { param: 'userIds', form: 'repeated' },
  'rongcloud.entrust.group.member.kick': { param: 'userIds', form: 'repeated' },
  'rongcloud.entrust.group.member.specific': { param: 'userIds', form: 'repeated' },
  'rongcloud.entrust.group.profile.query': { param: 'groupIds', alias: 'groupId', form: 'repeated' },
};

/** Brings a request's documented variants into the one form that the catalogue's table describes. */
export function prepare(request: WireRequest, endpoint: CatalogueEndpoint): WireRequest {
  const list = commaLists[endpoint.id];
  if (list) return { ...request, body: Buffer.from(splitList(request, list)) };
  if (endpoint.id.startsWith('rongcloud.history.')) return { ...request, body: readTexts(request.body, endpoint) };
  return request;
}

function splitList(request: WireRequest, { param, alias = param, form }: CommaList): string {
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const values = [...new Set([param, alias])]
    .flatMap((name) => fields.getAll(name))
    .flatMap((value) => value.split(','));
  const ids = values.map((value) => value.trim()).filter((value) => value !== '');
  fields.delete(param);
  fields.delete(alias);
  if (form === 'repeated') for (const id of ids) fields.append(param, id);
  else if (ids.length > 0) fields.append(param, ids.join(','));
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
