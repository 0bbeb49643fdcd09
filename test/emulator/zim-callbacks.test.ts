import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench, zimCredentials } from '../support/zim.ts';

type Body = Record<string, unknown>;

let zim: ZimBench;
let server: Server;
let received: Body[];
let contentTypes: unknown[];
let answers: number[];

/** The catalogue's words: three strings, sorted in byte order, joined, SHA-1 in lower-case hex. */
const sign = (timestamp: unknown, nonce: unknown, secret = zimCredentials.callbackSecret) => {
  const parts = [secret, String(timestamp), String(nonce)].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return createHash('sha1').update(parts.join('')).digest('hex');
};

const events = () => received.map((body) => body['event']);
const settled = () => zim.emulator.callbacks.idle();

beforeEach(async () => {
  received = [];
  contentTypes = [];
  answers = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push(JSON.parse(text));
    contentTypes.push(request.headers['content-type']);
    response.writeHead(answers.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  zim = await startZim({ demo: true, callbackUrl: `http://127.0.0.1:${port}/hook` });
});
afterEach(async () => {
  await zim.emulator.stop();
  server.close();
});

const client = (from: string, kind: 'direct' | 'group' | 'chatroom', id: string, content: Body) =>
  vendor.sendAsClient({ from, to: { kind, id }, content }, zim.app);
const post = (action: string, body: Body) =>
  zim.post(action, { MessageType: 1, Priority: 1, FromUserId: 'alice', ...body });

it('signs as the worked example of the catalogue does', () => {
  expect(sign('1700000000', '48151')).toBe('fe2715135f3ed130c30fadb2a3baa8d1c4e47402');
});

describe('a message of a client', () => {
  it('arrives signed, as plain JSON, without a source', async () => {
    client('bob', 'group', 'team', { kind: 'TEXT', text: 'hi all' });
    await settled();
    expect(contentTypes).toEqual(['application/json']);
    const [body = {}] = received;
    expect(body['signature']).toBe(sign(body['timestamp'], body['nonce']));
    expect(body).toEqual({
      appid: '1001',
      event: 'send_msg',
      nonce: expect.stringMatching(/^\d+$/),
      signature: expect.any(String),
      timestamp: 1_700_000_000,
      from_user_id: 'bob',
      conv_type: 2,
      conv_id: 'team',
      msg_type: 1,
      sub_msg_type: 0,
      msg_body: 'hi all',
      msg_id: expect.stringMatching(/^\d{18}$/),
      msg_seq: 2,
      payload: '',
      msg_time: 1_700_000_000_000,
      send_result: 0,
    });
  });

  it.each([
    [{ kind: 'IMAGE', url: 'https://img.example/a.png', name: 'a.png', width: 4, height: 3 }, 11],
    [{ kind: 'FILE', url: 'https://files.example/a.pdf', name: 'a.pdf', byteSize: 3 }, 12],
    [{ kind: 'AUDIO', url: 'https://files.example/a.m4a', durationSeconds: 3 }, 13],
    [
      {
        kind: 'VIDEO',
        url: 'https://files.example/a.mp4',
        durationSeconds: 3,
        thumbnailUrl: 'https://img.example/t.png',
      },
      14,
    ],
  ])('has a percent-encoded document for $kind', async (content, type) => {
    client('bob', 'chatroom', 'lobby', content);
    await settled();
    const [body = {}] = received;
    expect(body).toMatchObject({ msg_type: type, conv_type: 1, conv_id: 'lobby' });
    expect(JSON.parse(decodeURIComponent(String(body['msg_body'])))).toMatchObject({ download_url: content.url });
  });

  it('is raw text for own types', async () => {
    client('bob', 'direct', 'alice', { kind: 'CUSTOM', type: '7', data: { x: 1 } });
    await settled();
    expect(received[0]).toMatchObject({ msg_type: 200, sub_msg_type: 7, msg_body: '{"x":1}', conv_id: 'alice' });
  });

  it('is never reported when it is a command', async () => {
    client('bob', 'direct', 'alice', { kind: 'COMMAND', name: 'typing', data: {} });
    await settled();
    expect(received).toEqual([]);
  });

  it('is reported with its code when the receiver blocked the sender', async () => {
    client('frank', 'direct', 'alice', { kind: 'TEXT', text: 'hey' });
    await settled();
    expect(received[0]).toMatchObject({ event: 'send_msg', send_result: 660800045, msg_id: '' });
  });

  it('is refused from who is not in the group', () => {
    expect(() => client('frank', 'group', 'team', { kind: 'TEXT', text: 'x' })).toThrow('not in the group');
  });
});

describe('a message of the server', () => {
  it('to several users is one event with user_list and without id and conversation', async () => {
    await post('SendPeerMessage', {
      FromUserId: 'frank',
      ToUserId: ['bob', 'carol', 'alice'],
      MessageBody: { Message: 'x' },
    });
    await settled();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      source: 1,
      conv_id: '',
      conv_type: 0,
      msg_id: '',
      user_list: [
        { UserId: 'bob', MsgId: expect.stringMatching(/^\d{18}$/), MsgSeq: 1 },
        { UserId: 'carol', MsgId: expect.stringMatching(/^\d{18}$/), MsgSeq: 1 },
        { UserId: 'alice', MsgId: '' },
      ],
    });
  });

  it('that no receiver got is reported with the code that stopped it', async () => {
    await post('SendPeerMessage', { FromUserId: 'frank', ToUserId: ['alice'], MessageBody: { Message: 'x' } });
    await settled();
    expect(received).toMatchObject([
      { source: 1, send_result: 660800045, user_list: [{ UserId: 'alice', MsgId: '' }] },
    ]);
  });

  it('to a room tells its seq there alone, and the content as it was passed in', async () => {
    const Message = JSON.stringify({ Uid: '1', Url: 'https://files.example/a.pdf', FileName: 'a.pdf' });
    const answer = await post('SendRoomMessage', { RoomId: 'lobby', MessageType: 12, MessageBody: { Message } });
    expect(Object.keys(answer)).toEqual(['Code', 'Message', 'RequestId']);
    await settled();
    expect(received[0]).toMatchObject({ source: 1, conv_type: 1, conv_id: 'lobby', msg_seq: 2, msg_body: Message });
  });

  it('is never reported when it is a barrage', async () => {
    await post('SendRoomMessage', { RoomId: 'lobby', MessageType: 20, MessageBody: { Message: 'wow' } });
    await settled();
    expect(received).toEqual([]);
  });
});

describe('spaces', () => {
  it('a group is told with its first members, and they join no second time', async () => {
    await zim.post('CreateGroup', {
      GroupId: 'new',
      GroupName: 'New',
      GroupOwner: 'alice',
      UserId: ['bob'],
      Attributes: [{ Key: 'topic', Value: 'jazz' }],
    });
    await settled();
    expect(events()).toEqual(['group_create']);
    expect(received[0]).toMatchObject({
      group_id: 'new',
      operator_account: 'alice',
      owner_account: 'alice',
      group_name: 'New',
      attributes: [{ key: 'topic', value: 'jazz' }],
      user_ids: ['alice', 'bob'],
    });
  });

  it('members come, go, and the group ends', async () => {
    await zim.post('InviteUsersIntoGroup', { FromUserId: 'alice', GroupId: 'team', UserIds: ['erin', 'frank'] });
    await settled();
    await zim.post('KickoutGroupUser', { FromUserId: 'alice', GroupId: 'team', UserId: ['erin'] });
    await settled();
    await zim.get('DismissGroup', { FromUserId: 'bob', GroupId: 'team' });
    await settled();
    expect(received).toMatchObject([
      {
        event: 'group_join',
        join_type: 'Invited',
        operator_account: 'alice',
        new_user_ids: ['erin', 'frank'],
        timestamp: '1700000000',
      },
      {
        event: 'group_exit',
        exit_type: 'Kickout',
        operator_account: 'alice',
        exit_user_ids: ['erin'],
        timestamp: 1_700_000_000,
      },
      { event: 'group_destroy', operator_account: 'bob', owner_account: 'alice', timestamp: '1700000000' },
    ]);
    for (const body of received) expect(body['signature']).toBe(sign(body['timestamp'], body['nonce']));
  });

  it('a room is created, entered, left and destroyed', async () => {
    await zim.post('CreateRoom', {
      FromUserId: 'alice',
      RoomId: 'r',
      RoomName: 'R',
      Attributes: [{ Key: 'k', Value: 'v', AutoDelete: 1 }],
    });
    await settled();
    const room = zim.app.state.chatrooms.get('r');
    if (room) zim.app.state.join(room, ['bob'], 'bob');
    await settled();
    if (room) zim.app.state.leave(room, ['bob'], 'bob');
    await vi.waitFor(() => expect(received).toHaveLength(4));
    expect(received).toMatchObject([
      {
        event: 'room_create',
        room_id: 'r',
        operator_account: 'alice',
        room_name: 'R',
        attributes: [{ key: 'k', value: 'v', auto_delete: 1 }],
      },
      { event: 'room_enter', room_id: 'r', operator_account: 'bob' },
      expect.anything(),
      expect.anything(),
    ]);
    const ends = received.slice(2).sort((a, b) => String(b['event']).localeCompare(String(a['event'])));
    expect(ends).toMatchObject([
      { event: 'room_exit', exit_type: 'Quit', exit_user_ids: ['bob'] },
      { event: 'room_destroy', user_ids: [] },
    ]);
  });
});

describe('presence', () => {
  it('tells a login, a lost connection and a reconnect with sessions of their own', async () => {
    const frank = zim.app.state.users.get('frank');
    if (!frank) throw new Error('no frank');
    zim.app.state.connect(frank, 'ios_1');
    await settled();
    await zim.clock.advance(5000);
    zim.app.state.disconnect(frank, 'ios_1');
    await settled();
    zim.app.state.connect(frank, 'ios_1');
    await settled();
    expect(received).toMatchObject([
      { event: 'user_action', user_id: 'frank', os: 'IOS_PHONE', action: 0, login_time: 1_700_000_000, relogin: '0' },
      { event: 'user_action', action: 2, login_time: 1_700_000_000, offline_time: 1_700_000_005 },
      { event: 'user_action', action: 0, login_time: 1_700_000_005, relogin: '1' },
    ]);
    expect(received[0]?.['session_id']).toBe(received[1]?.['session_id']);
    expect(received[2]?.['session_id']).not.toBe(received[0]?.['session_id']);
    expect(await zim.get('QueryUserOnlineState', { UserId: ['frank'] })).toMatchObject({
      Result: [{ Status: 'Online' }],
    });
  });
});

describe('retries', () => {
  const attemptsAfter = async (ms: number, count: number) => {
    await zim.clock.advance(ms);
    await vi.waitFor(() => expect(received).toHaveLength(count));
    await vi.waitFor(() => expect(zim.clock.waiting).toBe(count < 6 ? 1 : 0));
  };

  it('come 2, 4, 8, 16 and 32 s after the attempt before, then the event is lost', async () => {
    answers = [500, 404, 302, 500, 500, 500];
    client('bob', 'group', 'team', { kind: 'TEXT', text: 'x' });
    await attemptsAfter(0, 1);
    for (const [index, seconds] of [2, 4, 8, 16, 32].entries()) {
      await zim.clock.advance(seconds * 1000 - 1);
      expect(received).toHaveLength(index + 1);
      await attemptsAfter(1, index + 2);
    }
    await settled();
    expect(zim.emulator.callbacks.counts.get('zim.callback.message.sent')).toEqual({
      sent: 1,
      accepted: 0,
      lost: 1,
      attempts: 6,
    });
    expect(new Set(received.map((body) => body['msg_id'])).size).toBe(1);
  });

  it('end with any 2xx', async () => {
    answers = [503, 202];
    client('bob', 'group', 'team', { kind: 'TEXT', text: 'x' });
    await attemptsAfter(0, 1);
    await zim.clock.advance(2000);
    await settled();
    expect(zim.emulator.callbacks.counts.get('zim.callback.message.sent')).toMatchObject({
      accepted: 1,
      lost: 0,
      attempts: 2,
    });
  });
});
