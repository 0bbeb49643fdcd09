import type { CatalogueEndpoint } from '../net/catalogue.ts';
import type { WireRequest } from './wire.ts';

interface Route {
  readonly endpoint: CatalogueEndpoint;
  readonly segments: readonly string[];
  /** Query parameters that are part of the path, such as ZIM's `Action`. */
  readonly fixedQuery: readonly (readonly [string, string])[];
}

export interface Match {
  readonly endpoint: CatalogueEndpoint;
  readonly pathParams: Readonly<Record<string, string>>;
}

const isPlaceholder = (segment: string) => /\{[^}]+\}/.test(segment);

function matchSegment(pattern: string, segment: string, params: Record<string, string>): boolean {
  if (!isPlaceholder(pattern)) return pattern === segment;
  const names: string[] = [];
  const source = pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^}]+)\}/g, (_, name: string) => {
    names.push(name);
    return '(.+?)';
  });
  const found = new RegExp(`^${source}$`).exec(segment);
  if (!found) return false;
  names.forEach((name, index) => {
    params[name] = found[index + 1] ?? '';
  });
  return true;
}

/** Finds the endpoints of a catalogue whose method and path a request has, the most literal path first. */
export class Router {
  readonly #routes: Route[];

  constructor(endpoints: readonly CatalogueEndpoint[]) {
    this.#routes = endpoints.map((endpoint) => {
      const [path = '', query = ''] = endpoint.path.split('?');
      return { endpoint, segments: path.split('/'), fixedQuery: [...new URLSearchParams(query)] };
    });
    const placeholders = (route: Route) => route.segments.filter(isPlaceholder).length;
    this.#routes.sort((a, b) => placeholders(a) - placeholders(b));
  }

  /** All matches of the best kind: same method and path, told apart only by body or query. */
  match(request: WireRequest): Match[] {
    const segments = request.rawPath.split('/');
    const matches: { match: Match; literal: number }[] = [];
    for (const { endpoint, segments: pattern, fixedQuery } of this.#routes) {
      if (!takes(endpoint, request.method) || pattern.length !== segments.length) continue;
      if (fixedQuery.some(([name, value]) => request.query.get(name) !== value)) continue;
      const params: Record<string, string> = {};
      const fits = pattern.every((each, index) => matchSegment(each, decode(segments[index] ?? ''), params));
      if (fits)
        matches.push({
          match: { endpoint, pathParams: params },
          literal: pattern.filter((each) => !isPlaceholder(each)).length,
        });
    }
    const best = Math.max(...matches.map((each) => each.literal));
    return matches.filter((each) => each.literal === best).map((each) => each.match);
  }
}

const takes = ({ method, alsoMethods = [] }: CatalogueEndpoint, asked: string) =>
  [method, ...alsoMethods].some((each) => each === asked);

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
