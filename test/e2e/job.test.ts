import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Data, disturb, give, refusal, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { history } from '../support/messages.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.emulators.get('zim')?.reset();
  return disturb(gateway, 'zim', []);
});
afterAll(() => gateway.stop());

const jobFields = '{ id kind status total succeeded failed createdAt startedAt finishedAt app { id } }';
const starts = {
  startMessageImport: `mutation ($input: StartMessageImportInput!) { startMessageImport(input: $input) { job ${jobFields} } }`,
  startUserRegistration: `mutation ($input: StartUserRegistrationInput!) { startUserRegistration(input: $input) { job ${jobFields} } }`,
} as const;
type Name = keyof typeof starts;
const begin = async (name: Name, input: object, on = gateway): Promise<Data> =>
  (await give(on, await on.operator(), starts[name], { input: { appId: 'App:zim-eu', ...input } }))[name].job;
const refused = (name: Name, input: object, token = operator) =>
  refusal(gateway, token, starts[name], { input: { appId: 'App:zim-eu', ...input } });
const read = async (id: string, on = gateway): Promise<Data> =>
  (await give(on, await on.operator(), `query ($id: ID!) { job(id: $id) ${jobFields} }`, { id })).job;
const progress = (id: string, token = operator, on = gateway) =>
  on.subscribe(
    token,
    'subscription ($id: ID!) { jobProgress(jobId: $id) { id status total succeeded failed pauseCause { code } } }',
    {
      id,
    },
  );

/** Every state that a subscriber is told of, until the job is over. */
async function follow(id: string, on = gateway): Promise<Data[]> {
  const stream = progress(id, await on.operator(), on);
  const states: Data[] = [];
  do states.push((await stream.next(20_000)).data.jobProgress);
  while (!['FINISHED', 'CANCELED'].includes(states.at(-1).status));
  await stream.close();
  return states.map(({ pauseCause, ...state }) => (pauseCause === null ? state : { ...state, pauseCause }));
}
const failuresOf = async (id: string, first = 100) => {
  const query = `query ($id: ID!, $first: Int, $after: String) { job(id: $id) { failures(first: $first, after: $after) {
    nodes { index target error { code vendorCode } } pageInfo { hasNextPage endCursor } } } }`;
  return (await walk(gateway, operator, { query, variables: { id }, first }, ({ job }) => job.failures)).nodes;
};

const users = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ vendorId: `new${index + from}` }));
const old = (index: number, more: object = {}) => ({
  senderId: 'User:zim-eu:carol',
  to: 'User:zim-eu:erin',
  content: { text: { text: `message ${index}` } },
  sentAt: new Date(Date.UTC(2023, 4, 1) + index * 1000).toISOString(),
  ...more,
});

describe('registering users by the hundred', () => {
  test('is answered at once, told of as it goes on, and registers everybody', async () => {
    const job = await begin('startUserRegistration', { users: users(250) });
    expect(job).toMatchObject({ kind: 'USER_REGISTRATION', total: 250, app: { id: 'App:zim-eu' } });
    const states = await follow(job.id);
    expect(states.at(-1)).toEqual({ id: job.id, status: 'FINISHED', total: 250, succeeded: 250, failed: 0 });
    const counts = states.map(({ succeeded }) => succeeded);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    const state = gateway.emulators.get('zim')?.apps[0]?.state;
    for (const { vendorId } of users(250)) expect(state?.users.has(vendorId)).toBe(true);
    const done = await read(job.id);
    expect([done.startedAt, done.finishedAt]).toEqual([expect.any(String), expect.any(String)]);
  });

  test('each one that failed is reported, in pages, by its place in the list', async () => {
    const taken = Array.from({ length: 45 }, (_, index) => ({ vendorId: `user${index + 1}` }));
    const job = await begin('startUserRegistration', { users: [...users(10), ...taken, { vendorId: 'no/such' }] });
    expect((await follow(job.id)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 10, failed: 46 });
    const failures = await failuresOf(job.id, 20);
    expect(failures.map(({ index }) => index)).toEqual(Array.from({ length: 46 }, (_, index) => index + 10));
    expect(failures[0]).toEqual({ index: 10, target: 'user1', error: { code: 'CONFLICT', vendorCode: '660700002' } });
    expect(failures[45]).toEqual({ index: 55, target: 'no/such', error: { code: 'BAD_USER_INPUT', vendorCode: null } });
  });

  test('what could not be sent at all is tried again', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.user.register'], kind: 'drop', times: 4 }]);
    const job = await begin('startUserRegistration', { users: users(5) });
    expect((await follow(job.id)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 5, failed: 0 });
  });

  test('works at every vendor', async () => {
    for (const appId of ['App:rc-cn', 'App:em-1']) {
      const job = await begin('startUserRegistration', {
        appId,
        users: users(30).map((each) => ({ ...each, name: 'New' })),
      });
      expect((await follow(job.id)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 30, failed: 0 });
    }
  });
});

describe('while the vendor has trouble', () => {
  /** What is left of the fault when the test has seen enough of it. */
  const paused = async (id: string) => {
    const stream = progress(id);
    let state: Data;
    do state = (await stream.next(20_000)).data.jobProgress;
    while (state.status !== 'PAUSED');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const still = await read(id);
    await disturb(gateway, 'zim', []);
    await stream.close();
    return { state, still };
  };

  test.each([
    ['answers with pages of a proxy', 'html', /^(OUTCOME_UNKNOWN|VENDOR_UNAVAILABLE)$/],
    ['cuts connections', 'drop', /^(OUTCOME_UNKNOWN|VENDOR_UNAVAILABLE)$/],
    ['refuses the credentials', 'unauthorized', /^VENDOR_MISCONFIGURED$/],
  ])(
    'a registration is paused when it %s, and goes on by itself without a failure',
    async (_, kind, code) => {
      await disturb(gateway, 'zim', [{ kind }]);
      const job = await begin('startUserRegistration', { users: users(120, 2_000) });
      const { state, still } = await paused(job.id);
      expect(state.pauseCause.code).toMatch(code);
      expect(still).toMatchObject({ status: 'PAUSED', succeeded: 0, failed: 0 });
      const states = await follow(job.id);
      expect(states.at(-1)).toEqual({ id: job.id, status: 'FINISHED', total: 120, succeeded: 120, failed: 0 });
    },
    30_000,
  );

  test('an import loses at most what was under way when the trouble began, and reports exactly that', async () => {
    const messages = Array.from({ length: 60 }, (_, index) => old(index, { to: 'Group:zim-eu:team' }));
    await disturb(gateway, 'zim', [{ kind: 'html' }]);
    const job = await begin('startMessageImport', { messages });
    const { still } = await paused(job.id);
    expect(still).toMatchObject({ status: 'PAUSED', succeeded: 0, failed: 1 });
    expect((await follow(job.id)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 59, failed: 1 });
    expect(await failuresOf(job.id)).toMatchObject([{ index: 0, error: { code: 'OUTCOME_UNKNOWN' } }]);
  }, 30_000);
});

describe('importing messages', () => {
  test('puts them into the histories in the order they were sent, whatever the order given', async () => {
    const messages = [...Array.from({ length: 45 }, (_, index) => old(index))].reverse();
    const job = await begin('startMessageImport', { messages });
    expect((await follow(job.id)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 45, failed: 0 });
    for (const owner of ['carol:direct:erin', 'erin:direct:carol']) {
      const { data } = await history(gateway, operator, `Conversation:zim-eu:${owner}`, { first: 100 });
      const texts = data.node.messages.nodes.map((node: Data) => node.content.text);
      expect(texts).toEqual(Array.from({ length: 45 }, (_, index) => `message ${44 - index}`));
    }
  });

  test('an item is named by its place in the list given', async () => {
    const messages = [old(3, { to: 'Group:zim-eu:none' }), old(2), old(1, { to: 'User:zim-eu:carol' })];
    const job = await begin('startMessageImport', { messages });
    expect((await follow(job.id)).at(-1)).toMatchObject({ succeeded: 1, failed: 2 });
    expect(await failuresOf(job.id)).toEqual([
      { index: 0, target: '0', error: { code: 'NOT_FOUND', vendorCode: '660600001' } },
      { index: 2, target: '2', error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    ]);
  });

  test('one whose fate is not known is reported, not done twice', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.message.group.import'], kind: 'reset', times: 1 }]);
    const job = await begin('startMessageImport', { messages: [old(1, { to: 'Group:zim-eu:team' })] });
    expect((await follow(job.id)).at(-1)).toMatchObject({ succeeded: 0, failed: 1 });
    expect(await failuresOf(job.id)).toMatchObject([{ index: 0, error: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(gateway.emulators.get('zim')?.stats.get('zim.message.group.import')?.calls).toBe(1);
  });

  test('what is wrong with a message refuses the job before anything is sent', async () => {
    const input = { messages: [old(1), old(2, { content: { text: { text: '' } } })] };
    expect(await refused('startMessageImport', input)).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.messages[1].content.text.text',
    });
    expect(
      (await give(gateway, operator, '{ app(id: "App:zim-eu") { jobs(first: 1) { nodes { id } } } }')).app.jobs.nodes,
    ).not.toContain(input);
  });

  test('is NOT_SUPPORTED where the vendor imports nothing', async () => {
    expect(await refused('startMessageImport', { appId: 'App:rc-cn', messages: [] })).toMatchObject({
      code: 'NOT_SUPPORTED',
    });
  });
});

describe('a job', () => {
  test('can be canceled: nothing more is begun', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.user.register'], latencyMs: 50 }]);
    const job = await begin('startUserRegistration', { users: users(400) });
    const stream = progress(job.id);
    let moved: Data;
    do moved = (await stream.next()).data.jobProgress;
    while (moved.succeeded === 0);
    const cancel = 'mutation ($input: CancelJobInput!) { cancelJob(input: $input) { job { status } } }';
    const canceled = await give(gateway, operator, cancel, { input: { jobId: job.id } });
    expect(canceled.cancelJob.job.status).toMatch(/^CANCEL(ING|ED)$/);
    let last = moved;
    do {
      moved = (await stream.next())?.data?.jobProgress;
      last = moved ?? last;
    } while (moved);
    expect(last.status).toBe('CANCELED');
    await stream.close();
    const registered = () =>
      [...(gateway.emulators.get('zim')?.apps[0]?.state.users.keys() ?? [])].filter((id) => /^new[0-9]+$/.test(id))
        .length;
    expect(last.succeeded, 'the last value counts everything that was done').toBe(registered());
    const again = await give(gateway, operator, cancel, { input: { jobId: job.id } });
    expect(again.cancelJob.job.status).toBe('CANCELED');
    const next = await begin('startUserRegistration', { users: users(1, 1000) });
    await follow(next.id);
    const done = await read(job.id);
    expect(done.succeeded, 'nothing is done after it').toBe(last.succeeded);
    expect(done.succeeded).toBeLessThan(400);
    expect(done.finishedAt).not.toBeNull();
    expect(gateway.emulators.get('zim')?.apps[0]?.state.users.has('new399')).toBe(false);
  });

  test('the same key gives the same job, another input with it is refused', async () => {
    const input = { idempotencyKey: 'move 1', users: users(3, 500) };
    const first = await begin('startUserRegistration', input);
    expect((await begin('startUserRegistration', input)).id).toBe(first.id);
    expect(await refused('startUserRegistration', { ...input, users: users(2, 500) })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.idempotencyKey',
    });
    expect(await refused('startUserRegistration', { ...input, idempotencyKey: '' })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect((await follow(first.id)).at(-1)).toMatchObject({ succeeded: 3 });
  });

  test('is a node, and stands in its app’s list, the latest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const job = await begin('startUserRegistration', { users: users(1, 600 + index) });
      ids.unshift(job.id);
      await follow(job.id);
    }
    const query = `query ($first: Int, $after: String) { app(id: "App:zim-eu") { jobs(first: $first, after: $after) {
      nodes { id status } pageInfo { hasNextPage endCursor } } } }`;
    const { nodes } = await walk(gateway, operator, { query, first: 2 }, ({ app }) => app.jobs);
    expect(nodes.slice(0, 3).map(({ id }) => id)).toEqual(ids);
    const { node } = await give(gateway, operator, 'query ($id: ID!) { node(id: $id) { id ... on Job { total } } }', {
      id: ids[0],
    });
    expect(node).toEqual({ id: ids[0], total: 1 });
  });

  test('one that is not there is NOT_FOUND, one of another app too', async () => {
    const job = await begin('startUserRegistration', { users: users(1, 700) });
    await follow(job.id);
    for (const id of ['Job:zim-eu:0', job.id.replace('zim-eu', 'rc-cn')])
      expect((await refusal(gateway, operator, 'query ($id: ID!) { job(id: $id) { status } }', { id })).code).toBe(
        'NOT_FOUND',
      );
  });

  test('is for chat:admin, to begin, read, cancel and follow', async () => {
    const writer = await gateway.token({ scopes: ['chat:read', 'chat:write', 'chat:moderate'] });
    const job = await begin('startUserRegistration', { users: users(1, 800) });
    expect((await refused('startUserRegistration', { users: users(1) }, writer)).code).toBe('FORBIDDEN');
    expect((await refused('startMessageImport', { messages: [old(1)] }, writer)).code).toBe('FORBIDDEN');
    for (const query of [
      'query ($id: ID!) { job(id: $id) { id } }',
      'query ($id: ID!) { node(id: $id) { id } }',
      'mutation ($id: ID!) { cancelJob(input: { jobId: $id }) { job { id } } }',
    ])
      expect((await refusal(gateway, writer, query, { id: job.id })).code).toBe('FORBIDDEN');
    const stream = progress(job.id, writer);
    expect((await stream.next()).errors[0].extensions.code).toBe('FORBIDDEN');
    await stream.close();
  });

  test('of none and of more than 10000 items is refused', async () => {
    expect(await refused('startUserRegistration', { users: [] })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.users',
    });
    const many = Array.from({ length: 10_001 }, (_, index) => ({ vendorId: `${index}` }));
    // Where so many fit into a request at all.
    expect(await refused('startUserRegistration', { users: many })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.users',
    });
  });
});

describe('over a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a job goes on where it was, and nothing is done twice', async () => {
    const eventsFile = join(folder, 'events.db');
    const first = await startGateway({ retell: false, limits: false, eventsFile });
    await disturb(first, 'zim', [{ endpoints: ['zim.user.register'], latencyMs: 300 }]);
    const job = await begin('startUserRegistration', { users: users(300) }, first);
    const stream = progress(job.id, await first.operator(), first);
    let moved: Data;
    do moved = (await stream.next()).data.jobProgress;
    while (moved.succeeded === 0);
    await stream.close();
    await first.stop();
    const second = await startGateway({ retell: false, limits: false, eventsFile });
    try {
      const before = await read(job.id, second);
      expect(before.succeeded).toBeGreaterThan(0);
      expect((await follow(job.id, second)).at(-1)).toMatchObject({ status: 'FINISHED', succeeded: 300, failed: 0 });
      // The second server's vendor is a new one: what the first had done is not done again.
      const state = second.emulators.get('zim')?.apps[0]?.state;
      expect(state?.users.has('new0')).toBe(false);
      expect(state?.users.has('new299')).toBe(true);
    } finally {
      await second.stop();
    }
  }, 30_000);
});
