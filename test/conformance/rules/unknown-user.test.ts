import { describe, expect, test } from 'vitest';
import { refusal } from '../../support/answers.ts';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const issue = 'mutation ($id: ID!) { issueUserToken(input: { userId: $id }) { token } }';
const register = /* GraphQL */ `
  mutation ($app: ID!, $users: [NewUserInput!]!) {
    registerUsers(input: { appId: $app, users: $users }) { results { ok } }
  }
`;

describe.each(ruleApps)('%s', (app, { user }) => {
  test('a token for a user that is not registered is NOT_FOUND, and does not make the user', async () => {
    const operator = await scene.gateway.operator();
    for (let time = 0; time < 2; time += 1)
      expect(await refusal(scene.gateway, operator, issue, { id: user('newcomer') })).toMatchObject({
        code: 'NOT_FOUND',
      });
  });

  test('a user that was registered has one', async () => {
    const users = [{ vendorId: 'welcome' }];
    expect((await scene.operate(register, { app: `App:${app}`, users })).registerUsers.results).toEqual([{ ok: true }]);
    const { issueUserToken } = await scene.operate(issue, { id: user('welcome') });
    expect(issueUserToken.token).toMatch(/./);
  });
});
