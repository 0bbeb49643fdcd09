import { describe, expect, test } from 'vitest';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const create = 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { vendorId } } }';
const add = 'mutation ($input: AddMembersInput!) { addMembers(input: $input) { results { ok } } }';
const send =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { results { ok error { code message } } } }';
const shown = /* GraphQL */ `
  query ($id: ID!) {
    conversation(id: $id) { unreadCount lastMessage { content { __typename ... on TextContent { text } } } }
  }
`;

const text = (words: string) => ({ kind: 'TEXT', text: words });
let names = 0;

describe.each(ruleApps)('%s', (_, { app, user, supports }: RuleApp) => {
  const conversationOf = async (owner: string, kind: 'direct' | 'group', peer: string) =>
    (await scene.operate(shown, { id: `Conversation:${app}:${owner}:${kind}:${peer}` })).conversation;
  const countOf = async (owner: string, kind: 'direct' | 'group', peer: string): Promise<number | null> =>
    (await conversationOf(owner, kind, peer)).unreadCount;
  const newGroup = async (owner: string, ...members: readonly string[]): Promise<string> => {
    names += 1;
    const input = {
      appId: `App:${app}`,
      name: `Unread ${names}`,
      ownerId: user(owner),
      memberIds: members.map(user),
      ...((await supports(scene, 'CreateGroupInput.vendorId')) && { vendorId: `unread${names}` }),
    };
    const { createGroup } = await scene.operate(create, { input });
    await scene.settle();
    return createGroup.group.vendorId;
  };
  const sendAs = async (from: string, input: object) => {
    const { sendMessage } = await (await scene.as(from))(send, { input });
    expect(sendMessage.results).toMatchObject([{ ok: true }]);
    await scene.settle();
  };

  test('every member of a group has a count from its first message on, and who came later from then on', async () => {
    const group = await newGroup('user21', 'user22');
    const to = { kind: 'group', id: group } as const;
    expect(await countOf('user22', 'group', group)).toBe(0);
    await scene.say(app, 'user21', to, text('one'));
    await scene.say(app, 'user21', to, text('two'));
    await scene.operate(add, { input: { spaceId: `Group:${app}:${group}`, userIds: [user('user23')] } });
    await scene.settle();
    expect([await countOf('user22', 'group', group), await countOf('user23', 'group', group)]).toEqual([2, 0]);
    await scene.say(app, 'user21', to, text('three'));
    expect([await countOf('user22', 'group', group), await countOf('user23', 'group', group)]).toEqual([3, 1]);
    expect(await countOf('user21', 'group', group)).toBe(0);
  });

  test('who answers has read the conversation, through this API and from a client alike', async () => {
    const group = await newGroup('user24', 'user25');
    for (const [kind, peer] of [
      ['direct', 'user24'],
      ['group', group],
    ] as const) {
      const to = { kind, id: kind === 'direct' ? 'user25' : group } as const;
      await scene.say(app, 'user24', to, text('are you there?'));
      expect(await countOf('user25', kind, peer)).toBe(1);
      const target = kind === 'direct' ? user('user24') : `Group:${app}:${group}`;
      await sendAs('user25', { to: [target], content: { text: { text: 'I am' } } });
      expect(await countOf('user25', kind, peer)).toBe(0);
      await scene.say(app, 'user24', to, text('and now?'));
      expect(await countOf('user25', kind, peer)).toBe(1);
      await scene.say(app, 'user25', { kind, id: kind === 'direct' ? 'user24' : group }, text('still'));
      expect(await countOf('user25', kind, peer)).toBe(0);
    }
  });

  test('commands are neither unread nor the last message', async () => {
    await scene.say(app, 'user26', { kind: 'direct', id: 'user27' }, text('words'));
    await scene.say(app, 'user26', { kind: 'direct', id: 'user27' }, { kind: 'COMMAND', name: 'ring', data: '{}' });
    await sendAs('user26', { to: [user('user27')], content: { command: { name: 'ring' } } });
    expect(await conversationOf('user27', 'direct', 'user26')).toEqual({
      unreadCount: 1,
      lastMessage: { content: { __typename: 'TextContent', text: 'words' } },
    });
  });

  test('what is sent with countAsUnread: false is the last message, and not unread', async () => {
    if (!(await supports(scene, 'DeliveryInput.countAsUnread'))) return;
    await scene.say(app, 'user28', { kind: 'direct', id: 'user29' }, text('counted'));
    const content = { text: { text: 'silent' } };
    await sendAs('user28', { to: [user('user29')], content, delivery: { countAsUnread: false } });
    await sendAs('user28', { to: [user('user29')], content, delivery: { countAsUnread: true } });
    expect(await countOf('user29', 'direct', 'user28')).toBe(2);
    await sendAs('user28', { to: [user('user29')], content, delivery: { countAsUnread: false } });
    expect(await conversationOf('user29', 'direct', 'user28')).toEqual({
      unreadCount: 2,
      lastMessage: { content: { __typename: 'TextContent', text: 'silent' } },
    });
  });

  test('counts go on beyond 500', { timeout: 60_000 }, async () => {
    for (let index = 0; index < 510; index += 1)
      await scene.say(app, 'user30', { kind: 'direct', id: 'user31' }, text(`message ${index}`));
    expect(await countOf('user31', 'direct', 'user30')).toBe(510);
  });
});
