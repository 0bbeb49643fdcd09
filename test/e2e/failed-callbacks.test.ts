import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import type { EmulatedApp } from '../../src/emulator/vendor.ts';
import { toldEvents } from '../support/event-fields.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';

const app = 'em-stores';
/** On the mainland the vendor's dates are those of Beijing. */
const mainland = 'em-mainland';
const closed = 'em-closed';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({
    retell: false,
    limits: false,
    apps: [
      ...demoApps.filter(({ vendor }) => vendor !== 'easemob'),
      variant('easemob', app),
      variant('easemob', mainland, { orgName: 'mainland-org', cluster: 'cn1' }),
      variant('easemob', closed, { orgName: 'closed-org' }, ['callback-storage-closed']),
    ],
  });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const failedCallbacks = /* GraphQL */ `
  query ($id: ID!) { app(id: $id) { failedCallbacks { since count redeliveries } } }
`;
const redeliver = /* GraphQL */ `
  mutation ($input: RedeliverCallbacksInput!) { redeliverCallbacks(input: $input) { isAccepted } }
`;

const stored = async (name: string) =>
  (await gateway.query(operator, failedCallbacks, { id: `App:${name}` })).data.app.failedCallbacks;
const sendAgain = (name: string, since: string, token = operator) =>
  gateway.query(token, redeliver, { input: { appId: `App:${name}`, since } });

function emulated(name: string): EmulatedApp {
  const found = gateway.emulators.get('easemob')?.apps.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** Has the vendor tell of something while nobody takes it. */
async function tellNobody(name: string, ...users: readonly string[]): Promise<void> {
  const own = emulated(name);
  const url = own.callbackUrl;
  own.callbackUrl = 'http://127.0.0.1:9/nobody';
  for (const to of users) gateway.emulators.get('easemob')?.fire('easemob.callback.roster.remove', { to }, name);
  await settled(gateway);
  own.callbackUrl = url;
}

test.each([app, mainland])(
  'what %s’s vendor could not deliver is shown, and comes when it is asked for',
  async (name) => {
    const startsAt = Math.floor(Date.now() / 600_000) * 600_000;
    expect(await stored(name)).toEqual([]);
    await tellNobody(name, 'user1', 'user2');
    const slices: { since: string; count: number; redeliveries: number }[] = await stored(name);
    expect(slices.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    const [slice] = slices;
    if (!slice) throw new Error('nothing is stored');
    expect(slice.redeliveries).toBe(0);
    expect(Date.parse(slice.since) - startsAt).toBeLessThanOrEqual(600_000);
    expect(Date.parse(slice.since)).toBeGreaterThanOrEqual(startsAt);

    const filter = { appIds: [`App:${name}`], types: ['FRIEND_REMOVED'] };
    const stream = await follow(gateway, [name], operator, toldEvents, { filter });
    for (const { since } of slices)
      expect((await sendAgain(name, since)).data).toEqual({ redeliverCallbacks: { isAccepted: true } });
    const friends = [await stream.until(() => true), await stream.until(() => true)].map(({ friend }) => friend.id);
    expect(friends.sort()).toEqual([`User:${name}:user1`, `User:${name}:user2`]);
    await settled(gateway);
    expect(await stored(name)).toEqual([]);
    await stream.close();
  },
);

test('what is lost once more is kept, and how often it was sent again', async () => {
  await tellNobody(app, 'user3');
  const [{ since }] = await stored(app);
  const own = emulated(app);
  const url = own.callbackUrl;
  own.callbackUrl = 'http://127.0.0.1:9/nobody';
  await sendAgain(app, since);
  await settled(gateway);
  own.callbackUrl = url;
  expect((await stored(app)).find((each: { since: string }) => each.since === since)).toMatchObject({ count: 1 });
  expect((await stored(app))[0].redeliveries).toBeGreaterThan(0);
});

test('ten minutes of which nothing is kept are NOT_FOUND', async () => {
  const { errors } = await sendAgain(app, '2021-09-09T06:40:00.000Z');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
});

test('an app whose console has it closed is VENDOR_MISCONFIGURED, with what it needs among its capabilities', async () => {
  const asked = await gateway.query(operator, failedCallbacks, { id: `App:${closed}` });
  expect(asked.data.app.failedCallbacks).toBeNull();
  expect(asked.errors?.[0]?.extensions).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
  const { data } = await gateway.query(
    operator,
    `{ app(id: "App:${closed}") { capabilities { operation condition } } }`,
  );
  expect(data.app.capabilities).toContainEqual({
    operation: 'App.failedCallbacks',
    condition: 'The storage of callbacks that failed, a paid addition.',
  });
});

test.each(['zim-eu', 'rc-cn'])('%s, whose vendor keeps none, is NOT_SUPPORTED', async (name) => {
  const asked = await gateway.query(operator, failedCallbacks, { id: `App:${name}` });
  expect(asked.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED' });
  const { errors } = await sendAgain(name, '2021-09-09T06:40:00.000Z');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED' });
});

test('a viewer may neither see nor send them', async () => {
  const viewer = await gateway.token();
  const asked = await gateway.query(viewer, failedCallbacks, { id: `App:${app}` });
  expect(asked.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const { errors } = await sendAgain(app, '2021-09-09T06:40:00.000Z', viewer);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
