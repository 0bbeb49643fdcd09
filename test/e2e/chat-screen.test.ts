import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import type { Data } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** The chat screen of `../shared/design/schema.md`, letter by letter, but for the account of every app at once. */
const chatScreen = readFileSync(new URL('../support/chat-screen.graphql', import.meta.url), 'utf8');

/** Vendor calls of a cold chat screen, by `screens.chat` of the design's operations.yaml. */
const budgets: Record<string, Record<string, number>> = {
  'zim-eu': {
    'zim.conversation.list': 1,
    'zim.user.info.query': 1,
    'zim.user.onlineState.query': 1,
    'zim.user.groups.query': 1,
    'zim.group.members.list': 5,
  },
  'rc-cn': {
    'rongcloud.user.profile.batch.query': 1,
    'rongcloud.user.checkOnline': 15,
    'rongcloud.entrust.group.profile.query': 1,
    'rongcloud.entrust.group.member.query': 5,
  },
  'em-1': {
    'easemob.metadata.user.batchGet': 1,
    'easemob.user.statusBatch': 1,
    'easemob.group.get': 1,
    'easemob.group.member.list': 5,
    // Only when role is asked, as the screen does.
    'easemob.group.admin.list': 5,
  },
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ apps: demoApps.filter(({ name }) => name in budgets) });
}, 30_000);
afterAll(() => gateway.stop());

describe('the chat screen', () => {
  test('answers from all vendors in one request, within the budget of vendor calls', async () => {
    gateway.calls.length = 0;
    const { data, errors } = await gateway.query(await gateway.token(), chatScreen);
    expect(errors ?? []).toEqual([]);
    const names = data.viewer.accounts.map((account: { app: { name: string } }) => account.app.name);
    expect(names.toSorted()).toEqual(Object.keys(budgets).toSorted());
    for (const { app, conversations } of data.viewer.accounts) {
      expect(conversations.nodes, app.name).toHaveLength(20);
      const users = conversations.nodes.filter(
        (node: { peer: { __typename: string } }) => node.peer.__typename === 'User',
      );
      const groups = conversations.nodes.filter(
        (node: { peer: { __typename: string } }) => node.peer.__typename === 'Group',
      );
      expect([users.length, groups.length], app.name).toEqual([15, 5]);
      for (const { peer, lastMessage } of conversations.nodes) {
        expect(peer.name, `${app.name}: ${peer.id}`).toBeTruthy();
        expect(lastMessage?.content?.text, `${app.name}: ${peer.id}`).toBeTruthy();
        if (peer.__typename === 'User') expect(typeof peer.presence.isOnline).toBe('boolean');
        else expect(peer.memberCount).toBeGreaterThanOrEqual(Math.max(peer.members.nodes.length, 3));
      }
      expect(groups.every(({ peer }: { peer: Data }) => peer.members.nodes.length > 0)).toBe(true);
      expect(users.some(({ peer }: { peer: Data }) => peer.presence.isOnline)).toBe(true);
    }
    for (const [app, budget] of Object.entries(budgets)) {
      const made = gateway.calls.filter((call) => call.app === app && !isBlocklistOrSession(call.endpoint));
      const asked = gateway.calls.filter((call) => call.app === app && isBlocklist(call.endpoint));
      expect(asked.length, `${app} asked blocklists`).toBeLessThanOrEqual(1);
      const counted = Object.groupBy(made, (call) => call.endpoint);
      const total = Object.values(budget).reduce((sum, count) => sum + count, 0);
      const shown = Object.fromEntries(Object.entries(counted).map(([endpoint, calls]) => [endpoint, calls?.length]));
      expect(made.length, `${app} made ${JSON.stringify(shown)}`).toBeLessThanOrEqual(total);
    }
  });
});

/** `viewerRelation { isBlocking }` is on the screen but not in the design's budget: one call for all 15 users. */
const isBlocklist = (endpoint: string) => /blocklist|blacklist/.test(endpoint);

/** The session is one call in the life of a token. */
const isBlocklistOrSession = (endpoint: string) => isBlocklist(endpoint) || endpoint === 'easemob.token.app';
