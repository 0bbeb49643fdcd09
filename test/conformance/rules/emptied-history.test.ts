import { describe, expect, test } from 'vitest';
import type { Data } from '../../support/answers.ts';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const send = `mutation ($to: [ID!]!) {
  sendMessage(input: { to: $to, content: { text: { text: "between us" } } }) { message { id } } }`;
const fields = 'content { ... on TextContent { text } }';
const byId = `query ($id: ID!) { message(id: $id) { ${fields} } node(id: $id) { ... on Message { ${fields} } } }`;
const lists = `query ($app: ID!, $to: ID!) { viewer { account(appId: $app) { conversation(peerId: $to) { id
  lastMessage { ${fields} } messages(first: 100) { nodes { ${fields} } } } } } }`;
const ofSpace = `query ($id: ID!) { group(id: $id) { messages(first: 100) { nodes { ${fields} } } } }`;
const clear = `mutation ($ids: [ID!]!) { clearHistory(input: { conversationIds: $ids }) { results { ok } } }`;

describe.each(ruleApps)('%s', (_, at) => {
  const { app, user, group } = at;
  test.each([
    ['with a user', user('bob'), 'alice'],
    ['with a group', group, 'group'],
  ])(
    'a history %s that its owner emptied is read by the owner nowhere, and by the others as before',
    async (__, to, kind) => {
      const supports = `query ($id: ID!) { app(id: $id) { supports(operation: "Mutation.clearHistory") } }`;
      if (!(await scene.operate(supports, { id: `App:${app}` })).app.supports) return;
      const alice = await scene.as('alice');
      const bob = await scene.as('bob');
      const { id } = (await alice(send, { to: [to] })).sendMessage.message;
      await scene.settle();
      const shown = { content: { text: 'between us' } };
      expect(await alice(byId, { id })).toEqual({ message: shown, node: shown });
      const { conversation } = (await alice(lists, { app: `App:${app}`, to })).viewer.account;
      expect((await alice(clear, { ids: [conversation.id] })).clearHistory.results).toEqual([{ ok: true }]);

      const token = await scene.gateway.token({ subject: 'alice', accounts: { [app]: 'alice' } });
      const { data, errors } = await scene.gateway.query(token, byId, { id });
      expect(data).toEqual({ message: null, node: null });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      const emptied = (await alice(lists, { app: `App:${app}`, to })).viewer.account.conversation;
      expect([emptied.lastMessage, emptied.messages.nodes]).toEqual([null, []]);
      if (kind === 'group') expect((await alice(ofSpace, { id: to })).group.messages.nodes).toEqual([]);

      expect(await bob(byId, { id })).toEqual({ message: shown, node: shown });
      const own = { app: `App:${app}`, to: kind === 'group' ? to : user('alice') };
      const { messages } = (await bob(lists, own)).viewer.account.conversation;
      expect(messages.nodes.map((each: Data) => each.content)).toContainEqual(shown.content);
      expect(await scene.operate(byId, { id })).toEqual({ message: shown, node: shown });
    },
  );
});
