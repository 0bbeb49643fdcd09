import { z } from 'zod';

const entriesOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : value;

/**
 * An answer's object whose keys are ids or texts that others chose, as a map: a plain object takes `__proto__` for its prototype, and
 * answers `constructor` though nobody put it there.
 */
export const mapOf = <V extends z.ZodType>(value: V) => z.preprocess(entriesOf, z.map(z.string(), value));

/** A parameter's object with such keys, given as a map; a plain object does where the keys are known. */
export const keyedBy = <K extends z.ZodType<string, string>, V extends z.ZodType>(key: K, value: V) =>
  // Every key of a map becomes a property of the object's own, `__proto__` too.
  z.union([z.map(key, value).transform((entries) => Object.fromEntries(entries)), z.record(key, value)]);

/** What a table has for a key that others chose; undefined for what only its prototype has. */
export const ownOf = <V>(table: Readonly<Record<string, V>>, key: string): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
