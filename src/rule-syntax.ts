import type { RE2JS } from 're2js';
import { lazyPackage } from './lazy-package.ts';

const re2js = lazyPackage<typeof import('re2js')>('re2js');

/** Labels of a domain in a rule, at most. */
export const mostLabels = 10;

/** Instructions of one regular expression: the time it takes is in proportion to them and to the text. */
const maxPatternSize = 200;

/** A regular expression, ready to be looked for. Throws for what is none. */
export function compilePattern(source: string): RE2JS {
  const { RE2JS: Pattern } = re2js();
  return Pattern.compile(source, Pattern.CASE_INSENSITIVE);
}

/** The instructions of regular expressions together; 0 for what is none. */
export const sizeOf = (sources: readonly string[]): number =>
  sources.reduce((sum, source) => sum + (programOf(source)?.programSize() ?? 0), 0);

function programOf(source: string): RE2JS | undefined {
  try {
    return compilePattern(source);
  } catch {
    return undefined;
  }
}

/** Why a regular expression cannot be used; undefined when it can. */
export function patternProblem(source: string): string | undefined {
  const program = programOf(source);
  if (!program) return "expected a regular expression in RE2's syntax, without lookaround and backreferences";
  if (program.programSize() > maxPatternSize)
    return `expected a regular expression of at most ${maxPatternSize} instructions; counted repetitions count as often`;
  return program.test('') ? 'expected a regular expression that does not match empty text' : undefined;
}
