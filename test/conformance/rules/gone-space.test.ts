import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();

/** What the operator is refused, as an error of the field or of its one item. */
async function refusedWith(query: string, variables: Record<string, unknown>): Promise<unknown> {
  const { data, errors } = await scene.gateway.query(await scene.gateway.operator(), query, variables);
  if (errors?.[0]) return errors[0].extensions['code'];
  const [payload] = Object.values<{ results?: { error: { code: string } | null }[] }>(data ?? {});
  return payload?.results?.[0]?.error?.code ?? 'ok';
}

const end = 'mutation ($id: ID!) { deleteSpace(input: { spaceId: $id }) { deletedSpaceId } }';
const changes = [
  [
    'adding members',
    'mutation ($id: ID!, $user: ID!) { addMembers(input: { spaceId: $id, userIds: [$user] }) { results { error { code } } } }',
  ],
  [
    'removing members',
    'mutation ($id: ID!, $user: ID!) { removeMembers(input: { spaceId: $id, userIds: [$user] }) { results { error { code } } } }',
  ],
  ['a new name', 'mutation ($id: ID!) { updateGroup(input: { groupId: $id, name: "N" }) { group { id } } }'],
  ['its end', end],
] as const;

describe.each(ruleApps)('%s', (_, { noGroup, noRoom, user }) => {
  test.each(changes)('%s of a group that is not there is NOT_FOUND', async (__, query) => {
    expect(await refusedWith(query, { id: noGroup, user: user('bob') })).toBe('NOT_FOUND');
  });

  test('the end of a room that is not there is NOT_FOUND', async () => {
    expect(await refusedWith(end, { id: noRoom })).toBe('NOT_FOUND');
  });
});
