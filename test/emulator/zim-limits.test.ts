import { afterEach, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { readWireFiles } from '../support/wire-files.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
afterEach(() => zim.emulator.stop());

const from = { FromUserId: 'alice' };

/** Sound parameters for each endpoint, whatever its answer: what the golden wire files have our client send first. */
const params = new Map(
  readWireFiles('zim')
    .flatMap(({ client }) => (client ? [[client.endpoint, client.params] as const] : []))
    .reverse(),
);

/** Calls a second and the code past them, from the catalogue's `limits` and the pages' return codes. */
const figures: Readonly<Record<string, readonly [count: number, code: number]>> = {
  'zim.user.register': [20, 660700001],
  'zim.bot.register': [20, 660700001],
  'zim.community.list': [1, 660300005],
  'zim.audio.license.get': [20, 7],
  'zim.room.users.list': [20, 660300006],
  'zim.group.create': [20, 660600010],
  'zim.group.data.update': [20, 660300006],
  'zim.group.members.list': [20, 660600004],
  'zim.group.members.remove': [20, 660600005],
  'zim.group.members.add': [1, 660300006],
  'zim.group.dismiss': [1, 660300006],
  'zim.group.owner.transfer': [1, 660300006],
  'zim.group.members.nickname.set': [1, 660300006],
  'zim.group.attributes.modify': [20, 660300006],
  // Counted in messages, of which the call has three.
  'zim.message.query': [6, 660300005],
  // The vendor's page is stricter than the user's list.
  'zim.group.list': [1, 660600007],
  'zim.room.users.check': [5, 660300006],
  'zim.message.group.send': [10, 660300005],
  'zim.message.room.send': [10, 660300005],
  'zim.message.all.push': [1, 660500003],
};

const call = (id: string, values: Record<string, unknown> = params.get(id) ?? {}) => {
  const endpoint = vendor.catalogue.endpoints.find((each) => each.id === id);
  const action = endpoint?.path.split('=')[1] ?? '';
  if (endpoint?.method === 'POST') return zim.post(action, values);
  return zim.get(action, values as Record<string, string | string[]>);
};

it.each(Object.keys(vendor.handlers))('%s lets exactly its count through in any second', async (id) => {
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
