import { AppError } from '../../../errors.ts';
import type { CallbackRequest } from '../../vendor.ts';
import { asObject, type JsonObject, tryJson } from '../json.ts';

/** A callback's body: one thing told, or several. */
export interface CallbackBody {
  readonly encoding: 'form' | 'json';
  readonly isList: boolean;
  readonly items: readonly JsonObject[];
}

/** Parses a form, where the last of repeated names wins, or JSON. Throws `BAD_USER_INPUT` for a body that is neither. */
export function parseBody({ body, headers }: CallbackRequest): CallbackBody {
  const isJson = /json/i.test(headers['content-type'] ?? '') || /^\s*[[{]/.test(body);
  if (!isJson) return parseForm(body);
  const json = tryJson(body);
  if (typeof json !== 'object' || json === null) throw malformed();
  const isList = Array.isArray(json);
  return { encoding: 'json', isList, items: isList ? json.map(asObject) : [asObject(json)] };
}

function parseForm(body: string): CallbackBody {
  if (!body.includes('=')) throw malformed();
  return { encoding: 'form', isList: false, items: [Object.fromEntries(new URLSearchParams(body))] };
}

const malformed = () => new AppError('BAD_USER_INPUT', 'The body is neither a form nor JSON.');
