import type { Wire } from '../../net/wire.ts';
import type { AppContext } from '../vendor.ts';
import { type Config, hostsOf } from './app-config.ts';
import { authorize } from './auth.ts';
import { open } from './envelope.ts';

/** How lists are written in queries: `UserId[]=a&UserId[]=b` (catalogue: encoding). */
export const lists = 'brackets';

/** One app's wire. There is no session: every request is signed by itself. */
export function makeWire({ config, baseUrls, clock }: AppContext<Config>): Wire {
  return {
    lists,
    hosts: baseUrls ?? hostsOf(config.region),
    isStandIn: baseUrls !== undefined,
    authorize: (request) => authorize(request, config, clock.now()),
    open,
  };
}
