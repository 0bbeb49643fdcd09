import { readCatalogue } from '../../net/catalogue.ts';

/** The facts of the vendor's server API, from the files of `catalogue/`. */
export const catalogue = readCatalogue(new URL('./catalogue.json', import.meta.url));
