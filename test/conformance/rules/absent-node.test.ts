import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const node = 'query ($id: ID!) { node(id: $id) { __typename } }';
const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

describe.each(ruleApps)('%s', (app, { group, room, user }) => {
  const [, , groupId] = group.split(':');
  const [, , roomId] = room.split(':');
  const absent = [
    `Member:${app}:group:${groupId}:nosuch`,
    `Member:${app}:group:4040404:bob`,
    `Member:${app}:chatroom:${roomId}:nosuch`,
    `Member:${app}:chatroom:4040404:bob`,
    `Message:${app}:direct:bob:alice:999999`,
    `Message:${app}:group:${groupId}:bob:999999`,
    `Message:${app}:group:4040404:bob:1`,
    `Message:${app}:chatroom:${roomId}:bob:99`,
  ];

  test.each(absent)('a message or member that is not there is null to an operator: %s', async (id) => {
    expect(await scene.operate(node, { id })).toEqual({ node: null });
  });

  test('one that is not there leaves the others of its list where they are', async () => {
    const ids = [user('bob'), ...absent, group];
    const answer = await scene.operate(nodes, { ids });
    expect(answer.nodes).toEqual([{ id: user('bob') }, ...absent.map(() => null), { id: group }]);
  });

  test.each(absent.filter((id) => id.includes('4040404')))(
    'what is not there is to a viewer as what is not its own: %s',
    async (id) => {
      const token = await scene.gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
      const { errors } = await scene.gateway.query(token, node, { id });
      expect(errors?.map(({ message, extensions }) => [message, extensions['code']])).toEqual([
        ['Not allowed, or not to be known.', 'FORBIDDEN'],
      ]);
    },
  );
});
