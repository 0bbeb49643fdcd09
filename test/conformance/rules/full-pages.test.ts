import { isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSchema } from '../../../src/server/schema.ts';
import type { Data } from '../../support/answers.ts';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();

/** Where a list is found: what it hangs on by the names of `Scene`, what of its entries is compared, and other arguments. */
interface List {
  readonly of: keyof Things | null;
  readonly node: string;
  readonly args?: string;
  /** How many there are at least; enough for a page after a page. */
  readonly least?: number;
}

interface Things {
  readonly app: string;
  readonly user: string;
  readonly group: string;
  readonly room: string;
  readonly userBlocklist: string;
  readonly conversation: string;
  readonly community: string;
  readonly job: string;
}

const lists: Readonly<Record<string, List>> = {
  'App.chatrooms': { of: 'app', node: 'id' },
  'App.communities': { of: 'app', node: 'id', least: 3 },
  'App.groups': { of: 'app', node: 'id' },
  'App.jobs': { of: 'app', node: 'id' },
  'App.mutedSpaces': { of: 'app', node: '... on Group { id }', args: 'kind: GROUP', least: 1 },
  'Blocklist.blocks': { of: 'userBlocklist', node: 'user { id }' },
  'Chatroom.members': { of: 'room', node: 'user { id }', least: 3 },
  'Chatroom.messages': { of: 'room', node: 'id' },
  'Chatroom.mutedMembers': { of: 'room', node: 'user { id }', least: 2 },
  'Community.members': { of: 'community', node: 'user { id }', least: 0 },
  'Community.messages': { of: 'community', node: 'id', least: 0 },
  'Conversation.messages': { of: 'conversation', node: 'id', least: 25 },
  'Group.members': { of: 'group', node: 'user { id }', least: 25 },
  'Group.messages': { of: 'group', node: 'id', least: 25 },
  'Group.mutedMembers': { of: 'group', node: 'user { id }' },
  'Job.failures': { of: 'job', node: 'index', least: 25 },
  'Query.events': { of: null, node: 'id', least: 25 },
  'User.conversations': { of: 'user', node: 'id' },
  'User.friends': { of: 'user', node: 'id', least: 3 },
  'User.groups': { of: 'user', node: 'id', least: 5 },
};

/** Some of the lists once more, with what only some entries pass. */
const filtered = [
  ['Group.members', 'role: MEMBER'],
  ['Group.messages', 'filter: { kinds: [TEXT] }'],
  ['Conversation.messages', 'filter: { kinds: [TEXT] }'],
] as const;

/** Lists of a viewer alone, and of what no app of this release reads. */
const others = ['Viewer.conversations', 'Thread.members', 'Thread.messages'];

test('every list of the schema is walked', () => {
  const fields = Object.values(makeSchema().getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter((field) => /Connection!?$/.test(String(field.type)))
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  );
  expect(fields.sort()).toEqual([...Object.keys(lists), ...others].sort());
});

const people = Array.from({ length: 27 }, (_, index) => `walker${index}`);

/** Mass of everything that an app can have: a group of many, their messages, groups, rooms, mutes, blocks and a job that fails. */
async function furnish({ app, user, room }: RuleApp): Promise<Things> {
  const attempt = async (query: string, variables: Record<string, unknown>): Promise<Data> =>
    (await scene.gateway.query(await scene.gateway.operator(), query, variables)).data ?? {};
  const run = (name: string, input: object, fields = 'results { ok }') => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    return attempt(`mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, { input });
  };
  const users = people.map((vendorId) => ({ vendorId, name: vendorId }));
  await run('registerUsers', { appId: `App:${app}`, users });
  const all = people.map(user);
  const created = await run('createGroup', { ownerId: user('walker0'), name: 'Walk', memberIds: all }, 'group { id }');
  const group: string = created.createGroup.group.id;
  for (let each = 0; each < 6; each += 1) {
    await run('createGroup', { ownerId: user('walker0'), name: `Group ${each}` }, 'group { id }');
    await run(
      'createChatroom',
      { ownerId: user('walker0'), appId: `App:${app}`, name: `Room ${each}` },
      'chatroom { id }',
    );
  }
  const say = (to: string, text: string, from = 'walker0') =>
    run('sendMessage', { senderId: user(from), to: [to], content: { text: { text } } });
  for (const [index] of people.entries()) {
    await say(group, `in the group ${index}`);
    await say(user('walker1'), `to one ${index}`);
    if (index < 7) await say(user('walker0'), `from one ${index}`, `walker${index + 1}`);
    if (index < 7) await say(room, `in the room ${index}`);
  }
  await run('muteMembers', { spaceId: group, userIds: all.slice(1, 8), durationSeconds: 600 });
  await run('muteMembers', { spaceId: room, userIds: ['bob', 'erin'].map(user), durationSeconds: 600 });
  await run('muteSpace', { spaceId: group }, 'space { id }');
  await run('blockUsers', { ownerId: user('walker0'), userIds: all.slice(12, 20) });
  await run('addFriends', { userId: user('walker0'), friends: all.slice(1, 9).map((userId) => ({ userId })) });
  let job = '';
  for (let each = 0; each < 6; each += 1) {
    const started = await run('startUserRegistration', { appId: `App:${app}`, users }, 'job { id }');
    job = started.startUserRegistration.job.id;
  }
  const isOver = async () => (await attempt('query ($id: ID!) { job(id: $id) { status } }', { id: job })).job.status;
  while ((await isOver()) !== 'FINISHED') await new Promise((resolve) => setTimeout(resolve, 20));
  await scene.settle();
  return {
    app: `App:${app}`,
    user: user('walker0'),
    group,
    room,
    userBlocklist: `Blocklist:${app}:user:walker0`,
    conversation: `Conversation:${app}:walker0:direct:walker1`,
    community: `Community:${app}:city`,
    job,
  };
}

describe.each(ruleApps)('%s', (_, at) => {
  let things: Things;
  beforeAll(async () => {
    things = await furnish(at);
  }, 120_000);

  const asked = [...Object.entries(lists).map(([coordinate, { args }]) => [coordinate, args] as const), ...filtered];
  test.each(asked)('every page of %s(%s) is full while there is more', async (coordinate, args) => {
    const { supports } = (
      await scene.operate('query ($id: ID!, $name: String!) { app(id: $id) { supports(operation: $name) } }', {
        id: things.app,
        name: coordinate,
      })
    ).app;
    if (!supports) return;
    const list = lists[coordinate];
    if (!list) throw new Error('no such list');
    const [type = '', field = ''] = coordinate.split('.');
    const part = `${field}(${args ? `${args}, ` : ''}first: $first, after: $after) {
      edges { cursor node { ${list.node} } } pageInfo { hasNextPage } }`;
    const query = list.of
      ? `query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on ${type} { ${part} } } }`
      : `query ($first: Int!, $after: String) { ${part} }`;
    const page = async (first: number, after: string | null = null): Promise<Data> => {
      const data = await scene.operate(query, { first, after, ...(list.of && { id: things[list.of] }) });
      return (list.of ? data.node : data)[field];
    };
    const all: Data[] = [];
    for (let after: string | null = null, hasNext = true; hasNext; ) {
      const { edges, pageInfo } = await page(100, after);
      all.push(...edges.map(({ node }: Data) => node));
      after = edges.at(-1)?.cursor ?? null;
      hasNext = pageInfo.hasNextPage && after !== null;
    }
    expect(all.length).toBeGreaterThanOrEqual(args === list.args ? (list.least ?? 6) : 20);
    for (const begun of [2, 5]) {
      const { edges } = await page(begun);
      for (const [index, { cursor }] of edges.entries()) {
        for (const first of [begun, 24]) {
          const next = await page(first, cursor);
          const nodes = next.edges.map(({ node }: Data) => node);
          expect(nodes, `${first} after ${index + 1} of ${begun}`).toEqual(all.slice(index + 1, index + 1 + first));
        }
      }
    }
  });
});
