import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps, limits: false, keepsLimits: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

/** Reads and changes that only those in a space may make. */
const questions = [
  ['Group', 'query ($id: ID!) { group(id: $id) { members(first: 1) { nodes { user { id } } } } }'],
  ['Chatroom', 'query ($id: ID!) { chatroom(id: $id) { members(first: 1) { nodes { user { id } } } } }'],
  ['Group', 'query ($id: ID!) { group(id: $id) { messages(first: 1) { nodes { id } } } }'],
  ['Chatroom', 'query ($id: ID!) { chatroom(id: $id) { messages(first: 1) { nodes { id } } } }'],
] as const;

describe.each(allApps.map(({ name }) => name))('%s', (app) => {
  test.each(['no number!', 'x'.repeat(300), '#', '-1', '12345678901234567890123'])(
    'a viewer is told of a group or chatroom that could not be, such as %s, what it is told of those of others',
    async (key) => {
      for (const [type, query] of questions) {
        const id = `${type}:${app}:${encodeURIComponent(key)}`;
        const { errors } = await gateway.query(alice, query, { id });
        expect([type, errors?.map(({ extensions }) => extensions['code'])]).toEqual([type, ['FORBIDDEN']]);
      }
    },
  );
});
