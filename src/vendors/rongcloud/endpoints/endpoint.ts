import { endpointsOf } from '../../../net/define-endpoint.ts';
import { catalogue } from '../catalogue.ts';
import type { RongcloudParams } from '../catalogue.types.ts';

/** Makes an endpoint of the catalogue, by its id. The vendor's servers split lists at commas, but for those of a message's receivers. */
export const endpoint = endpointsOf<RongcloudParams>(catalogue, { splitsList: (name) => !/^to[A-Z]/.test(name) });
