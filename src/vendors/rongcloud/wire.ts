import type { Wire } from '../../net/wire.ts';
import type { AppContext } from '../vendor.ts';
import { type Config, hostsOf } from './app-config.ts';
import { authHeaders } from './auth.ts';
import { open } from './envelope.ts';

/** The wire of one app: every call is signed by the App Secret, there are no sessions, and lists repeat their key. */
export function makeWire({ config, baseUrls, clock }: AppContext<Config>): Wire {
  return {
    lists: 'repeat',
    hosts: baseUrls ?? hostsOf(config.region),
    authorize: (request) => ({ ...request, headers: { ...request.headers, ...authHeaders(config, clock) } }),
    open,
  };
}
