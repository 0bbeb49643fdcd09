import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Config } from './app-config.ts';

/**
 * The signature of calls and callbacks alike: the SHA-1 of secret, nonce and timestamp, without anything between them,
 * as lower-case hex. Neither path nor body is signed. (The catalogue's `auth`; docs: "API signature rule".)
 */
export const signatureOf = (secret: string, nonce: string, timestamp: string): string =>
  createHash('sha1').update(`${secret}${nonce}${timestamp}`).digest('hex');

/** The headers that authenticate one attempt. Takes a nonce for tests; makes 16 characters of the 18 allowed. */
export function authHeaders(
  config: Config,
  clock: Clock,
  nonce = randomBytes(8).toString('hex'),
): Record<string, string> {
  const [secret = ''] = config.appSecret;
  const timestamp = String(clock.now());
  return {
    'App-Key': config.appKey,
    Nonce: nonce,
    Timestamp: timestamp,
    Signature: signatureOf(secret, nonce, timestamp),
    'X-Request-ID': randomUUID(),
  };
}
