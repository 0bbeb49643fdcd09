import { expect } from 'vitest';
import type { TestGateway } from './gateway.ts';

type Variables = Record<string, unknown>;

// biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
export type Data = any;

/** The data of an answer, which must have no errors. */
export async function give(
  gateway: TestGateway,
  token: string | null,
  query: string,
  variables?: Variables,
): Promise<Data> {
  const answer = await gateway.query(token, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

/** The one error of an answer: its extensions, with its message and path. */
export async function refusal(gateway: TestGateway, token: string | null, query: string, variables?: Variables) {
  const { errors = [] } = await gateway.query(token, query, variables);
  expect(errors.length, JSON.stringify(errors)).toBe(1);
  const [{ message, path, extensions } = { message: '', path: [], extensions: {} }] = errors;
  const { message: _, path: __, ...rest } = extensions;
  return { ...rest, message, path } as { code?: unknown; message: string; [name: string]: unknown };
}

/** The catalogue's names of the vendor calls that were made while something was done, without those for a session. */
export async function callsOf(gateway: TestGateway, act: () => Promise<unknown>): Promise<string[]> {
  const before = gateway.calls.length;
  await act();
  const sent = gateway.calls.slice(before).filter(({ attempts }) => attempts > 0);
  const endpoints = sent.map(({ endpoint }) => endpoint);
  return endpoints.filter((endpoint) => endpoint !== 'easemob.token.app');
}

interface Listed {
  readonly nodes: Data[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number | null;
}

/** Every node of a list, read page by page until it says that it is over. The query takes `$first` and `$after`. */
export async function walk(
  gateway: TestGateway,
  token: string,
  { query, variables = {}, first }: { readonly query: string; readonly variables?: Variables; readonly first: number },
  pick: (data: Data) => Listed,
) {
  const pages: Listed[] = [];
  let after: string | null = null;
  do {
    const page: Listed = pick(await give(gateway, token, query, { ...variables, first, after }));
    expect(page.nodes.length).toBeLessThanOrEqual(first);
    pages.push(page);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (page.pageInfo.hasNextPage) expect(after).toBeTruthy();
  } while (after !== null && pages.length < 100);
  return { pages, nodes: pages.flatMap((page) => page.nodes) };
}

/** Has an emulator answer wrongly, or all of them well again when no faults are given. */
export async function disturb(gateway: TestGateway, slug: string, faults: readonly object[]): Promise<void> {
  const reply = await fetch(`${gateway.emulators.get(slug)?.url}/_emulator/faults`, {
    method: 'POST',
    body: JSON.stringify(faults),
  });
  expect(reply.status).toBe(200);
}

/** Tells an emulator that something happened at its clients. */
export async function happen(gateway: TestGateway, slug: string, event: object): Promise<void> {
  const reply = await fetch(`${gateway.emulators.get(slug)?.url}/_emulator/events`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  expect(reply.status, await reply.text()).toBe(200);
}
