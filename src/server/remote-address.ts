import type { IncomingMessage } from 'node:http';
import { type Networks, readAddress } from '../networks.ts';

/**
 * Where a request came from: the socket's address or, when that is a trusted proxy, the last address in `X-Forwarded-For` that is
 * not one. What is left of something that is no address is not believed.
 */
export function remoteAddress(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  proxies: Networks,
): string {
  let address = readAddress(socket.remoteAddress ?? '') ?? '';
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  while (proxies(address)) {
    const hop = readAddress(hops.pop()?.trim() ?? '');
    if (hop === null) break;
    address = hop;
  }
  return address;
}
