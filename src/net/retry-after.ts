import type { Answer } from './wire.ts';

/**
 * What an answer's `Retry-After` asks for, in milliseconds: seconds, or a date, which is read against the answer's own `Date` where
 * it has one, so that the machines' clocks need not agree. Undefined where there is none that can be read.
 */
export function retryAfterMs({ headers }: Answer, now: number): number | undefined {
  const given = textOf(headers['retry-after'])?.trim();
  if (!given) return undefined;
  if (/^\d{1,10}$/.test(given)) return Number(given) * 1000;
  const moment = Date.parse(given);
  if (Number.isNaN(moment) || !/[a-z]{3}/i.test(given)) return undefined;
  const sentAt = Date.parse(textOf(headers['date']) ?? '');
  return Math.max(0, moment - (Number.isNaN(sentAt) ? now : sentAt));
}

const textOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : value?.[0]);
