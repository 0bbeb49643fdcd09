import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { readText } from './environment.ts';
import { ConfigError, type Problem } from './problems.ts';

/** A configuration file as it was read. */
export interface ConfigFile {
  readonly value: unknown;
  /** The line of a path, from 1; that of its nearest parent where the file does not have it; undefined for an empty path. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads a YAML file. Keys are text as they are written, so that an app may be called `007`. Throws a `ConfigError` with `problems` and one
 * more when the file cannot be read, is no mapping, or is not YAML: then with the first error only, since nothing after it can be relied on.
 */
export function readConfigFile(file: string, problems: Problem[]): ConfigFile {
  const text = readText(file, 'SWITCHBOARD_CONFIG', problems, file);
  if (text === undefined) throw new ConfigError(problems);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true, logLevel: 'error' });
  const refuse = (offset: number, message: string) => {
    const { line, col } = lineCounter.linePos(offset);
    return new ConfigError([...problems, { path: `${file}:${line}:${col}`, message }]);
  };
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first) throw refuse(first.pos[0], `is not valid YAML: ${inOurWords(first, text)}`);
  const value = toValue(document, () =>
    refuse(0, 'is not valid YAML: expected every alias after its anchor, and few of them'),
  );
  if (!isMapping(value)) {
    const message = 'expected a mapping with server, auth, log, viewers and apps';
    throw new ConfigError([...problems, { path: file, message }]);
  }
  return { value, lineOf: (path) => lineOf(document, lineCounter, path) };
}

function toValue(document: Document, refuse: () => ConfigError): unknown {
  try {
    return document.toJS();
  } catch {
    // The parser's message has the alias's name in it, which may be a secret that begins with an asterisk.
    throw refuse();
  }
}

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  let at: unknown = document.contents;
  let offset: number | undefined;
  for (const part of path) {
    const node = isAlias(at) ? at.resolve(document) : at;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(part));
      if (!pair) break;
      offset = isScalar(pair.key) ? pair.key.range?.[0] : offset;
      at = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      const item: unknown = node.items[part];
      offset = isScalar(item) || isMap(item) || isSeq(item) ? item.range?.[0] : offset;
      at = item;
    } else break;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

const unquoted = 'found a reference to a variable between { } or [ ] without quotes; expected double quotes around it';

/** Says what is wrong without the parser's message, which may repeat the file's text. */
function inOurWords({ code, pos }: YAMLError, text: string): string {
  if (text.slice(pos[0] - 1, pos[0] + 1) === '${') return unquoted;
  return words[code];
}

const special = 'expected a text with such characters in quotes';

const words: Readonly<Record<YAMLError['code'], string>> = {
  ALIAS_PROPS: `found an alias with an anchor or a tag; ${special}`,
  BAD_ALIAS: `found * without the name of an anchor; ${special}`,
  BAD_COLLECTION_TYPE: 'found a tag that does not fit what follows it',
  BAD_DIRECTIVE: `found a line that begins with %; ${special}`,
  BAD_DQ_ESCAPE: 'found an unknown escape between double quotes; expected \\\\ for a backslash, or single quotes',
  BAD_INDENT: 'found an indentation that does not fit the lines above',
  BAD_PROP_ORDER: `found an anchor or a tag in a wrong place; ${special}`,
  BAD_SCALAR_START: `found a text that begins with @ or a backtick or the like; ${special}`,
  BLOCK_AS_IMPLICIT_KEY: 'found a mapping or list where a value is expected; is there a second ": " on the line?',
  BLOCK_IN_FLOW: 'found a block between { } or [ ]',
  DUPLICATE_KEY: 'found a key a second time; expected keys to be unique',
  IMPOSSIBLE: 'cannot be understood here',
  KEY_OVER_1024_CHARS: 'found a key of more than 1024 characters',
  MISSING_CHAR: 'found no end of what began here; expected a closing quote or bracket, or a colon and a space',
  MULTILINE_IMPLICIT_KEY: 'found a key over several lines; expected a colon and a space after it on its line',
  MULTIPLE_ANCHORS: `found several anchors; ${special}`,
  MULTIPLE_DOCS: 'found a second document; expected one, without a line ---',
  MULTIPLE_TAGS: `found several tags; ${special}`,
  NON_STRING_KEY: 'found a key that is no text; expected a name before the colon',
  RESOURCE_EXHAUSTION: 'found too much nesting',
  TAB_AS_INDENT: 'found a tab as indentation; expected spaces',
  TAG_RESOLVE_FAILED: `found a tag that is not known; ${special}`,
  UNEXPECTED_TOKEN: `found something unexpected; ${special}`,
};
