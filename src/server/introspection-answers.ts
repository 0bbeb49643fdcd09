import { createHash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Prepared } from './documents.ts';

/** Answers to operations that only read the schema: the same for everybody, and long. */
export class IntrospectionAnswers {
  readonly #answers: LRUCache<string, { readonly result: ExecutionResult; readonly bytes: number }>;

  constructor(maxBytes: number) {
    this.#answers = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  get(key: string): ExecutionResult | undefined {
    return this.#answers.get(key)?.result;
  }

  /** `bytes` is what the answer takes in memory. */
  set(key: string, result: ExecutionResult, bytes: number): void {
    if (!result.errors) this.#answers.set(key, { result, bytes });
  }
}

/** What the answer of an operation depends on that only reads the schema; null for any other. */
export function introspectionKey(
  { usesIntrospection, operation, text }: Prepared,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): string | null {
  if (!usesIntrospection || operation.operation !== 'query') return null;
  const isOnly = operation.selectionSet.selections.every(
    (selection) => selection.kind === 'Field' && selection.name.value.startsWith('__'),
  );
  if (!isOnly) return null;
  const parts = JSON.stringify([text, operation.name?.value ?? null, variables ?? {}]);
  return createHash('sha256').update(parts).digest('base64');
}
