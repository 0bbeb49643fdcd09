import { timingSafeEqual } from 'node:crypto';
import { checkCallbackTime, RefusedCallback } from '../../domain/callback-refusal.ts';
import type { CallbackContract, CallbackRequest, VerifiedCallback } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { signatureOf } from './auth.ts';
import { decisions, pass } from './callbacks/decision.ts';
import { readCallback } from './callbacks/read.ts';
import { signedMillis } from './time.ts';

/** Milliseconds, or seconds as the vendor's public demo prints. No other length: the digest fits any split of nonce and timestamp. */
const moment = /^(\d{10}|\d{13})$/;
const digest = /^[0-9a-f]{40}$/;
const nonceText = /^[\x21-\x7e]{1,128}$/;

/** How the vendor's callbacks are told true and read (docs: "Callback signature"; the catalogue's `callbacks`). */
export const callbacks: CallbackContract<Config> = {
  // A random number and the millisecond go into each, and stand in the query, which access logs of proxies show.
  signatures: 'unique',
  headers: ['app-key', 'nonce', 'timestamp', 'signature'],
  verify,
  read: readCallback,
  // Its callbacks of groups are those of profile hosting (catalogue: rongcloud.callback.group.operation).
  untoldSpaces: ({ groups }) => (groups === 'plain' ? ['group'] : []),
  acknowledgement: pass,
  decisions,
};

/** Everything a request says about who sent it; the audit callback alone says it in headers. */
interface Claim {
  readonly appKey: string | undefined;
  readonly nonce: string;
  readonly timestamp: string;
  readonly signature: string;
}

function verify(request: CallbackRequest, config: Config, now: number): VerifiedCallback {
  const claim = claimOf(request);
  if (!claim || !moment.test(claim.timestamp) || isOtherwiseSplit(claim, now) || !nonceText.test(claim.nonce))
    throw new RefusedCallback('SIGNATURE', 'The callback has no signature of the right form.');
  if (claim.appKey !== undefined && claim.appKey !== config.appKey)
    throw new RefusedCallback('SIGNATURE', 'The callback names another app key.');
  if (!isSigned(claim, config)) throw new RefusedCallback('SIGNATURE', "The callback's signature does not fit.");
  checkCallbackTime(signedMillis(claim.timestamp), now);
  return { signature: claim.signature };
}

/** As long ago a signature may have been seen that is used again with another split. */
const remembered = 400 * 24 * 3600 * 1000;

/** Whether seconds may be the last ten digits of older milliseconds, whose first three would stand at the end of the nonce. */
function isOtherwiseSplit({ nonce, timestamp }: Claim, now: number): boolean {
  const head = /\d{3}$/.exec(nonce)?.[0];
  if (timestamp.length !== 10 || head === undefined) return false;
  const older = Number(`${head}${timestamp}`);
  return older <= now && older > now - remembered;
}

/** Every secret is tried, so that the time taken does not tell which one it was. */
function isSigned({ nonce, timestamp, signature }: Claim, { appSecret }: Config): boolean {
  if (!digest.test(signature)) return false;
  const given = Buffer.from(signature, 'latin1');
  const matches = appSecret.map((secret) =>
    timingSafeEqual(Buffer.from(signatureOf(secret, nonce, timestamp), 'latin1'), given),
  );
  return matches.includes(true);
}

function claimOf({ query, headers }: CallbackRequest): Claim | undefined {
  if (!query.has('signature')) {
    const { nonce, timestamp, signature } = headers;
    if (nonce === undefined || timestamp === undefined || signature === undefined) return undefined;
    return { appKey: headers['app-key'], nonce, timestamp, signature };
  }
  const names = ['appKey', 'nonce', 'timestamp', 'signTimestamp', 'signature'];
  if (names.some((name) => query.getAll(name).length > 1)) return undefined;
  return {
    appKey: query.get('appKey') ?? undefined,
    nonce: query.get('nonce') ?? '',
    // Deployments from before 2022 have the older name.
    timestamp: query.get('timestamp') ?? query.get('signTimestamp') ?? '',
    signature: query.get('signature') ?? '',
  };
}
