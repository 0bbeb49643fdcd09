import { bucketsOf, readCatalogue } from '../../net/catalogue.ts';

/** The vendor's rate limits. Many can be raised by the vendor for an app; these are the documented ones. */
export const limits = bucketsOf(readCatalogue(new URL('./catalogue.json', import.meta.url)));
