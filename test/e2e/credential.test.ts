import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
}, 30_000);
beforeEach(() => {
  for (const emulator of gateway.emulators.values()) emulator.setFaults([]);
});
afterAll(() => gateway.stop());

const verify = /* GraphQL */ `
  mutation ($app: ID!) { verifyApp(input: { appId: $app }) { app { id health { status } } isAccepted expiresAt } }
`;
const issue = /* GraphQL */ `
  mutation ($app: ID!, $service: VendorService!, $user: ID) {
    issueServiceCredential(input: { appId: $app, service: $service, userId: $user }) { credential expiresAt }
  }
`;
const voice = { app: 'App:zim-eu', service: 'VOICE' };
const dayMs = 24 * 3600 * 1000;

describe('verifyApp', () => {
  test.each([
    ['zim-eu', 'zim.user.onlineState.query'],
    ['rc-cn', 'rongcloud.user.checkOnline'],
  ])('%s: the cheapest signed read shows that the vendor takes the credentials', async (app, endpoint) => {
    const token = await gateway.operator();
    const calls = await callsOf(gateway, async () => {
      const { verifyApp } = await give(gateway, token, verify, { app: `App:${app}` });
      expect(verifyApp).toMatchObject({ app: { id: `App:${app}` }, isAccepted: true, expiresAt: null });
    });
    expect(calls).toEqual([endpoint]);
  });

  test.each([
    ['zim-eu', 'zim'],
    ['rc-cn', 'rongcloud'],
  ])('%s: credentials that the vendor refuses are told, not thrown', async (app, slug) => {
    await disturb(gateway, slug, [{ kind: 'unauthorized' }]);
    const { verifyApp } = await give(gateway, await gateway.operator(), verify, { app: `App:${app}` });
    expect(verifyApp).toMatchObject({ isAccepted: false, expiresAt: null });
  });

  test('a vendor that cannot be asked says nothing of the credentials', async () => {
    await disturb(gateway, 'zim', [{ kind: 'html' }]);
    const error = await refusal(gateway, await gateway.operator(), verify, { app: 'App:zim-eu' });
    expect(error).toMatchObject({ code: 'VENDOR_UNAVAILABLE', app: 'zim-eu' });
  });

  test('is for chat:admin', async () => {
    const token = await gateway.token({ scopes: ['chat:read', 'chat:write'] });
    expect((await refusal(gateway, token, verify, { app: 'App:zim-eu' })).code).toBe('FORBIDDEN');
  });
});

describe('issueServiceCredential', () => {
  const issued = async (variables: object = voice) =>
    (await give(gateway, await gateway.operator(), issue, { ...variables })).issueServiceCredential;

  test('gives the license of the voice component, good for a week and one for everybody', async () => {
    const calls = await callsOf(gateway, async () => {
      const before = Date.now();
      const first = await issued();
      expect(first.credential).toContain('LICENSE');
      expect(Date.parse(first.expiresAt) - 7 * dayMs).toBeGreaterThanOrEqual(before);
      expect(Date.parse(first.expiresAt) - 7 * dayMs).toBeLessThanOrEqual(Date.now());
      expect(await issued({ ...voice, user: 'User:zim-eu:bob' })).toEqual(first);
    });
    expect(calls).toEqual(['zim.audio.license.get']);
  });

  test('a service that the vendor has no credential for is NOT_SUPPORTED', async () => {
    const token = await gateway.operator();
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, token, issue, { ...voice, service: 'TRANSLATION' })).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: 'input.service',
      });
      expect(await refusal(gateway, token, issue, { app: 'App:em-1', service: 'VOICE' })).toMatchObject({
        code: 'NOT_SUPPORTED',
        operation: 'Mutation.issueServiceCredential',
      });
    });
    expect(calls).toEqual([]);
  });

  test('a user of another app is refused', async () => {
    const error = await refusal(gateway, await gateway.operator(), issue, { ...voice, user: 'User:em-1:bob' });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.userId' });
  });

  test('is for chat:admin', async () => {
    const token = await gateway.token({ scopes: ['chat:read', 'chat:write'] });
    expect((await refusal(gateway, token, issue, voice)).code).toBe('FORBIDDEN');
  });
});
