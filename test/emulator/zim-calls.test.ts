import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startZim, type ZimBench } from '../support/zim.ts';

type Body = Record<string, unknown>;

let zim: ZimBench;
let server: Server;
let received: Body[];

beforeEach(async () => {
  received = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push(JSON.parse(text));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  zim = await startZim({ demo: true, callbackUrl: `http://127.0.0.1:${port}/` });
});
afterEach(async () => {
  await zim.emulator.stop();
  server.close();
});

/** What was told since it was last asked; alice, bob and erin are logged in, carol and dave are not. */
const told = async () => {
  await zim.emulator.callbacks.idle();
  return received.splice(0);
};
const invite = (UserIds: readonly string[], more: Body = {}) =>
  zim.post('CallInvite', { FromUserId: 'alice', UserIds, OfflinePush: { Enable: 0 }, ...more });
const started = async (UserIds: readonly string[], more: Body = {}) => {
  const reply = await invite(UserIds, more);
  expect(reply.Code).toBe(0);
  await told();
  return String(reply['CallId']);
};
const answer = (
  how: 'CallAccept' | 'CallReject',
  FromUserId: string,
  CallId: string,
  more: Record<string, string> = {},
) => zim.get(how, { FromUserId, CallId, ...more });
const log = async (user: string, to: 'in' | 'out') => {
  const found = zim.app.state.users.get(user);
  if (!found) throw new Error(`no ${user}`);
  for (const device of to === 'out' ? [...found.devices] : ['web_2'])
    zim.app.state[to === 'in' ? 'connect' : 'disconnect'](found, device);
};

describe('a call', () => {
  it('is told to the callees who are logged in, with its time in seconds', async () => {
    const reply = await invite(['bob', 'carol', 'erin'], { Timeout: 45, ExtendedData: 'video' });
    expect(reply).toMatchObject({ CallId: expect.stringMatching(/^\d+$/), CreateTime: 1_700_000_000_000 });
    expect(await told()).toMatchObject([
      {
        event: 'call_create',
        call_id: reply['CallId'],
        user_ids: ['bob', 'erin'],
        create_time: 1_700_000_000,
        payload: 'video',
        caller: 'alice',
        timeout: 45,
      },
    ]);
  });

  it('is not told when every callee is logged out', async () => {
    expect(await invite(['carol', 'dave'])).toMatchObject({ Code: 0 });
    expect(await told()).toEqual([]);
  });

  it('is accepted and rejected once each, with what the callee says', async () => {
    const id = await started(['bob', 'erin']);
    await answer('CallAccept', 'bob', id, { ExtendedData: 'coming' });
    await answer('CallReject', 'erin', id);
    expect(await answer('CallAccept', 'bob', id)).toMatchObject({ Code: 0 });
    expect(await answer('CallReject', 'bob', id)).toMatchObject({ Code: 660900005 });
    const [first, second, ...others] = (await told()).sort((a, b) =>
      String(a['event']) < String(b['event']) ? -1 : 1,
    );
    expect(first).toMatchObject({ event: 'call_accept', call_id: id, user_id: 'bob', extend_data: 'coming' });
    expect(second).toMatchObject({ event: 'call_reject', call_id: id, user_id: 'erin', extend_data: '' });
    expect(others).toEqual([]);
  });

  it('is nothing to those who were not invited', async () => {
    const id = await started(['bob']);
    for (const user of ['alice', 'erin'])
      expect(await answer('CallAccept', user, id)).toMatchObject({ Code: 660900008 });
  });

  it('is over when everybody rejected it, and then does not time out', async () => {
    const id = await started(['bob']);
    await answer('CallReject', 'bob', id);
    expect(await answer('CallAccept', 'bob', id)).toMatchObject({ Code: 660900005 });
    await told();
    await zim.clock.advance(90_000);
    expect(await told()).toEqual([]);
  });
});

describe('the time of a call is over', () => {
  it('after 90 s when nothing else was said, and not before', async () => {
    await started(['bob']);
    await zim.clock.advance(89_999);
    expect(await told()).toEqual([]);
    await zim.clock.advance(1);
    expect(await told()).toMatchObject([{ event: 'call_cancel' }]);
  });

  it('and nobody answered while the caller is online: it is canceled, for the callees who are logged out, too', async () => {
    const id = await started(['bob', 'carol'], { Timeout: 5 });
    await zim.clock.advance(5000);
    expect(await told()).toMatchObject([
      { event: 'call_cancel', call_id: id, user_ids: ['bob', 'carol'], reason: 'timeout_cancel' },
    ]);
    expect(await answer('CallAccept', 'bob', id)).toMatchObject({ Code: 660900006 });
  });

  it('and some did not answer: they are told of, and the others talk on', async () => {
    const id = await started(['bob', 'erin'], { Timeout: 5 });
    await answer('CallAccept', 'bob', id);
    await told();
    await zim.clock.advance(5000);
    expect(await told()).toMatchObject([{ event: 'call_timeout', call_id: id, user_ids: ['erin'] }]);
  });

  it('and nobody answered a caller who is not there: it timed out', async () => {
    const id = await started(['erin'], { FromUserId: 'carol', Timeout: 5 });
    await zim.clock.advance(5000);
    expect(await told()).toMatchObject([{ event: 'call_timeout', call_id: id, user_ids: ['erin'] }]);
  });

  it('after everybody answered: nothing is told', async () => {
    const id = await started(['bob', 'erin'], { Timeout: 5 });
    await answer('CallAccept', 'bob', id);
    await answer('CallAccept', 'erin', id);
    await told();
    await zim.clock.advance(5000);
    expect(await told()).toEqual([]);
  });
});

describe('a caller who goes offline', () => {
  it('cancels what nobody accepted', async () => {
    const id = await started(['bob', 'carol']);
    await log('alice', 'out');
    const events = (await told()).filter(({ event }) => event !== 'user_action');
    expect(events).toMatchObject([
      { event: 'call_cancel', call_id: id, user_ids: ['bob', 'carol'], reason: 'caller_cancel' },
    ]);
    expect(await answer('CallAccept', 'bob', id)).toMatchObject({ Code: 660900005 });
  });

  it('cancels nothing that somebody accepted, nor while another device is there', async () => {
    const id = await started(['bob']);
    await log('alice', 'in');
    const alice = zim.app.state.users.get('alice');
    if (alice) zim.app.state.disconnect(alice, 'web_2');
    await answer('CallAccept', 'bob', id);
    await log('alice', 'out');
    expect((await told()).map(({ event }) => event).filter((event) => event !== 'user_action')).toEqual([
      'call_accept',
    ]);
  });
});
