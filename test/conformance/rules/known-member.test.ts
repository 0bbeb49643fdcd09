import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const add = /* GraphQL */ `
  mutation ($space: ID!, $users: [ID!]!) {
    addMembers(input: { spaceId: $space, userIds: $users }) { results { target ok error { code } } }
  }
`;
const members = 'query ($id: ID!) { group(id: $id) { members(first: 100) { nodes { user { id } } } } }';

describe.each(ruleApps)('%s', (_app, { group, user }) => {
  test('one who is a member already stays one, and is no error, alone and beside others', async () => {
    const both = ['user50', 'user51'].map(user);
    for (const users of [both.slice(0, 1), both.slice(0, 1), both, both]) {
      const { addMembers } = await scene.operate(add, { space: group, users });
      expect(addMembers.results).toEqual(users.map((target) => ({ target, ok: true, error: null })));
    }
    const { nodes } = (await scene.operate(members, { id: group })).group.members;
    const ids: string[] = nodes.map((each: { user: { id: string } }) => each.user.id);
    expect(ids.filter((id) => both.includes(id)).sort()).toEqual(both);
  });
});
