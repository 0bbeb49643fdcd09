import { describe, expect, test } from 'vitest';
import type { Data } from '../../support/answers.ts';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const create = `mutation ($owner: ID!, $members: [ID!]) {
  createGroup(input: { name: "Owners", ownerId: $owner, memberIds: $members }) { group { id owner { id } } } }`;
const read = `query ($id: ID!) { group(id: $id) { owner { id } members(first: 100) { nodes { role user { id } } } } }`;
const transfer = `mutation ($id: ID!, $actor: ID, $to: ID!) {
  transferOwnership(input: { spaceId: $id, actorId: $actor, newOwnerId: $to }) { space { ... on Group { owner { id } } } } }`;

describe.each(ruleApps)('%s', (_, at) => {
  const { user } = at;
  test('the owner of a group is the member in that role, and another after the group was given away', async () => {
    const members = ['alice', 'bob'].map(user);
    const { group } = (await scene.operate(create, { owner: user('carol'), members })).createGroup;
    expect(group.owner).toEqual({ id: user('carol') });
    const told = async () => {
      const { owner, members } = (await scene.operate(read, { id: group.id })).group;
      const owners = members.nodes.filter(({ role }: Data) => role === 'OWNER');
      expect(owners.map((member: Data) => member.user)).toEqual([owner]);
      return owner.id;
    };
    expect(await told()).toBe(user('carol'));
    if (!(await at.supports(scene, 'Mutation.transferOwnership'))) return;
    const takesActor = await at.supports(scene, 'TransferOwnershipInput.actorId');
    const variables = { id: group.id, to: user('bob'), ...(takesActor && { actor: user('carol') }) };
    expect((await scene.operate(transfer, variables)).transferOwnership.space.owner).toEqual({ id: user('bob') });
    expect(await told()).toBe(user('bob'));
  });
});
