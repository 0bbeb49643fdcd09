import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const send = /* GraphQL */ `
  mutation ($to: [ID!]!) { sendMessage(input: { to: $to, content: { text: { text: "oops" } } }) { message { id } } }
`;
const recall =
  'mutation ($ids: [ID!]!) { recallMessages(input: { messageIds: $ids }) { results { ok error { code } } } }';

describe.each(ruleApps)('%s', (_, { user, group }) => {
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
});
