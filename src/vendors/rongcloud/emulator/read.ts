import type { Params } from '../../../emulator/wire.ts';

/** A parameter as text; the fallback when it was not sent. */
export function text(params: Params, name: string, fallback = ''): string {
  const value = params[name];
  return value === undefined ? fallback : String(value);
}

/** A list parameter; empty when it was not sent, a single value as a list of one. */
export function texts(params: Params, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** A whole number whose form was checked before; the fallback when it was not sent or is empty. */
export function int(params: Params, name: string, fallback: number): number {
  const value = params[name];
  return value === undefined || value === '' ? fallback : Number(value);
}

/** Whether a flag (1) or a bool (true) is set. */
export function isOn(params: Params, name: string): boolean {
  return params[name] === true || params[name] === 1;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object written as JSON text in one parameter; undefined when the text is anything else. */
export function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    // Not JSON: the caller answers with the vendor's refusal.
    return undefined;
  }
}
