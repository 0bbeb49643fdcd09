import { createCipheriv, randomBytes, randomInt } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Config } from './app-config.ts';

/**
 * As long as a token lasts when nothing is said, and at most, in seconds. The vendor leaves both to us; its clients may
 * want less than the most, which is what fits the claims of all its libraries.
 */
export const tokenSeconds = { usual: 86_400, most: 2 ** 31 - 1 } as const;

const cipherOf: Readonly<Record<number, string>> = { 16: 'aes-128-cbc', 24: 'aes-192-cbc', 32: 'aes-256-cbc' };

/**
 * Signs a user's token of version 04, as the vendor's `zego_server_assistant` does:
 * `04` + base64(expiry as int64, length and bytes of the IV, length and bytes of the AES-CBC text of the claims), numbers in
 * network order and lengths as uint16. Throws `VENDOR_MISCONFIGURED` when the secret is no AES key.
 */
export function makeToken(
  userId: string,
  { appId, serverSecret }: Pick<Config, 'appId' | 'serverSecret'>,
  issuedAt: number,
  ttlSeconds: number,
): string {
  const key = Buffer.from(serverSecret, 'utf8');
  const cipherName = cipherOf[key.length];
  if (!cipherName) {
    throw new AppError('VENDOR_MISCONFIGURED', 'Tokens need the ServerSecret of the console, which has 32 characters.');
  }
  const ctime = Math.floor(issuedAt / 1000);
  const expire = ctime + ttlSeconds;
  const claims = {
    app_id: Number(appId),
    user_id: userId,
    nonce: randomInt(2 ** 31),
    ctime,
    expire,
    payload: '',
  };
  // The vendor's libraries take the IV from printable characters, and one of them carries it as a string.
  const iv = Buffer.from(randomBytes(8).toString('hex'), 'latin1');
  const cipher = createCipheriv(cipherName, key, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()]);
  const expiry = Buffer.alloc(8);
  expiry.writeBigInt64BE(BigInt(expire));
  return `04${Buffer.concat([expiry, withLength(iv), withLength(sealed)]).toString('base64')}`;
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
