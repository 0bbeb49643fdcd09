import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { networksOf, readAddress, siteOf } from '../../src/networks.ts';
import { remoteAddress } from '../../src/server/remote-address.ts';
import { Holding, Share } from '../../src/server/share.ts';

/** A request as a socket from that address would carry it. */
function requestFrom(address: string, forwardedFor?: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: address });
  return Object.assign(new IncomingMessage(socket), {
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
  });
}

describe('the address of a caller', () => {
  const proxies = networksOf(['10.0.0.0/8', '::1']);

  it.each([
    ['the socket that is no trusted proxy', '203.0.113.1', '1.2.3.4', '203.0.113.1'],
    ['the last address that is no trusted proxy', '::ffff:10.0.0.1', 'evil, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['the proxy itself where nothing is forwarded', '10.0.0.1', undefined, '10.0.0.1'],
    ['the proxy itself where no address is forwarded', '::1', 'not an address', '::1'],
    ['IPv4 with a port, as Azure writes it', '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['IPv6 in brackets with a port', '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['IPv6 in brackets', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['IPv6 without brackets', '10.0.0.1', '2001:db8::1', '2001:db8::1'],
    ['behind several proxies with ports', '10.0.0.1', '203.0.113.9:1, 10.1.1.1:2, [::1]:3', '203.0.113.9'],
    ['IPv4 mapped into IPv6, with a port', '10.0.0.1', '[::ffff:203.0.113.9]:1', '203.0.113.9'],
  ])('is %s', (_title, socket, forwardedFor, expected) => {
    expect(remoteAddress(requestFrom(socket, forwardedFor), proxies)).toBe(expected);
  });

  it.each([
    '203.0.113.9:',
    '203.0.113.9:123456',
    '203.0.113.9:1/x',
    'a@203.0.113.9:1',
    '010.1.1.1:80',
    '[203.0.113',
    '',
  ])('is not read from %j', (text) => {
    expect(readAddress(text)).toBeNull();
  });

  it('is in a list of addresses and ranges, mapped into IPv6 or not', () => {
    expect(['10.1.1.1', '::ffff:10.1.1.1', '::1'].map(proxies)).toEqual([true, true, true]);
    expect(['11.1.1.1', '::2', 'x', ''].map(proxies)).toEqual([false, false, false, false]);
    expect(() => networksOf(['example.com'])).toThrow('not an address');
  });

  it('counts with all others of its /64, of which one host may use any', () => {
    const sites = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:0:0:1', '2001:0db8:0001:0002::'].map(siteOf);
    expect(new Set(sites)).toEqual(new Set(['2001:db8:1:2::/64']));
    expect([siteOf('2001:db8:1:3::1'), siteOf('::1'), siteOf('fe80::1%eth0'), siteOf('203.0.113.9')]).toEqual([
      '2001:db8:1:3::/64',
      '0:0:0:0::/64',
      'fe80:0:0:0::/64',
      '203.0.113.9',
    ]);
  });
});

describe('a share', () => {
  it('is bounded for each address with 429 and in total with 503', () => {
    const share = new Share({ what: 'things', perAddress: 2, total: 3 });
    const give = share.takeOne('a');
    share.takeOne('a');
    expect(() => share.takeOne('a')).toThrow(expect.objectContaining({ status: 429, code: 'TOO_MANY_OPERATIONS' }));
    share.takeOne('b');
    expect(() => share.takeOne('c')).toThrow(expect.objectContaining({ status: 503, code: 'TOO_MANY_OPERATIONS' }));
    give();
    give();
    expect(share.held).toBe(2);
    share.takeOne('c');
  });

  it('leaves room for others, however many addresses hold what they can', () => {
    const share = new Share({ what: 'bytes', perAddress: 800, total: 1000, leavesRoom: true });
    const holdings = Array.from({ length: 50 }, (_, index) => new Holding(share, `${index}`));
    for (let round = 0; round < 1000; round += 1)
      for (const holding of holdings) if (!holding.refusal()) holding.add(1);
    expect(holdings[0]?.amount).toBeGreaterThan(0);
    expect(share.held).toBeLessThan(1000);
    expect(new Holding(share, 'honest').refusal()).toBeNull();
    for (const holding of holdings) holding.set(0);
    expect(share.held).toBe(0);
  });
});
