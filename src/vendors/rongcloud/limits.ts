import { bucketsOf } from '../../net/catalogue.ts';
import { catalogue } from './catalogue.ts';

/** The vendor's rate limits. Many can be raised by the vendor for an app; these are the documented ones. */
export const limits = bucketsOf(catalogue);
