import type { RuleSettings } from '../domain/decision.ts';
import type { MessageQuestion } from '../vendors/vendor.ts';
import { type Link, linksOf } from './links.ts';
import { type FoldedText, foldText, withinOneOf } from './searched-text.ts';
import { type SpellingName, spellings, spellingsOf } from './spelling.ts';
import { textOf } from './text-of.ts';
import { type Accept, WordLists } from './word-lists.ts';
import { makeWordTable, type WordTable } from './word-table.ts';

type WordsFound = ReturnType<WordLists['find']>;

/** The texts of a question, with what rules look for in them, looked for once for all rules and when it is first asked for. */
export interface SearchedText {
  /** What the message says. */
  readonly text: string;
  /** That, and after it the other texts that receivers are shown: what is looked at. */
  readonly shown: string;
  readonly folded: FoldedText;
  readonly links: readonly Link[];
  /** The rules whose words are in it in a spelling, by their places. */
  words(spelling: SpellingName): WordsFound;
}

/** The tables of the words of rules, by spelling; those of exceptions last. */
export type RuleWordTables = readonly WordTable[];

const names = Object.keys(spellings) as SpellingName[];

const wordsIn = (rules: readonly RuleSettings[], name: SpellingName) =>
  rules.map((rule) => (spellingsOf(rule).includes(name) ? (rule.keywords ?? []) : []));
const exceptionsIn = (rules: readonly RuleSettings[]) => rules.map(({ except = [] }) => except);

/** What `RuleWords` takes time to make. */
export const makeTables = (rules: readonly RuleSettings[]): RuleWordTables => [
  ...names.map((name) => makeWordTable(wordsIn(rules, name), spellings[name].formsOf)),
  makeWordTable(exceptionsIn(rules), spellings.plain.formsOf),
];

/** The words of all rules, each rule's a list, and the words in which none of them counts. */
export class RuleWords {
  readonly #lists: ReadonlyMap<SpellingName, WordLists>;
  readonly #exceptions: WordLists;

  constructor(rules: readonly RuleSettings[], tables = makeTables(rules)) {
    this.#lists = new Map(
      names.map((name, index) => [name, new WordLists(wordsIn(rules, name), spellings[name], tables[index])]),
    );
    this.#exceptions = new WordLists(exceptionsIn(rules), spellings.plain, tables.at(-1));
  }

  in(spelling: SpellingName): WordLists {
    const lists = this.#lists.get(spelling);
    if (!lists) throw new Error(`no words in ${spelling}`);
    return lists;
  }

  look({ message, otherTexts = [] }: MessageQuestion): SearchedText {
    const text = textOf(message.content);
    const shown = [text, ...otherTexts].join('\n');
    const found = new Map<SpellingName, WordsFound>();
    let folded: FoldedText | undefined;
    let links: readonly Link[] | undefined;
    const words = (spelling: SpellingName) => {
      const known = found.get(spelling) ?? this.in(spelling).find(shown);
      found.set(spelling, known);
      return known;
    };
    return {
      text,
      shown,
      words,
      get folded() {
        folded ??= foldText(shown);
        return folded;
      },
      get links() {
        links ??= linksOf(this.folded);
        return links;
      },
    };
  }

  /** What counts of what a rule finds in a text: all that is not within a word of its exceptions; undefined where everything does. */
  acceptIn(shown: string, { except }: RuleSettings, list: number): Accept | undefined {
    if (!except) return undefined;
    const isExempt = withinOneOf(this.#exceptions.places(shown, list));
    return (place) => !isExempt(place);
  }
}
