import type { EventWanted } from '../domain/context.ts';
import type { DraftEvent, EventType } from '../domain/event.ts';
import { membershipTypes } from './membership.ts';

/** What an event can be found by: one of its subjects, or its type. */
type Term = string;

const typeTerm = (type: EventType): Term => `type:${type}`;

/** Everything that an event can be found by. */
export function termsOf({ subjects, payload }: DraftEvent): readonly Term[] {
  return [...subjects, typeTerm(payload.type)];
}

/** FNV-1a over UTF-16 units, 32 bits. Two terms may share one: an index by it gives candidates, which are compared by name. */
export function hashOf(term: Term): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index += 1) hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Conditions that must all hold for an event. Each lists terms, of which the event has at least one. */
export class Query {
  /** Hashes of the terms of each condition. */
  readonly hashes: readonly (readonly number[])[];
  readonly #conditions: readonly ReadonlySet<Term>[];

  constructor(conditions: readonly (readonly Term[])[]) {
    this.#conditions = conditions.map((terms) => new Set(terms));
    this.hashes = this.#conditions.map((terms) => [...new Set([...terms].map(hashOf))]);
  }

  /** How many terms are looked for: what one look into an index costs. */
  get size(): number {
    return this.hashes.reduce((sum, { length }) => sum + length, 0);
  }

  passes(draft: DraftEvent): boolean {
    const terms = termsOf(draft);
    return this.#conditions.every((condition) => terms.some((term) => condition.has(term)));
  }
}

/**
 * What has to be read of an app for a filter: the events that pass it, and those that change what it lets through. Undefined where
 * that is everything.
 */
export function queryOf({ subjects, types, also, follow, membership }: EventWanted, app: string): Query | undefined {
  const changing = follow || membership ? membershipTypes.map(typeTerm) : [];
  const conditions = [
    // An event that changes a stream's subjects has one of them: it concerns the viewer's own user, or a space the stream is of.
    ...(subjects ? [subjects.get(app) ?? []] : []),
    ...(also ?? []).map((terms) => [...terms, ...changing]),
    ...(types ? [[...types.map(typeTerm), ...changing]] : []),
  ];
  return conditions.length === 0 ? undefined : new Query(conditions);
}
