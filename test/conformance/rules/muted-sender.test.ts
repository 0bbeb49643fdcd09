import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const supports = 'query ($app: ID!) { app(id: $app) { supports(operation: "Mutation.muteMembers") } }';
const mute = /* GraphQL */ `
  mutation ($space: ID!, $user: ID!) {
    muteMembers(input: { spaceId: $space, userIds: [$user] }) { results { ok } }
  }
`;
const send = /* GraphQL */ `
  mutation ($to: ID!) {
    sendMessage(input: { to: [$to], content: { text: { text: "may I" } } }) { results { ok error { code message } } }
  }
`;

describe.each(ruleApps)('%s', (app, { group, user }) => {
  test('a member who was muted here sends nothing to the group, and is refused as FORBIDDEN in the same words', async () => {
    const { supports: canMute } = (await scene.operate(supports, { app: `App:${app}` })).app;
    const answer = await scene.gateway.query(await scene.gateway.operator(), mute, { space: group, user: user('bob') });
    expect(answer.errors?.[0]?.extensions['code']).toBe(canMute ? undefined : 'NOT_SUPPORTED');
    const bob = await scene.as('bob');
    const refused = { ok: false, error: { code: 'FORBIDDEN', message: 'The sender is muted in this space.' } };
    const { results } = (await bob(send, { to: group })).sendMessage;
    expect(results).toEqual([canMute ? refused : { ok: true, error: null }]);
  });
});
