import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A row as it is read: values by the names of columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Gives a prepared statement for a text, prepared once. For texts that the code writes, of which there are few. */
export function statementsOf(database: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (text) => {
    const known = statements.get(text) ?? database.prepare(text);
    statements.set(text, known);
    return known;
  };
}

/** Makes a change in one transaction: all of it or, when it throws or the disk does not take it, nothing. Throws what it threw. */
export function together<T>(database: DatabaseSync, change: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A moment kept in milliseconds; null for none. */
export const dateOf = (value: unknown): Date | null => (typeof value === 'number' ? new Date(value) : null);
