import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { happened, type LiveShell, startLiveShell } from '../support/live-shell.ts';
import { settled } from '../support/settled.ts';
import { type Shell, startShell } from '../support/shell.ts';
import { SseClient, type SseRequest } from '../support/sse-client.ts';
import { connectWs } from '../support/ws-client.ts';

let shell: Shell;
let live: LiveShell;
beforeAll(async () => {
  shell = await startShell();
  live = await startLiveShell();
});
afterAll(() => Promise.all([shell.stop(), live.stop()]));

const ask = async (request: SseRequest, at: Shell = shell) => {
  const client = new SseClient(at.url, request);
  await expect.poll(() => client.status).not.toBe(0);
  return client;
};

describe('an operation by server-sent events', () => {
  it.each(['GET', 'POST'] as const)('is answered by %s, and the response ends with it', async (method) => {
    const client = await ask({ query: 'query ($n: Int) { echo(first: $n) }', variables: { n: 3 }, method });
    await expect.poll(() => client.isComplete).toBe(true);
    expect(client.nexts).toEqual([{ data: { echo: '{"first":3}' } }]);
    expect(client.head).toMatch(/content-type: text\/event-stream/i);
    expect(client.head).toMatch(/x-request-id: [\w-]{36}/i);
    // Proxies such as nginx keep what they get in a buffer otherwise.
    expect(client.head).toMatch(/x-accel-buffering: no/i);
    expect(client.head).toMatch(/cache-control: no-cache/i);
  });

  it('may be a subscription, completed when it ends', async () => {
    const client = await ask({ query: 'subscription { ticks(until: 3) }' });
    await expect.poll(() => client.isComplete).toBe(true);
    expect(client.nexts.map(({ data }) => data.ticks)).toEqual(['0', '1', '2']);
  });

  it('knows its viewer by the header', async () => {
    const client = await ask({ query: '{ me }', token: await shell.token('carol') });
    await expect.poll(() => client.nexts).toEqual([{ data: { me: 'carol' } }]);
  });

  it.each([
    ['a syntax error', '{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too deep a document', `{ node { ${'next { '.repeat(20)}id${' }'.repeat(21)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['a refused variable', 'query ($n: Int!) { slow(ms: $n) }', 'BAD_USER_INPUT'],
    ['a stream that is refused', 'subscription { refused }', 'FORBIDDEN'],
    ['a stream that breaks', 'subscription { broken }', 'INTERNAL_SERVER_ERROR'],
    ['a field that throws', '{ fail }', 'INTERNAL_SERVER_ERROR'],
  ])('ends with an error as over WebSocket at %s', async (_, query, code) => {
    const client = await ask({ query });
    await expect.poll(() => client.isComplete).toBe(true);
    expect(client.nexts.at(-1).errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual([
      code,
    ]);
    expect(JSON.stringify(client.heard)).not.toMatch(/var\/lib|SELECT/);
  });
});

describe('refused before anything runs', () => {
  it.each<[string, number, Partial<SseRequest>]>([
    ['a page of another origin', 403, { headers: { origin: 'https://evil.example' } }],
    ['a bad token', 401, { token: 'x' }],
    ['a token of another scheme', 401, { headers: { authorization: 'Basic YTpi' } }],
    ['an Accept of something else', 406, { headers: { accept: 'image/png' } }],
    ['a body of another type', 415, { headers: { 'content-type': 'text/plain' } }],
    ['a mutation by GET', 405, { method: 'GET', query: 'mutation { count }' }],
    ['variables that are a list', 400, { variables: [] as never }],
    [
      'variables that nest 1,000 deep',
      400,
      { method: 'GET', variables: JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) },
    ],
    ['a body that nests 1,000 deep', 400, { variables: JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) }],
    ['a body of 257 KiB', 413, { variables: { x: 'x'.repeat(257 * 1024) } }],
  ])('is %s', async (_, status, request) => {
    const before = shell.counts.mutations;
    const client = await ask({ query: '{ hello }', ...request });
    expect(client.status).toBe(status);
    client.socket.destroy();
    expect(shell.counts.mutations).toBe(before);
  });

  it('are other methods', async () => {
    for (const method of ['PUT', 'DELETE'])
      expect((await fetch(`${shell.url}/graphql/stream`, { method })).status).toBe(405);
  });

  it('is one stream more than an address may have, until one has ended', async () => {
    const small = await startShell({ bounds: { wsSocketsPerAddress: 2 } });
    const first = await ask({ query: 'subscription { ticks }' }, small);
    const socket = await connectWs(small.url);
    expect((await ask({ query: '{ hello }' }, small)).status).toBe(429);
    first.socket.destroy();
    await expect.poll(async () => (await ask({ query: '{ hello }' }, small)).status).toBe(200);
    socket.socket.close();
    await small.stop();
  });
});

describe('a stream of events', () => {
  it('shares executions with sockets, and resumes after a cursor', async () => {
    const socket = await connectWs(live.url);
    socket.subscribe('1', happened);
    const client = await ask({ query: happened }, live);
    await expect.poll(() => live.groups()).toEqual({ groups: 1, members: 2 });
    const before = live.executions.count;
    for (const name of ['one', 'two', 'three']) await live.happen(name);
    const names = (of: SseClient) => of.nexts.map(({ data }) => data.happened.name);
    await expect.poll(() => names(client)).toEqual(['one', 'two', 'three']);
    expect(live.executions.count - before).toBe(3);
    expect(await socket.hears('next', '1')).toMatchObject({ payload: client.nexts[0] });
    const after = client.nexts[0].data.happened.cursor;
    client.socket.destroy();
    await expect.poll(() => live.groups()).toEqual({ groups: 1, members: 1 });
    const again = await ask({ query: happened, variables: { after } }, live);
    await expect.poll(() => live.groups()).toEqual({ groups: 1, members: 2 });
    await live.happen('four');
    await expect.poll(() => names(again)).toEqual(['two', 'three', 'four']);
    again.socket.destroy();
    socket.socket.close();
    await expect.poll(() => live.groups()).toEqual({ groups: 0, members: 0 });
  });

  it('leaves the live end when it is not read, and gets everything in order afterwards', async () => {
    const slow = await ask({ query: 'subscription { happened { name padded(to: 10000) } }' }, live);
    await expect.poll(() => live.groups().members).toBe(1);
    slow.socket.pause();
    const all = Array.from({ length: 1500 }, (_, index) => `${index}`);
    let most = 0;
    for (const name of all) {
      await live.happen(name);
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, live.held().bytes);
    }
    await expect.poll(() => live.groups().members).toBe(0);
    expect(most).toBeLessThan(128 * 1024);
    slow.socket.resume();
    await expect.poll(() => slow.nexts.length, { timeout: 10_000 }).toBe(1500);
    expect(slow.nexts.map(({ data }) => data.happened.name)).toEqual(all);
    await expect.poll(() => live.groups().members).toBe(1);
    slow.socket.destroy();
  });

  it('pulls no more from other sources than is read', async () => {
    const before = shell.counts.pulled;
    const client = await ask({ query: 'subscription { ticks(everyMs: 0, size: 50000) }' });
    client.socket.pause();
    await expect.poll(() => shell.counts.pulled).toBeGreaterThan(before);
    const read = client.nexts.length;
    // What the system's own buffers take, and no more.
    await settled(() => shell.counts.pulled);
    expect((shell.counts.pulled - before - read) * 50_000).toBeLessThan(32 * 1024 * 1024);
    client.socket.destroy();
    await expect.poll(() => shell.counts.ticking).toBe(0);
  });

  it('ends with UNAUTHENTICATED when its token does', async () => {
    const client = await ask({ query: happened, token: await live.token('dave', 2) }, live);
    await expect.poll(() => client.isComplete, { timeout: 4000 }).toBe(true);
    expect(client.nexts).toMatchObject([{ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
  });

  it('ends without the event complete when the server stops, which waits for queries and not for it', async () => {
    const clock = new FakeClock();
    const ending = await startLiveShell({ clock });
    const client = await ask({ query: happened }, ending);
    await expect.poll(() => ending.groups().members).toBe(1);
    await ending.happen('one');
    await expect.poll(() => client.nexts.length).toBe(1);
    const stopped = ending.stop();
    await ending.happen('two');
    // A moment of silence before the end, for clients that would not notice one that comes with an event.
    await clock.advance(99);
    expect(client.socket.closed).toBe(false);
    await clock.advance(1);
    await Promise.all([client.closed, stopped]);
    expect(client.heard.map(({ event }) => event)).toEqual(['next']);
    // The end is a proper one, so that browsers take it for one.
    expect(client.hasEnded).toBe(true);
  });
});
