import { z } from 'zod';

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Where: a path in the file such as `apps.zim-eu.serverSecret`, or the name of a variable. */
  readonly path: string;
  /** What is wrong, and what is expected. Never a value: it could be a secret in the wrong place. */
  readonly message: string;
}

/** A configuration that cannot be used, with everything that is wrong about it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `The configuration cannot be used:\n${problems.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** A path as it is written in problems. */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

/** Tells what a schema found, with `prefix` before each path. */
export function problemsOf(error: z.ZodError, prefix: readonly PropertyKey[], schema: z.ZodType): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(path), message: inOurWords(issue.message) }];
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), message: `is not known${suggest(key, known)}` }));
  });
}

function inOurWords(message: string): string {
  const short = message.replace(/^(Invalid input|Too small|Too big|Invalid string|Invalid key in record): /, '');
  return short.replace(/received undefined$/, 'found nothing');
}

/** The names that a schema knows at a path, as far as it is made of plain objects. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = schema;
  for (const part of path) at = unwrap(at) instanceof z.ZodObject ? shapeOf(at)[String(part)] : undefined;
  return Object.keys(shapeOf(at));
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  return schema;
}

/** The known name that is nearest, as the end of a sentence; empty when none is near. */
export function suggest(name: string, known: readonly string[]): string {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = ranked[0];
  if (nearest && nearest.distance <= Math.max(2, name.length / 4)) return `; did you mean ${nearest.candidate}?`;
  return known.length > 0 && known.length <= 12 ? `; expected one of: ${known.join(', ')}` : '';
}

/** Levenshtein's distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
