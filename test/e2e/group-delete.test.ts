import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, give, refusal } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const deletes = 'mutation ($input: DeleteSpaceInput!) { deleteSpace(input: $input) { deletedSpaceId } }';

const apps = [
  { app: 'zim-eu', vendor: 'ZIM', choir: 'choir', endpoint: 'zim.group.dismiss', twice: 'NOT_FOUND' },
  {
    app: 'rc-cn',
    vendor: 'RONGCLOUD',
    choir: 'choir',
    endpoint: 'rongcloud.entrust.group.dismiss',
    twice: 'NOT_FOUND',
  },
  {
    app: 'rc-plain',
    vendor: 'RONGCLOUD',
    choir: 'choir',
    looksFirst: 'rongcloud.group.user.query',
    endpoint: 'rongcloud.group.dismiss',
    twice: 'NOT_FOUND',
  },
  { app: 'em-1', vendor: 'EASEMOB', choir: '2784004', endpoint: 'easemob.group.delete', twice: 'NOT_FOUND' },
] as const;

describe.each(apps)('$app', ({ app, vendor, choir, endpoint, twice, ...at }) => {
  const looksFirst = 'looksFirst' in at ? [at.looksFirst] : [];

  test('a deleted group is gone, and cannot be deleted again', async () => {
    const spaceId = `Group:${app}:${choir}`;
    const calls = await callsOf(gateway, async () => {
      expect(await give(gateway, operator, deletes, { input: { spaceId } })).toEqual({
        deleteSpace: { deletedSpaceId: spaceId },
      });
    });
    expect(calls).toEqual([...looksFirst, endpoint]);
    const groups = await give(
      gateway,
      operator,
      `{ user(id: "User:${app}:dave") { groups(first: 100) { nodes { id } } } }`,
    );
    expect(groups.user.groups.nodes.map((each: Data) => each.id)).not.toContain(spaceId);
    expect(await refusal(gateway, operator, deletes, { input: { spaceId } })).toMatchObject({
      code: twice,
      // RongCloud does not say that a group is gone: it was looked for in vain.
      ...(vendor === 'RONGCLOUD'
        ? { operation: 'Mutation.deleteSpace' }
        : { operation: endpoint, vendorCode: expect.any(String) }),
      app,
      vendor,
    });
  });
});

test('a group is deleted in somebody’s name where the vendor wants to know, and in nobody’s elsewhere', async () => {
  const input = (app: string, group: string) => ({ spaceId: `Group:${app}:${group}`, actorId: `User:${app}:bob` });
  for (const app of ['rc-plain', 'zim-eu']) await give(gateway, operator, deletes, { input: input(app, 'runners') });
  const calls = await callsOf(gateway, async () => {
    for (const [app, group] of [
      ['rc-cn', 'runners'],
      ['em-1', '2784003'],
    ] as const) {
      const error = await refusal(gateway, operator, deletes, { input: input(app, group) });
      expect(error).toMatchObject({ code: 'NOT_SUPPORTED', input: 'input.actorId', app });
    }
  });
  expect(calls).toEqual([]);
});
