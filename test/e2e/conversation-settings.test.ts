import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversationKey } from '../../src/emulator/state.ts';
import { ownState, unreadOf } from '../../src/vendors/zim/emulator/conversation-state.ts';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let bob: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
  bob = await gateway.token({ subject: 'bob', accounts: { 'zim-eu': 'bob' } });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => disturb(gateway, 'zim', []));
afterAll(() => gateway.stop());

const results =
  '{ results { target ok error { code vendorCode } node { ... on Conversation { id isPinned notificationLevel unreadCount labels { key name } } } } }';
const mutations = {
  updateConversations: `mutation ($input: UpdateConversationsInput!) { updateConversations(input: $input) ${results} }`,
  deleteConversations: `mutation ($input: DeleteConversationsInput!) { deleteConversations(input: $input) ${results} }`,
  markConversationsRead: `mutation ($input: MarkConversationsReadInput!) { markConversationsRead(input: $input) ${results} }`,
  clearHistory: `mutation ($input: ClearHistoryInput!) { clearHistory(input: $input) ${results} }`,
} as const;
type Name = keyof typeof mutations;
const run = async (name: Name, token: string, conversationIds: readonly string[], input: object = {}) =>
  (await give(gateway, token, mutations[name], { input: { conversationIds, ...input } }))[name].results;
const refused = (name: Name, token: string, conversationIds: readonly string[], input: object = {}) =>
  refusal(gateway, token, mutations[name], { input: { conversationIds, ...input } });

const withUser = (peer: string, owner = 'alice') => `Conversation:zim-eu:${owner}:direct:${peer}`;
const inGroup = (group: string, owner = 'alice') => `Conversation:zim-eu:${owner}:group:${group}`;
/** Whether the viewer is in the groups of its conversations is asked once, before anything is changed. */
const membership = 'zim.user.groups.query';
const ofUsers = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => withUser(`user${index + from}`));

/** How a user has a conversation by the emulator's books. */
function books(id: string) {
  const [, , owner = '', kind = '', peer = ''] = id.split(':');
  const state = gateway.emulators.get('zim')?.apps[0]?.state;
  const user = state?.users.get(owner);
  if (!state || !user) throw new Error(`no ${owner}`);
  const key = conversationKey(kind === 'group' ? 'group' : 'direct', owner, peer);
  return { ...ownState(user, key), unread: unreadOf(state, user, key) };
}
const listed = async (token: string, variables: object = {}): Promise<string[]> => {
  const query = `query ($label: String) { viewer { account(appId: "App:zim-eu") { conversations(first: 100, label: $label) { nodes { id } } } } }`;
  const { viewer } = await give(gateway, token, query, { ...variables });
  return viewer.account.conversations.nodes.map(({ id }: { id: string }) => id);
};
async function say(token: string, to: string, text: string): Promise<void> {
  const { errors } = await sendMessage(gateway, token, textTo(to, text));
  expect(errors).toBeUndefined();
  await settled(gateway);
}
const textsOf = async (token: string, id: string): Promise<string[]> => {
  const query =
    'query ($id: ID!) { conversation(id: $id) { lastMessage { id } messages(first: 50) { nodes { content { ... on TextContent { text } } } } } }';
  const { conversation } = await give(gateway, token, query, { id });
  if (conversation.messages.nodes.length === 0) expect(conversation.lastMessage).toBeNull();
  return conversation.messages.nodes.map(({ content }: { content: { text: string } }) => content.text);
};

describe('updateConversations', () => {
  test('pinned conversations come first, and go back to their place when they are unpinned', async () => {
    const ids = [withUser('user3'), inGroup('choir')];
    const before = await listed(alice);
    expect(before[0]).not.toBe(ids[0]);
    const pinned = await run('updateConversations', alice, ids, { isPinned: true });
    expect(pinned).toMatchObject(ids.map((target) => ({ target, ok: true, node: { id: target, isPinned: true } })));
    expect((await listed(alice)).slice(0, 2).sort()).toEqual([...ids].sort());
    for (const id of ids) expect(books(id).isPinned).toBe(true);
    await run('updateConversations', alice, ids, { isPinned: false });
    expect(await listed(alice)).toEqual(before);
    for (const id of ids) expect(books(id).isPinned).toBe(false);
  });

  test('silencing them, twice too, is done by kind and ten a call', async () => {
    const ids = [...ofUsers(12), inGroup('team')];
    const calls = await callsOf(gateway, async () => {
      const silenced = await run('updateConversations', alice, ids, { notificationLevel: 'NONE' });
      expect(
        silenced.every(
          (each: { ok: boolean; node: { notificationLevel: string } }) =>
            each.ok && each.node.notificationLevel === 'NONE',
        ),
      ).toBe(true);
    });
    expect(calls).toEqual([membership, ...Array.from({ length: 3 }, () => 'zim.conversation.mute.set')]);
    expect(await run('updateConversations', alice, ids.slice(0, 1), { notificationLevel: 'NONE' })).toMatchObject([
      { ok: true },
    ]);
    expect(ids.every((id) => books(id).isMuted)).toBe(true);
    await run('updateConversations', alice, ids, { notificationLevel: 'ALL' });
    expect(ids.some((id) => books(id).isMuted)).toBe(false);
  });

  test('labels are put on and taken off by one call, and the list can be had by one', async () => {
    const ids = [withUser('bob'), inGroup('team')];
    const calls = await callsOf(gateway, async () => {
      const marked = await run('updateConversations', alice, ids, { addLabels: ['3', '7', '3'] });
      expect(marked[0].node.labels).toEqual([
        { key: '3', name: null },
        { key: '7', name: null },
      ]);
    });
    expect(calls).toEqual([membership, 'zim.conversation.marks.set']);
    expect([...books(withUser('bob')).marks]).toEqual([3, 7]);
    expect((await listed(alice, { label: '7' })).sort()).toEqual([...ids].sort());
    const [changed] = await run('updateConversations', alice, [withUser('bob')], {
      addLabels: ['1'],
      removeLabels: ['7'],
    });
    expect(changed.node.labels).toEqual([
      { key: '3', name: null },
      { key: '1', name: null },
    ]);
    expect(await listed(alice, { label: '7' })).toEqual([inGroup('team')]);
  });

  test('the vendor’s labels are numbers, there without being made', async () => {
    const query = '{ viewer { account(appId: "App:zim-eu") { conversationLabels { key name createdAt } } } }';
    const { viewer } = await give(gateway, alice, query);
    expect(viewer.account.conversationLabels).toHaveLength(30);
    expect(viewer.account.conversationLabels[29]).toEqual({ key: '30', name: null, createdAt: null });
    for (const label of ['0', '31', 'work', '07'])
      expect(await refused('updateConversations', alice, [withUser('bob')], { addLabels: [label] })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.addLabels',
      });
  });

  test('everything at once is one call for each part, and what fails in one of them fails alone', async () => {
    const ids = [withUser('bob'), withUser('nobody'), inGroup('none')];
    const calls = await callsOf(gateway, async () => {
      const all = { isPinned: true, notificationLevel: 'NONE', addLabels: ['5'] };
      expect(await run('updateConversations', operator, ids, all)).toMatchObject([
        { ok: true, node: { isPinned: true, notificationLevel: 'NONE' } },
        { ok: false, error: { code: 'NOT_FOUND', vendorCode: '660800001' }, node: null },
        { ok: false, error: { vendorCode: '660000001' }, node: null },
      ]);
    });
    expect(new Set(calls)).toEqual(
      new Set(['zim.conversation.pin.set', 'zim.conversation.mute.set', 'zim.conversation.marks.set']),
    );
    await run('updateConversations', alice, [withUser('bob')], { isPinned: false, notificationLevel: 'ALL' });
  });

  test('the vendor’s ceiling of pinned conversations is LIMIT_REACHED for those above it', async () => {
    const ids = [...ofUsers(60), ...Array.from({ length: 40 }, (_, index) => withUser(`extra${index}`))];
    const state = gateway.emulators.get('zim')?.apps[0]?.state;
    for (let index = 0; index <= 40; index += 1) state?.addUser(`extra${index}`);
    await run('updateConversations', operator, ids, { isPinned: true });
    expect(
      await run('updateConversations', alice, [withUser('extra40'), withUser('extra1')], { isPinned: true }),
    ).toMatchObject([{ ok: false, error: { code: 'LIMIT_REACHED', vendorCode: '660800048' } }, { ok: true }]);
    await run('updateConversations', alice, ids, { isPinned: false });
  });

  test('conversations of others, of several owners, and changes of nothing are refused before anything is sent', async () => {
    const calls = await callsOf(gateway, async () => {
      const pin = { isPinned: true };
      expect((await refused('updateConversations', bob, [withUser('bob')], pin)).code).toBe('FORBIDDEN');
      expect(
        await refused('updateConversations', operator, [withUser('bob'), withUser('alice', 'bob')], pin),
      ).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.conversationIds[1]',
      });
      expect(await refused('updateConversations', alice, [withUser('bob')])).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input',
      });
      expect(await refused('updateConversations', alice, [], pin)).toMatchObject({ code: 'BAD_USER_INPUT' });
    });
    expect(calls).toEqual([]);
  });

  test.each([
    [{ remark: 'The gang' }, 'input.remark'],
    [{ notificationLevel: 'NONE', notificationSeconds: 60 }, 'input.notificationSeconds'],
    [{ notificationLevel: 'MENTIONS' }, 'input.notificationLevel'],
  ])('what the vendor lacks is NOT_SUPPORTED: %o', async (input, path) => {
    expect(await refused('updateConversations', alice, [withUser('bob')], input)).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: path,
    });
  });

  test('a conversation with a chatroom fails alone', async () => {
    const ids = ['Conversation:zim-eu:alice:chatroom:lobby', withUser('carol')];
    expect(await run('updateConversations', alice, ids, { isPinned: false })).toMatchObject([
      { ok: false, error: { code: 'NOT_SUPPORTED' } },
      { ok: true },
    ]);
  });

  test('what the vendor’s limit held up is done once the limit allows', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.conversation.pin.set'], kind: 'overLimit', times: 1 }]);
    expect(await run('updateConversations', alice, [withUser('dave')], { isPinned: false })).toMatchObject([
      { ok: true },
    ]);
  });

  test('once one part was sent, another that cannot be fails its conversations; alone it fails the change', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.conversation.mute.set'], kind: 'unauthorized' }]);
    const both = { isPinned: false, notificationLevel: 'NONE' };
    expect(await run('updateConversations', alice, [withUser('dave')], both)).toMatchObject([
      { ok: false, error: { code: 'VENDOR_MISCONFIGURED' } },
    ]);
    expect((await refused('updateConversations', alice, [withUser('dave')], { notificationLevel: 'NONE' })).code).toBe(
      'VENDOR_MISCONFIGURED',
    );
  });
});

describe('markConversationsRead', () => {
  test('sets the counts to zero, here and at the vendor', async () => {
    const ids = [withUser('bob'), inGroup('team')];
    await say(bob, 'User:zim-eu:alice', 'one');
    await say(bob, 'Group:zim-eu:team', 'two');
    for (const id of ids) expect(books(id).unread).toBeGreaterThan(0);
    const calls = await callsOf(gateway, async () => {
      const read = await run('markConversationsRead', alice, ids);
      expect(read).toMatchObject(ids.map((target) => ({ target, ok: true, node: { unreadCount: 0 } })));
    });
    expect(calls).toEqual([membership, 'zim.conversation.unread.clear', 'zim.conversation.unread.clear']);
    for (const id of ids) expect(books(id).unread).toBe(0);
  });

  test('a conversation that the vendor does not list has nothing to be read; of a chatroom only the count here is known', async () => {
    const ids = [withUser('user55'), 'Conversation:zim-eu:alice:chatroom:lobby', withUser('bob')];
    expect(await run('markConversationsRead', alice, ids)).toMatchObject(ids.map(() => ({ ok: true, error: null })));
    expect((await refused('markConversationsRead', bob, ids.slice(2))).code).toBe('FORBIDDEN');
  });
});

describe('clearHistory', () => {
  test.each([
    ['User:zim-eu:bob', withUser('bob'), withUser('alice', 'bob'), ['zim.message.peer.clear']],
    ['Group:zim-eu:team', inGroup('team'), inGroup('team', 'bob'), [membership, 'zim.message.group.clear']],
  ])('empties the owner’s own history with %s; the others keep the messages', async (to, own, other, endpoints) => {
    await say(alice, to, 'before');
    expect(await textsOf(alice, own)).toContain('before');
    const calls = await callsOf(gateway, async () => {
      expect(await run('clearHistory', alice, [own])).toMatchObject([{ target: own, ok: true, node: { id: own } }]);
    });
    expect(calls).toEqual(endpoints);
    expect(await textsOf(alice, own)).toEqual([]);
    expect(await textsOf(bob, other)).toContain('before');
    expect(await listed(alice)).toContain(own);
    await say(bob, to === 'User:zim-eu:bob' ? 'User:zim-eu:alice' : to, 'after');
    expect(await textsOf(alice, own)).toEqual(['after']);
  });

  test('up to a moment is NOT_SUPPORTED, and others’ histories are FORBIDDEN', async () => {
    const before = '2023-05-01T10:00:00.000Z';
    expect(await refused('clearHistory', alice, [withUser('bob')], { before })).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'input.before',
    });
    const writer = await gateway.token({ subject: 'w', scopes: ['chat:write'] });
    expect((await refused('clearHistory', writer, [withUser('alice', 'bob')])).code).toBe('FORBIDDEN');
    expect(await run('clearHistory', operator, [withUser('user20', 'user21')])).toMatchObject([{ ok: true }]);
  });
});

describe('deleteConversations', () => {
  test('takes them off the list; the next message brings one back, with the messages before', async () => {
    const id = withUser('carol');
    await say(alice, 'User:zim-eu:carol', 'before');
    const calls = await callsOf(gateway, async () => {
      expect(await run('deleteConversations', alice, [id])).toMatchObject([{ target: id, ok: true, node: null }]);
    });
    expect(calls).toEqual(['zim.conversation.delete']);
    expect(await listed(alice)).not.toContain(id);
    await say(alice, 'User:zim-eu:carol', 'after');
    expect(await listed(alice)).toContain(id);
    expect(await textsOf(alice, id)).toEqual(expect.arrayContaining(['before', 'after']));
  });

  test('without the messages, only what comes later is there', async () => {
    const id = withUser('dave');
    await say(alice, 'User:zim-eu:dave', 'before');
    const calls = await callsOf(gateway, async () => {
      await run('deleteConversations', alice, [id, inGroup('climbers')], { keepHistory: false });
    });
    expect(calls).toEqual([
      membership,
      'zim.message.peer.clear',
      'zim.conversation.delete',
      'zim.message.group.clear',
      'zim.conversation.delete',
    ]);
    await say(alice, 'User:zim-eu:dave', 'after');
    expect(await textsOf(alice, id)).toEqual(['after']);
    expect(await textsOf(alice, inGroup('climbers'))).toEqual([]);
  });

  test('those of others are FORBIDDEN, those of chatrooms fail alone', async () => {
    expect((await refused('deleteConversations', bob, [withUser('bob')])).code).toBe('FORBIDDEN');
    const ids = ['Conversation:zim-eu:alice:chatroom:lobby', withUser('user9')];
    expect(await run('deleteConversations', alice, ids)).toMatchObject([
      { ok: false, error: { code: 'NOT_SUPPORTED' } },
      { ok: true },
    ]);
  });

  test('one that the vendor refuses fails alone', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.conversation.delete'], kind: 'unauthorized', times: 1 }]);
    expect(await run('deleteConversations', alice, ofUsers(2, 5))).toMatchObject([
      { ok: false, error: { code: 'VENDOR_MISCONFIGURED' } },
      { ok: true },
    ]);
  });
});

test.each(['rc-cn', 'em-1'])('are NOT_SUPPORTED where nothing of it is served: %s', async (app) => {
  const ids = [`Conversation:${app}:alice:direct:bob`];
  for (const name of ['updateConversations', 'deleteConversations', 'clearHistory'] as const)
    expect(await refused(name, alice, ids, name === 'updateConversations' ? { isPinned: true } : {})).toMatchObject({
      code: 'NOT_SUPPORTED',
      operation: `Mutation.${name}`,
    });
});
