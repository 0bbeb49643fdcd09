import { endpointsOf } from '../../../net/define-endpoint.ts';
import { catalogue } from '../catalogue.ts';
import type { ZimParams } from '../catalogue.types.ts';

/** Makes an endpoint of the catalogue, by its id. */
export const endpoint = endpointsOf<ZimParams>(catalogue);
