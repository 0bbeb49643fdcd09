import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { emulator as vendor } from '../../src/vendors/rongcloud/emulator/index.ts';

type Call = (params: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** What is used of the vendor's own server SDK (npm `rongcloud-sdk` 3.1.1), which has no types. */
interface RongSdk {
  readonly User: {
    readonly register: Call;
    readonly update: Call;
    readonly OnlineStatus: { readonly get: Call };
    readonly Blacklist: Record<'add' | 'remove' | 'getList', Call>;
  };
  readonly Group: Record<'create' | 'join' | 'quit' | 'update' | 'get' | 'dismiss', Call>;
  readonly Chatroom: Record<'create' | 'get' | 'isExist' | 'destroy', Call> & {
    readonly Block: Record<'add' | 'remove' | 'getList', Call>;
  };
  readonly Message: {
    readonly Private: Record<'send' | 'sendTemplate' | 'recall', Call>;
    readonly Group: Record<'send' | 'sendMention' | 'recall', Call>;
    readonly Chatroom: Record<'send', Call>;
    readonly System: Record<'send', Call>;
  };
}

const credentials = { appKey: '8luwapkvucoil', appSecret: 'y0icysjl4h3LWz' };
const require = createRequire(import.meta.url);
const loadSdk: (config: Record<string, unknown>) => RongSdk = require('rongcloud-sdk');

let emulator: Emulator;
let sdk: RongSdk;

beforeAll(async () => {
  emulator = await startEmulator(vendor, { apps: [{ name: 'sdk', credentials }] });
  // `api` is the SDK's own setting: the hosts it calls, plain http included.
  sdk = loadSdk({ appkey: credentials.appKey, secret: credentials.appSecret, api: emulator.url });
});
afterAll(() => emulator.stop());

const state = () => {
  const app = emulator.apps[0];
  if (!app) throw new Error('no app');
  return app.state;
};

describe('the vendor’s own Node SDK against the emulator', () => {
  test('registers users, who get tokens', async () => {
    for (const [id, name] of [
      ['u1', 'Ann'],
      ['u2', 'Ben'],
      ['u3', 'Cleo'],
    ] as const) {
      const result = await sdk.User.register({ id, name, portrait: `https://img.example/${id}.png` });
      expect(result).toEqual({ code: 200, userId: id, token: expect.any(String) });
    }
  });

  test('updates a user', async () => {
    expect(await sdk.User.update({ id: 'u1', name: 'Anna', portrait: 'https://img.example/a.png' })).toEqual({
      code: 200,
    });
    expect(state().users.get('u1')).toMatchObject({ name: 'Anna', avatar: 'https://img.example/a.png' });
  });

  test('reads whether a user is online, as a string', async () => {
    expect(await sdk.User.OnlineStatus.get({ id: 'u1' })).toEqual({ code: 200, status: '0' });
    const user = state().users.get('u1');
    if (user) state().connect(user, 'ios_1');
    expect(await sdk.User.OnlineStatus.get({ id: 'u1' })).toEqual({ code: 200, status: '1' });
  });

  test('blocks, lists and unblocks', async () => {
    expect(await sdk.User.Blacklist.add({ id: 'u1', blacklist: [{ id: 'u2' }, { id: 'u3' }] })).toEqual({ code: 200 });
    expect(await sdk.User.Blacklist.getList({ id: 'u1' })).toEqual({ code: 200, users: [{ id: 'u3' }, { id: 'u2' }] });
    expect(await sdk.User.Blacklist.remove({ id: 'u1', blacklist: [{ id: 'u3' }] })).toEqual({ code: 200 });
    expect(await sdk.User.Blacklist.getList({ id: 'u1' })).toEqual({ code: 200, users: [{ id: 'u2' }] });
  });

  test('creates a group, adds and removes members, renames and lists it', async () => {
    expect(await sdk.Group.create({ id: 'g1', name: 'Team', members: [{ id: 'u1' }, { id: 'u2' }] })).toEqual({
      code: 200,
    });
    expect(await sdk.Group.join({ id: 'g1', name: 'Team', member: { id: 'u3' } })).toEqual({ code: 200 });
    expect(await sdk.Group.get({ id: 'g1' })).toEqual({
      code: 200,
      members: [{ id: 'u1' }, { id: 'u2' }, { id: 'u3' }],
    });
    expect(await sdk.Group.quit({ id: 'g1', member: { id: 'u2' } })).toEqual({ code: 200 });
    expect(await sdk.Group.get({ id: 'g1' })).toEqual({ code: 200, members: [{ id: 'u1' }, { id: 'u3' }] });
    expect(await sdk.Group.update({ id: 'g1', name: 'Crew' })).toEqual({ code: 200 });
    expect(state().groups.get('g1')?.name).toBe('Crew');
  });

  test('creates chatrooms by the old call, reads members, blocks and destroys', async () => {
    expect(await sdk.Chatroom.create({ id: 'r1', name: 'Lobby' })).toEqual({ code: 200 });
    const room = state().chatrooms.get('r1');
    if (room) state().join(room, ['u1', 'u2'], '');
    const members = await sdk.Chatroom.get({ id: 'r1', count: 500, order: 2 });
    expect(members).toMatchObject({ code: 200, total: 2, members: [{ id: 'u2' }, { id: 'u1' }] });
    expect(await sdk.Chatroom.isExist({ id: 'r1', members: [{ id: 'u1' }, { id: 'u3' }] })).toEqual({
      code: 200,
      members: [
        { id: 'u1', isInChrm: 1 },
        { id: 'u3', isInChrm: 0 },
      ],
    });
    expect(await sdk.Chatroom.Block.add({ id: 'r1', members: [{ id: 'u2' }], minute: 30 })).toEqual({ code: 200 });
    expect(room?.members.has('u2')).toBe(false);
    expect(await sdk.Chatroom.Block.getList({ id: 'r1' })).toMatchObject({ code: 200, members: [{ id: 'u2' }] });
    expect(await sdk.Chatroom.Block.remove({ id: 'r1', members: [{ id: 'u2' }] })).toEqual({ code: 200 });
  });

  test('sends to users, groups and chatrooms, and recalls', async () => {
    const base = { senderId: 'u1', objectName: 'RC:TxtMsg', content: { content: 'hi' } };
    const direct = await sdk.Message.Private.send({ ...base, targetId: ['u2', 'u3'] });
    expect(direct).toMatchObject({ code: 200, messageUIDs: [{ userId: 'u2' }, { userId: 'u3' }] });
    expect(await sdk.Message.Group.send({ ...base, targetId: 'g1' })).toMatchObject({
      code: 200,
      messageUIDs: [{ groupId: 'g1' }],
    });
    const mention = { content: 'hi all', mentionedInfo: { type: 2, userIds: ['u3'], pushContent: 'mentioned' } };
    expect(await sdk.Message.Group.sendMention({ ...base, targetId: 'g1', content: mention })).toMatchObject({
      code: 200,
    });
    expect(await sdk.Message.Chatroom.send({ ...base, targetId: 'r1' })).toMatchObject({
      code: 200,
      messageUIDs: [{ chatroomId: 'r1' }],
    });
    expect(await sdk.Message.System.send({ ...base, senderId: '__system__', targetId: ['u2'] })).toMatchObject({
      code: 200,
    });
    const [sent] = [...state().messages.values()].filter((message) => message.to === 'u3');
    const recall = { senderId: 'u1', targetId: 'u3', uId: sent?.id, sentTime: sent?.sentAt };
    expect(await sdk.Message.Private.recall(recall)).toEqual({ code: 200 });
    expect(sent?.recalledAt).not.toBeNull();
    const made = { senderId: 'u1', targetId: 'g1', uId: '5FGT-7VA9-G4DD-4V5P', sentTime: 1507778882124 };
    expect(await sdk.Message.Group.recall(made)).toEqual({ code: 200 });
  });

  test('sends a template message to several users at once', async () => {
    const result = await sdk.Message.Private.sendTemplate({
      senderId: 'u1',
      objectName: 'RC:TxtMsg',
      template: { content: '{name} has {score}' },
      content: {
        u2: { data: { '{name}': 'Ben', '{score}': '90' }, push: '{name}' },
        u3: { data: { '{name}': 'Cleo', '{score}': '"1"' }, push: '{name}' },
      },
    });
    expect(result).toMatchObject({ code: 200 });
    expect([...state().messages.values()].slice(-2).map((message) => message.body)).toEqual([
      '{"content":"Ben has 90"}',
      '{"content":"Cleo has \\"1\\""}',
    ]);
  });

  test('dismisses the group and destroys the room', async () => {
    expect(await sdk.Group.dismiss({ id: 'g1', member: { id: 'u1' } })).toEqual({ code: 200 });
    expect(await sdk.Chatroom.destroy({ id: 'r1' })).toEqual({ code: 200 });
    expect(state().groups.size + state().chatrooms.size).toBe(0);
  });

  test('hands on the emulator’s refusals with their codes', async () => {
    expect(await sdk.Chatroom.get({ id: 'r1' })).toMatchObject({ code: 1002 });
    // The SDK's configuration is one object for the process: a wrong secret stands for the last test only.
    const wrong = loadSdk({ appkey: credentials.appKey, secret: 'other', api: emulator.url });
    expect(await wrong.User.OnlineStatus.get({ id: 'u1' })).toMatchObject({ code: '20000' });
  });
});
