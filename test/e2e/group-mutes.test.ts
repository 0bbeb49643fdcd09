import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, disturb, give, happen, refusal, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());
afterEach(() => gateway.emulators.get('zim')?.reset());

const app = 'zim-eu';
const team = `Group:${app}:team`;
const lobby = `Chatroom:${app}:lobby`;
const id = (user: string) => `User:${app}:${user}`;

const results = 'results { target ok error { code vendorCode } node { ... on User { id } } }';
const mute = '... on Group { id mute { everyone roles expiresAt } }';
const muteMembers = `mutation ($input: MuteMembersInput!) { muteMembers(input: $input) { ${results} space { ${mute} } } }`;
const unmuteMembers = `mutation ($input: UnmuteMembersInput!) { unmuteMembers(input: $input) { ${results} space { ${mute} } } }`;
const muteSpace = `mutation ($input: MuteSpaceInput!) { muteSpace(input: $input) { space { ${mute} } } }`;
const unmuteSpace = `mutation ($input: UnmuteSpaceInput!) { unmuteSpace(input: $input) { space { ${mute} } } }`;
const send = /* GraphQL */ `
  mutation ($input: SendMessageInput!) { sendMessage(input: $input) { results { ok error { code vendorCode } } } }
`;
const muted = /* GraphQL */ `
  query ($app: ID!, $kind: SpaceKind!, $first: Int, $after: String) {
    app(id: $app) {
      mutedSpaces(kind: $kind, first: $first, after: $after) {
        totalCount
        edges { cursor }
        nodes { __typename id ... on Group { name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

const nobody = { everyone: false, roles: [], expiresAt: null };
const sendAs = async (user: string): Promise<Data> => {
  const input = { to: [team], senderId: id(user), content: { text: { text: 'hi' } } };
  return (await give(gateway, operator, send, { input })).sendMessage.results[0];
};
const isRefused = { ok: false, error: { code: 'FORBIDDEN', vendorCode: '660600032' } };

describe('members', () => {
  test('who are muted one by one cannot send until they are unmuted', async () => {
    const input = { spaceId: team, userIds: [id('bob'), id('carol')], durationSeconds: 600 };
    const changed = await give(gateway, operator, muteMembers, { input });
    expect(changed.muteMembers).toEqual({
      results: input.userIds.map((target) => ({ target, ok: true, error: null, node: { id: target } })),
      space: { id: team, mute: nobody },
    });
    expect(await sendAs('bob')).toEqual(isRefused);
    expect(await sendAs('dave')).toEqual({ ok: true, error: null });
    await give(gateway, operator, unmuteMembers, { input: { spaceId: team, userIds: [id('bob')] } });
    expect(await sendAs('bob')).toEqual({ ok: true, error: null });
    expect(await sendAs('carol')).toEqual(isRefused);
  });

  test('who cannot be muted do not keep the others back', async () => {
    const userIds = [id('frank'), id('bob'), id('%C3%A9')];
    const { muteMembers: changed } = await give(gateway, operator, muteMembers, { input: { spaceId: team, userIds } });
    expect(changed.results).toMatchObject([
      { target: id('frank'), ok: false, node: null, error: { code: 'CONFLICT', vendorCode: '660600024' } },
      { target: id('bob'), ok: true },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    ]);
    const { unmuteMembers: lifted } = await give(gateway, operator, unmuteMembers, {
      input: { spaceId: team, userIds: [id('frank'), id('bob')] },
    });
    expect(lifted.results).toMatchObject([{ ok: false }, { ok: true }]);
  });

  test('are muted and unmuted in the name of who may, and by nobody else', async () => {
    const input = { spaceId: team, userIds: [id('carol')] };
    for (const query of [muteMembers, unmuteMembers]) {
      const [changed]: Data[] = Object.values(
        await give(gateway, operator, query, { input: { ...input, actorId: id('bob') } }),
      );
      expect(changed.results).toMatchObject([
        { ok: false, error: { code: 'VENDOR_REJECTED', vendorCode: '660600032' } },
      ]);
      await give(gateway, operator, query, { input: { ...input, actorId: id('alice') } });
    }
  });

  test('a hundred are muted in five calls', async () => {
    const userIds = Array.from({ length: 100 }, (_, index) => id(`user${index + 1}`));
    const calls = await callsOf(gateway, () =>
      give(gateway, operator, muteMembers.replace(mute, 'id'), { input: { spaceId: team, userIds } }),
    );
    expect(calls).toEqual(Array.from({ length: 5 }, () => 'zim.groupMute.members.set'));
  });

  test('a client of theirs is refused too, and an operator hears of it', async () => {
    const query = `subscription ($after: String) { events(filter: { types: [MESSAGE_SEND_FAILED] }, after: $after) {
      ... on MessageSendFailedEvent { reason message { sender { id } to { ... on Group { id } } content { ... on TextContent { text } } } }
    } }`;
    const stream = await follow(gateway, [app], operator, query);
    await give(gateway, operator, muteMembers, { input: { spaceId: team, userIds: [id('bob')] } });
    const to = { kind: 'group', id: 'team' };
    await happen(gateway, 'zim', {
      type: 'message',
      from: 'bob',
      to,
      content: { kind: 'TEXT', text: 'from a client' },
    });
    const message = { sender: { id: id('bob') }, to: { id: team }, content: { text: 'from a client' } };
    const told = await stream.until((event) => event.message?.content?.text === 'from a client');
    expect(told).toEqual({ reason: '660600032', message });
    await stream.close();
  });
});

describe('a group', () => {
  test('is muted for everybody for ever, for roles for a time, and not at all', async () => {
    const all = await give(gateway, operator, muteSpace, { input: { spaceId: team } });
    expect(all.muteSpace.space).toEqual({ id: team, mute: { everyone: true, roles: [], expiresAt: null } });
    expect(await sendAs('alice')).toEqual(isRefused);
    const before = Date.now();
    await give(gateway, operator, unmuteSpace, { input: { spaceId: team } });
    const roles = ['MEMBER', 'ADMIN'];
    const some = await give(gateway, operator, muteSpace, { input: { spaceId: team, roles, durationSeconds: 60 } });
    expect(some.muteSpace.space.mute).toEqual({ everyone: false, roles, expiresAt: expect.any(String) });
    const seconds = (Date.parse(some.muteSpace.space.mute.expiresAt) - before) / 1000;
    expect(Math.round(seconds)).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThan(90);
    expect(await sendAs('bob')).toEqual(isRefused);
    expect(await sendAs('alice')).toEqual({ ok: true, error: null });
    const none = await give(gateway, operator, unmuteSpace, { input: { spaceId: team, actorId: id('alice') } });
    expect(none.unmuteSpace.space.mute).toEqual(nobody);
    expect(await sendAs('bob')).toEqual({ ok: true, error: null });
  });

  test('tells of its mute with the one read that tells its name', async () => {
    const calls = await callsOf(gateway, async () => {
      const { group } = await give(gateway, operator, `{ group(id: "${team}") { mute { everyone } name createdAt } }`);
      expect(group).toMatchObject({ mute: { everyone: false }, name: 'The team' });
    });
    expect(calls).toEqual(['zim.group.info.query']);
  });

  test('shows its mute to its members, and to nobody else', async () => {
    const query = `{ group(id: "${team}") { mute { everyone } } }`;
    const member = await gateway.token({ accounts: { [app]: 'bob' } });
    expect((await give(gateway, member, query)).group.mute).toEqual({ everyone: false });
    const stranger = await gateway.token({ accounts: { [app]: 'frank' } });
    expect((await refusal(gateway, stranger, query)).code).toBe('FORBIDDEN');
  });
});

describe('the muted groups of an app', () => {
  test('are those of everybody, of roles and of single members', async () => {
    await give(gateway, operator, muteSpace, { input: { spaceId: team } });
    await give(gateway, operator, muteSpace, {
      input: { spaceId: `Group:${app}:runners`, roles: ['MEMBER'], actorId: id('bob') },
    });
    await give(gateway, operator, muteMembers.replace(mute, 'id'), {
      input: { spaceId: `Group:${app}:choir`, userIds: [id('user13')], actorId: id('dave') },
    });
    const list = { query: muted, variables: { app: `App:${app}`, kind: 'GROUP' }, first: 2 };
    const { nodes, pages } = await walk(gateway, operator, list, (data) => data.app.mutedSpaces);
    expect(pages).toHaveLength(2);
    expect(nodes.map((each) => each.id).toSorted()).toEqual(
      ['choir', 'runners', 'team'].map((each) => `Group:${app}:${each}`),
    );
    expect(nodes).toContainEqual({ __typename: 'Group', id: team, name: 'The team' });
    expect(pages[0]).toMatchObject({
      totalCount: 3,
      edges: [{ cursor: expect.any(String) }, { cursor: expect.any(String) }],
    });
  });

  test('are for those who may read the app', async () => {
    const variables = { app: `App:${app}`, kind: 'GROUP' };
    expect((await refusal(gateway, await gateway.token(), muted, variables)).code).toBe('FORBIDDEN');
    const error = await refusal(gateway, operator, muted, { ...variables, kind: 'CHATROOM' });
    expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, input: 'kind' });
  });
});

describe('what is refused before anything is sent', () => {
  const members = { spaceId: team, userIds: [id('bob')] };

  test.each([
    ['nobody', muteMembers, { ...members, userIds: [] }, 'input.userIds'],
    ['a hundred and one', muteMembers, { ...members, userIds: Array(101).fill(id('bob')) }, 'input.userIds'],
    ['users of another app', unmuteMembers, { ...members, userIds: ['User:rc-cn:bob'] }, 'input.userIds'],
    ['no time', muteMembers, { ...members, durationSeconds: 0 }, 'input.durationSeconds'],
    ['more than 30 days', muteSpace, { spaceId: team, durationSeconds: 2_592_001 }, 'input.durationSeconds'],
    ['no roles', muteSpace, { spaceId: team, roles: [] }, 'input.roles'],
    ['a user as the space', unmuteSpace, { spaceId: id('bob') }, 'input.spaceId'],
  ])('%s', async (_, query, input, path) => {
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, operator, query, { input })).toMatchObject({ code: 'BAD_USER_INPUT', input: path });
    });
    expect(calls).toEqual([]);
  });

  test('chatrooms, and roles that have no name, at a vendor without such mutes', async () => {
    const calls = await callsOf(gateway, async () => {
      for (const [query, input] of [
        [muteMembers, { ...members, spaceId: lobby }],
        [unmuteMembers, { ...members, spaceId: lobby }],
        [muteSpace, { spaceId: lobby }],
        [unmuteSpace, { spaceId: lobby }],
      ] as const)
        expect(await refusal(gateway, operator, query, { input })).toMatchObject({
          code: 'NOT_SUPPORTED',
          input: 'input.spaceId',
        });
      const input = { spaceId: team, roles: ['CUSTOM'] };
      expect(await refusal(gateway, operator, muteSpace, { input })).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: 'input.roles',
      });
    });
    expect(calls).toEqual([]);
  });

  test('everything of a token without chat:moderate, whatever it is in the group', async () => {
    const owner = await gateway.token({ accounts: { [app]: 'alice' }, scopes: ['chat:read', 'chat:write'] });
    const calls = await callsOf(gateway, async () => {
      for (const [query, input] of [
        [muteMembers, members],
        [unmuteMembers, members],
        [muteSpace, { spaceId: team }],
        [unmuteSpace, { spaceId: team }],
      ] as const)
        expect((await refusal(gateway, owner, query, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });
});

describe('what the vendor says', () => {
  test('of a group that is not there reaches the caller', async () => {
    const input = { spaceId: `Group:${app}:nowhere` };
    const error = await refusal(gateway, operator, muteSpace.replace(mute, 'id'), { input });
    expect(error).toMatchObject({ code: 'NOT_FOUND', vendorCode: '660600001', operation: 'zim.groupMute.group.set' });
  });

  test('past its limit is waited for where that is safe, and told where it is not', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.groupMute.members.set'], kind: 'overLimit', times: 1 }]);
    const input = { spaceId: team, userIds: [id('bob')] };
    const calls = await callsOf(gateway, async () => {
      const { muteMembers: changed } = await give(gateway, operator, muteMembers.replace(mute, 'id'), { input });
      expect(changed.results).toMatchObject([{ ok: true }]);
    });
    expect(calls).toEqual(['zim.groupMute.members.set']);
    expect(gateway.calls.at(-1)).toMatchObject({ attempts: 2 });
  });

  test('with a mute that may have been made is OUTCOME_UNKNOWN, since a second one would prolong it', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.groupMute.group.set'], kind: 'reset', times: 1 }]);
    const error = await refusal(gateway, operator, muteSpace.replace(mute, 'id'), {
      input: { spaceId: team, durationSeconds: 60 },
    });
    expect(error.code).toBe('OUTCOME_UNKNOWN');
    expect(gateway.calls.at(-1)).toMatchObject({ endpoint: 'zim.groupMute.group.set', attempts: 1 });
  });
});
