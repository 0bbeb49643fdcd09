import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const nobody = { everyone: false, roles: [], expiresAt: null };
const muteSpace = 'mutation ($input: MuteSpaceInput!) { muteSpace(input: $input) { space { id } } }';

test.each(['rc-cn', 'em-1'])('%s does not offer what is not built yet, and says so beforehand', async (other) => {
  const operations = ['Mutation.muteMembers', 'Mutation.muteSpace', 'App.mutedSpaces', 'Group.mutedMembers'];
  const asked = operations.map((each, index) => `s${index}: supports(operation: "${each}")`).join(' ');
  const { app: answer } = await give(gateway, operator, `{ app(id: "App:${other}") { ${asked} } }`);
  expect(Object.values(answer)).toEqual([false, false, false, false]);
  const error = await refusal(gateway, operator, muteSpace, { input: { spaceId: `Group:${other}:team` } });
  expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app: other });
});

test.each([
  ['em-1', 'Group:em-1:2784001', 'group'],
  ['em-1', 'Chatroom:em-1:9100001', 'chatroom'],
  ['rc-cn', 'Chatroom:rc-cn:lobby', 'chatroom'],
])('%s tells of the mute of %s with its other details', async (_, space, field) => {
  const calls = await callsOf(gateway, async () => {
    const query = `{ ${field}(id: "${space}") { mute { everyone roles expiresAt } createdAt } }`;
    expect((await give(gateway, operator, query))[field].mute).toEqual(nobody);
  });
  expect(calls).toHaveLength(1);
});

test('a chatroom that was made muted says so', async () => {
  const create =
    'mutation ($input: CreateChatroomInput!) { createChatroom(input: $input) { chatroom { id mute { everyone } } } }';
  const input = { appId: 'App:rc-cn', name: 'Quiet', isMuted: true };
  expect((await give(gateway, operator, create, { input })).createChatroom.chatroom.mute).toEqual({ everyone: true });
});

test('ZIM cannot tell who is muted one by one, nor mute chatrooms', async () => {
  const error = await refusal(
    gateway,
    operator,
    `{ group(id: "Group:zim-eu:team") { mutedMembers { nodes { user { id } } } } }`,
  );
  expect(error).toMatchObject({ code: 'NOT_SUPPORTED', operation: 'Group.mutedMembers' });
  const room = await refusal(gateway, operator, `{ chatroom(id: "Chatroom:zim-eu:lobby") { mute { everyone } } }`);
  expect(room).toMatchObject({ code: 'NOT_SUPPORTED', operation: 'Chatroom.mute' });
});
