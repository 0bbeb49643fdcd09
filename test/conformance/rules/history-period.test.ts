import { describe, expect, test } from 'vitest';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const read = /* GraphQL */ `
  query ($conversation: ID!, $group: ID!, $filter: MessageFilter) {
    conversation(id: $conversation) { messages(filter: $filter) { nodes { id } pageInfo { hasNextPage endCursor } } }
    group(id: $group) { messages(filter: $filter) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }
`;

describe.each(ruleApps)('%s', (_, { app, group }: RuleApp) => {
  const said = async (filter: object) => {
    const { conversation, group: space } = await scene.operate(read, {
      conversation: `Conversation:${app}:bob:direct:alice`,
      group,
      filter,
    });
    return [conversation.messages, space.messages];
  };

  test.each([
    ['before anything can have been sent', { since: '1900-01-01T00:00:00Z', until: '1901-01-01T00:00:00Z' }],
    ['that ends then', { until: '1901-01-01T00:00:00Z' }],
    ['that ends before it begins', { since: '2100-01-01T00:00:00Z', until: '2000-01-01T00:00:00Z' }],
    ['of no length', { since: '2000-01-01T00:00:00Z', until: '2000-01-01T00:00:00Z' }],
    ['to come', { since: '9999-01-01T00:00:00Z' }],
  ])('a history of a period %s is empty', async (__, filter) => {
    const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    expect(await said(filter)).toEqual([nothing, nothing]);
  });

  test('a period that begins before anything can have been sent is the whole history', async () => {
    for (const [kind, id] of [
      ['direct', 'alice'],
      ['group', group.split(':')[2] ?? ''],
    ] as const)
      await scene.say(app, 'bob', { kind, id }, { kind: 'TEXT', text: 'here' });
    const all = await said({});
    for (const { nodes } of all) expect(nodes.length).toBeGreaterThan(0);
    expect(await said({ since: '1900-01-01T00:00:00Z', until: '9999-12-31T23:59:59.999Z' })).toMatchObject(
      all.map(({ nodes }: { nodes: unknown[] }) => ({ nodes })),
    );
  });
});
