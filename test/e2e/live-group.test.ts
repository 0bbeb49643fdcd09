import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { happened, type LiveShell, startLiveShell } from '../support/live-shell.ts';
import { connectWs, type WsClient } from '../support/ws-client.ts';

let shell: LiveShell;
beforeEach(async () => {
  shell = await startLiveShell({ bounds: { wsLiveBytes: 64 * 1024 } });
});
afterEach(() => shell.stop());

/** What an operation has heard, by the names of the events. */
const names = (client: WsClient, id = '1') => nexts(client, id).map((next) => next?.name);
// biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
const nexts = (client: WsClient, id = '1'): any[] =>
  client.heard
    .filter((message) => message.type === 'next' && message.id === id)
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .map(({ payload }: any) => payload.data?.happened ?? payload);

const connect = async (subject?: string): Promise<WsClient> =>
  connectWs(shell.url, subject === undefined ? {} : { token: await shell.token(subject) });

/** A client that is at the live end. */
async function subscriber(
  query: string = happened,
  { subject, variables, id = '1' }: { subject?: string; variables?: Record<string, unknown>; id?: string } = {},
): Promise<WsClient> {
  const client = await connect(subject);
  const before = shell.groups().members;
  client.subscribe(id, query, variables);
  await expect.poll(() => shell.groups().members).toBe(before + 1);
  return client;
}

describe('streams that get the same', () => {
  test('share one execution and one payload, whatever their ids', async () => {
    const clients = [
      await subscriber(happened),
      await subscriber(happened),
      await subscriber(happened, { id: 'ein "langer" Schlüssel' }),
    ];
    await shell.happen('one');
    await shell.happen('two');
    for (const [index, client] of clients.entries())
      await expect.poll(() => names(client, index === 2 ? 'ein "langer" Schlüssel' : '1')).toEqual(['one', 'two']);
    expect(shell.executions.count).toBe(2);
    expect(shell.groups()).toEqual({ groups: 1, members: 3 });
    const [first, second] = clients;
    expect(nexts(first as WsClient)).toEqual(nexts(second as WsClient));
  });

  test.each([
    ['another document', 'subscription ($after: String) { happened(after: $after) { name cursor } }', {}],
    ['other variables below the root', 'subscription ($n: Int!) { happened { name padded(to: $n) } }', { n: 3 }],
    ['other events', 'subscription ($in: String) { happened(in: $in) { cursor name } }', { in: 'other' }],
  ])('do not share with %s', async (_, query, variables) => {
    await subscriber(happened);
    if ('n' in variables) await subscriber(query, { variables: { n: 4 } });
    await subscriber(query, { variables });
    const { groups, members } = shell.groups();
    expect(groups).toBe(members);
  });

  test('share whatever the arguments of the root field are called by, as long as the events are the same', async () => {
    const query = 'subscription ($in: String, $after: String) { happened(in: $in, after: $after) { name } }';
    await subscriber(query, { variables: {} });
    await subscriber(query, { variables: { in: 'g', after: null } });
    expect(shell.groups()).toEqual({ groups: 1, members: 2 });
  });

  test('are of any viewers with the same scopes', async () => {
    const alice = await subscriber(happened, { subject: 'alice' });
    const bob = await subscriber(happened, { subject: 'bob' });
    await subscriber(happened);
    expect(shell.groups()).toEqual({ groups: 2, members: 3 });
    await shell.happen('one');
    for (const client of [alice, bob]) await expect.poll(() => names(client)).toEqual(['one']);
    expect(shell.executions.count).toBe(2);
  });

  test('part by viewer as soon as an answer depends on who asks, and nobody gets what is of another', async () => {
    const query = 'subscription { happened { cursor name whose } }';
    const clients = {
      alice: await subscriber(query, { subject: 'alice' }),
      again: await subscriber(query, { subject: 'alice' }),
      bob: await subscriber(query, { subject: 'bob' }),
    };
    expect(shell.groups()).toEqual({ groups: 1, members: 3 });
    await shell.happen('one');
    await expect.poll(() => shell.groups()).toEqual({ groups: 2, members: 3 });
    await shell.happen('two');
    for (const [name, client] of Object.entries(clients)) {
      const whose = name === 'bob' ? 'bob' : 'alice';
      await expect
        .poll(() => nexts(client))
        .toMatchObject([
          { name: 'one', whose },
          { name: 'two', whose },
        ]);
    }
    const before = shell.executions.count;
    await shell.happen('three');
    for (const client of Object.values(clients))
      await expect.poll(() => names(client)).toEqual(['one', 'two', 'three']);
    expect(shell.executions.count - before).toBe(2);
  });

  test('get errors of fields masked, once for all', async () => {
    const clients = [await subscriber('subscription { happened { name fail } }'), await connect()];
    await shell.happen('one');
    await expect.poll(() => nexts(clients[0] as WsClient)).toMatchObject([{ name: 'one', fail: null }]);
    const [next] = (clients[0] as WsClient).heard.filter(({ type }) => type === 'next');
    expect(JSON.stringify(next)).toMatch(/Internal server error/);
    expect(JSON.stringify(next)).not.toMatch(/var\/lib/);
  });

  test('get events in order though answers take different times', async () => {
    const client = await subscriber('subscription { happened { name held } }');
    const release = shell.hold();
    await shell.happen('slow');
    shell.hold()();
    await shell.happen('fast');
    release();
    await expect.poll(() => names(client)).toEqual(['slow', 'fast']);
  });
});

describe('a group whose answers do not come', () => {
  test('lets its streams go on by themselves after 1,000 events, and nothing is lost or told twice', async () => {
    const query = 'subscription { happened { name held } }';
    const clients = [await subscriber(query), await subscriber(query)];
    const release = shell.hold();
    const all = Array.from({ length: 1100 }, (_, index) => `${index}`);
    for (const name of all) await shell.happen(name);
    expect(shell.groups().members).toBe(0);
    release();
    for (const client of clients) await expect.poll(() => names(client).length, { timeout: 10_000 }).toBe(1100);
    for (const client of clients) expect(names(client)).toEqual(all);
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 2 });
  });
});

describe.each([
  ['memory', () => new MemoryLog({ clock: systemClock })],
  [
    'SQLite',
    () => new SqliteLog({ clock: systemClock, file: join(mkdtempSync(join(tmpdir(), 'live-')), 'events.db') }),
  ],
])('a stream that begins after a cursor, over %s', (_, makeLog) => {
  test('pulls what is in the log, then joins, without a gap or a repeat', async () => {
    await shell.stop();
    const eventLog = makeLog();
    shell = await startLiveShell({ eventLog });
    const first = await subscriber();
    for (let index = 0; index < 250; index += 1) await shell.happen(`${index}`);
    await expect.poll(() => names(first).length).toBe(250);
    const { cursor } = nexts(first)[99];
    const late = await connect();
    late.subscribe('1', happened, { after: cursor });
    // Goes on while the late one reads.
    for (let index = 250; index < 400; index += 1) {
      await shell.happen(`${index}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 2 });
    for (let index = 400; index < 410; index += 1) await shell.happen(`${index}`);
    const all = Array.from({ length: 410 }, (_, index) => `${index}`);
    await expect.poll(() => names(late)).toEqual(all.slice(100));
    await expect.poll(() => names(first)).toEqual(all);
    expect(nexts(late).at(-1)).toEqual(nexts(first).at(-1));
    await shell.stop();
    eventLog.close();
  });
});

describe('a socket that does not keep up', () => {
  const padded = 'subscription { happened { cursor name padded(to: 10000) } }';

  test('leaves the group, gets everything in order at its own pace, and joins again', async () => {
    const quick = await subscriber(padded);
    const slow = await subscriber(padded);
    slow.socket.pause();
    const all = Array.from({ length: 1500 }, (_, index) => `${index}`);
    for (const name of all) {
      await shell.happen(name);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => names(quick).length, { timeout: 10_000 }).toBe(1500);
    expect(shell.groups().members).toBe(1);
    slow.socket.resume();
    await expect.poll(() => names(slow).length, { timeout: 10_000 }).toBe(1500);
    expect(names(slow)).toEqual(all);
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 2 });
    await shell.happen('last');
    for (const client of [quick, slow]) await expect.poll(() => names(client).at(-1)).toBe('last');
  });
});

describe('the end', () => {
  test('of one operation, of a socket and of the server leaves nothing behind', async () => {
    const [one, other] = [await subscriber(), await subscriber()];
    one.send({ type: 'complete', id: '1' });
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 1 });
    one.subscribe('2', happened);
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 2 });
    other.socket.terminate();
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 1 });
    const stopped = shell.stop();
    expect((await one.closed).code).toBe(1001);
    // A stop completes nothing: a client takes that for the end of its subscription.
    expect(one.heard.some(({ type }) => type === 'complete')).toBe(false);
    await stopped;
    expect(shell.groups()).toEqual({ groups: 0, members: 0 });
    expect(shell.hub.channelCount).toBe(0);
  });

  test('of a membership comes right after the event that tells of it, for that member alone', async () => {
    const query = 'subscription ($member: String) { happened(member: $member) { name } }';
    const alice = await subscriber(query, { variables: { member: 'alice' } });
    const bob = await subscriber(query, { variables: { member: 'bob' } });
    expect(shell.groups().groups).toBe(1);
    await shell.happen('one');
    await shell.leave('alice');
    await shell.happen('two');
    await expect.poll(() => names(bob)).toEqual(['one', 'MEMBERS_LEFT', 'two']);
    expect(await alice.errorCodes('1')).toEqual(['FORBIDDEN']);
    expect(names(alice)).toEqual(['one', 'MEMBERS_LEFT']);
    expect(shell.groups()).toEqual({ groups: 1, members: 1 });
  });
});
