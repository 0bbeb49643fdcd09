import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const send = /* GraphQL */ `
  mutation ($to: [ID!]!) { sendMessage(input: { to: $to, content: { text: { text: "oops" } } }) { message { id } } }
`;
const recall =
  'mutation ($ids: [ID!]!) { recallMessages(input: { messageIds: $ids }) { results { ok error { code } } } }';

const fields = 'id recalledAt sentAt kind content { __typename }';
const conversation = `query ($app: ID!, $to: ID!) { viewer { account(appId: $app) { conversation(peerId: $to) {
  lastMessage { ${fields} } messages(first: 100) { nodes { ${fields} } } } } } }`;
const byId = `query ($id: ID!) { message(id: $id) { ${fields} } node(id: $id) { ... on Message { ${fields} } } }`;
const told = `query ($app: ID!) { events(first: 100, filter: { appIds: [$app], types: [MESSAGE_RECALLED] }) {
  nodes { ... on MessageRecalledEvent { message { id } } } } }`;

describe.each(ruleApps)('%s', (_, { app, user, group }) => {
  test.each([
    ['to a user', user('bob')],
    ['in a group', group],
  ])('a viewer recalls its own message %s, and nobody else does', async (__, to) => {
    const alice = await scene.as('alice');
    const { id } = (await alice(send, { to: [to] })).sendMessage.message;
    const token = await scene.gateway.token({
      subject: 'bob',
      accounts: Object.fromEntries(ruleApps.map(([app]) => [app, 'bob'])),
    });
    const { errors } = await scene.gateway.query(token, recall, { ids: [id] });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    expect((await alice(recall, { ids: [id] })).recallMessages.results).toEqual([{ ok: true, error: null }]);
  });

  test.each([
    ['to a user', user('bob')],
    ['in a group', group],
  ])('a message that was recalled %s is one message wherever it is read', async (__, to) => {
    const alice = await scene.as('alice');
    const ids: string[] = [];
    for (let each = 0; each < 3; each += 1) ids.push((await alice(send, { to: [to] })).sendMessage.message.id);
    const [first, second, third] = ids;
    // The one in the middle last of all, so that the recalls are in another order than the messages.
    for (const id of [third, second]) {
      expect((await alice(recall, { ids: [id] })).recallMessages.results).toEqual([{ ok: true, error: null }]);
      await scene.settle();
    }
    const { lastMessage, messages } = (await alice(conversation, { app: `App:${app}`, to })).viewer.account
      .conversation;
    const [newest, middle, oldest] = messages.nodes;
    expect([newest, middle, oldest].map(({ id }) => id)).toEqual([third, second, first]);
    expect(lastMessage).toEqual(newest);
    expect(oldest).toMatchObject({ recalledAt: null, kind: 'TEXT' });
    for (const recalled of [newest, middle]) {
      expect(recalled).toMatchObject({ kind: 'RECALLED', content: { __typename: 'RecalledContent' } });
      expect([recalled.recalledAt, recalled.sentAt]).toEqual([expect.any(String), expect.any(String)]);
      expect(await alice(byId, { id: recalled.id })).toEqual({ message: recalled, node: recalled });
    }
    for (const event of (await scene.operate(told, { app: `App:${app}` })).events.nodes)
      expect(await scene.operate(byId, { id: event.message.id })).toMatchObject({ message: { kind: 'RECALLED' } });
  });
});
