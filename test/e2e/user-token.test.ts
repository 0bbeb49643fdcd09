import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** How long the vendors' tokens last that users get from here. */

const issue = /* GraphQL */ `
  mutation ($user: ID, $ttl: Int) { issueUserToken(input: { userId: $user, ttlSeconds: $ttl }) { token expiresAt } }
`;
const day = 24 * 3600;
const ended = ['zim-eu', 'em-1'] as const;

let gateway: TestGateway;
let configured: TestGateway;
beforeAll(async () => {
  [gateway, configured] = await Promise.all([
    startGateway({ retell: false }),
    startGateway({ retell: false, userTokens: { viewerSeconds: 600, operatorSeconds: 1200, endless: true } }),
  ]);
}, 30_000);
afterAll(() => Promise.all([gateway.stop(), configured.stop()]));

/** How long a token that is issued lasts, in seconds from now; null for one without an end. */
async function lifeOf(at: TestGateway, token: string, variables: { user?: string; ttl?: number } = {}) {
  const { issueUserToken } = await give(at, token, issue, variables);
  expect(issueUserToken.token.length).toBeGreaterThan(20);
  return issueUserToken.expiresAt === null ? null : (Date.parse(issueUserToken.expiresAt) - Date.now()) / 1000;
}

describe.each(ended)('%s', (app) => {
  const viewerOf = (at: TestGateway, expiresInSeconds: number) =>
    at.token({ accounts: { [app]: 'alice' }, expiresInSeconds });
  const user = `User:${app}:bob`;

  test.each([30, 900])(
    'a viewer’s ends with the viewer’s own of %i seconds, however long it asks for',
    async (seconds) => {
      const viewer = await viewerOf(gateway, seconds);
      for (const ttl of [undefined, 10 * 365 * day, seconds + 1]) {
        const life = await lifeOf(gateway, viewer, ttl === undefined ? {} : { ttl });
        expect(life).toBeLessThanOrEqual(seconds + 0.5);
        expect(life).toBeGreaterThan(seconds - 5);
      }
      expect(await lifeOf(gateway, viewer, { ttl: 10 })).toBeLessThanOrEqual(10.5);
    },
  );

  test('a viewer’s lasts a day at most', async () => {
    const viewer = await viewerOf(gateway, 30 * day);
    for (const ttl of [undefined, 20 * day])
      expect(await lifeOf(gateway, viewer, ttl === undefined ? {} : { ttl })).toBeLessThanOrEqual(day + 0.5);
  });

  test('an operator’s lasts 30 days at most, also where the vendor would give a longer one', async () => {
    const operator = await gateway.operator();
    expect(await lifeOf(gateway, operator, { user, ttl: 10 * 365 * day })).toBeLessThanOrEqual(30 * day + 0.5);
    expect(await lifeOf(gateway, operator, { user })).toBeLessThanOrEqual(30 * day + 0.5);
    expect(await lifeOf(gateway, operator, { user, ttl: 3 * day })).toBeGreaterThan(3 * day - 5);
  });

  test('the bounds of the configuration take the place of both', async () => {
    const viewer = await viewerOf(configured, 30);
    for (const ttl of [undefined, day]) {
      const life = await lifeOf(configured, viewer, ttl === undefined ? {} : { ttl });
      expect(life).toBeLessThanOrEqual(600.5);
      expect(life).toBeGreaterThan(595);
    }
    const operator = await configured.operator();
    for (const ttl of [undefined, day]) {
      const life = await lifeOf(configured, operator, ttl === undefined ? { user } : { user, ttl });
      expect(life).toBeLessThanOrEqual(1200.5);
    }
  });

  test('none is given for a token that has just ended, though clocks may differ', async () => {
    const viewer = await viewerOf(gateway, -2);
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, viewer, issue)).code).toBe('UNAUTHENTICATED');
    });
    expect(calls).toEqual([]);
  });
});

test('a vendor that sets no end to its tokens gives viewers none, unless the configuration lets it', async () => {
  const claims = { accounts: { 'rc-cn': 'alice' }, expiresInSeconds: 30 };
  const viewer = await gateway.token(claims);
  const calls = await callsOf(gateway, async () => {
    const { code, message } = await refusal(gateway, viewer, issue);
    expect([code, message]).toEqual([
      'FORBIDDEN',
      "The app's vendor sets no end to its tokens: issuing one needs chat:admin.",
    ]);
  });
  expect(calls).toEqual([]);
  expect(await lifeOf(gateway, await gateway.operator(), { user: 'User:rc-cn:alice' })).toBeNull();
  expect(await lifeOf(configured, await configured.token(claims))).toBeNull();
});
