import { afterEach, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
afterEach(() => zim.emulator.stop());

const message = { MessageType: 1, Priority: 1, MessageBody: { Message: 'hi' } };
const from = { FromUserId: 'alice' };

/** Sound parameters for each endpoint, whatever its answer. */
const params: Readonly<Record<string, Record<string, unknown>>> = {
  'zim.user.info.query': { UserIds: ['alice'] },
  'zim.user.register': { UserInfo: [{ UserId: 'alice' }] },
  'zim.user.info.modify': { UserInfo: [{ UserId: 'alice' }] },
  'zim.user.onlineState.query': { UserId: ['alice'] },
  'zim.relation.friend.add': { ...from, FriendInfos: [{ UserId: 'erin' }] },
  'zim.relation.friend.apply': { ...from, FriendInfos: [{ UserId: 'erin' }] },
  'zim.relation.friend.delete': { ...from, UserIds: ['bob'], DeleteType: 0 },
  'zim.relation.friend.deleteAll': { ...from, DeleteType: 0 },
  'zim.relation.friend.list': { ...from, Limit: 10, Next: 0 },
  'zim.relation.friend.check': { ...from, UserIds: ['bob'], CheckType: 0 },
  'zim.relation.friend.alias.update': { ...from, UserIds: [{ UserId: 'bob', FriendAlias: 'B' }] },
  'zim.relation.friend.attributes.update': { ...from, UserId: 'bob', Attributes: [{ Key: 'k0', Value: 'v' }] },
  'zim.bot.register': { UserInfo: [{ UserId: '@RBT#a' }] },
  'zim.community.list': {},
  'zim.audio.license.get': {},
  'zim.blocklist.check': { ...from, UserIds: ['bob'] },
  'zim.blocklist.list': from,
  'zim.blocklist.add': { ...from, UserIds: ['bob'] },
  'zim.blocklist.remove': { ...from, UserIds: ['bob'] },
  'zim.group.members.list': { GroupId: 'g' },
  'zim.group.members.add': { ...from, GroupId: 'g', UserIds: ['bob'] },
  'zim.group.members.remove': { ...from, GroupId: 'g', UserId: ['bob'] },
  'zim.room.users.kick': { RoomId: 'r', UserId: ['bob'] },
  'zim.group.dismiss': { ...from, GroupId: 'g' },
  'zim.room.destroy': { RoomId: 'r' },
  'zim.group.list': {},
  'zim.user.groups.query': { ...from, Limit: 10 },
  'zim.group.info.query': { ...from, GroupId: 'g' },
  'zim.group.create': { GroupOwner: 'alice' },
  'zim.group.limits.modify': { ...from, GroupId: 'g' },
  'zim.group.data.update': { ...from, GroupId: 'g', GroupName: 'n' },
  'zim.room.users.list': { RoomId: 'r' },
  'zim.room.users.check': { RoomId: 'r', UserId: ['bob'] },
  'zim.room.create': { ...from, RoomId: 'r' },
  'zim.message.query': { ...from, ConvId: 'bob', ConvType: 0, MsgSeqList: [1] },
  'zim.message.peer.send': { ...from, ...message, ToUserId: ['bob'] },
  'zim.message.group.send': { ...from, ...message, GroupId: 'g' },
  'zim.message.room.send': { ...from, ...message, RoomId: 'r' },
  'zim.message.peer.recall': { ...from, ToUserId: 'bob', MsgSeq: 1 },
  'zim.message.group.recall': { ...from, GroupId: 'g', MsgSeq: 1 },
  'zim.message.room.recall': { ...from, RoomId: 'r', MsgSeq: 1 },
  'zim.conversation.list': from,
  'zim.conversation.peerMessages.list': { ...from, ToUserId: 'bob' },
  'zim.conversation.groupMessages.list': { GroupId: 'g' },
};

/** Calls a second and the code past them, from the catalogue's `limits` and the pages' return codes. */
const figures: Readonly<Record<string, readonly [count: number, code: number]>> = {
  'zim.user.register': [20, 660700001],
  'zim.bot.register': [20, 660700001],
  'zim.community.list': [1, 660300005],
  'zim.audio.license.get': [20, 7],
  'zim.room.users.list': [20, 660300006],
  'zim.room.users.check': [20, 660300006],
  'zim.group.create': [20, 660600010],
  'zim.group.data.update': [20, 660300006],
  'zim.group.list': [20, 660600007],
  'zim.group.members.list': [20, 660600004],
  'zim.group.members.remove': [20, 660600005],
  'zim.group.members.add': [1, 660300006],
  'zim.group.dismiss': [1, 660300006],
  'zim.message.group.send': [10, 660300005],
  'zim.message.room.send': [10, 660300005],
};

const call = (id: string, values: Record<string, unknown> = params[id] ?? {}) => {
  const endpoint = vendor.catalogue.endpoints.find((each) => each.id === id);
  const action = endpoint?.path.split('=')[1] ?? '';
  if (endpoint?.method === 'POST') return zim.post(action, values);
  return zim.get(action, values as Record<string, string | string[]>);
};

it.each(Object.keys(params))('%s lets exactly its count through in any second', async (id) => {
  zim = await startZim({ demo: true, limits: true });
  const [count, over] = figures[id] ?? [20, 660300005];
  const codes: number[] = [];
  for (let index = 0; index < count; index += 1) codes.push((await call(id)).Code);
  expect(codes).not.toContain(over);
  const refused = await call(id);
  expect(refused).toEqual({ Code: over, Message: expect.any(String), RequestId: expect.any(String) });
  await zim.clock.advance(999);
  expect((await call(id)).Code).toBe(over);
  await zim.clock.advance(1);
  expect((await call(id)).Code).not.toBe(over);
});

it('counts members added by group, not by app', async () => {
  zim = await startZim({ demo: true, limits: true });
  const add = (GroupId: string) => call('zim.group.members.add', { ...from, GroupId, UserIds: ['user60'] });
  expect(await add('team')).toMatchObject({ Code: 0 });
  expect(await add('book-club')).toMatchObject({ Code: 0 });
  expect(await add('team')).toMatchObject({ Code: 660300006 });
});

it('counts messages asked for by seq, not calls', async () => {
  zim = await startZim({ demo: true, limits: true });
  const ask = (count: number) => {
    const MsgSeqList = Array.from({ length: count }, (_, index) => index + 1);
    return call('zim.message.query', { ...from, ConvId: 'bob', ConvType: 0, MsgSeqList });
  };
  expect(await ask(15)).toMatchObject({ Code: 0 });
  expect(await ask(6)).toMatchObject({ Code: 660300005 });
  expect(await ask(5)).toMatchObject({ Code: 0 });
  expect(await ask(1)).toMatchObject({ Code: 660300005 });
});

it('gives each Action a bucket of its own', async () => {
  zim = await startZim({ limits: true });
  for (let index = 0; index < 20; index += 1) await call('zim.group.list');
  expect(await call('zim.group.list')).toMatchObject({ Code: 660600007 });
  expect(await call('zim.user.info.query')).not.toMatchObject({ Code: 660300005 });
});
