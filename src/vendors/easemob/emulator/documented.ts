import { type Catalogue, readCatalogue } from '../../../net/catalogue.ts';

const { callbacks }: Catalogue = readCatalogue(new URL('../catalogue.json', import.meta.url));

/** The catalogue's entry of a callback. Throws when there is none. */
export function documented(id: string): Catalogue['callbacks'][number] {
  const found = callbacks.find((each) => each.id === id);
  if (!found) throw new Error(`no callback ${id}; there are ${callbacks.map((each) => each.id).join(', ')}`);
  return found;
}
