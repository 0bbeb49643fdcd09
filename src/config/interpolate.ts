import { type Environment, lookUp } from './environment.ts';
import { type Problem, pathOf } from './problems.ts';

/** A parsed file with its `${…}` replaced. */
export interface Interpolated {
  readonly value: unknown;
  /** Paths of values that came out of variables, and are text whatever they are meant for. */
  readonly texts: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of a parsed file; `$${` stands for `${`. It comes after parsing, so
 * that a value cannot add keys. A variable may also be given as a file, in `NAME_FILE`. Adds to `problems`.
 */
export function interpolate(parsed: unknown, env: Environment, problems: Problem[]): Interpolated {
  const texts = new Set<string>();
  const used = new Set<string>();

  const replace = (text: string, path: readonly PropertyKey[]): string =>
    text.replace(reference, (match, name?: string, fallback?: string) => {
      if (match === '$${') return '${';
      texts.add(pathOf(path));
      if (name === undefined) {
        problems.push({
          path: pathOf(path),
          message: 'has a malformed reference; expected a name in braces, and a default after :- if any',
        });
        return '';
      }
      used.add(name);
      const value = lookUp(env, name, problems) ?? fallback;
      if (value === undefined) {
        problems.push({
          path: pathOf(path),
          message: `names a variable that is not set; expected ${name} or ${name}_FILE`,
        });
      }
      return value ?? '';
    });

  const walk = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') return replace(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };

  return { value: walk(parsed, []), texts, used };
}
