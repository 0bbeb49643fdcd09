import { bucketsOf } from '../../net/catalogue.ts';
import { catalogue } from './catalogue.ts';

/** The vendor's rate limits. */
export const limits = bucketsOf(catalogue);

/** What identifies one event of a callback, by the callback's id: names of body fields, dotted for nesting. */
export const dedupeKeys: ReadonlyMap<string, readonly string[]> = new Map(
  catalogue.callbacks.map((callback) => [callback.id, callback.dedupeKey]),
);
