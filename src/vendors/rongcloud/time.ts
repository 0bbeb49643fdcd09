import type { Region } from './app-config.ts';

/** Also without leading zeros: `2014-01-01 1:1:1` (docs: the sample of `/user/info.json`). */
const localTime = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})/;
const beijingAheadMs = 8 * 60 * 60 * 1000;

/**
 * A date-time text such as `2019-01-02 03:04:05`: Beijing time in the Chinese data centre, UTC in the others.
 * Digits are milliseconds. Null for anything else.
 */
export function parseLocalTime(text: string | number | null | undefined, region: Region): Date | null {
  if (text === undefined || text === null) return null;
  const digits = parseMillis(text);
  if (digits) return digits;
  const match = localTime.exec(String(text));
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(region === 'cn' ? asUtc - beijingAheadMs : asUtc);
}

/** Milliseconds as a number or digits; null for anything else, and for 0. */
export function parseMillis(value: unknown): Date | null {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value));
  const time = isNumber ? Number(value) : 0;
  return time > 0 && time <= 8.64e15 ? new Date(time) : null;
}

/** The time of a signature in milliseconds; ten digits are seconds. */
export const signedMillis = (digits: string): number => Number(digits) * (digits.length === 10 ? 1000 : 1);
