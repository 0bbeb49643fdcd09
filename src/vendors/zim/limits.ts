import { bucketsOf } from '../../net/catalogue.ts';
import { catalogue } from './catalogue.ts';

/** The rate limits of the catalogue, which names each after the Action that draws from it. */
export const limits = bucketsOf(catalogue);
