import { createHash, randomBytes } from 'node:crypto';
import type { PlainRequest } from '../../net/encode.ts';
import type { Config } from './app-config.ts';

/**
 * The signature of a request: `lowerhex(md5(AppId + SignatureNonce + ServerSecret + Timestamp))` (catalogue: auth).
 * `timestamp` is in seconds. Neither the action nor its parameters are covered.
 */
export function sign(appId: string, nonce: string, serverSecret: string, timestamp: string): string {
  return createHash('md5').update(`${appId}${nonce}${serverSecret}${timestamp}`, 'utf8').digest('hex');
}

/** Adds the five parameters that authenticate a request; `now` is in milliseconds since the epoch. */
export function authorize(
  request: PlainRequest,
  { appId, serverSecret }: Pick<Config, 'appId' | 'serverSecret'>,
  now: number,
  nonce: string = randomBytes(8).toString('hex'),
): PlainRequest {
  const timestamp = String(Math.floor(now / 1000));
  const signed: readonly (readonly [string, string])[] = [
    ['AppId', appId],
    ['SignatureNonce', nonce],
    ['Timestamp', timestamp],
    ['SignatureVersion', '2.0'],
    ['Signature', sign(appId, nonce, serverSecret, timestamp)],
  ];
  return { ...request, query: [...request.query, ...signed] };
}
