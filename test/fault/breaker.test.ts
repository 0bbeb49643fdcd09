import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf, chatApps, history, sendMessage, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  // Sends in its own right, so that a send is one call everywhere: for viewers Easemob's blocklists are asked first.
  alice = await gateway.token({ scopes: ['chat:write'] });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterEach(() => {
  for (const { slug } of chatApps) calm(slug);
});
afterAll(() => gateway.stop());

const read = (app: string, user: string) =>
  gateway.query(operator, 'query ($id: ID!) { user(id: $id) { name } }', { id: `User:${app}:${user}` });
const served = (slug: string) =>
  [...(gateway.emulators.get(slug)?.stats ?? [])]
    .filter(([id]) => id !== 'easemob.token.app')
    .reduce((sum, [, { calls }]) => sum + calls, 0);
const calm = (slug: string) => gateway.emulators.get(slug)?.setFaults([]);

describe.each(chatApps)('a breaker at $slug', ({ app, slug }) => {
  const others = chatApps.filter((each) => each.slug !== slug);

  test('opens after failures, answers at once without a call, leaves others alone, and closes by itself', {
    timeout: 30_000,
  }, async () => {
    await read(app, 'bob');
    gateway.emulators.get(slug)?.setFaults([{ kind: 'drop' }]);
    // Sends, since reads that wait together share a call.
    const lost = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        sendMessage(gateway, alice, textTo(`User:${app}:user${index + 1}`, 'x')),
      ),
    );
    const codes = lost.map(
      ({ data, errors }) => errors?.[0]?.extensions['code'] ?? data.sendMessage.results[0].error.code,
    );
    // Those after the opening were not sent at all.
    expect(codes).toContain('OUTCOME_UNKNOWN');
    expect(['OUTCOME_UNKNOWN', 'VENDOR_UNAVAILABLE']).toEqual(expect.arrayContaining(codes));
    const before = served(slug);
    const startedAt = performance.now();
    const refused = await read(app, 'user30');
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE', app, retryAfterMs: 5000 });
    expect(served(slug)).toBe(before);
    const sent = await sendMessage(gateway, alice, textTo(`User:${app}:bob`, 'not sent'));
    expect(sent.errors?.[0]?.extensions['code']).toBe('VENDOR_UNAVAILABLE');
    const health = 'query ($id: ID!) { app(id: $id) { health { status errorRate } } }';
    const down = await gateway.query(operator, health, { id: `App:${app}` });
    expect(down.data.app.health).toMatchObject({ status: 'DOWN' });
    expect(down.data.app.health.errorRate).toBeGreaterThan(0.4);

    for (const other of others) {
      const answer = await read(other.app, 'carol');
      expect(answer.errors, other.app).toBeUndefined();
      expect(answer.data.user.name).toBe('Carol Cliff');
      const up = await gateway.query(operator, health, { id: `App:${other.app}` });
      expect(up.data.app.health.status).not.toBe('DOWN');
    }

    // One probe goes through after five seconds; while the vendor is still down, only that one.
    calm(slug);
    await expect
      .poll(async () => (await read(app, 'dave')).data.user.name, { timeout: 10_000, interval: 250 })
      .toBe('Dave Dale');
    expect((await read(app, 'erin')).errors).toBeUndefined();
    expect(callsOf(gateway, app).length).toBeGreaterThan(0);
  });
});

test("a refused session of Easemob's is renewed once for all who wait, and every one of them is served", async () => {
  const emulator = gateway.emulators.get('easemob');
  await read('em-1', 'bob');
  const many = 30;
  // The vendor forgets the app's token, as it does when its secret is changed.
  emulator?.reset();
  const answers = await Promise.all(
    Array.from({ length: many }, (_, index) =>
      sendMessage(gateway, alice, textTo(`User:em-1:user${index + 1}`, 'through a new session')),
    ),
  );
  const failed = answers.filter(({ errors, data }) => errors || !data.sendMessage.results[0].ok);
  expect(failed).toEqual([]);
  expect(emulator?.stats.get('easemob.token.app')?.calls).toBe(1);
  const texts = [...(emulator?.apps[0]?.state.messages.values() ?? [])].filter(({ body }) =>
    JSON.stringify(body).includes('new session'),
  );
  expect(texts).toHaveLength(many);
});

test('credentials that stay refused are VENDOR_MISCONFIGURED after one new session, not a loop', async () => {
  const emulator = gateway.emulators.get('easemob');
  // The session of the test before was just renewed, so this one waits until it may be dropped again.
  emulator?.setFaults([{ kind: 'unauthorized', endpoints: ['easemob.message.group.send'] }]);
  const { errors } = await sendMessage(gateway, alice, textTo('Group:em-1:2784001', 'never'));
  calm('easemob');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'VENDOR_MISCONFIGURED', vendorStatus: 401 });
  expect(emulator?.stats.get('easemob.message.group.send')?.calls).toBe(2);
});

describe('ids of 64 bits', () => {
  test('keep every digit from the vendor to the client and back', async () => {
    for (const { app, slug, team } of chatApps.filter((each) => each.slug !== 'rongcloud')) {
      const { data } = await sendMessage(gateway, alice, textTo(`Group:${app}:${team}`, 'with a long id'));
      const { id, vendorId } = data.sendMessage.message;
      const kept = [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.keys() ?? [])].at(-1);
      expect(vendorId).toBe(kept);
      expect(BigInt(vendorId) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
      await gateway.emulators.get(slug)?.callbacks.idle();
      const page = await history(gateway, alice, `Group:${app}:${team}`, { first: 1 });
      expect(page.data.node.messages.nodes).toMatchObject([{ id, vendorId: kept }]);
    }
  });
});

test("one vendor's slowness does not slow the others", { timeout: 30_000 }, async () => {
  for (const { slug } of chatApps) {
    gateway.emulators.get(slug)?.setFaults([{ latencyMs: 1500 }]);
    const slow = Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        read(chatApps.find((each) => each.slug === slug)?.app ?? '', `user${index + 40}`),
      ),
    );
    const startedAt = performance.now();
    for (const other of chatApps.filter((each) => each.slug !== slug))
      expect((await read(other.app, `user${50 + chatApps.indexOf(other)}`)).errors).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(1200);
    await slow;
    calm(slug);
  }
});
