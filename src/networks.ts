import { BlockList, isIP } from 'node:net';

/** Whether an address is one of a list. IPv4 mapped into IPv6 counts as IPv4; what is no address is in no list. */
export type Networks = (address: string) => boolean;

/** The networks of a list of addresses and ranges (CIDR). Throws for what is neither. */
export function networksOf(ranges: readonly string[]): Networks {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    if (!family) throw new Error(`not an address or range: ${range}`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== null && list.check(address, family);
  };
}

/**
 * The address that a proxy wrote down, as plain IPv4 or IPv6: some (Azure's gateways among them) add the port, `203.0.113.9:4711` and
 * `[2001:db8::1]:4711`. Null for what is none.
 */
export function readAddress(text: string): string | null {
  const [, inBrackets, beforePort] = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const address = (inBrackets ?? beforePort ?? text).replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  return isIP(address) === 0 ? null : address;
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** What one caller has to itself: an IPv4 address, or the /64 of an IPv6 address, all of which one host may use. */
export function siteOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [before = '', after = ''] = address.replace(/%.*$/, '').split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = after.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const network = [...head, ...zeros, ...tail].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
