import { perRequest } from '../../per-request.ts';
import { asObject, type JsonObject, tryJson } from '../json.ts';

/** A callback's body: one thing told, or several. */
export interface CallbackBody {
  readonly encoding: 'form' | 'json';
  readonly items: readonly JsonObject[];
}

/** Parses a form, where the last of repeated names wins unless it is a list's, or JSON; undefined for a body that is neither. */
export const bodyOf = perRequest(({ body, headers }): CallbackBody | undefined => {
  const isJson = /json/i.test(headers['content-type'] ?? '') || /^\s*[[{]/.test(body);
  if (!isJson) return formIn(body);
  const json = tryJson(body);
  if (typeof json !== 'object' || json === null) return undefined;
  return { encoding: 'json', items: Array.isArray(json) ? json.map(asObject) : [asObject(json)] };
});

function formIn(body: string): CallbackBody | undefined {
  if (!body.includes('=')) return undefined;
  const fields = new URLSearchParams(body);
  const lists = listNames.filter((name) => fields.has(name)).map((name) => [name, fields.getAll(name)]);
  return { encoding: 'form', items: [{ ...Object.fromEntries(fields), ...Object.fromEntries(lists) }] };
}

/** Names of lists, which a form repeats (catalogue: rongcloud.callback.message.sync). */
const listNames = ['groupUserIds'];
