import { bucketsOf, readCatalogue } from '../../net/catalogue.ts';

/** The rate limits of the catalogue, which names each after the Action that draws from it. */
export const limits = bucketsOf(readCatalogue(new URL('./catalogue.json', import.meta.url)));
