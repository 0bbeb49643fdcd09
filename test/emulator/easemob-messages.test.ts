import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EasemobBench, easemobBench } from '../support/easemob.ts';

let bench: EasemobBench;
const failure = (status: number, error: string, description: unknown) => ({
  status,
  body: expect.objectContaining({ error, error_description: description }),
});
const text = { from: 'alice', type: 'txt', body: { msg: 'hi' } };
const refusal = (description: string) => failure(400, 'message_send_error', description);

beforeEach(async () => {
  bench = await easemobBench();
});
afterEach(() => bench.emulator.stop());

describe('sending', () => {
  test('answers a message id of 19 digits per recipient, known or not, without entities', async () => {
    const { body } = await bench.call('POST', '/messages/users', { ...text, to: ['bob', 'nobody'] });
    expect(body).toEqual({
      action: 'post',
      application: expect.any(String),
      applicationName: 'app',
      organization: 'org',
      path: '/messages/users',
      uri: expect.stringMatching(/\/org\/app\/messages\/users$/),
      data: { bob: expect.stringMatching(/^\d{19}$/), nobody: expect.stringMatching(/^\d{19}$/) },
      timestamp: bench.clock.now(),
      duration: 0,
    });
    expect(body.data.bob).not.toBe(body.data.nobody);
  });

  test('a targeted send answers the path without /users', async () => {
    const sent = await bench.call('POST', '/messages/chatgroups/users', { ...text, to: ['2784001'], users: ['bob'] });
    expect(sent.body).toMatchObject({
      path: '/messages/chatgroups',
      data: { 2784001: expect.stringMatching(/^\d{19}$/) },
    });
    expect(
      (await bench.call('POST', '/messages/chatrooms/users', { ...text, to: ['9100001'], users: ['bob'] })).body.path,
    ).toBe('/messages/chatrooms');
  });

  test.each([
    [{ from: '' }, "param from can't be empty"],
    [{ to: [] }, "param to can't be empty"],
    [{ to: undefined }, "param to can't be empty"],
    [{ type: undefined }, "param type can't be empty"],
    [{ body: undefined }, "param body can't be empty"],
    [{ body: {} }, "param body can't be empty"],
    [{ ext: null }, 'param ext must be JSONObject'],
    [{ ext: 'text' }, 'param ext must be JSONObject'],
    [{ ext: [] }, 'param ext must be JSONObject'],
    [{ to: Array.from({ length: 601 }, (_, index) => `u${index}`) }, "params to's size can't exceed limit 600"],
  ])('refuses a message with %j', async (change, description) => {
    expect(await bench.call('POST', '/messages/users', { ...text, to: ['bob'], ...change })).toEqual(
      refusal(description),
    );
  });

  test('body plus ext may have 5 KB, counted in bytes; more is 14007', async () => {
    const send = (size: number) =>
      bench.call('POST', '/messages/users', { ...text, to: ['bob'], body: { msg: '字'.repeat(size) }, ext: {} });
    const room = 5 * 1024 - '{"msg":""}'.length - '{}'.length;
    expect((await send(Math.floor(room / 3))).status).toBe(200);
    const large = await send(Math.floor(room / 3) + 1);
    expect(large).toEqual(refusal('message is too large'));
    expect(large.body.error_code).toBe(14_007);
  });

  test('a body that is not JSON is an invalid request body', async () => {
    expect(await bench.call('POST', '/messages/users', '{"to":')).toEqual(
      failure(400, 'invalid_request_body', 'Request body is invalid. Please check body is correct.'),
    );
  });

  test.each([
    ['/messages/chatgroups', 3],
    ['/messages/chatrooms', 10],
  ])('%s takes %i targets', async (path, max) => {
    const to = Array.from({ length: max + 1 }, (_, index) => String(index + 1));
    expect(await bench.call('POST', path, { ...text, to })).toEqual(
      refusal(`params to's size can't exceed limit ${max}`),
    );
    expect((await bench.call('POST', path, { ...text, to: to.slice(1) })).status).toBe(200);
  });

  test('a targeted send needs users', async () => {
    expect(await bench.call('POST', '/messages/chatgroups/users', { ...text, to: ['1'] })).toEqual(
      refusal("param users can't be empty"),
    );
    expect(await bench.call('POST', '/messages/chatgroups/users', { ...text, to: ['1'], users: [] })).toEqual(
      refusal("param users can't be empty"),
    );
  });
});

describe('limits', () => {
  const reachLimit = failure(429, 'reach_limit', 'This request has reached api limit');
  const messageLimit = failure(403, 'message_send_error', 'message send reach limit');

  test('100 one-to-one calls fit in any second, the next is 429', async () => {
    const call = { ...text, to: ['bob'] };
    expect(await bench.burst(101, 'POST', '/messages/users', call)).toEqual({ 200: 100, 429: 1 });
    await bench.clock.advance(999);
    expect(await bench.call('POST', '/messages/users', call)).toEqual(reachLimit);
    await bench.clock.advance(1);
    expect((await bench.call('POST', '/messages/users', call)).status).toBe(200);
  });

  test('6000 one-to-one messages a minute count recipients; a call that starts below goes through', async () => {
    const many = { ...text, to: Array.from({ length: 600 }, (_, index) => `u${index}`) };
    expect(await bench.burst(9, 'POST', '/messages/users', many)).toEqual({ 200: 9 });
    await bench.call('POST', '/messages/users', { ...text, to: ['bob'] });
    expect((await bench.call('POST', '/messages/users', many)).status).toBe(200);
    expect(await bench.call('POST', '/messages/users', { ...text, to: ['bob'] })).toEqual(messageLimit);
    await bench.clock.advance(59_999);
    expect(await bench.call('POST', '/messages/users', { ...text, to: ['bob'] })).toEqual(messageLimit);
    await bench.clock.advance(1);
    expect((await bench.call('POST', '/messages/users', { ...text, to: ['bob'] })).status).toBe(200);
  });

  test('seven group calls of three groups go through in a second and the eighth is refused', async () => {
    const three = { ...text, to: ['1', '2', '3'] };
    expect(await bench.burst(7, 'POST', '/messages/chatgroups', three)).toEqual({ 200: 7 });
    expect(await bench.call('POST', '/messages/chatgroups', three)).toEqual(messageLimit);
  });

  test('the 21st group call in a second is 429', async () => {
    expect(await bench.burst(20, 'POST', '/messages/chatgroups', { ...text, to: ['1'] })).toEqual({ 200: 20 });
    expect(await bench.call('POST', '/messages/chatgroups', { ...text, to: ['1'] })).toEqual(reachLimit);
  });

  test('the eleventh room call of ten rooms in a second is refused', async () => {
    const ten = { ...text, to: Array.from({ length: 10 }, (_, index) => String(index)) };
    expect(await bench.burst(10, 'POST', '/messages/chatrooms', ten)).toEqual({ 200: 10 });
    expect(await bench.call('POST', '/messages/chatrooms', ten)).toEqual(messageLimit);
  });

  test('a refused send uses up no messages', async () => {
    await bench.burst(30, 'POST', '/messages/chatgroups', { ...text, to: [] });
    expect((await bench.call('POST', '/messages/chatgroups', { ...text, to: ['1'] })).status).toBe(200);
  });

  test('registering one and many share a bucket', async () => {
    expect(await bench.burst(60, 'POST', '/users', { username: 'alice', password: 'p' })).toEqual({ 400: 60 });
    expect(await bench.burst(41, 'POST', '/users', [{ username: 'alice', password: 'p' }])).toEqual({
      200: 40,
      429: 1,
    });
  });

  test('a conversation list is for 5 calls a minute and user, whatever the spelling', async () => {
    expect(await bench.burst(5, 'GET', '/user/alice/user_channels')).toEqual({ 200: 5 });
    expect(await bench.call('GET', '/user/ALICE/user_channels')).toEqual(reachLimit);
    expect((await bench.call('GET', '/user/bob/user_channels')).status).toBe(200);
    await bench.clock.advance(60_000);
    expect((await bench.call('GET', '/user/alice/user_channels')).status).toBe(200);
  });
});

describe('recalling', () => {
  const send = async () => (await bench.call('POST', '/messages/users', { ...text, to: ['bob'] })).body.data.bob;
  const recall = (body: unknown) => bench.call('POST', '/messages/msg_recall', body);
  const recallError = (status: number, description: string) => failure(status, 'message_recall_error', description);

  test('answers yes once; the second time the message is not found', async () => {
    const msg_id = await send();
    const body = { msg_id, to: 'bob', chat_type: 'chat', from: 'alice', force: false };
    expect((await recall(body)).body.data).toEqual({
      recalled: 'yes',
      chattype: 'chat',
      from: 'alice',
      to: 'bob',
      msg_id,
    });
    expect(await recall({ ...body, force: true })).toEqual(recallError(403, 'not_found msg'));
  });

  test('is for two minutes, and for ever with force', async () => {
    const msg_id = await send();
    await bench.clock.advance(120_001);
    const body = { msg_id, to: 'bob', chat_type: 'chat', force: false };
    expect(await recall(body)).toEqual(recallError(403, 'exceed recall time limit'));
    expect((await recall({ ...body, force: true })).body.data.from).toBe('admin');
  });

  test.each([
    [{ msg_id: '' }, 400, "param msg_id can't be empty"],
    [{ to: undefined }, 400, "param to can't be empty"],
    [{ chat_type: undefined }, 400, "param chat_type can't be empty"],
    [{ force: undefined }, 400, "param force can't be empty"],
    [{ to: 'carol' }, 400, "can't find msg to"],
    [{ chat_type: 'groupchat' }, 400, "can't find msg to"],
    [{ msg_id: '1' }, 403, 'not_found msg'],
  ])('refuses %j', async (change, status, description) => {
    expect(await recall({ msg_id: await send(), to: 'bob', chat_type: 'chat', force: false, ...change })).toEqual(
      recallError(status, description),
    );
  });

  test('a batch recalls all or nothing', async () => {
    const rows = [await send(), await send()].map((msg_id) => ({ msg_id, to: 'bob', chat_type: 'chat', force: false }));
    const batch = (msgs: unknown) => bench.call('POST', '/messages/batch_recall', { msgs });
    expect((await batch([rows[0], { ...rows[1], to: 'carol' }])).status).toBe(400);
    expect((await batch([{ to: 'bob', chat_type: 'chat', force: false }])).body.error_description).toBe(
      "param msg_id can't be empty",
    );
    expect((await batch([rows[0], { ...rows[1], force: undefined }])).body.error_description).toBe(
      "param force can't be empty",
    );
    expect((await batch(rows)).body.data).toMatchObject([{ recalled: 'yes' }, { recalled: 'yes' }]);
  });

  test('is refused when the console has it closed', async () => {
    const closed = await easemobBench({ switches: ['recall-closed'] });
    const answer = await closed.call('POST', '/messages/msg_recall', {
      msg_id: '1',
      to: 'bob',
      chat_type: 'chat',
      force: true,
    });
    expect(answer).toEqual(failure(403, 'forbidden_op', 'message recall service is unopened'));
    await closed.emulator.stop();
  });
});

test('a conversation list has the newest conversation first', async () => {
  await bench.call('POST', '/messages/users', { ...text, to: ['erin'] });
  const { channel_infos } = (await bench.call('GET', '/user/alice/user_channels')).body.data;
  expect(channel_infos[0]).toMatchObject({
    channel_id: 'org#app_erin@easemob.com',
    meta: { from: 'alice', to: 'erin', type: 'chat' },
  });
  expect(
    channel_infos.some((each: { channel_id: string }) => each.channel_id === 'org#app_2784001@conference.easemob.com'),
  ).toBe(true);
});
