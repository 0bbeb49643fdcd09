import type { Catalogue } from '../../../net/catalogue.ts';
import { catalogue } from '../catalogue.ts';

const { callbacks } = catalogue;

/** The catalogue's entry of a callback. Throws when there is none. */
export function documented(id: string): Catalogue['callbacks'][number] {
  const found = callbacks.find((each) => each.id === id);
  if (!found) throw new Error(`no callback ${id}; there are ${callbacks.map((each) => each.id).join(', ')}`);
  return found;
}
