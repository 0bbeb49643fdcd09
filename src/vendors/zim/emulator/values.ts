import type { Params } from '../../../emulator/wire.ts';
import { codes, fail } from './failures.ts';

/** Narrows a decoded JSON value to an object; anything else is an empty one. */
export function object(value: unknown): Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Params) : {};
}

/** A text that may be missing. */
export function optionalText(params: Params, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text, empty when missing. Wrong types were refused before (`bounds.ts`). */
export function text(params: Params, name: string): string {
  return optionalText(params, name) ?? '';
}

/** A whole number; undefined when it is missing or an empty text. */
export function whole(params: Params, name: string): number | undefined {
  const value = params[name];
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isInteger(number) ? number : undefined;
}

/** A time given by the caller, now when 0 or absent. */
export function pastTime(params: Params, name: string, now: number): number {
  const time = whole(params, name) || now;
  return time > now ? fail(codes.timeInFuture) : time;
}

/** A list of texts, each once, in the order given. */
export function texts(params: Params, name: string): string[] {
  const value = params[name];
  return Array.isArray(value) ? [...new Set(value.map(String))] : [];
}

/** A list of whole numbers, each once. */
export function wholes(params: Params, name: string): number[] {
  const value = params[name];
  return Array.isArray(value) ? [...new Set(value.map(Number))] : [];
}

/** A list of objects. */
export function objects(params: Params, name: string): Params[] {
  const value = params[name];
  return Array.isArray(value) ? value.map(object) : [];
}

/** Length as the vendor counts it: bytes of UTF-8. */
export const byteLength = (value: string): number => Buffer.byteLength(value, 'utf8');
