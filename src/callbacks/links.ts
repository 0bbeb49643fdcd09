import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { mostLabels } from '../rule-syntax.ts';
import type { FoldedText } from './searched-text.ts';
import type { TextRange } from './word-lists.ts';

/** A link, or an address of mail, in a text. */
export interface Link {
  readonly place: TextRange;
  readonly host: string;
  /** Whether it is one for certain: it has a scheme, or ends in a top-level domain that there is. */
  readonly isCertain: boolean;
}

/** What may be a host. */
const hosts = /[\p{L}\p{N}\p{M}_.-]+/gu;
/** What a URL may have after its host. */
const rest = /[/?#:][^\s<>"'`\u3000-\u3002\uff01\uff0c]*/uy;
const schemeBefore = /[a-z][a-z0-9+.-]{0,15}:\/\/$/;
const longestScheme = 19;
/** The longest name that the DNS has. */
const longestHost = 253;
/** Top-level domains that were asked about. */
const known = new Map<string, boolean>();
const maxKnown = 10_000;

/** Whether there is a top-level domain, by the Public Suffix List. */
function isTopLevel(label: string): boolean {
  const found = known.get(label);
  if (found !== undefined) return found;
  const isThere = parse(`host.${label}`, { extractHostname: false }).isIcann === true;
  if (known.size >= maxKnown) known.clear();
  known.set(label, isThere);
  return isThere;
}

/** The links of a text, in their order. Takes time in proportion to the text. */
export function linksOf({ text, placeOf }: FoldedText): readonly Link[] {
  const found: Link[] = [];
  hosts.lastIndex = 0;
  for (let match = hosts.exec(text); match; match = hosts.exec(text)) {
    const host = hostOf(match[0]);
    const before = schemeBefore.exec(text.slice(Math.max(0, match.index - longestScheme), match.index));
    if (!host || (!before && !host.includes('.'))) continue;
    rest.lastIndex = hosts.lastIndex;
    const end = rest.exec(text) ? rest.lastIndex : hosts.lastIndex;
    hosts.lastIndex = end;
    const start = match.index - (before?.[0].length ?? 0);
    const isCertain = before !== null || isTopLevel(host.slice(host.lastIndexOf('.') + 1));
    found.push({ place: placeOf(start, end), host, isCertain });
  }
  return found;
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
