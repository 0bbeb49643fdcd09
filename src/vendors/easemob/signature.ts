import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { parseJson } from '../../net/json.ts';
import type { CallbackRequest, VerifiedCallback } from '../vendor.ts';
import type { Config } from './app-config.ts';

/** How far the vendor's clock may be ahead of ours. */
const maxSkewMs = 300_000;

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
 * Checks a callback's `security` against each of the app's secrets, and that its time is at most five minutes ahead of `now`
 * and not older than the app's configuration allows.
 * The signature does not cover the body. Throws `UNAUTHENTICATED`, also for callbacks that come without a signature.
 */
export function verify(request: CallbackRequest, config: Config, now: number): VerifiedCallback {
  const signed = signedSchema.safeParse(bodyOf(request));
  if (!signed.success) throw new AppError('UNAUTHENTICATED', 'The callback carries no good signature.');
  const { callId, timestamp, security } = signed.data;
  const secrets = typeof config.callbackSecret === 'string' ? [config.callbackSecret] : config.callbackSecret;
  const given = Buffer.from(security, 'latin1');
  // All secrets are tried, so that the time taken does not tell which one fits.
  const fitting = secrets.filter((secret) => {
    const expected = Buffer.from(securityOf(callId, secret, timestamp), 'latin1');
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (fitting.length === 0) throw new AppError('UNAUTHENTICATED', "The callback's signature does not fit.");
  if (timestamp > now + maxSkewMs || timestamp < now - config.callbackMaxAgeSeconds * 1000)
    throw new AppError('UNAUTHENTICATED', 'The callback is too old or too new.');
  return { signature: security };
}

function bodyOf({ body }: CallbackRequest): unknown {
  try {
    return parseJson(body);
  } catch {
    // Malformed is not authenticated; the schema refuses undefined.
    return undefined;
  }
}
