import { describe, expect, test } from 'vitest';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const register = /* GraphQL */ `
  mutation ($app: ID!, $users: [NewUserInput!]!) {
    registerUsers(input: { appId: $app, users: $users }) { results { ok error { code } } }
  }
`;

describe.each(ruleApps)('%s', (app) => {
  test('an id that is registered is CONFLICT, and the others of the call are registered', async () => {
    const users = [{ vendorId: 'alice' }, { vendorId: 'fresh' }];
    const { registerUsers } = await scene.operate(register, { app: `App:${app}`, users });
    expect(registerUsers.results).toEqual([
      { ok: false, error: { code: 'CONFLICT' } },
      { ok: true, error: null },
    ]);
  });
});
