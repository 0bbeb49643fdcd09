import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const send = /* GraphQL */ `
  mutation ($to: [ID!]!) {
    sendMessage(input: { to: $to, content: { text: { text: "let me in" } } }) {
      results { ok node { __typename } error { code message } }
      message { id }
    }
  }
`;
const refused = {
  ok: false,
  node: null,
  error: { code: 'FORBIDDEN', message: 'The receiver takes no messages of the sender.' },
};

describe.each(ruleApps)('%s', (_, { user }) => {
  test('a send to somebody who blocks the sender is FORBIDDEN, in the same words', async () => {
    const frank = await scene.as('frank');
    const { sendMessage } = await frank(send, { to: [user('alice')] });
    expect(sendMessage).toEqual({ results: [refused], message: null });
  });

  test('the others of the send have it', async () => {
    const frank = await scene.as('frank');
    const { sendMessage } = await frank(send, { to: [user('carol'), user('alice'), user('bob')] });
    const sent = { ok: true, node: { __typename: 'Message' }, error: null };
    expect(sendMessage.results).toEqual([sent, refused, sent]);
  });
});
