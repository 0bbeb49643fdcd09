import { readCatalogue } from '../../../net/catalogue.ts';

/** The vendor's catalogue. */
export const catalogue = readCatalogue(new URL('../catalogue.json', import.meta.url));
