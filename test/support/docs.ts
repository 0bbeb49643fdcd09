import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of README or of a page in `docs/`. */
export interface DocBlock {
  /** Such as `README.md:78`: the line of the fence. */
  readonly place: string;
  readonly language: string;
  /** Without the fences, and without their indentation. */
  readonly text: string;
  /**
   * The HTML comment right before it, which readers do not see: what surrounds the block in a file, with a line `// here` or `# here` in
   * its place. Empty when there is none.
   */
  readonly context: string;
}

/** A block with what surrounds it. */
export const wholeOf = ({ text, context }: DocBlock): string =>
  context === '' ? text : context.replace(/^(\/\/|#) here$/m, () => text);

const pages = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];

const fence = /^(?<indent> *)```(?<language>\w*)\n(?<text>.*?)^\k<indent>```$/gms;

/** Every block of every page, in order. */
export const docBlocks: readonly DocBlock[] = pages.flatMap((page) => {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(fence)].map((match) => {
    const { indent = '', language = '', text: inner = '' } = match.groups ?? {};
    const before = text.slice(0, match.index);
    return {
      place: `${page}:${before.split('\n').length}`,
      language,
      text: inner.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      context: /<!--((?:(?!-->).)*)-->\s*$/s.exec(before)?.[1]?.trim() ?? '',
    };
  });
});

/** The blocks of a language, each with its place first, for `test.each`. */
export const blocksOf = (...languages: readonly string[]): readonly (readonly [string, DocBlock])[] =>
  docBlocks.filter(({ language }) => languages.includes(language)).map((block) => [block.place, block] as const);
