import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { give, happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { beginning, type Followed, follow } from '../support/live-events.ts';
import { chatApps, settled } from '../support/messages.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const selection = /* GraphQL */ `
  type
  ... on MessageEvent { message { to { ... on Group { id } } content { ... on TextContent { text } } } }
`;
const spaceEvents = `subscription ($id: ID!, $after: String) { spaceEvents(spaceId: $id, after: $after) { ${selection} } }`;
const conversationEvents = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) { ${selection} } }`;
const viewerEvents = `subscription ($after: String) { viewerEvents(after: $after) { ${selection} } }`;

const textIs = (text: string) => (event: { message?: { content?: { text?: string } } }) =>
  event.message?.content?.text === text;
const tokenOf = (user: string, app: string) => gateway.token({ subject: user, accounts: { [app]: user } });
const change = (name: string, type: string, answer: string, input: object, token = operator) =>
  give(gateway, token, `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`, { input });

/** What a stream ends with. The client forgets an error that comes while it is not asked for more. */
const ending = (stream: Followed) => stream.until(() => false).then(String, String);

/** While something is done, the vendor's callbacks of it are lost. */
async function untold(slug: string, act: () => Promise<unknown>): Promise<void> {
  const [emulated] = gateway.emulators.get(slug)?.apps ?? [];
  if (!emulated) throw new Error(`no app at ${slug}`);
  const { callbackUrl } = emulated;
  emulated.callbackUrl = null;
  try {
    await act();
    await settled(gateway);
  } finally {
    emulated.callbackUrl = callbackUrl;
  }
}

let names = 0;
describe.each(chatApps)('$slug', ({ app, slug }) => {
  const say = (to: object, text: string) =>
    happen(gateway, slug, { type: 'message', app, from: 'alice', to, content: { kind: 'TEXT', text } });

  let group = '';
  let start = '';
  beforeEach(async () => {
    names += 1;
    start = await beginning(gateway, [app]);
    const memberIds = ['bob', 'carol', 'dave'].map((user) => `User:${app}:${user}`);
    const input = { appId: `App:${app}`, name: `Group ${names}`, ownerId: `User:${app}:alice`, memberIds };
    const vendorId = slug === 'easemob' ? {} : { vendorId: `departures-${names}` };
    const { createGroup } = await change('createGroup', 'CreateGroupInput', 'group { vendorId }', {
      ...input,
      ...vendorId,
    });
    group = createGroup.group.vendorId;
    await settled(gateway);
  });

  /** Every stream by which a user gets what is said in the group. */
  async function streamsOf(user: string): Promise<readonly Followed[]> {
    const token = await tokenOf(user, app);
    return Promise.all([
      follow(gateway, [app], token, spaceEvents, { id: `Group:${app}:${group}` }),
      follow(gateway, [app], token, conversationEvents, { id: `Conversation:${app}:${user}:group:${group}` }),
      follow(gateway, [app], token, viewerEvents),
    ]);
  }

  const removals = [
    [
      'removeMembers of several',
      ['bob', 'carol'],
      () =>
        change('removeMembers', 'RemoveMembersInput', 'results { ok }', {
          spaceId: `Group:${app}:${group}`,
          userIds: ['bob', 'carol'].map((user) => `User:${app}:${user}`),
        }),
    ],
    [
      'deleteSpace',
      ['bob', 'carol', 'dave'],
      () => change('deleteSpace', 'DeleteSpaceInput', 'deletedSpaceId', { spaceId: `Group:${app}:${group}` }),
    ],
    // A server's call has a user leave at ZIM only.
    ...(slug === 'zim'
      ? ([
          [
            'leaveSpace',
            ['bob'],
            async () =>
              change(
                'leaveSpace',
                'LeaveSpaceInput',
                'space { id }',
                { spaceId: `Group:${app}:${group}` },
                await tokenOf('bob', app),
              ),
          ],
        ] as const)
      : []),
    ...(slug === 'easemob'
      ? ([
          [
            'blockUsers of the group',
            ['bob', 'carol'],
            () =>
              change('blockUsers', 'BlockUsersInput', 'results { ok }', {
                ownerId: `Group:${app}:${group}`,
                userIds: ['BOB', 'carol'].map((user) => `User:${app}:${user}`),
              }),
          ],
        ] as const)
      : []),
  ] as const;

  test.each(removals)(
    'ends what the users have as members at once after %s, though no callback tells it',
    async (_, gone, act) => {
      const streams = new Map(await Promise.all(gone.map(async (user) => [user, await streamsOf(user)] as const)));
      const stays = gone.length < 3 ? await streamsOf('dave') : [];
      await say({ kind: 'group', id: group }, `before in ${group}`);
      for (const each of [...streams.values(), stays].flat()) await each.until(textIs(`before in ${group}`));
      const ends = gone.flatMap((user) => (streams.get(user) ?? []).slice(0, 2).map((each) => ending(each)));
      await untold(slug, act);
      expect(await Promise.all(ends)).toEqual(ends.map(() => expect.stringContaining('FORBIDDEN')));
      if (gone.length < 3) await say({ kind: 'group', id: group }, `after in ${group}`);
      for (const user of gone) await say({ kind: 'direct', id: user }, `to ${user} of ${group}`);
      for (const each of stays)
        await each.until(textIs(`after in ${group}`)).catch((error) => expect(error).toBeUndefined());
      for (const user of gone) {
        const all = streams.get(user)?.[2];
        await all?.until(textIs(`to ${user} of ${group}`));
        expect(all?.seen.some(textIs(`after in ${group}`)), user).toBe(false);
      }
      for (const each of [...streams.values(), stays].flat()) await each.close();
    },
  );

  test('a stream that begins behind does not follow the viewer into a group that it was put out of since', async () => {
    const bob = await tokenOf('bob', app);
    await say({ kind: 'group', id: group }, 'while bob is here');
    await untold(slug, () =>
      change('removeMembers', 'RemoveMembersInput', 'results { ok }', {
        spaceId: `Group:${app}:${group}`,
        userIds: [`User:${app}:bob`],
      }),
    );
    await say({ kind: 'group', id: group }, `behind the back of bob in ${group}`);
    await say({ kind: 'direct', id: 'bob' }, `hello after ${group}`);
    await settled(gateway);
    const all = gateway.subscribe(bob, viewerEvents, { after: start });
    const texts: (string | undefined)[] = [];
    while (texts.at(-1) !== `hello after ${group}`)
      texts.push((await all.next()).data.viewerEvents.message?.content?.text);
    expect(texts).toContain('while bob is here');
    expect(texts).not.toContain(`behind the back of bob in ${group}`);
    await all.close();
  });

  test('a removal that fails ends nothing', async () => {
    const [ofSpace] = await streamsOf('bob');
    const { removeMembers } = await change('removeMembers', 'RemoveMembersInput', 'results { ok }', {
      spaceId: `Group:${app}:${group}`,
      userIds: [`User:${app}:nobody-at-all`],
    });
    expect(removeMembers.results).toHaveLength(1);
    await say({ kind: 'group', id: group }, `still in ${group}`);
    await ofSpace?.until(textIs(`still in ${group}`));
    await ofSpace?.close();
  });
});

// ZIM's rooms cannot be left by a server's call, and have no blocklist.
describe.each(chatApps.filter(({ slug }) => slug !== 'zim'))('the chatrooms of $slug', ({ app, slug, lobby }) => {
  test('blockUsers of the room ends the streams of those who were in it', async () => {
    const [erin, alice] = [await tokenOf('erin', app), await tokenOf('alice', app)];
    const id = `Chatroom:${app}:${lobby}`;
    const [ofErin, ofAlice] = [
      await follow(gateway, [app], erin, spaceEvents, { id }),
      await follow(gateway, [app], alice, spaceEvents, { id }),
    ];
    const say = (text: string) =>
      happen(gateway, slug, {
        type: 'message',
        app,
        from: 'alice',
        to: { kind: 'chatroom', id: lobby },
        content: { kind: 'TEXT', text },
      });
    await say('with erin');
    await ofErin.until(textIs('with erin'));
    const end = ending(ofErin);
    await untold(slug, () =>
      change('blockUsers', 'BlockUsersInput', 'results { ok }', {
        ownerId: id,
        userIds: [`User:${app}:erin`],
        ...(slug === 'rongcloud' && { durationSeconds: 3600 }),
      }),
    );
    expect(await end).toContain('FORBIDDEN');
    await say('without erin');
    await ofAlice.until(textIs('without erin'));
    await ofAlice.close();
  });
});
