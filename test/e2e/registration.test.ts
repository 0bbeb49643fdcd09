import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { type Data, give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** One rule at every vendor for whoever is registered already. */
let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const register = `mutation ($input: RegisterUsersInput!) { registerUsers(input: $input) { results { target ok error { code } } } }`;
const start = `mutation ($input: StartUserRegistrationInput!) { startUserRegistration(input: $input) { job { id } } }`;
const nameOf = async (app: string, id: string) =>
  (await give(gateway, operator, 'query ($id: ID!) { user(id: $id) { name } }', { id: `User:${app}:${id}` })).user.name;
const done = async (id: string): Promise<Data> => {
  const query = `query ($id: ID!) { job(id: $id) { status succeeded failed failures(first: 10) { nodes { index error { code } } } } }`;
  for (;;) {
    const { job } = await give(gateway, operator, query, { id });
    if (job.status === 'FINISHED') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe.each(demoApps.map(({ name }) => name))('in %s', (app) => {
  test('registering somebody known is CONFLICT and changes nothing, and the second of two with one id is CONFLICT', async () => {
    const before = await nameOf(app, 'bob');
    const users = [
      { vendorId: 'bob', name: 'Other' },
      { vendorId: 'fresh', name: 'First' },
      { vendorId: 'fresh', name: 'Second' },
      { vendorId: 'fresh2' },
    ];
    const { registerUsers } = await give(gateway, operator, register, { input: { appId: `App:${app}`, users } });
    expect(registerUsers.results.map(({ ok, error }: Data) => (ok ? 'ok' : error.code))).toEqual([
      'CONFLICT',
      'ok',
      'CONFLICT',
      'ok',
    ]);
    expect(await nameOf(app, 'bob')).toBe(before);
    expect(await nameOf(app, 'fresh')).toBe('First');
  });

  test('a job keeps to the same rule, across its pieces too', async () => {
    const before = await nameOf(app, 'bob');
    const many = Array.from({ length: 110 }, (_, index) => ({ vendorId: `many${index}` }));
    const users = [
      { vendorId: 'bob' },
      { vendorId: 'twice', name: 'First' },
      { vendorId: 'twice' },
      ...many,
      { vendorId: 'twice', name: 'Third' },
    ];
    const { startUserRegistration } = await give(gateway, operator, start, { input: { appId: `App:${app}`, users } });
    const job = await done(startUserRegistration.job.id);
    expect(job).toMatchObject({ succeeded: 111, failed: 3 });
    expect(job.failures.nodes).toEqual([0, 2, 113].map((index) => ({ index, error: { code: 'CONFLICT' } })));
    expect(await nameOf(app, 'bob')).toBe(before);
    expect(await nameOf(app, 'twice')).toBe('First');
  });
});
