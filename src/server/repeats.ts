import { type ExecutionResult, GraphQLError } from 'graphql';
import { jsonBytes } from '../json-bytes.ts';
import type { AnswerBudget } from './answer-budget.ts';

type Path = readonly (string | number)[];

/** A list of which equal items are executed once: where its answer is, and which of the executed items stands at each position. */
export interface Repeat {
  readonly path: Path;
  readonly positions: readonly number[];
}

/** The items of a list without those that are there already, and which of them stands at each position; null where none repeats. */
export function withoutRepeats(list: readonly unknown[]): { unique: unknown[]; positions: number[] } | null {
  const places = new Map<unknown, number>();
  const positions = list.map((item) => {
    const place = places.get(item) ?? places.size;
    places.set(item, place);
    return place;
  });
  return places.size === list.length ? null : { unique: [...places.keys()], positions };
}

/**
 * Puts what was executed once at each of its positions, the errors too. Counts the copies: throws the budget's error when the answer
 * is too large with them.
 */
export function withRepeats(
  result: ExecutionResult,
  repeats: readonly Repeat[],
  budget: AnswerBudget,
): ExecutionResult {
  let errors = result.errors;
  // A list within a list was found after the one around it, and is put right before it.
  for (const { path, positions } of repeats.toReversed()) {
    const holder = valueAt(result.data, path.slice(0, -1));
    const key = path.at(-1);
    const list = valueAt(holder, key === undefined ? [] : [key]);
    if (typeof holder !== 'object' || holder === null || key === undefined || !Array.isArray(list)) continue;
    const sizes = list.map(jsonBytes);
    budget.takeBytes(positions.reduce((sum, place) => sum + (sizes[place] ?? 0), 0));
    Reflect.set(
      holder,
      key,
      positions.map((place) => list[place]),
    );
    errors = errors?.flatMap((error) => atPositions(error, path, positions, budget));
  }
  return errors ? { ...result, errors } : result;
}

function atPositions(
  error: GraphQLError,
  path: Path,
  positions: readonly number[],
  budget: AnswerBudget,
): GraphQLError[] {
  const own = error.path;
  const place = own?.[path.length];
  if (own === undefined || place === undefined || !path.every((key, index) => own[index] === key)) return [error];
  return positions.flatMap((each, position) => {
    if (each !== place) return [];
    budget.takeError(error.message.length + jsonBytes(own));
    return [moved(error, own.with(path.length, position))];
  });
}

function moved(
  { message, nodes, source, positions, originalError, extensions }: GraphQLError,
  path: Path,
): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, source, positions, path, originalError, extensions });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
