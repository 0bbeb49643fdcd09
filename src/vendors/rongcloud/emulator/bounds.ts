import type { Params, WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint, CatalogueParam } from '../../../net/catalogue.ts';
import { failureOf } from './failures.ts';

interface Problem {
  readonly isTooLong?: boolean;
  readonly text: string;
}

/** `chatroom.user.query` cuts its count instead of refusing it (catalogue note). */
const cut: ReadonlySet<string> = new Set(['rongcloud.chatroom.user.query count']);

/** Judges parameters by the catalogue's own columns: required, max, type, and the characters that a note allows. */
export function checkParams(params: Params, endpoint: CatalogueEndpoint): WireReply | undefined {
  for (const param of endpoint.params) {
    const value = params[param.name];
    if (value === undefined || (value === '' && !param.required)) continue;
    const problem = Array.isArray(value) ? judgeList(param, value) : judge(param, value, endpoint);
    if (!problem) continue;
    const code = problem.isTooLong && endpoint.errors.includes(1005) ? 1005 : 1002;
    return failureOf(endpoint, code, `${param.name} ${problem.text}`);
  }
  return undefined;
}

function judgeList(param: CatalogueParam, values: readonly unknown[]): Problem | undefined {
  if (param.required && (values.length === 0 || (!param.blank && values.includes('')))) return { text: 'is required' };
  if (values.length > mostItems(param)) return { text: `has more than ${param.items} values` };
  return values.map((value) => judgeText(param, value)).find((problem) => problem !== undefined);
}

const mostItems = ({ items = Number.POSITIVE_INFINITY }: CatalogueParam) => items;

function judge(param: CatalogueParam, value: unknown, endpoint: CatalogueEndpoint): Problem | undefined {
  if (value === '') return { text: 'is required' };
  if (param.type === 'int') return judgeNumber(param, value, cut.has(`${endpoint.id} ${param.name}`));
  if (param.type === 'long') return /^\d+$/.test(String(value)) ? undefined : { text: 'is not a whole number' };
  if (param.type === 'bool') return typeof value === 'boolean' ? undefined : { text: 'is neither true nor false' };
  // One text of many values, joined by commas.
  if (param.type === 'string' && param.items !== undefined) return judgeList(param, String(value).split(','));
  return judgeText(param, value);
}

function judgeNumber({ values, max, min = 0 }: CatalogueParam, value: unknown, isCut: boolean): Problem | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return { text: 'is not a whole number' };
  if (values && !values.includes(value)) return { text: `is not one of ${values.join(', ')}` };
  if (isCut) return undefined;
  if (value < min) return { text: `is less than ${min}` };
  return max !== undefined && value > max ? { text: `is more than ${max}` } : undefined;
}

function judgeText({ bytes, chars, note = '' }: CatalogueParam, value: unknown): Problem | undefined {
  if (typeof value !== 'string') return undefined;
  if (/letters(, digits and \+ = - _| and digits)/.test(note) && !/^[A-Za-z0-9+=_-]+$/.test(value))
    return { text: 'has characters that are not allowed' };
  if (bytes !== undefined && Buffer.byteLength(value) > bytes)
    return { isTooLong: true, text: `is longer than ${bytes} bytes` };
  if (chars !== undefined && value.length > chars) return { isTooLong: true, text: `is longer than ${chars} chars` };
  return undefined;
}
