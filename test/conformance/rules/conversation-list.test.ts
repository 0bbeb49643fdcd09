import { describe, expect, test } from 'vitest';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const node = 'nodes { id isPinned updatedAt unreadCount peer { __typename } lastMessage { id } }';
const listOfUser = `query ($id: ID!, $after: String) { user(id: $id) { conversations(first: 100, after: $after) { ${node} } } }`;
const listOfViewer = `query ($after: String) { viewer { conversations(first: 100, after: $after) { ${node} } } }`;
const create = 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { vendorId } } }';
const remove = 'mutation ($input: RemoveMembersInput!) { removeMembers(input: $input) { results { ok } } }';
const dissolve = 'mutation ($input: DeleteSpaceInput!) { deleteSpace(input: $input) { deletedSpaceId } }';
const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { results { ok error { message } } } }';
const take = (name: 'deleteConversations' | 'markConversationsRead', type: string) =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { results { ok error { code } } } }`;

interface Listed {
  readonly id: string;
  readonly isPinned: boolean | null;
  readonly updatedAt: string | null;
}

let names = 0;

describe.each(ruleApps)('%s', (_, { app, user, supports }: RuleApp) => {
  /** A new group of the demo's users, the first of whom owns it. */
  const groupOf = async (...members: readonly [string, ...string[]]): Promise<string> => {
    names += 1;
    const [owner, ...others] = members;
    const input = {
      appId: `App:${app}`,
      name: `Group ${names}`,
      ownerId: user(owner),
      memberIds: others.map(user),
      ...((await supports(scene, 'CreateGroupInput.vendorId')) && { vendorId: `listed${names}` }),
    };
    const { createGroup } = await scene.operate(create, { input });
    await scene.settle();
    return createGroup.group.vendorId;
  };
  const conversation = (owner: string, kind: string, id: string) => `Conversation:${app}:${owner}:${kind}:${id}`;
  const listOf = async (owner: string): Promise<readonly Listed[]> => {
    const own = (await (await scene.as(owner))(listOfUser, { id: user(owner) })).user.conversations.nodes;
    const asOperator = (await scene.operate(listOfUser, { id: user(owner) })).user.conversations.nodes;
    expect(asOperator).toEqual(own);
    return own;
  };
  const has = async (owner: string, group: string) =>
    (await listOf(owner)).some(({ id }) => id === conversation(owner, 'group', group));

  test('a group comes to the list of everybody who is put into it, and to the front with each message in it', async () => {
    const group = await groupOf('alice', 'bob', 'carol');
    for (const member of ['alice', 'bob', 'carol']) expect(await has(member, group)).toBe(true);
    expect(await has('dave', group)).toBe(false);
    await scene.say(app, 'bob', { kind: 'direct', id: 'carol' }, { kind: 'TEXT', text: 'elsewhere' });
    await scene.say(app, 'alice', { kind: 'group', id: group }, { kind: 'TEXT', text: 'hello all' });
    for (const member of ['alice', 'bob', 'carol'])
      expect((await listOf(member))[0]?.id).toBe(conversation(member, 'group', group));
  });

  test('a conversation that was taken off the list is there again with the next message, whoever writes it', async () => {
    if (!(await supports(scene, 'Mutation.deleteConversations'))) return;
    const group = await groupOf('alice', 'bob', 'carol');
    await scene.say(app, 'alice', { kind: 'group', id: group }, { kind: 'TEXT', text: 'one' });
    for (const [owner, writer] of [
      ['bob', 'alice'],
      ['carol', 'carol'],
    ] as const) {
      const input = { conversationIds: [conversation(owner, 'group', group)] };
      const answer = await (await scene.as(owner))(take('deleteConversations', 'DeleteConversationsInput'), { input });
      expect(answer.deleteConversations.results).toEqual([{ ok: true, error: null }]);
      expect(await has(owner, group)).toBe(false);
      await scene.say(app, writer, { kind: 'group', id: group }, { kind: 'TEXT', text: 'two' });
      expect(await has(owner, group)).toBe(true);
    }
  });

  test.each(['before it is left', 'only after it was left'])(
    'a group is on no list of who was put out of it, where the list was read first %s',
    async (when) => {
      const [first, second] = when.startsWith('before') ? ['user11', 'user12'] : ['user13', 'user14'];
      const group = await groupOf('alice', first, second);
      await scene.say(app, 'alice', { kind: 'group', id: group }, { kind: 'TEXT', text: 'soon over' });
      if (when.startsWith('before')) for (const owner of [first, second]) expect(await has(owner, group)).toBe(true);
      await scene.operate(remove, { input: { spaceId: `Group:${app}:${group}`, userIds: [user(first)] } });
      await scene.settle();
      expect([await has(first, group), await has(second, group)]).toEqual([false, true]);
      await scene.operate(dissolve, { input: { spaceId: `Group:${app}:${group}` } });
      await scene.settle();
      for (const owner of ['alice', first, second]) expect(await has(owner, group)).toBe(false);
    },
  );

  test('what is said in a chatroom is on nobody’s list', async () => {
    const room = ruleApps.find(([name]) => name === app)?.[1].room.split(':')[2] ?? '';
    await scene.say(app, 'alice', { kind: 'chatroom', id: room }, { kind: 'TEXT', text: 'hello room' });
    expect((await listOf('alice')).filter(({ id }) => id.includes(':chatroom:'))).toEqual([]);
  });

  test('the pinned ones are first, then the latest, in the list of the user and in that of the viewer', async () => {
    const alice = await scene.as('alice');
    if (await supports(scene, 'Mutation.updateConversations')) {
      const last = (await listOf('alice')).at(-1)?.id;
      const input = { conversationIds: [last], isPinned: true };
      await alice(
        'mutation ($input: UpdateConversationsInput!) { updateConversations(input: $input) { results { ok } } }',
        { input },
      );
      expect((await listOf('alice'))[0]).toMatchObject({ id: last, isPinned: true });
    }
    const ofViewer: readonly Listed[] = (await alice(listOfViewer, {})).viewer.conversations.nodes;
    for (const list of [ofViewer, await listOf('alice')]) {
      const order = list.map(({ isPinned, updatedAt }) => [isPinned ? 1 : 0, Date.parse(updatedAt ?? '1970-01-01')]);
      expect(order).toEqual(order.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b));
    }
    const own = (list: readonly Listed[]) => list.map(({ id }) => id).filter((id) => id.split(':')[1] === app);
    expect(own(ofViewer)).toEqual(own(await listOf('alice')));
  });

  test('a conversation without messages is marked read without an error, listed or not, and is listed then as before', async () => {
    const group = await groupOf('alice', 'bob');
    const input = { conversationIds: [conversation('bob', 'group', group), conversation('bob', 'direct', 'user20')] };
    const answer = await (await scene.as('bob'))(take('markConversationsRead', 'MarkConversationsReadInput'), {
      input,
    });
    expect(answer.markConversationsRead.results).toEqual([
      { ok: true, error: null },
      { ok: true, error: null },
    ]);
    const ids = (await listOf('bob')).map(({ id }) => id);
    expect(input.conversationIds.map((id) => ids.includes(id))).toEqual([true, false]);
  });

  test('a user who writes through this API brings the conversation to both lists', async () => {
    const input = { to: [user('user16')], content: { text: { text: 'through the API' } } };
    const { sendMessage } = await (await scene.as('user15'))(send, { input });
    expect(sendMessage.results).toEqual([{ ok: true, error: null }]);
    await scene.settle();
    expect((await listOf('user15'))[0]?.id).toBe(conversation('user15', 'direct', 'user16'));
    expect((await listOf('user16'))[0]?.id).toBe(conversation('user16', 'direct', 'user15'));
  });
});
