import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { RuleSettings } from '../domain/decision.ts';
import { canonicalUserId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { domainsOf, isNamed, isOf, type Link } from './links.ts';
import { type PatternPlaces, Patterns, textsAt } from './patterns.ts';
import type { RuleWords, SearchedText } from './rule-words.ts';
import { isWholeWord } from './searched-text.ts';
import { spellingsOf } from './spelling.ts';
import type { Accept } from './word-lists.ts';

/** Senders whose last messages are remembered for a rate rule; the least active are forgotten first. */
const maxSenders = 50_000;
/** Memory of the moments of their messages. */
const maxRecentBytes = 16 * 1024 * 1024;

/** What names a user as a place. */
const user = 'direct:';

export type Condition = (message: Message) => boolean;

/** The conditions on who sends what where: all but texts and rates. Users are named in any case where their vendor ignores it. */
export function plainConditions({ senders, to, kinds }: RuleSettings, ignoresCase: boolean): Condition[] {
  const conditions: Condition[] = [];
  if (senders) {
    const known = new Set(senders.map((userId) => canonicalUserId(userId, ignoresCase)));
    conditions.push(({ senderId }) => known.has(senderId));
  }
  if (to) {
    const places = new Set(
      to.map((place) =>
        place.startsWith(user) ? `${user}${canonicalUserId(place.slice(user.length), ignoresCase)}` : place,
      ),
    );
    conditions.push((message) => places.has(message.to.kind) || places.has(`${message.to.kind}:${message.to.id}`));
  }
  if (kinds) {
    const known = new Set(kinds);
    conditions.push(({ content }) => known.has(content?.kind ?? 'UNKNOWN'));
  }
  return conditions;
}

/** Holds for a sender's message that comes after `count` others within the last `seconds`. Counts every message it is asked for, unless `isTrial`. */
export function beyondRate(
  { count, seconds }: { readonly count: number; readonly seconds: number },
  clock: Clock,
): (message: Message, isTrial: boolean) => boolean {
  const recent = new LRUCache<string, readonly number[]>({
    max: maxSenders,
    maxSize: maxRecentBytes,
    sizeCalculation: (times) => 300 + 8 * times.length,
  });
  return ({ senderId }, isTrial) => {
    const now = clock.ticks();
    const within = (recent.get(senderId) ?? []).filter((at) => at > now - seconds * 1000);
    // No more than `count` are kept: one that is beyond does not lengthen the list.
    if (!isTrial) recent.set(senderId, [...within, now].slice(-count));
    return within.length >= count;
  };
}

/** What is found of a text condition in a text. */
export interface Found {
  readonly isFound: boolean;
  /** Whether everything was looked at. */
  readonly isWhole: boolean;
}

/** A condition on what receivers are shown. Of what it finds only what `accept` takes counts. */
export interface TextCondition {
  look(text: SearchedText, accept: Accept | undefined): Found;
  /** Where it is, for starring it out. */
  places(text: SearchedText, accept: Accept | undefined): PatternPlaces;
  /** What was found, in words. */
  matched(text: SearchedText, accept: Accept | undefined): readonly string[];
}

type MakeTextCondition = (settings: RuleSettings, list: number, words: RuleWords) => TextCondition | undefined;

/** The conditions on texts that a rule may have, by the name of its setting. */
const textConditions: Readonly<Record<'keywords' | 'patterns' | 'links', MakeTextCondition>> = {
  keywords(settings, list, words) {
    if (!settings.keywords) return undefined;
    const spellings = spellingsOf(settings);
    const counting = (shown: string, accept: Accept | undefined): Accept | undefined =>
      settings.wholeWords ? (place) => isWholeWord(shown, place) && (accept?.(place) ?? true) : accept;
    return {
      look({ shown, words: found }, accept) {
        const counts = counting(shown, accept);
        const looked = spellings.map((name) => ({ name, ...found(name) }));
        return {
          isFound: looked.some(
            ({ name, lists }) => lists.has(list) && (!counts || words.in(name).has(shown, list, counts)),
          ),
          isWhole: looked.every(({ isWhole }) => isWhole),
        };
      },
      places: ({ shown, words: found }, accept) => ({
        places: spellings.flatMap((name) => words.in(name).ranges(shown, list, counting(shown, accept))),
        isWhole: spellings.every((name) => found(name).isWhole),
      }),
      matched: ({ shown }, accept) =>
        spellings.flatMap((name) => words.in(name).matched(shown, list, counting(shown, accept))),
    };
  },

  patterns({ patterns: sources }) {
    if (!sources) return undefined;
    const patterns = new Patterns(sources);
    const places = ({ folded }: SearchedText, accept: Accept | undefined) => {
      const found = patterns.places(folded);
      return accept ? { ...found, places: found.places.filter(accept) } : found;
    };
    return {
      look(text, accept) {
        const looked = patterns.look(text.folded);
        if (!accept || !looked.isFound) return looked;
        const counting = places(text, accept);
        return { isFound: counting.places.length > 0, isWhole: counting.isWhole };
      },
      places,
      matched: (text, accept) => textsAt(text.shown, places(text, accept).places),
    };
  },

  links({ links }) {
    if (!links) return undefined;
    const domains = links.domains && domainsOf(links.domains);
    const exempt = domainsOf(links.except ?? []);
    const counts = ({ host, isCertain }: Link) => (domains ? isNamed(host, domains) : isCertain) && !isOf(host, exempt);
    const found = ({ links: all }: SearchedText, accept: Accept | undefined) =>
      all.filter((link) => counts(link) && (accept?.(link.place) ?? true));
    return {
      look: (text, accept) => ({ isFound: found(text, accept).length > 0, isWhole: text.folded.isWhole }),
      places: (text, accept) => ({
        places: found(text, accept).map(({ place }) => place),
        isWhole: text.folded.isWhole,
      }),
      matched: (text, accept) => found(text, accept).map(({ host }) => host),
    };
  },
};

/** The conditions on texts of a rule, whose words are a list among those of all rules. */
export const textConditionsOf = (settings: RuleSettings, list: number, words: RuleWords): readonly TextCondition[] =>
  Object.values(textConditions).flatMap((make) => make(settings, list, words) ?? []);
