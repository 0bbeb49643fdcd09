import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { configSchema, hostsOf } from '../../src/vendors/zim/app-config.ts';
import { authorize, sign } from '../../src/vendors/zim/auth.ts';
import { makeToken } from '../../src/vendors/zim/token.ts';

describe('the signature of a request', () => {
  const credentials = { appId: '1001', serverSecret: 'emulator-server-secret' };

  test('is the worked example of the catalogue', () => {
    const signature = sign('1001', '0f1e2d3c4b5a6978', credentials.serverSecret, '1700000000');
    expect(signature).toBe('cfe89cb29d84c4dd2b4e585b40dd6af4');
  });

  test('stands in the query behind what is asked, with the nonce and the seconds that were hashed', () => {
    const plain = { method: 'GET', path: '/', query: [['Action', 'X']], headers: {}, body: undefined } as const;
    const signed = authorize(plain, credentials, 1_700_000_000_999, '0f1e2d3c4b5a6978');
    expect(signed).toEqual({
      ...plain,
      query: [
        ['Action', 'X'],
        ['AppId', '1001'],
        ['SignatureNonce', '0f1e2d3c4b5a6978'],
        ['Timestamp', '1700000000'],
        ['SignatureVersion', '2.0'],
        ['Signature', 'cfe89cb29d84c4dd2b4e585b40dd6af4'],
      ],
    });
  });

  test('has a nonce of 16 hexadecimal characters that never comes twice', () => {
    const plain = { method: 'GET', path: '/', query: [], headers: {}, body: undefined };
    const nonces = Array.from({ length: 50 }, () =>
      new Map(authorize(plain, credentials, 0).query).get('SignatureNonce'),
    );
    expect(new Set(nonces).size).toBe(50);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('a token of version 04', () => {
  /** Takes a token apart as the vendor's servers must: by the lengths it holds. */
  function open(token: string, secret: string) {
    const bytes = Buffer.from(token.slice(2), 'base64');
    const ivLength = bytes.readUInt16BE(8);
    const iv = bytes.subarray(10, 10 + ivLength);
    const sealedLength = bytes.readUInt16BE(10 + ivLength);
    const sealed = bytes.subarray(12 + ivLength);
    const cipher = createDecipheriv(`aes-${secret.length * 8}-cbc`, secret, iv);
    const claims = JSON.parse(Buffer.concat([cipher.update(sealed), cipher.final()]).toString('utf8'));
    return { version: token.slice(0, 2), expiry: Number(bytes.readBigInt64BE(0)), iv, sealedLength, sealed, claims };
  }

  test.each([16, 24, 32])('opens with a secret of %i characters and says who, for which app and how long', (length) => {
    const secret = 'abcdefghijklmnopqrstuvwxyz012345'.slice(0, length);
    const token = makeToken('al#ice ü', { appId: '4294967295', serverSecret: secret }, 1_700_000_000_500, 3600);
    const opened = open(token, secret);
    expect(opened.version).toBe('04');
    expect(opened.expiry).toBe(1_700_003_600);
    expect(opened.iv.toString('latin1')).toMatch(/^[0-9a-z]{16}$/);
    expect(opened.sealed).toHaveLength(opened.sealedLength);
    expect(opened.claims).toEqual({
      app_id: 4_294_967_295,
      user_id: 'al#ice ü',
      nonce: expect.any(Number),
      ctime: 1_700_000_000,
      expire: 1_700_003_600,
      payload: '',
    });
  });

  test('cannot be made with a secret that is no AES key', () => {
    expect(() => makeToken('alice', { appId: '1', serverSecret: 'short' }, 0, 60)).toThrow(AppError);
  });
});

describe('the configuration', () => {
  const serverSecret = 's'.repeat(32);

  test('takes the app id as number or digits, one callback secret or several, and has defaults', () => {
    const secrets = { serverSecret, callbackSecret: 'c' };
    const expected = {
      appId: '1001',
      serverSecret,
      callbackSecret: ['c'],
      region: 'unified',
      systemUser: 'administrator',
    };
    expect(configSchema.parse({ appId: 1001, ...secrets })).toEqual(expected);
    expect(configSchema.parse({ appId: '1001', ...secrets })).toEqual(expected);
    expect(configSchema.parse({ appId: 1, serverSecret, callbackSecret: ['a', 'b'] })).toMatchObject({
      callbackSecret: ['a', 'b'],
    });
    expect(configSchema.parse({ appId: 1, serverSecret }).callbackSecret).toEqual([]);
  });

  test.each([
    { appId: 0, serverSecret },
    { appId: 2 ** 32, serverSecret },
    { appId: '12a', serverSecret },
    { appId: 1.5, serverSecret },
    { appId: 1, serverSecret: '' },
    { appId: 1, serverSecret: 's'.repeat(16) },
    { appId: 1, serverSecret: 'ß'.repeat(32) },
    { appId: 1, serverSecret, region: 'mars' },
    { appId: 1, serverSecret, callbackSecret: [''] },
    { appId: 1, serverSecret, secret: 's' },
  ])('refuses %j', (config) => {
    expect(configSchema.safeParse(config).success).toBe(false);
  });

  test('names the host of the region, then the one for any region', () => {
    expect(hostsOf('fra')).toEqual(['https://zim-api-fra.zego.im', 'https://zim-api.zego.im']);
    expect(hostsOf('unified')).toEqual(['https://zim-api.zego.im']);
  });
});
