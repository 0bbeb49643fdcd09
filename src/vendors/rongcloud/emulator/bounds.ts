import type { Params, WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint, CatalogueParam } from '../../../net/catalogue.ts';
import { failure } from './failures.ts';

interface Problem {
  readonly isTooLong?: boolean;
  readonly text: string;
}

/** Flags are 0 and 1 (catalogue: encoding). */
const flags: ReadonlySet<string> = new Set([
  'isPersisted',
  'isCounted',
  'isIncludeSender',
  'contentAvailable',
  'verifyBlacklist',
  'needReadReceipt',
  'isMentioned',
  'isAdmin',
  'isDelete',
  'isDelBan',
  'isDelWhite',
  'isDelFollowed',
]);

/** `chatroom.user.query` cuts its count instead of refusing it (catalogue note). */
const cut: ReadonlySet<string> = new Set(['rongcloud.chatroom.user.query count']);

/** Bounds of single ids inside lists, whose own `max` says how many there may be. */
const idBounds: readonly (readonly [RegExp, string])[] = [
  [/^(toUserId|userIds?|blackUserId|whiteUserIds)$/, '64 bytes'],
  [/^(toGroupId|groupIds|toChatroomId)$/, '64 chars'],
];

/** Judges parameters by the catalogue's own columns: required, max, type, and the characters that a note allows. */
export function checkParams(params: Params, endpoint: CatalogueEndpoint): WireReply | undefined {
  for (const param of endpoint.params) {
    const value = params[param.name];
    if (value === undefined || (value === '' && !param.required)) continue;
    const problem = Array.isArray(value) ? judgeList(param, value) : judge(param, value, endpoint);
    if (!problem) continue;
    const code = problem.isTooLong && endpoint.errors.includes(1005) ? 1005 : 1002;
    return failure(endpoint.path, code, `${param.name} ${problem.text}`);
  }
  return undefined;
}

function judgeList(param: CatalogueParam, values: readonly unknown[]): Problem | undefined {
  const isIds = param.repeat || idBounds.some(([names]) => names.test(param.name));
  if (param.required && (values.length === 0 || (isIds && values.includes('')))) return { text: 'is required' };
  const most = countBound(param);
  if (values.length > most) return { text: `has more than ${most} values` };
  const bound = idBounds.find(([names]) => names.test(param.name))?.[1] ?? param.max;
  return values.map((value) => judgeText(param, value, bound)).find((problem) => problem !== undefined);
}

/** How many values `20 per call` or `100 ids per call` allow. */
function countBound(param: CatalogueParam): number {
  return Number(/^(\d+) (?:ids )?per call/.exec(param.max ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
}

function judge(param: CatalogueParam, value: unknown, endpoint: CatalogueEndpoint): Problem | undefined {
  if (value === '') return { text: 'is required' };
  if (param.type === 'int' || flags.has(param.name))
    return judgeNumber(param, value, cut.has(`${endpoint.id} ${param.name}`));
  if (param.type === 'long') return /^\d+$/.test(String(value)) ? undefined : { text: 'is not a whole number' };
  if (param.type === 'bool') return typeof value === 'boolean' ? undefined : { text: 'is neither true nor false' };
  if (typeof value === 'string' && value.split(',').length > countBound(param)) return { text: 'has too many values' };
  return judgeText(param, value, param.max);
}

function judgeNumber(param: CatalogueParam, value: unknown, isCut: boolean): Problem | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return { text: 'is not a whole number' };
  if (flags.has(param.name) && value > 1) return { text: 'is neither 0 nor 1' };
  const most = /^\d+$/.test(param.max ?? '') && !isCut ? Number(param.max) : Number.POSITIVE_INFINITY;
  return value > most ? { text: `is more than ${most}` } : undefined;
}

const units: Readonly<Record<string, number>> = { bytes: 1, chars: 1, KB: 1024 };

/** `64 bytes`, `32 chars`, `128 KB`, or a bare number of characters; anything else bounds no text. */
function judgeText(param: CatalogueParam, value: unknown, max = ''): Problem | undefined {
  if (typeof value !== 'string') return undefined;
  if (/letters(, digits and \+ = - _| and digits)/.test(param.note ?? '') && !/^[A-Za-z0-9+=_-]+$/.test(value)) {
    return { text: 'has characters that are not allowed' };
  }
  const [, count, unit = 'chars'] = /^(\d+)(?: (bytes|chars|KB)\b.*)?$/.exec(max) ?? [];
  if (count === undefined) return undefined;
  const length = unit === 'chars' ? value.length : Buffer.byteLength(value);
  const most = Number(count) * (units[unit] ?? 1);
  return length > most ? { isTooLong: true, text: `is longer than ${count} ${unit}` } : undefined;
}
