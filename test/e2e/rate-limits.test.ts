import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { sendMessage, textTo } from '../support/messages.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
}, 30_000);
afterAll(() => gateway.stop());
afterEach(() => {
  for (const emulator of gateway.emulators.values()) emulator.setFaults([]);
});

const names = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { name } } }';
const ids = (app: string, count: number) => Array.from({ length: count }, (_, index) => `User:${app}:user${index + 1}`);

async function post(token: string, query: string, headers: Record<string, string> = {}, variables: object = {}) {
  const reply = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return reply.json();
}

describe('App.rateLimits', () => {
  const query = /* GraphQL */ `
    query {
      apps {
        name
        rateLimits { name unit scope source windows { seconds limit used remaining } waiting estimatedWaitMs refusals share viewerShare }
      }
    }
  `;

  test('tells every bucket of the catalogue, with where its figures come from', async () => {
    const { data, errors } = await gateway.query(await gateway.operator(), query);
    expect(errors).toBeUndefined();
    for (const { name, rateLimits } of data.apps) {
      const slug = demoApps.find((app) => app.name === name)?.vendor;
      const buckets = vendors.find((vendor) => vendor.slug === slug)?.limits.map(({ id }) => id) ?? [];
      expect(rateLimits.map((limit: { name: string }) => limit.name).sort()).toEqual(buckets.toSorted());
      for (const limit of rateLimits) {
        expect(limit.source, `${name} ${limit.name}`).toBeTruthy();
        expect(limit.share).toBe(1);
        expect(limit.viewerShare).toBe(0.5);
      }
    }
    const zim = data.apps.find((app: { name: string }) => app.name === 'zim-eu');
    expect(zim.rateLimits.find((limit: { name: string }) => limit.name === 'QueryUserInfos')).toMatchObject({
      unit: 'calls',
      scope: 'app',
      windows: [{ seconds: 1, limit: 20 }],
      waiting: 0,
      refusals: 0,
    });
  });

  test('shows what is used of a window', async () => {
    const operator = await gateway.operator();
    await gateway.query(operator, names, { ids: ids('rc-cn', 1) });
    const { data } = await gateway.query(operator, query);
    const limits = data.apps.find((app: { name: string }) => app.name === 'rc-cn').rateLimits;
    const used = limits.find((limit: { name: string }) => limit.name === 'user.profile.batch.query');
    expect(used.windows[0]).toMatchObject({ used: 1, remaining: used.windows[0].limit - 1 });
  });

  test('is for chat:admin', async () => {
    const { errors } = await gateway.query(await gateway.token({ scopes: ['chat:read'] }), query);
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('switchboard-explain', () => {
  test('lists the vendor calls of the operation, with batch size, sharing, wait and attempts', async () => {
    const { extensions } = await post(
      await gateway.operator(),
      names,
      { 'switchboard-explain': '1' },
      { ids: ids('zim-eu', 12) },
    );
    expect(extensions.vendorCalls).toEqual([
      {
        app: 'zim-eu',
        endpoint: 'zim.user.info.query',
        items: 12,
        attempts: 1,
        waitMs: expect.any(Number),
        durationMs: expect.any(Number),
        outcome: 'ok',
        sharedBy: expect.any(Number),
      },
    ]);
  });

  test('a call that requests share is told to each of them, with how many they are', async () => {
    const operator = await gateway.operator();
    gateway.calls.length = 0;
    const requests = ids('zim-eu', 60).map((id) =>
      post(operator, names, { 'switchboard-explain': '1' }, { ids: [id] }),
    );
    const told = (await Promise.all(requests)).flatMap((answer) => answer.extensions.vendorCalls);
    expect(told).toHaveLength(60);
    expect(Math.max(...told.map((call) => call.sharedBy))).toBeGreaterThan(1);
    expect(told.reduce((sum, call) => sum + 1 / call.sharedBy, 0)).toBeCloseTo(gateway.calls.length);
  });

  test('a plan tells the calls that would be made and the expected wait, and makes none', async () => {
    gateway.calls.length = 0;
    const { data, extensions, errors } = await post(
      await gateway.operator(),
      names,
      { 'switchboard-explain': 'plan' },
      { ids: ids('zim-eu', 12) },
    );
    expect([data, errors, gateway.calls.length]).toEqual([null, undefined, 0]);
    expect(extensions.plan).toEqual({
      vendorCalls: [{ app: 'zim-eu', endpoint: 'zim.user.info.query', items: 12, expectedWaitMs: expect.any(Number) }],
      expectedWaitMs: expect.any(Number),
      isComplete: false,
      notPlanned: [],
    });
  });

  test('a plan of a mutation sends nothing', async () => {
    gateway.calls.length = 0;
    const mutation =
      'mutation { sendMessage(input: { to: ["User:rc-cn:bob"], content: { text: { text: "not sent" } } }) { results { ok } } }';
    const token = await gateway.token({ scopes: ['chat:read'] });
    const { data, extensions } = await post(token, mutation, { 'switchboard-explain': 'plan' });
    expect([data, gateway.calls.length]).toEqual([null, 0]);
    expect(extensions.plan.vendorCalls).toMatchObject([{ endpoint: 'rongcloud.message.private.publish', items: 1 }]);
  });

  test('is for holders of chat:read, except in the demo', async () => {
    const { errors } = await post(await gateway.token(), '{ viewer { scopes } }', { 'switchboard-explain': '1' });
    expect(errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

describe('under load', () => {
  test('reads of many requests over the limit all answer, in few full calls, without a refusal of the vendor', async () => {
    const operator = await gateway.operator();
    gateway.calls.length = 0;
    const presence = 'query ($id: ID!) { user(id: $id) { presence { isOnline } } }';
    const asked = Array.from({ length: 400 }, (_, index) => `User:zim-eu:user${(index % 60) + 1}`);
    const answers = await Promise.all(asked.map((id) => gateway.query(operator, presence, { id })));
    const failed = answers.filter((answer) => answer.errors?.some((error) => error.extensions['code'] !== 'NOT_FOUND'));
    expect(failed).toEqual([]);
    expect(gateway.emulators.get('zim')?.stats.get('zim.user.onlineState.query')?.overLimit).toBe(0);
    expect(gateway.calls.length).toBeLessThan(100);
  });

  test("the vendor's refusals out of the blue are waited out, visible, and lose no key", async () => {
    const operator = await gateway.operator();
    gateway.emulators
      .get('easemob')
      ?.setFaults([{ endpoints: ['easemob.metadata.user.batchGet'], kind: 'overLimit', times: 2 }]);
    const { errors, data } = await gateway.query(operator, names, { ids: ids('em-1', 5) });
    expect(errors).toBeUndefined();
    expect(data.nodes).toHaveLength(5);
    const limits = await gateway.query(operator, '{ app(id: "App:em-1") { rateLimits { name refusals share } } }');
    const hit = limits.data.app.rateLimits.find((limit: { name: string }) => limit.name === 'metadata.user.batchGet');
    expect(hit.refusals).toBe(2);
    expect(hit.share).toBeLessThan(1);
  });

  test("one viewer's flood of messages leaves the others their part of RongCloud's recipients of a minute", {
    timeout: 60_000,
  }, async () => {
    const [flooder, bob] = [
      await gateway.token({ subject: 'alice', scopes: ['chat:write'] }),
      await gateway.token({ subject: 'bob', scopes: ['chat:write'] }),
    ];
    const everybody = ids('rc-cn', 60);
    const fromBob = () => sendMessage(gateway, bob, textTo('User:rc-cn:carol', 'from one who sends little'));
    expect((await fromBob()).errors).toBeUndefined();
    // 7,200 recipients: more than the 6,000 of a minute.
    const flood = Promise.all(
      Array.from({ length: 120 }, () =>
        sendMessage(gateway, flooder, { ...textTo('User:rc-cn:user1', 'flood'), to: everybody }),
      ),
    );
    const sent = (await flood).filter(({ errors }) => !errors);
    expect(sent.length).toBeGreaterThan(40);
    expect(sent.length).toBeLessThanOrEqual(50);
    const startedAt = performance.now();
    for (let index = 0; index < 10; index += 1) expect((await fromBob()).errors).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(gateway.emulators.get('rongcloud')?.stats.get('rongcloud.message.private.publish')?.overLimit).toBe(0);
  });

  test('a priority can be asked for by header, and changes nothing but the turn', async () => {
    const { data } = await post(
      await gateway.operator(),
      names,
      { 'switchboard-priority': 'bulk' },
      { ids: ids('zim-eu', 1) },
    );
    expect(data.nodes[0].name).toBe('User 1');
  });
});

describe('/metrics', () => {
  test('shows buckets and vendor calls to chat:admin', async () => {
    const reply = await fetch(`${gateway.url}/metrics`, {
      headers: { authorization: `Bearer ${await gateway.operator()}` },
    });
    const text = await reply.text();
    expect(reply.status).toBe(200);
    expect(text).toMatch(
      /switchboard_limit_units\{app="zim-eu",bucket="QueryUserInfos",scope="app",unit="calls",window_seconds="1",source="[^"]+"\} 20/,
    );
    expect(text).toMatch(
      /switchboard_vendor_calls_total\{app="zim-eu",endpoint="zim\.user\.info\.query",outcome="ok"\} \d+/,
    );
    expect(text).toMatch(/switchboard_limit_refusals\{app="em-1",bucket="metadata\.user\.batchGet",scope="app"\} 2/);
  });

  test('counts every request to a vendor, those that it refused for their rate included', async () => {
    const operator = await gateway.operator();
    const read = async () => {
      const reply = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${operator}` } });
      const text = await reply.text();
      const of = (name: string, outcome: string) =>
        Number(
          new RegExp(
            `^${name}\\{app="em-1",endpoint="easemob\\.metadata\\.user\\.batchGet",outcome="${outcome}"\\} (\\d+)$`,
            'm',
          ).exec(text)?.[1] ?? 0,
        );
      return {
        ok: of('switchboard_vendor_calls_total', 'ok'),
        limited: of('switchboard_vendor_calls_total', 'RATE_LIMITED'),
        operations: of('switchboard_vendor_operations_total', 'ok'),
      };
    };
    const before = await read();
    const emulator = gateway.emulators.get('easemob');
    const served = () => emulator?.stats.get('easemob.metadata.user.batchGet')?.calls ?? 0;
    const servedBefore = served();
    emulator?.setFaults([{ endpoints: ['easemob.metadata.user.batchGet'], kind: 'overLimit', times: 2 }]);
    await gateway.query(operator, names, { ids: ids('em-1', 3) });
    const after = await read();
    expect(served() - servedBefore).toBe(3);
    expect([after.ok - before.ok, after.limited - before.limited]).toEqual([1, 2]);
    expect(after.operations - before.operations).toBe(1);
  });

  test.each([
    ['nobody', null, 401],
    ['a viewer', 'viewer', 403],
  ])('refuses %s', async (_, who, status) => {
    const headers = who === null ? {} : { authorization: `Bearer ${await gateway.token()}` };
    expect((await fetch(`${gateway.url}/metrics`, { headers })).status).toBe(status);
  });
});
