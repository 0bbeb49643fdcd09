import { afterAll, beforeAll, expect, test } from 'vitest';
import { give } from '../support/answers.ts';
import { rcPlain } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { beginning, follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';

/** RongCloud tells nothing of plain groups: what is done from here is told from here. */
const app = rcPlain.name;
let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ apps: [rcPlain], retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const user = (id: string) => `User:${app}:${id}`;
const tokenOf = (id: string) => gateway.token({ subject: id, accounts: { [app]: id } });
const change = (name: string, type: string, answer: string, input: object) =>
  give(gateway, operator, `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`, { input });
const say = async (group: string, text: string) => {
  await change('sendMessage', 'SendMessageInput', 'results { ok }', {
    to: [`Group:${app}:${group}`],
    senderId: user('alice'),
    content: { text: { text } },
  });
  await settled(gateway);
};
const listOf = async (id: string) => {
  const query = `{ viewer { conversations(first: 100) { nodes { id unreadCount peer { __typename } lastMessage { content { ... on TextContent { text } } } } } } }`;
  const { viewer } = await give(gateway, await tokenOf(id), query);
  return viewer.conversations.nodes as { id: string; unreadCount: number | null }[];
};
const inList = async (id: string, group: string) =>
  (await listOf(id)).find((each) => each.id === `Conversation:${app}:${id}:group:${group}`);

const viewerEvents = /* GraphQL */ `
  subscription ($after: String) {
    viewerEvents(after: $after) {
      __typename
      ... on MembersJoinedEvent { cause users { vendorId } }
      ... on MembersLeftEvent { leftBy: cause users { vendorId } }
      ... on MessageSentEvent { message { content { ... on TextContent { text } } } }
    }
  }
`;

test('who is put into a plain group from here hears of it, has its conversation with a count, and loses both when put out', async () => {
  const follower = await follow(gateway, [app], await tokenOf('user33'), viewerEvents, {
    after: await beginning(gateway, [app]),
  });
  const input = { appId: `App:${app}`, vendorId: 'plain-1', name: 'Plain', ownerId: user('alice') };
  await change('createGroup', 'CreateGroupInput', 'group { id }', { ...input, memberIds: [user('user32')] });
  await say('plain-1', 'before');
  expect(await inList('user32', 'plain-1')).toMatchObject({ unreadCount: 1 });
  expect(await inList('user33', 'plain-1')).toBeUndefined();

  const members = { spaceId: `Group:${app}:plain-1`, userIds: [user('user33')] };
  await change('addMembers', 'AddMembersInput', 'results { ok }', members);
  expect(await follower.until(({ __typename }) => __typename === 'MembersJoinedEvent')).toMatchObject({
    cause: 'ADDED',
    users: [{ vendorId: 'user33' }],
  });
  expect(await inList('user33', 'plain-1')).toMatchObject({ unreadCount: 0 });
  await say('plain-1', 'after');
  expect(await follower.until(({ __typename }) => __typename === 'MessageSentEvent')).toMatchObject({
    message: { content: { text: 'after' } },
  });
  expect(await inList('user33', 'plain-1')).toMatchObject({
    unreadCount: 1,
    lastMessage: { content: { text: 'after' } },
  });

  await change('removeMembers', 'RemoveMembersInput', 'results { ok }', members);
  await change('sendMessage', 'SendMessageInput', 'results { ok }', {
    to: [user('user33')],
    senderId: user('alice'),
    content: { text: { text: 'you are out' } },
  });
  await say('plain-1', 'not for those who are out');
  const heard: string[] = [];
  await follower.until((event) => {
    heard.push(event.message?.content?.text ?? event.__typename);
    return event.message?.content?.text === 'you are out';
  });
  expect(heard).toEqual(['MembersLeftEvent', 'you are out']);
  expect(await inList('user33', 'plain-1')).toBeUndefined();
});

test('a plain group that is deleted from here is on nobody’s list, and its members hear of it', async () => {
  const input = { appId: `App:${app}`, vendorId: 'plain-2', name: 'Plain', ownerId: user('alice') };
  const follower = await follow(gateway, [app], await tokenOf('user34'), viewerEvents, {
    after: await beginning(gateway, [app]),
  });
  await change('createGroup', 'CreateGroupInput', 'group { id }', { ...input, memberIds: [user('user34')] });
  await follower.until(({ __typename }) => __typename === 'SpaceCreatedEvent');
  await say('plain-2', 'hello');
  for (const member of ['alice', 'user34']) expect(await inList(member, 'plain-2')).toBeDefined();
  await change('deleteSpace', 'DeleteSpaceInput', 'deletedSpaceId', { spaceId: `Group:${app}:plain-2` });
  await follower.until(({ __typename }) => __typename === 'SpaceDeletedEvent');
  for (const member of ['alice', 'user34']) expect(await inList(member, 'plain-2')).toBeUndefined();
});

test('what the vendor does tell is not told a second time from here', async () => {
  const hosted = await startGateway({ retell: false, limits: false });
  try {
    const token = await hosted.operator();
    for (const [name, more] of [
      ['zim-eu', { vendorId: 'zim-once' }],
      ['rc-cn', { vendorId: 'rc-once' }],
      ['em-1', {}],
    ] as const) {
      const group = { appId: `App:${name}`, name: 'Once', ownerId: `User:${name}:alice`, ...more };
      const created = await give(
        hosted,
        token,
        'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } } }',
        { input: group },
      );
      await settled(hosted);
      const { events } = await give(
        hosted,
        token,
        'query ($id: ID!) { events(filter: { spaceIds: [$id], types: [SPACE_CREATED] }, first: 10) { nodes { __typename } } }',
        { id: created.createGroup.group.id },
      );
      expect(events.nodes).toHaveLength(1);
    }
  } finally {
    await hosted.stop();
  }
});
