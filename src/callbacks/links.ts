import { domainToASCII } from 'node:url';
import { lazyPackage } from '../lazy-package.ts';
import { mostLabels } from '../rule-syntax.ts';
import type { FoldedText } from './searched-text.ts';
import type { TextRange } from './word-lists.ts';

const tldts = lazyPackage<typeof import('tldts')>('tldts');

/** A link, or an address of mail, in a text. */
export interface Link {
  readonly place: TextRange;
  readonly host: string;
  /** Whether it is one for certain: it has a scheme, or ends in a top-level domain that there is. */
  readonly isCertain: boolean;
}

/** What may be a host: a name, or an IPv6 address. */
const hosts = /[\p{L}\p{N}\p{M}_.-]+|\[[0-9a-f:.]{2,45}\]/gu;
/** A name of a URL, in which browsers decode what is percent-encoded. */
const encodedHost = /(?:[\p{L}\p{N}\p{M}_.-]|%[0-9a-f]{2})+/uy;
/** What a URL may have after its host. What follows a colon and is no port is looked at by itself: the real host may come after it. */
const rest = /(?::\d{1,5})?(?:[/?#][^\s<>"'`\u3000-\u3002\uff01\uff0c]*)?/uy;
/** Letters that stand next to a host without a space: of scripts that have none, and particles of Korean. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const spacedNames =
  /[[\p{L}\p{N}\p{M}_.\-]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+/gv;
const schemeBefore = /[a-z][a-z0-9+.-]{0,15}:\/\/$/;
const longestScheme = 19;
/** What may stand before the host of a URL: a user, and a password. */
const userBefore = /:\/\/[^\s/?#]*@$/;
const longestUser = 256;
/** Browsers take it for a dot (UTS #46), and people write it at the end of a sentence. */
const fullStop = '\u3002';
const fullStopsInNames = /(?<=[a-z0-9-])\u3002(?=[a-z0-9-])/g;
/** The longest name that the DNS has. */
const longestHost = 253;
/** Top-level domains that were asked about. */
const known = new Map<string, boolean>();
const maxKnown = 10_000;

/** Whether there is a top-level domain, by the Public Suffix List. */
function isTopLevel(label: string): boolean {
  const found = known.get(label);
  if (found !== undefined) return found;
  const isThere = tldts().parse(`host.${label}`, { extractHostname: false }).isIcann === true;
  if (known.size >= maxKnown) known.clear();
  known.set(label, isThere);
  return isThere;
}

/** The links of a text, in the order of their starts. Takes time in proportion to the text. */
export function linksOf({ text, placeOf }: FoldedText): readonly Link[] {
  const found = linksIn(text);
  if (text.includes(fullStop)) {
    const known = new Set(found.map(({ start, host }) => `${start} ${host}`));
    const isNews = ({ start, host }: WrittenLink) => known.size < known.add(`${start} ${host}`).size;
    // Certain are those in whose name it stands between plain letters; those of lists are found wherever it stands.
    const plain = linksIn(text.replace(fullStopsInNames, '.')).filter(isNews);
    const any = linksIn(text.replaceAll(fullStop, '.')).filter(isNews);
    found.push(...plain, ...any.map((link) => ({ ...link, isCertain: false })));
    found.sort((one, other) => one.start - other.start);
  }
  return found.map(({ start, end, host, isCertain }) => ({ place: placeOf(start, end), host, isCertain }));
}

type WrittenLink = Omit<Link, 'place'> & TextRange;

function linksIn(text: string): WrittenLink[] {
  const found: WrittenLink[] = [];
  hosts.lastIndex = 0;
  for (let match = hosts.exec(text); match; match = hosts.exec(text)) {
    const start = startOfUrl(text, match.index);
    const isUrl = start < match.index;
    if (match[0].startsWith('[') && !isUrl) {
      hosts.lastIndex = match.index + 1;
      continue;
    }
    const host = hostOf(match[0]);
    if (isUrl && text[hosts.lastIndex] === '%') {
      const decoded = decodedHostAt(text, match.index);
      if (decoded) found.push({ start, end: encodedHost.lastIndex, host: decoded, isCertain: true });
    }
    if (!host || !(isUrl || host.includes('.'))) continue;
    rest.lastIndex = hosts.lastIndex;
    const end = rest.test(text) ? rest.lastIndex : hosts.lastIndex;
    hosts.lastIndex = end;
    const within = spacedNamesIn(match[0], match.index);
    const isOfDns = endsInTopLevel(host);
    for (const name of within) {
      const isFirst = name.start === match.index;
      const isLast = name.end === match.index + match[0].length;
      const isNamedUrl = isUrl && isFirst;
      const place = { start: isNamedUrl ? start : name.start, end: isLast ? end : name.end };
      found.push({ ...name, ...place, isCertain: isNamedUrl || name.isCertain });
    }
    // Where text may have come to a name without a space, the whole is one only if it could be.
    found.push({ start, end, host, isCertain: within.length === 0 ? isUrl || isOfDns : isUrl && isOfDns });
  }
  return found;
}

/** The names in what may be a host that text of scripts without spaces stands next to. */
function spacedNamesIn(written: string, at: number): WrittenLink[] {
  if (!unspaced.test(written)) return [];
  return [...written.matchAll(spacedNames)].flatMap(({ 0: name, index }) => {
    const host = hostOf(name);
    if (!host.includes('.')) return [];
    return [{ start: at + index, end: at + index + name.length, host, isCertain: endsInTopLevel(host) }];
  });
}

const endsInTopLevel = (host: string) => isTopLevel(host.slice(host.lastIndexOf('.') + 1));

/** Where the URL begins whose host is at a place; the place itself where it is no URL's. */
function startOfUrl(text: string, at: number): number {
  const user = text[at - 1] === '@' ? userBefore.exec(text.slice(Math.max(0, at - longestUser), at)) : null;
  const end = user ? at - user[0].length + '://'.length : at;
  const scheme = schemeBefore.exec(text.slice(Math.max(0, end - longestScheme), end));
  return scheme ? end - scheme[0].length : at;
}

function decodedHostAt(text: string, at: number): string | undefined {
  encodedHost.lastIndex = at;
  const [written = ''] = encodedHost.exec(text) ?? [];
  try {
    return hostOf(decodeURIComponent(written).toLowerCase()) || undefined;
  } catch {
    // What is encoded is no text.
    return undefined;
  }
}

/** A name as the DNS has it, as far as it is one. */
function hostOf(written: string): string {
  let [start, end] = [0, written.length];
  while (start < end && trimmed.includes(written[start] ?? '')) start += 1;
  while (end > start && trimmed.includes(written[end - 1] ?? '')) end -= 1;
  const name = written.slice(start, end);
  return name.length > longestHost ? name : domainToASCII(name) || name;
}

const trimmed = '._-';

/** Domains as they are compared. */
export const domainsOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => hostOf(name.toLowerCase())));

/** Whether a host is one of the domains or below one. */
export function isOf(host: string, domains: ReadonlySet<string>): boolean {
  let at = host.length;
  for (let labels = 0; labels < mostLabels && at > 0; labels += 1) {
    at = host.lastIndexOf('.', at - 1);
    if (domains.has(host.slice(at + 1))) return true;
  }
  return false;
}

/** Whether one of the domains is in a host, whatever stands before and after it: text may go on without a space. */
export function isNamed(host: string, domains: ReadonlySet<string>): boolean {
  for (let end = host.length; end > 0; end = host.lastIndexOf('.', end - 1))
    if (isOf(host.slice(Math.max(0, end - longestHost), end), domains)) return true;
  return false;
}
