import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const results = 'results { target ok error { code message } }';
const add = `mutation ($space: ID!, $users: [ID!]!) { addMembers(input: { spaceId: $space, userIds: $users }) { ${results} } }`;
const remove = add.replaceAll('addMembers', 'removeMembers');
const register = /* GraphQL */ `
  mutation ($app: ID!, $users: [NewUserInput!]!) {
    registerUsers(input: { appId: $app, users: $users }) { results { target ok } }
  }
`;
const members = 'query ($id: ID!) { group(id: $id) { members(first: 100) { nodes { user { id } } } } }';
const inGroup = async (id: string): Promise<string[]> =>
  (await scene.operate(members, { id })).group.members.nodes.map((each: { user: { id: string } }) => each.user.id);

describe.each(ruleApps)('%s', (app, { group, user }) => {
  test('the others are registered beside one whose id is too long for every vendor', async () => {
    const bad = 'x'.repeat(200);
    const users = ['item1', bad, 'item2', 'item3'].map((vendorId) => ({ vendorId }));
    const { registerUsers } = await scene.operate(register, { app: `App:${app}`, users });
    expect(registerUsers.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, true, true]);
  });

  test('the others are added beside one that no vendor could have', async () => {
    const bad = user('%C3%A9%2C'.repeat(30));
    const { addMembers } = await scene.operate(add, { space: group, users: [user('item1'), bad, user('item2')] });
    expect(addMembers.results).toMatchObject([{ ok: true }, { target: bad, ok: false }, { ok: true }]);
    expect(await inGroup(group)).toEqual(expect.arrayContaining([user('item1'), user('item2')]));
  });

  test('the others are removed beside the owner', async () => {
    const users = [user('item1'), user('alice'), user('item2')];
    const { removeMembers } = await scene.operate(remove, { space: group, users });
    expect(removeMembers.results).toMatchObject([{ ok: true }, { target: user('alice') }, { ok: true }]);
    const left = await inGroup(group);
    expect(left).not.toContain(user('item1'));
    expect(left).not.toContain(user('item2'));
  });
});
