import type { Params, WireReply, WireRequest } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint, CatalogueParam } from '../../../net/catalogue.ts';
import { codes, envelope } from './failures.ts';
import { itemListOf } from './item-lists.ts';
import { byteLength } from './values.ts';

const newUserCodes = {
  'UserInfo[].UserId': codes.userIdTooLong,
  'UserInfo[].UserName': codes.userNameTooLong,
  'UserInfo[].UserAvatar': codes.avatarTooLong,
};

const friendCodes = {
  FriendInfos: codes.tooManyInBatch,
  'FriendInfos[].Wording': codes.remarkTooLong,
  'FriendInfos[].FriendAlias': codes.remarkTooLong,
  'FriendInfos[].Attributes': codes.friendAttributeWrong,
};

/** Codes for a bound that is passed, by parameter, where the endpoint has a code of its own. */
const ownCodes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'zim.user.register': newUserCodes,
  'zim.relation.friend.add': friendCodes,
  'zim.relation.friend.apply': friendCodes,
  'zim.relation.friend.alias.update': { 'UserIds[].FriendAlias': codes.remarkTooLong },
  'zim.bot.register': newUserCodes,
  'zim.group.create': {
    UserId: codes.tooManyMembers,
    Attributes: codes.tooManyAttributes,
    'Attributes[].Key': codes.attributeTooLong,
    'Attributes[].Value': codes.attributeTooLong,
  },
  'zim.call.invite': { UserIds: codes.tooManyCallees },
  'zim.message.peer.send': { 'MessageBody.ExtendedData': codes.messageTooLarge },
  'zim.message.group.send': { 'MessageBody.ExtendedData': codes.messageTooLarge },
  'zim.message.room.send': { 'MessageBody.ExtendedData': codes.messageTooLarge },
  'zim.message.all.push': { 'MessageBody.ExtendedData': codes.messageTooLarge },
  'zim.message.peer.import': { 'MessageBody.ExtendedData': codes.messageTooLarge },
  'zim.message.group.import': { 'MessageBody.ExtendedData': codes.messageTooLarge },
};

/** Codes for too long a list, of which an endpoint lists the one it answers. */
const listCodes: readonly number[] = [
  codes.tooManyInBatch,
  codes.tooManyUsers,
  codes.tooManyInBlocklistCall,
  codes.tooManyReceipts,
];

const isList = (type: string) => type.endsWith('[]');
const plain = (name: string) => name.replace(/\[\]$/, '');

/** The values that a parameter such as `UserInfo[].UserId` has in a call. */
function valuesAt(params: Params, name: string): unknown[] {
  let values: unknown[] = [params];
  for (const segment of name.split('.')) {
    values = values.flatMap((value): unknown[] => {
      const inner = typeof value === 'object' && value !== null ? Reflect.get(value, plain(segment)) : undefined;
      if (inner === undefined || inner === null) return [];
      return segment.endsWith('[]') && Array.isArray(inner) ? inner : [inner];
    });
  }
  return values;
}

function fits(value: unknown, type: string, isQuery: boolean): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int':
    case 'long':
      return Number.isSafeInteger(value) || (isQuery && value === '');
    case 'bool':
      return typeof value === 'boolean';
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return true;
  }
}

function listFits(value: unknown, type: string): boolean {
  const item = type.replace('[]', '');
  return Array.isArray(value) && value.every((each) => fits(each, item, false) && each !== '' && each !== null);
}

/** Whether a value is longer than the catalogue allows: more items of a list, or more bytes or characters of a text. */
function passes(value: unknown, { items, bytes, chars }: CatalogueParam): boolean {
  if (Array.isArray(value)) return items !== undefined && value.length > items;
  if (typeof value !== 'string') return false;
  if (chars !== undefined) return [...value].length > chars;
  return bytes !== undefined && byteLength(value) > bytes;
}

/** Whether a required value is there in name only. */
const isBlank = (value: unknown, param: CatalogueParam) =>
  param.required && !param.blank && (value === '' || (Array.isArray(value) && value.length === 0));

function judge(param: CatalogueParam, endpoint: CatalogueEndpoint, params: Params): number | undefined {
  const isQuery = param.in === 'query';
  const own = ownCodes[endpoint.id]?.[param.name];
  // A query list keeps its brackets in the catalogue's name: it is judged whole, then item by item.
  for (const value of valuesAt(params, isQuery ? plain(param.name) : param.name)) {
    const items = isList(param.type) || (isQuery && param.repeat) ? value : undefined;
    const isSound = [param.type, ...(param.also ?? [])].some((type) =>
      items === undefined ? fits(value, type, isQuery) : listFits(items, type),
    );
    if (!isSound || isBlank(value, param)) return codes.badParameter;
    const listCode = own ?? listCodes.find((code) => endpoint.errors.includes(code)) ?? codes.badParameter;
    if (Array.isArray(value) && passes(value, param)) return listCode;
    // A bound of single items fails them alone.
    if (itemCode(param, endpoint) !== undefined) continue;
    if (passes(value, param)) return own ?? codes.badParameter;
    if (Array.isArray(value) && value.some((each) => passes(each, param))) return codes.badParameter;
  }
  return undefined;
}

/** The code of an item whose field passes its bound: "user length limit" for an id (the pages' samples), else the field's own. */
function itemCode(param: CatalogueParam, endpoint: CatalogueEndpoint): number | undefined {
  const list = itemListOf(endpoint.id);
  if (!list || isList(param.type) !== (plain(param.name) === list.param)) return undefined;
  if (plain(param.name) === list.param || param.name === `${list.param}[].UserId`) return codes.userIdTooLong;
  return param.name.startsWith(`${list.param}[].`) ? ownCodes[endpoint.id]?.[param.name] : undefined;
}

/** The code of the first bound that an item of a bulk call passes, for its own place in the answer's list. */
export function itemProblem(item: unknown, endpoint: CatalogueEndpoint): number | undefined {
  const name = itemListOf(endpoint.id)?.param ?? '';
  for (const param of endpoint.params) {
    const code = itemCode(param, endpoint);
    const values = plain(param.name) === name ? [item] : valuesAt({ [name]: [item] }, param.name);
    if (code !== undefined && values.some((value) => passes(value, param))) return code;
  }
  return undefined;
}

/** Lists in a query are spelled `UserId[]=a`, also percent-encoded; the bare name is not understood (catalogue: encoding). */
const isUnspelled = (param: CatalogueParam, request: WireRequest) =>
  param.in === 'query' && param.name.endsWith('[]') && request.query.has(plain(param.name));

/** Refuses what the catalogue's types and ceilings do not allow; ceilings of `Limit` are corrected elsewhere. */
export function checkParams(params: Params, endpoint: CatalogueEndpoint, request: WireRequest): WireReply | undefined {
  for (const param of endpoint.params) {
    const code = isUnspelled(param, request) ? codes.badParameter : judge(param, endpoint, params);
    if (code !== undefined) return envelope(code);
  }
  return undefined;
}
