import type { Data } from './answers.ts';
import type { RuleApp, RuleScene } from './rule-scene.ts';

/** Ids of an app in which everything that it can have is there, by their types; several of a type where one cannot have all. */
export type Furnished = Readonly<Record<string, readonly string[]>>;

const url = 'https://img.example/x.png';
const attributes = [{ key: 'shade', value: 'blue' }];

/** Puts into an app what its vendor can have; what it lacks is left out. */
export async function furnish(scene: RuleScene, { app, user, group, room }: RuleApp): Promise<Furnished> {
  const operator = await scene.gateway.operator();
  const attempt = async (query: string, variables: Record<string, unknown>): Promise<Data> =>
    (await scene.gateway.query(operator, query, variables)).data;
  /** Runs a mutation as far as the app takes its input: fields that it lacks are left out one by one. */
  const run = async (name: string, input: Record<string, unknown>, fields = 'results { ok }'): Promise<Data> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
    for (let rest = { ...input }; ; ) {
      const { data, errors } = await scene.gateway.query(operator, query, { input: rest });
      const lacking = String(errors?.[0]?.extensions['input'] ?? '').split('.')[1];
      if (errors?.[0]?.extensions['code'] !== 'NOT_SUPPORTED' || lacking === undefined || !(lacking in rest))
        return data?.[name];
      const { [lacking]: _, ...kept } = rest;
      rest = kept;
    }
  };
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(user);
  await run('updateUsers', { users: [{ id: bob, name: 'Bob Brook', avatarUrl: url }] });
  await run('setAttributes', { ownerId: bob, attributes });
  const texts = { name: 'All of it', description: 'What it is for', announcement: 'Read this', avatarUrl: url };
  const settings = { joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', maxMembers: 50 };
  const owned = { ownerId: alice, memberIds: [bob, carol] };
  const made = await run('createGroup', { ...owned, ...texts, settings, attributes }, 'group { id }');
  const plain = await run('createGroup', { ...owned, name: texts.name, settings: { isPublic: true } }, 'group { id }');
  const groups = [made?.group?.id, plain?.group?.id, group].filter(Boolean);
  const emulated = [...scene.gateway.emulators.values()]
    .flatMap(({ apps }) => apps)
    .find(({ name }) => name === app)?.state;
  if (!emulated) throw new Error(`no emulator has ${app}`);
  for (const spaceId of groups.slice(0, 2)) {
    await run('updateGroup', { groupId: spaceId, ...texts, actorId: alice }, 'group { id }');
    await run('setAttributes', { ownerId: spaceId, attributes, actorId: alice });
    await run('updateMembers', { spaceId, members: [{ userId: bob, nickname: 'Bobby' }], actorId: alice });
    const bobs = emulated.groups.get(spaceId.split(':')[2] ?? '')?.members.get('bob');
    if (bobs) bobs.nickname = 'Bobby';
    await run('setMemberRole', { spaceId, userIds: [bob], role: 'CUSTOM', customRole: 120, actorId: alice });
    await run('muteMembers', { spaceId, userIds: [carol], durationSeconds: 600 });
    await run('muteSpace', { spaceId, durationSeconds: 600 }, 'space { id }');
  }
  const expiry = { trigger: 'INACTIVE', afterSeconds: 7200 };
  const chatroomInput = { appId: `App:${app}`, ownerId: alice, name: 'Room', description: 'A room', maxMembers: 50 };
  const newRoom = await run('createChatroom', { ...chatroomInput, expiry }, 'chatroom { id }');
  const otherRoom = await run('createChatroom', { ...chatroomInput }, 'chatroom { id }');
  const rooms = [newRoom?.chatroom?.id, otherRoom?.chatroom?.id, room].filter(Boolean);
  for (const spaceId of rooms) {
    const known = emulated.chatrooms.get(spaceId.split(':')[2] ?? '');
    if (known) known.announcement = 'Welcome';
    await run('setAttributes', { ownerId: spaceId, attributes, actorId: alice });
    await run('muteMembers', { spaceId, userIds: [bob], durationSeconds: 600 });
  }
  await run('addFriends', { userId: alice, friends: [{ userId: user('erin'), remark: 'E', attributes }] });
  await run('updateFriends', { userId: alice, friends: [{ userId: bob, remark: 'B' }] });
  const contacts = emulated.users.get('alice')?.extra.get('contacts');
  if (contacts instanceof Map) contacts.set('bob', 'B');
  emulated.users.get('bob')?.extra.set('presence ext', 'Away');
  const call = await run('startCall', { callerId: alice, inviteeIds: [bob] }, 'call { id }');
  await run('registerBots', { appId: `App:${app}`, bots: [{ vendorId: '@RBT#all', name: 'All', avatarUrl: url }] });
  const sent = async (input: object): Promise<string> =>
    (
      await run(
        'sendMessage',
        { senderId: alice, to: [group], content: { text: { text: 'said' } }, ...input },
        'message { id }',
      )
    )?.message?.id;
  const mentions = { userIds: [bob] };
  const messages = [await sent({ metadata: { a: 1 }, mentions }), await sent({}), await sent({ to: [bob] })];
  await scene.settle();
  const text = { text: { text: 'otherwise' } };
  await run('editMessage', { messageId: messages[1], content: text, mentions }, 'message { id }');
  // A client's edit, of those vendors whose message ids are those of their messages.
  const spoken = emulated.messages.get(messages[1]?.split(':').at(-1) ?? '');
  if (spoken) emulated.edit(spoken, { ...(spoken.body as object), msg: 'otherwise' }, 'alice');
  await run('recallMessages', { messageIds: [messages[2]] });
  await run('updateConversations', {
    conversationIds: [`Conversation:${app}:alice:group:${group.split(':')[2]}`],
    isPinned: true,
    notificationLevel: 'NONE',
  });
  const listId = (await attempt(`query ($id: ID!) { user(id: $id) { conversationLabels { key } } }`, { id: alice }))
    ?.user;
  const label = listId?.conversationLabels?.[0]?.key;
  if (label)
    await run('updateConversations', {
      conversationIds: [`Conversation:${app}:alice:group:${group.split(':')[2]}`],
      addLabels: [label],
    });
  const users = [{ vendorId: 'alice' }];
  const job = await run('startUserRegistration', { appId: `App:${app}`, users }, 'job { id }');
  const status = async () =>
    (await attempt('query ($id: ID!) { job(id: $id) { status } }', { id: job.job.id }))?.job?.status;
  while ((await status()) !== 'FINISHED') await new Promise((resolve) => setTimeout(resolve, 20));
  await scene.settle();
  const keyOf = (id: string) => id.split(':')[2] ?? '';
  return {
    App: [`App:${app}`],
    User: [bob, alice].map(String),
    Group: groups,
    Chatroom: rooms,
    Member: [
      ...groups.map((each) => `Member:${app}:group:${keyOf(each)}:bob`),
      ...rooms.map((each) => `Member:${app}:chatroom:${keyOf(each)}:bob`),
    ],
    Message: messages,
    Conversation: [`Conversation:${app}:alice:group:${keyOf(group)}`],
    Blocklist: [`Blocklist:${app}:user:alice`],
    Friend: [`Friend:${app}:alice:bob`],
    Call: [call?.call?.id ?? `Call:${app}:1`],
    Bot: [`Bot:${app}:%40RBT%23all`],
    Community: [`Community:${app}:city`],
    Thread: [`Thread:${app}:1`],
    Broadcast: [`Broadcast:${app}:1`],
    File: [`File:${app}:1`],
    Job: [job.job.id],
  };
}
