import type { ModelConversation, Place } from './model.ts';
import type { Answer } from './world.ts';

/** What a check found; the message says where, what was expected and what was there. */
export function ensureEqual(where: string, actual: unknown, wanted: unknown): void {
  const [a, w] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (a !== w) throw new Error(`${where}: expected ${w}, got ${a}`);
}

/** The length of a list, where the vendor says it. */
export function ensureCount(where: string, actual: number | null, wanted: number): void {
  if (actual !== null) ensureEqual(`${where}, counted`, actual, wanted);
}

/** The data of an answer, which must have no errors. */
export function dataOf(where: string, { data, errors }: Answer): NonNullable<Answer['data']> {
  if (errors) throw new Error(`${where}: ${JSON.stringify(errors).slice(0, 800)}`);
  return data;
}

/** Names an app's things as the API does. */
export class Ids {
  readonly #app: string;

  constructor(app: string) {
    this.#app = app;
  }

  user(user: string): string {
    return `User:${this.#app}:${user}`;
  }

  place({ kind, id }: Place): string {
    return kind === 'direct' ? this.user(id) : `${titled(kind)}:${this.#app}:${encodeURIComponent(id)}`;
  }

  conversation({ owner, peer }: Pick<ModelConversation, 'owner' | 'peer'>): string {
    return `Conversation:${this.#app}:${owner}:${peer.kind}:${encodeURIComponent(peer.id)}`;
  }

  member(space: Place, user: string): string {
    return `Member:${this.#app}:${space.kind}:${encodeURIComponent(space.id)}:${user}`;
  }
}

export const titled = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Everything of a list, page by page. */
export async function everyPage<Node>(read: (after: string | null) => Promise<Page<Node>>): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<Node> = await read(after);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
    if (nodes.length > 500) throw new Error('pages without an end');
  }
}
