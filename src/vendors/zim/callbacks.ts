import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { checkCallbackTime, RefusedCallback } from '../../domain/callback-refusal.ts';
import { AppError } from '../../errors.ts';
import type { CallbackContract } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { bodyOf } from './callbacks/body.ts';
import { decisions, noOpinion } from './callbacks/decision.ts';
import { readCallback } from './callbacks/read.ts';

/**
 * The signature of a callback: `lowerhex(sha1(secret, timestamp and nonce, sorted as texts and joined))`
 * (catalogue: callbacks). The rest of the body is not covered.
 */
export function signCallback(secret: string, timestamp: string, nonce: string): string {
  const sorted = [secret, timestamp, nonce].map((text) => Buffer.from(text, 'utf8')).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex');
}

const literal = z.union([z.string(), z.number().int()]).transform(String);

const signedSchema = z.object({
  event: z.string().max(64).optional(),
  signature: z.string().regex(/^[0-9a-f]{40}$/),
  timestamp: literal.pipe(z.string().regex(/^(\d{10}|\d{13})$/)),
  nonce: literal.pipe(z.string().min(1).max(64)),
});

/** The events whose time the vendor documents in milliseconds, while its samples have seconds (catalogue: quirks). */
const inMilliseconds = /^(room|group)_/;

/** How this vendor's callbacks are told true and read. */
export const callbacks: CallbackContract<Config> = {
  // A random number goes into each; the vendor's own samples of callbacks have 19 digits.
  signatures: 'unique',

  verify(request, { callbackSecret }, now) {
    const parsed = signedSchema.safeParse(bodyOf(request));
    if (!parsed.success) throw new RefusedCallback('SIGNATURE', 'The callback has no signature of the right form.');
    const { event = '', signature, timestamp, nonce } = parsed.data;
    const isLong = timestamp.length === 13;
    const sentAt = Number(timestamp) * (isLong ? 1 : 1000);
    const given = Buffer.from(signature, 'latin1');
    // All secrets are tried, whichever fits, so that the time tells nothing.
    const fitting = callbackSecret.filter((secret) =>
      timingSafeEqual(Buffer.from(signCallback(secret, timestamp, nonce), 'latin1'), given),
    );
    if (fitting.length === 0) throw new RefusedCallback('SIGNATURE', "The callback's signature does not fit.");
    if (isLong && !inMilliseconds.test(event))
      throw new RefusedCallback('SIGNATURE', "The callback's time has more digits than its event is sent with.");
    checkCallbackTime(sentAt, now);
    return { signature };
  },

  read(request, config) {
    const body = bodyOf(request);
    if (!body) throw new AppError('BAD_USER_INPUT', 'The body is no callback of this vendor.');
    return readCallback(body, config);
  },

  acknowledgement: noOpinion,
  decisions,
};
