import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newHosting } from '../../src/vendors/rongcloud/emulator/hosted-group.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let frank: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps, limits: false, keepsLimits: false });
  frank = await gateway.token({
    subject: 'frank',
    accounts: Object.fromEntries(allApps.map(({ name }) => [name, 'frank'])),
  });
  for (const emulator of gateway.emulators.values()) {
    for (const { state, switches } of emulator.apps) {
      const extra = switches.has('hosted') ? { extra: newHosting('bob') } : {};
      // More than the pages of a user's groups that are read to find out about one of them.
      for (let number = first; number <= last; number += 1)
        state.addSpace('group', String(number), {
          name: 'One of many',
          owner: 'bob',
          members: ['bob', 'frank'],
          ...extra,
        });
      state.addSpace('group', String(foreign), { name: 'Not his', owner: 'bob', members: ['bob'], ...extra });
    }
  }
}, 30_000);
afterAll(() => gateway.stop());

const [first, last, foreign] = [5_000_001, 5_000_320, 5_000_400];
const membersOf = 'query ($id: ID!) { group(id: $id) { members(first: 5) { nodes { user { id } } } } }';

describe.each(allApps.map(({ name }) => name))('%s', (app) => {
  const read = (number: number) => gateway.query(frank, membersOf, { id: `Group:${app}:${number}` });

  test('who is in more groups than are listed for it is let into each of them, and into no other', async () => {
    for (const number of [first, last, Math.round((first + last) / 2)]) {
      const { data, errors } = await read(number);
      expect([number, errors]).toEqual([number, undefined]);
      const userIds = data.group.members.nodes.map((each: { user: { id: string } }) => each.user.id);
      expect(userIds.toSorted()).toEqual([`User:${app}:bob`, `User:${app}:frank`]);
    }
    const { data, errors } = await read(foreign);
    expect([data?.group?.members ?? null, errors?.[0]?.extensions['code']]).toEqual([null, 'FORBIDDEN']);
  });
});
