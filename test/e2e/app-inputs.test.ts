import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, give } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

interface Choice {
  readonly mutation: string;
  /** The choice in its place, with what must stand beside it. */
  readonly input: Record<string, unknown>;
}

/** Each choice that some vendor lacks, made alone. */
function choicesOf(app: string): Record<string, Choice> {
  const [group, room] = app.startsWith('em') ? ['2784001', '9100001'] : ['team', 'lobby'];
  const user = `User:${app}:bob`;
  const [groupId, roomId] = [`Group:${app}:${group}`, `Chatroom:${app}:${room}`];
  const each = (
    type: string,
    mutation: string,
    rest: object,
    choices: Record<string, unknown>,
    wrap = (choice: object) => choice,
  ) =>
    Object.entries(choices).map(([name, value]) => [
      `${type}.${name}`,
      { mutation, input: { ...rest, ...wrap({ [name]: value }) } },
    ]);
  const url = 'https://img.example/x.png';
  const newGroup = { ownerId: user, name: 'Probe' };
  const newRoom = { appId: `App:${app}`, name: 'Probe' };
  const settings = {
    isPublic: true,
    joinPolicy: 'APPROVAL',
    invitePolicy: 'ADMINS',
    asksInvitees: true,
    maxMembers: 50,
  };
  const inSettings = (choice: object) => ({ settings: choice });
  const members = { spaceId: groupId, userIds: [`User:${app}:user33`] };
  return Object.fromEntries([
    ...each(
      'BlockUsersInput',
      'blockUsers',
      { ownerId: roomId, userIds: [user] },
      { durationSeconds: 60, notice: 'Bye' },
    ),
    ...each('UnblockUsersInput', 'unblockUsers', { ownerId: roomId, userIds: [user] }, { notice: 'Hi' }),
    ...each(
      'NewUserInput',
      'registerUsers',
      { appId: `App:${app}` },
      { name: 'P', avatarUrl: url, password: 'secret-word' },
      (choice) => ({
        users: [{ vendorId: `probe${Object.keys(choice)[0]}`.toLowerCase(), ...choice }],
      }),
    ),
    ...each('UserUpdateInput', 'updateUsers', {}, { name: 'Bob Brook', avatarUrl: url }, (choice) => ({
      users: [{ id: user, ...choice }],
    })),
    ...each('IssueUserTokenInput', 'issueUserToken', { userId: user }, { ttlSeconds: 60, password: 'bob-password' }),
    ...each('CreateGroupInput', 'createGroup', newGroup, {
      appId: `App:${app}`,
      vendorId: `probe-${app}`,
      avatarUrl: url,
      description: 'd',
      announcement: 'a',
      memberIds: [user],
      settings: {},
      attributes: [{ key: 'k', value: 'v' }],
    }),
    ...each('GroupSettingsInput', 'createGroup', newGroup, settings, inSettings),
    ...each(
      'UpdateGroupInput',
      'updateGroup',
      { groupId },
      {
        name: 'The team',
        avatarUrl: url,
        description: 'd',
        announcement: 'a',
        settings: {},
        actorId: `User:${app}:alice`,
      },
    ),
    ...each('CreateChatroomInput', 'createChatroom', newRoom, {
      vendorId: `probe-${app}`,
      description: 'd',
      ownerId: user,
      memberIds: [user],
      maxMembers: 10,
      attributes: [{ key: 'k', value: 'v' }],
      expiry: {},
      isMuted: true,
      speakerIds: [user],
    }).map(([name, choice]) => [
      name,
      name === 'CreateChatroomInput.expiry'
        ? { mutation: 'createChatroom', input: { ...newRoom, expiry: { trigger: 'IDLE' } } }
        : choice,
    ]),
    ...each('AddMembersInput', 'addMembers', members, { actorId: `User:${app}:alice` }),
    ...each('RemoveMembersInput', 'removeMembers', members, { actorId: `User:${app}:alice`, reason: 'Bye' }),
    ...each('DeleteSpaceInput', 'deleteSpace', { spaceId: `Group:${app}:4040404` }, { actorId: `User:${app}:alice` }),
  ]);
}

const answers: Readonly<Record<string, string>> = {
  issueUserToken: 'token',
  createGroup: 'group { id }',
  updateGroup: 'group { id }',
  createChatroom: 'chatroom { id }',
  deleteSpace: 'deletedSpaceId',
};

/** What an input's choices hang on, and where that stands. */
const parents: Readonly<Record<string, readonly [string, string]>> = {
  GroupSettingsInput: ['CreateGroupInput.settings', 'input.settings'],
  BlockUsersInput: ['Chatroom.blocklist', 'input.ownerId'],
  UnblockUsersInput: ['Chatroom.blocklist', 'input.ownerId'],
};

describe.each(allApps.map(({ name }) => name))('%s', (app) => {
  test('a choice is NOT_SUPPORTED by its own path, with nothing sent, exactly where the app does not say it supports it', async () => {
    const { app: told } = await give(gateway, operator, `{ app(id: "App:${app}") { capabilities { operation } } }`);
    const supported = new Set(told.capabilities.map((each: Data) => each.operation));
    const said: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [coordinate, { mutation, input: given }] of Object.entries(choicesOf(app))) {
      // Without the mutation there is no choice to make; that it is refused then is app.test.ts's to show.
      if (!supported.has(`Mutation.${mutation}`)) continue;
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answers[mutation] ?? 'results { ok }'} } }`;
      let error: Data;
      const calls = await callsOf(gateway, async () => {
        error = (await gateway.query(operator, query, { input: given })).errors?.[0]?.extensions;
      });
      const [input = '', field = ''] = coordinate.split('.');
      const [parent = '', parentPath] = parents[input] ?? [];
      const own = `input.${field}`;
      const path = String(error?.input).replace(/^input\.(users\[0\]|settings)\.(?=\w)/, 'input.');
      said[coordinate] = error?.code === 'NOT_SUPPORTED' ? [path === parentPath ? own : path, calls] : 'taken';
      expected[coordinate] = supported.has(coordinate) ? 'taken' : [own, []];
      // What hangs on something that the app lacks is refused as that, or for itself.
      if (path === parentPath) expect([coordinate, supported.has(parent)]).toEqual([coordinate, false]);
    }
    expect(said).toEqual(expected);
  });
});
