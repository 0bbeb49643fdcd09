import type { Explain } from '../gateway/explanation.ts';
import { type Priority, priorities } from '../request-options.ts';

/** How a caller wants its operation handled. */
export interface Wishes {
  readonly explain: Explain;
  readonly priority: Priority;
}

/**
 * Reads the headers `switchboard-explain` (`1` for the vendor calls made, `plan` for those it would make, running nothing) and
 * `switchboard-priority` (`interactive`, `background` or `bulk`). Over WebSocket, and beside them over HTTP, the operation's
 * `extensions` may hold `explain` and `priority`. Anything else is taken for nothing said.
 */
export function wishesOf(said: { readonly explain?: unknown; readonly priority?: unknown }, others?: Wishes): Wishes {
  const explain = explains.get(String(said.explain)) ?? others?.explain ?? 'none';
  const priority = priorities.find((each) => each === said.priority) ?? others?.priority ?? 'interactive';
  return { explain, priority };
}

const explains: ReadonlyMap<string, Explain> = new Map([
  ['1', 'calls'],
  ['true', 'calls'],
  ['calls', 'calls'],
  ['plan', 'plan'],
]);
