import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hostsOf } from '../../src/vendors/rongcloud/app-config.ts';
import { authHeaders, signatureOf } from '../../src/vendors/rongcloud/auth.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import { parseLocalTime, parseMillis } from '../../src/vendors/rongcloud/time.ts';
import { FakeClock } from '../support/fake-clock.ts';

const given = { appKey: 'key', appSecret: 'secret', region: 'cn' };
const config = rongcloud.config.parse(given);

describe('the signature', () => {
  test('is the SHA-1 of secret, nonce and timestamp in that order, as lower-case hex', () => {
    // Worked with `printf 'secret143141408710653491' | sha1sum`.
    const expected = createHash('sha1').update('secret143141408710653491').digest('hex');
    expect(signatureOf('secret', '14314', '1408710653491')).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{40}$/);
  });

  test('travels in four headers, with milliseconds and a nonce of at most 18 characters', () => {
    const headers = authHeaders(config, new FakeClock(1_700_000_000_000));
    expect(headers).toMatchObject({ 'App-Key': 'key', Timestamp: '1700000000000' });
    expect(headers['Nonce']).toMatch(/^[0-9a-f]{16}$/);
    expect(headers['Signature']).toBe(signatureOf('secret', headers['Nonce'] ?? '', '1700000000000'));
    expect(headers['X-Request-ID']).toHaveLength(36);
  });

  test('has another nonce for every attempt', () => {
    const clock = new FakeClock();
    expect(authHeaders(config, clock)['Nonce']).not.toBe(authHeaders(config, clock)['Nonce']);
  });

  test('is made with the first of several secrets', () => {
    const rotating = rongcloud.config.parse({ ...given, appSecret: ['new', 'old'] });
    const headers = authHeaders(rotating, new FakeClock(1_700_000_000_000), '1');
    expect(headers['Signature']).toBe(signatureOf('new', '1', '1700000000000'));
  });
});

describe('the configuration', () => {
  test('is plain groups, plain profiles and current paths when nothing is said', () => {
    expect(config).toEqual({
      appKey: 'key',
      appSecret: ['secret'],
      region: 'cn',
      groups: 'plain',
      profiles: 'plain',
      paths: 'current',
      systemUser: '__system__',
    });
  });

  test('takes profiles to be kept as groups are', () => {
    expect(rongcloud.config.parse({ ...given, groups: 'hosted' })).toMatchObject({ profiles: 'hosted' });
    expect(rongcloud.config.parse({ ...given, groups: 'hosted', profiles: 'plain' })).toMatchObject({
      profiles: 'plain',
    });
  });

  test.each([
    ['no key', { ...given, appKey: '' }],
    ['no secret', { ...given, appSecret: [] }],
    ['an unknown region', { ...given, region: 'mars' }],
    ['a misspelt field', { ...given, appsecret: 'x' }],
    ['a system user beyond 64 characters', { ...given, systemUser: 'x'.repeat(65) }],
  ])('refuses %s', (_, wrong) => {
    expect(rongcloud.config.safeParse(wrong).success).toBe(false);
  });

  test('names the secret that is never printed', () => {
    expect(rongcloud.secrets).toEqual(['appSecret']);
  });

  test.each([
    ['cn', 'rong-api.com'],
    ['sg', 'sg-light-api.com'],
    ['sg-b', 'sg-b-light-api.com'],
    ['us', 'us-light-api.com'],
    ['sau', 'sau-light-api.com'],
  ] as const)('of region %s leads to its host and the backup', (region, domain) => {
    expect(hostsOf(region)).toEqual([`https://api.${domain}`, `https://api-b.${domain}`]);
  });
});

describe('times', () => {
  test('are Beijing time in the Chinese data centre and UTC elsewhere', () => {
    expect(parseLocalTime('2019-01-02 03:04:05', 'cn')?.toISOString()).toBe('2019-01-01T19:04:05.000Z');
    expect(parseLocalTime('2014-01-01 1:1:1', 'cn')?.toISOString()).toBe('2013-12-31T17:01:01.000Z');
    expect(parseLocalTime('2019-01-02 03:04:05', 'sg')?.toISOString()).toBe('2019-01-02T03:04:05.000Z');
  });

  test.each([
    ['1700000000000', 1_700_000_000_000],
    [1_700_000_000_000, 1_700_000_000_000],
    ['', null],
    ['soon', null],
    [null, null],
    [0, null],
  ])('%s are milliseconds or nothing', (value, expected) => {
    expect(parseMillis(value)?.getTime() ?? null).toBe(expected);
    expect(parseLocalTime(value, 'cn')?.getTime() ?? null).toBe(expected);
  });
});
