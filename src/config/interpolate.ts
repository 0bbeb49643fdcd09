import { type Environment, lookUp } from './environment.ts';
import { type Problem, pathOf } from './problems.ts';

/** A parsed file with its `${…}` replaced. */
export interface Interpolated {
  readonly value: unknown;
  /** Paths of values that came out of variables, and are text whatever they are meant for. */
  readonly texts: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  /** Paths whose values could not be made out, so that nothing more is to be said of them. */
  readonly failed: ReadonlySet<string>;
}

/** `$${` and `$$NAME`; a reference; the beginning of a malformed one; a name without braces. */
const reference =
  /\$\$(?=\{|[A-Z_][A-Z0-9_])|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{|\$[A-Z_][A-Z0-9_]+(?![A-Za-z0-9_])/g;

/** Names as variables have them by custom. Others are not shown: they may be secrets written in place of a name. */
const showable = /^[A-Z_][A-Z0-9_]*$/;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of a parsed file; `$${` stands for `${`, and `$$NAME` for `$NAME`, which is
 * refused otherwise. It comes after parsing, so that a value cannot add keys. A variable may also be given as a file, in `NAME_FILE`.
 * Adds to `problems`, each variable that is not set once.
 */
export function interpolate(parsed: unknown, env: Environment, problems: Problem[]): Interpolated {
  const texts = new Set<string>();
  const used = new Set<string>();
  const failed = new Set<string>();
  const unset = new Set<string>();

  const refuse = (at: readonly PropertyKey[], message: string) => {
    problems.push({ path: pathOf(at), at, message });
    failed.add(pathOf(at));
    return '';
  };

  const resolve = (name: string, fallback: string | undefined, at: readonly PropertyKey[]): string => {
    used.add(name);
    const before = problems.length;
    const value = lookUp(env, name, problems) ?? fallback;
    if (value !== undefined) return value;
    failed.add(pathOf(at));
    if (unset.has(name) || problems.length > before) return '';
    unset.add(name);
    const expected = showable.test(name) ? `; expected ${name} or ${name}_FILE` : '';
    return refuse(at, `names a variable that is not set${expected}`);
  };

  const replace = (text: string, path: readonly PropertyKey[]): string =>
    text.replace(reference, (match, name?: string, fallback?: string) => {
      if (match === '$$') return '$';
      texts.add(pathOf(path));
      if (name !== undefined) return resolve(name, fallback, path);
      return refuse(
        path,
        match === '${'
          ? 'has a malformed reference; expected a name in braces, and a default after :- if any'
          : 'names a variable without braces; expected its name in braces, or $$ for a $ that is meant',
      );
    });

  const walk = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') return replace(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };

  return { value: walk(parsed, []), texts, used, failed };
}
