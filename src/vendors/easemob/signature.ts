import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { checkCallbackTime, RefusedCallback } from '../../domain/callback-refusal.ts';
import type { CallbackRequest, VerifiedCallback } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { bodyIfJson } from './callbacks/body.ts';
import { idOf } from './callbacks/name.ts';

/** The timestamp is a JSON number of 13 digits: Unix milliseconds. */
const signedSchema = z.object({
  callId: z.string().min(1),
  timestamp: z.int().min(1_000_000_000_000).max(9_999_999_999_999),
  security: z.string().regex(/^[0-9a-f]{32}$/),
});

/** MD5 over callId, secret and timestamp with nothing between them, in lower-case hex (easemob.yaml, callbacks). */
export function securityOf(callId: string, secret: string, timestamp: number): string {
  return createHash('md5').update(`${callId}${secret}${timestamp}`, 'utf8').digest('hex');
}

/**
 * The callbacks that the vendor does not sign in any edition of its documents, and the result of a push, whose example of a
 * success has no signature: only the path's token speaks for them. One that carries a signature has to carry a good one.
 */
export const unsignedCallbacks: ReadonlySet<string> = new Set([
  'easemob.callback.reaction',
  'easemob.callback.thread',
  'easemob.callback.push.result',
]);

const unsignedSchema = signedSchema.pick({ timestamp: true }).extend({ security: z.undefined().optional() });

/**
 * Checks a callback's `security` against each of the app's secrets, and that its time is at most five minutes ahead of `now`
 * and not older than the app's configuration allows.
 * The signature does not cover the body. Throws `UNAUTHENTICATED`, also for callbacks that come without a signature, unless they
 * are of those that never have one.
 */
export function verify(request: CallbackRequest, config: Config, now: number): VerifiedCallback {
  // Malformed is not authenticated; the schemas refuse undefined.
  const { json, body } = bodyIfJson(request);
  const unsigned = unsignedSchema.safeParse(json);
  if (unsigned.success && body && unsignedCallbacks.has(idOf(body) ?? '')) {
    checkCallbackTime(unsigned.data.timestamp, now, config.callbackMaxAgeSeconds * 1000);
    return { signature: createHash('sha256').update(request.body).digest('hex'), isUnsigned: true };
  }
  const signed = signedSchema.safeParse(json);
  if (!signed.success) throw new RefusedCallback('SIGNATURE', 'The callback has no signature of the right form.');
  const { callId, timestamp, security } = signed.data;
  const secrets = typeof config.callbackSecret === 'string' ? [config.callbackSecret] : config.callbackSecret;
  const given = Buffer.from(security, 'latin1');
  // All secrets are tried, so that the time taken does not tell which one fits.
  const fitting = secrets.filter((secret) => {
    const expected = Buffer.from(securityOf(callId, secret, timestamp), 'latin1');
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (fitting.length === 0) throw new RefusedCallback('SIGNATURE', "The callback's signature does not fit.");
  checkCallbackTime(timestamp, now, config.callbackMaxAgeSeconds * 1000);
  return { signature: security };
}
