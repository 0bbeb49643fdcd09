import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/emulator/faults.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { callsOf, sendMessage, textTo } from '../support/messages.ts';

/** Each fault has an app of its own, since an app's breaker remembers failures. */
const kinds = ['error', 'overLimit', 'drop', 'reset', 'stall', 'html', 'garbage', 'unauthorized', 'latency'] as const;
type Kind = (typeof kinds)[number];
const slugs = ['zim', 'rongcloud', 'easemob'] as const;
const credentials = (slug: string, kind: Kind) =>
  ({
    zim: { appId: String(2000 + kinds.indexOf(kind)) },
    rongcloud: { appKey: `key-${kind}` },
    easemob: { appName: `app-${kind.toLowerCase()}` },
  })[slug] ?? {};
const nameOf = (slug: string, kind: Kind) => `${slug}-${kind.toLowerCase()}`;
const apps = kinds.flatMap((kind) => slugs.map((slug) => variant(slug, nameOf(slug, kind), credentials(slug, kind))));

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps });
  // Sends in its own right, so that a send is one call everywhere: for viewers Easemob's blocklists are asked first.
  alice = await gateway.token({ scopes: ['chat:write'] });
}, 60_000);
afterAll(() => gateway.stop());

/** What becomes of a read, and of a change of which nobody knows whether it was done. */
const codes: Readonly<Record<Exclude<Kind, 'latency'>, { readonly read: string; readonly change: string }>> = {
  error: { read: 'VENDOR_UNAVAILABLE', change: 'OUTCOME_UNKNOWN' },
  overLimit: { read: 'RATE_LIMITED', change: 'RATE_LIMITED' },
  drop: { read: 'VENDOR_UNAVAILABLE', change: 'OUTCOME_UNKNOWN' },
  reset: { read: 'VENDOR_UNAVAILABLE', change: 'OUTCOME_UNKNOWN' },
  stall: { read: 'VENDOR_UNAVAILABLE', change: 'OUTCOME_UNKNOWN' },
  html: { read: 'VENDOR_UNAVAILABLE', change: 'OUTCOME_UNKNOWN' },
  garbage: { read: 'VENDOR_BAD_RESPONSE', change: 'OUTCOME_UNKNOWN' },
  unauthorized: { read: 'VENDOR_MISCONFIGURED', change: 'VENDOR_MISCONFIGURED' },
};

const read = (app: string, user: string) =>
  gateway.query(alice, 'query ($id: ID!) { user(id: $id) { name } }', { id: `User:${app}:${user}` });
const block = (app: string, user: string) =>
  gateway.query(
    alice,
    'mutation ($app: ID!, $id: ID!) { blockUsers(input: { ownerId: $app, userIds: [$id] }) { results { ok error { code } } } }',
    { app: `User:${app}:alice`, id: `User:${app}:${user}` },
  );
const send = (app: string, user: string) => sendMessage(gateway, alice, textTo(`User:${app}:${user}`, 'once at most'));

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: read by the shape of the queries above
  readonly data?: any;
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
}

/** The one code that an answer has, of the request or of its item; `ok` without any. */
function codeOf({ data, errors }: Answer): unknown {
  const results = data?.blockUsers?.results ?? data?.sendMessage?.results;
  return errors?.[0]?.extensions['code'] ?? (results?.[0]?.ok === false ? results[0].error.code : 'ok');
}

/** Makes the call once without trouble, which also opens a session, and gives the endpoints that it takes. */
async function endpointsOf(app: string, act: () => Promise<Answer>): Promise<string[]> {
  gateway.calls.length = 0;
  expect(codeOf(await act())).toBe('ok');
  return [...new Set(callsOf(gateway, app))];
}

function trouble(slug: string, fault: Fault): void {
  gateway.emulators.get(slug)?.setFaults([fault]);
}
const calm = (slug: string) => gateway.emulators.get(slug)?.setFaults([]);
const attemptsOf = (app: string) =>
  gateway.calls
    .filter((call) => call.app === app && call.endpoint !== 'easemob.token.app')
    .map((call) => call.attempts);
const stateOf = (slug: string, app: string) =>
  gateway.emulators.get(slug)?.apps.find((each) => each.name === app)?.state;

const failing = kinds.filter((kind) => kind !== 'latency');
const rows = failing.flatMap((kind) => slugs.map((slug) => ({ kind, slug, app: nameOf(slug, kind) })));

describe.each(rows)('$kind at $slug', ({ kind, slug, app }) => {
  test('a read fails with its code after its tries, and works again afterwards', { timeout: 30_000 }, async () => {
    const endpoints = await endpointsOf(app, () => read(app, 'carol'));
    trouble(slug, { kind, endpoints });
    gateway.calls.length = 0;
    const answer = await read(app, 'dave');
    calm(slug);
    expect(codeOf(answer)).toBe(codes[kind].read);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ app, vendor: slug.toUpperCase(), operation: endpoints[0] });
    if (kind === 'overLimit') expect(answer.errors?.[0]?.extensions['vendorCode']).toBeTruthy();
    // A call refused for its rate waits for its turn again, with growing pauses, until its time is over.
    expect(attemptsOf(app)[0]).toBeLessThanOrEqual(kind === 'overLimit' ? 8 : 3);
    const { data, errors } = await read(app, 'erin');
    expect(errors).toBeUndefined();
    expect(data.user.name).toBe('Erin East');
  });

  test('an idempotent change is tried again, and done once it works', { timeout: 30_000 }, async () => {
    const endpoints = await endpointsOf(app, () => block(app, 'carol'));
    gateway.calls.length = 0;
    trouble(slug, { kind, endpoints, times: 1 });
    const answer = await block(app, 'dave');
    calm(slug);
    const isFinal = kind === 'unauthorized' && slug !== 'easemob';
    // ZIM refuses to block twice, and the first try was carried out though its answer was lost.
    const isTwice = slug === 'zim' && (kind === 'reset' || kind === 'garbage');
    expect(codeOf(answer)).toBe(isFinal ? codes[kind].change : isTwice ? 'CONFLICT' : 'ok');
    expect(attemptsOf(app)).toEqual([isFinal ? 1 : 2]);
    const listed = await gateway.query(
      alice,
      'query ($id: ID!) { user(id: $id) { blocklist { blocks(first: 100) { nodes { user { id } } } } } }',
      { id: `User:${app}:alice` },
    );
    const blocked = listed.data.user.blocklist.blocks.nodes.map((each: { user: { id: string } }) => each.user.id);
    expect(blocked.filter((id: string) => id === `User:${app}:dave`)).toHaveLength(isFinal ? 0 : 1);
  });

  test('a send is executed at most once, and says so when nobody knows', { timeout: 30_000 }, async () => {
    const endpoints = await endpointsOf(app, () => send(app, 'carol'));
    const before = stateOf(slug, app)?.messages.size ?? 0;
    const served = gateway.emulators.get(slug)?.stats.get(endpoints[0] ?? '')?.calls ?? 0;
    gateway.calls.length = 0;
    trouble(slug, { kind, endpoints, times: 1 });
    const answer = await send(app, 'dave');
    calm(slug);
    const executed = (stateOf(slug, app)?.messages.size ?? 0) - before;
    // The vendor says itself that it did nothing: over its limit, or for a session that a new one replaces.
    const isRefused = kind === 'overLimit' || (kind === 'unauthorized' && slug === 'easemob');
    expect(codeOf(answer)).toBe(isRefused ? 'ok' : codes[kind].change);
    expect(executed).toBe(isRefused || kind === 'reset' || kind === 'garbage' ? 1 : 0);
    const sent = (gateway.emulators.get(slug)?.stats.get(endpoints[0] ?? '')?.calls ?? 0) - served;
    expect(sent).toBe(isRefused ? 2 : 1);
  });
});

describe.each(slugs)('latency at %s', (slug) => {
  test('an answer that is late and in time is an answer like others', async () => {
    const app = nameOf(slug, 'latency');
    for (const act of [read, block, send]) {
      const endpoints = await endpointsOf(app, () => act(app, 'carol'));
      trouble(slug, { latencyMs: 300, endpoints });
      gateway.calls.length = 0;
      expect(codeOf(await act(app, 'dave'))).toBe('ok');
      calm(slug);
      expect(attemptsOf(app)).toEqual([1]);
      expect(gateway.calls.at(-1)?.durationMs).toBeGreaterThanOrEqual(290);
    }
  });
});

test('a vendor that is down nulls its own part of a query over all of them, and leaves the others', {
  timeout: 30_000,
}, async () => {
  const query = /* GraphQL */ `
    query ($zim: ID!, $rc: ID!, $em: ID!) {
      zim: user(id: $zim) { id name }
      rc: user(id: $rc) { id name }
      em: user(id: $em) { id name }
    }
  `;
  const fields = { zim: 'zim', rc: 'rongcloud', em: 'easemob' } as const;
  const ids = (user: string) =>
    Object.fromEntries(
      Object.entries(fields).map(([field, slug]) => [field, `User:${nameOf(slug, 'latency')}:${user}`]),
    );
  for (const [field, slug] of Object.entries(fields)) {
    trouble(slug, { kind: 'drop' });
    const { data, errors } = await gateway.query(alice, query, ids('bob'));
    calm(slug);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: [field, 'name'],
      extensions: { code: 'VENDOR_UNAVAILABLE', app: nameOf(slug, 'latency') },
    });
    for (const other of Object.keys(fields))
      expect(data[other]).toEqual({ id: ids('bob')[other], name: other === field ? null : 'Bob Brook' });
  }
});
