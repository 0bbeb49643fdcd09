import { z } from 'zod';

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Where: a path in the file such as `apps.zim-eu.serverSecret`, or the name of a variable. */
  readonly path: string;
  /** The same path in its parts, for places in the file. */
  readonly at?: readonly PropertyKey[] | undefined;
  /** The file's line, from 1. */
  readonly line?: number | undefined;
  /** What is wrong, and what is expected. Never a value: it could be a secret in the wrong place. */
  readonly message: string;
}

/** A configuration that cannot be used, with everything that is wrong about it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`The configuration cannot be used:\n${linesOf(problems)}`);
    this.problems = problems;
  }
}

/** A line for each problem. */
export function linesOf(problems: readonly Problem[]): string {
  return problems.map(({ path, line, message }) => `  ${path}${line ? ` (line ${line})` : ''}: ${message}`).join('\n');
}

/** What `parseArgs` found wrong, without what stands in a wrong place; undefined for an error that is not its own. */
export function argumentProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS'))
    return undefined;
  if (error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return 'expected options only, after -- where npm runs this';
  return error.message;
}

/** A path as it is written in problems. */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

/** The problems that a schema found, with `prefix` before each path. `beside` are the keys there that are checked by another schema. */
export function problemsOf(
  error: z.ZodError,
  prefix: readonly PropertyKey[],
  schema: z.ZodType,
  beside: readonly string[] = [],
): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const at = [...prefix, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(at), at, message: inOurWords(issue) }];
    const known = [...keysAt(schema, issue.path), ...(issue.path.length === 0 ? beside : [])];
    return issue.keys.map((key) => unknownKey(at, key, known));
  });
}

/** A key that nobody reads. It is named only where it is close to a known one: it could be a secret in the wrong place. */
export function unknownKey(parent: readonly PropertyKey[], key: string, known: readonly string[]): Problem {
  const at = [...parent, key];
  const hint = suggest(key, known);
  return isNear(key, known)
    ? { path: pathOf(at), at, message: `is not known${hint}` }
    : { path: pathOf(parent), at, message: `has a key that is not known${hint}` };
}

function inOurWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const expected = issue.errors.flatMap((each) => each.flatMap((one) => ('expected' in one ? [one.expected] : [])));
    if (expected.length > 0) return `expected ${[...new Set(expected)].join(' or ')}`;
  }
  const short = issue.message.replace(/^(Invalid input|Too small|Too big|Invalid string|Invalid key in record): /, '');
  return short.replace(/received undefined$/, 'found nothing');
}

/** The names that a schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = schema;
  for (const part of path) at = childOf(unwrap(at), part);
  const inner = unwrap(at);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function childOf(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema;
}

/** Every name that a schema knows, at any depth. */
export function namesOf(schema: unknown): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape).flatMap(([name, child]) => [name, ...namesOf(child)]);
  }
  if (inner instanceof z.ZodArray) return namesOf(inner.element);
  return inner instanceof z.ZodRecord ? namesOf(inner.valueType) : [];
}

/** The known name that is nearest, as the end of a sentence; empty when none is near. */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  return known.length > 0 && known.length <= 20 ? `; expected one of: ${known.join(', ')}` : '';
}

/** Whether a name is a known one, or close enough to be a slip of it. */
export function isNear(name: string, known: readonly string[]): boolean {
  return nearest(name, known) !== undefined;
}

function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return name;
  const most = Math.max(2, name.length / 4);
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked.find(({ distance }) => distance <= most)?.candidate;
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
