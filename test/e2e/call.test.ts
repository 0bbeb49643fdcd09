import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';

const app = 'zim-eu';
let gateway: TestGateway;
let emulator: Emulator;
let alice: string;
let bob: string;
let operator: string;

const id = (user: string) => `User:${app}:${user}`;
const tokenOf = (subject: string) => gateway.token({ subject, accounts: { [app]: subject } });

beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  const found = gateway.emulators.get('zim');
  if (!found) throw new Error('no emulator');
  emulator = found;
  alice = await tokenOf('alice');
  bob = await tokenOf('bob');
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());
beforeEach(() => disturb(gateway, 'zim', []));

const callFields = /* GraphQL */ `
  fragment Told on Call {
    __typename
    id
    vendorId
    app { id }
    caller { id }
    participants { user { id } state updatedAt }
    createdAt
    expiresAt
  }
`;
const startCall = /* GraphQL */ `
  mutation ($input: StartCallInput!) {
    startCall(input: $input) {
      results { target ok node { id } error { code vendorCode } }
      call { ...Told }
    }
  }
  ${callFields}
`;
const acceptCall = `mutation ($input: AcceptCallInput!) { acceptCall(input: $input) { call { ...Told } } } ${callFields}`;
const rejectCall = `mutation ($input: RejectCallInput!) { rejectCall(input: $input) { call { ...Told } } } ${callFields}`;
const readCall = `query ($id: ID!) { node(id: $id) { ...Told } } ${callFields}`;

const start = async (token: string, input: object) => (await give(gateway, token, startCall, { input })).startCall;
const states = (call: { participants: { user: { id: string }; state: string }[] }) =>
  Object.fromEntries(call.participants.map(({ user, state }) => [user.id, state]));

describe('a viewer calls others', () => {
  test('in one call to the vendor, and knows the call at once, before any callback', async () => {
    let started: Awaited<ReturnType<typeof start>> | undefined;
    const calls = await callsOf(gateway, async () => {
      started = await start(alice, {
        inviteeIds: [id('bob'), id('carol')],
        timeoutSeconds: 30,
        data: '{"video":true}',
      });
    });
    expect(calls).toEqual(['zim.call.invite']);
    const { results, call } = started;
    expect(results).toEqual(
      ['bob', 'carol'].map((user) => ({ target: id(user), ok: true, node: { id: id(user) }, error: null })),
    );
    expect(call).toMatchObject({
      __typename: 'Call',
      id: `Call:${app}:${call.vendorId}`,
      vendorId: expect.stringMatching(/^\d+$/),
      app: { id: `App:${app}` },
      caller: { id: id('alice') },
    });
    expect(states(call)).toEqual({ [id('bob')]: 'RINGING', [id('carol')]: 'RINGING' });
    expect(Date.parse(call.expiresAt) - Date.parse(call.createdAt)).toBe(30_000);
    await settled(gateway);
    expect((await give(gateway, alice, readCall, { id: call.id })).node).toMatchObject({ createdAt: call.createdAt });
  });

  test('those who are called hear of it with what travels along, and so does the caller of their answers', async () => {
    const query = /* GraphQL */ `
      subscription ($after: String) {
        callEvents(after: $after) {
          __typename
          ... on CallEvent { call { id caller { id } participants { user { id } state } } }
          ... on CallStartedEvent { invitees { id } data }
          ... on CallAcceptedEvent { user { id } data }
          ... on CallRejectedEvent { user { id } }
        }
      }
    `;
    const hers = await follow(gateway, [app], alice, query);
    const his = await follow(gateway, [app], bob, query);
    const { call } = await start(alice, { inviteeIds: [id('bob'), id('erin')], data: 'video' });
    const isOfCall = (event: { call?: { id: string } }) => event.call?.id === call.id;
    expect(await his.until(isOfCall)).toMatchObject({
      __typename: 'CallStartedEvent',
      invitees: [{ id: id('bob') }, { id: id('erin') }],
      data: 'video',
      call: { caller: { id: id('alice') } },
    });
    const input = { callId: call.id, data: 'coming' };
    const { acceptCall: accepted } = await give(gateway, bob, acceptCall, { input });
    expect(states(accepted.call)).toEqual({ [id('bob')]: 'ACCEPTED', [id('erin')]: 'RINGING' });
    const { rejectCall: rejected } = await give(gateway, await tokenOf('erin'), rejectCall, {
      input: { callId: call.id },
    });
    expect(states(rejected.call)).toEqual({ [id('bob')]: 'ACCEPTED', [id('erin')]: 'REJECTED' });
    for (const stream of [hers, his]) {
      const seen = [];
      while (seen.length < 2) {
        const event = await stream.until((each) => isOfCall(each) && each.__typename !== 'CallStartedEvent');
        seen.push([event.__typename, event.user.id, event.data]);
      }
      expect(seen.sort()).toEqual([
        ['CallAcceptedEvent', id('bob'), 'coming'],
        ['CallRejectedEvent', id('erin'), undefined],
      ]);
      await stream.close();
    }
  });

  test('who is not registered fails alone', async () => {
    const { results, call } = await start(alice, { inviteeIds: [id('bob'), id('nobody'), id('no%2Fbody')] });
    expect(results).toMatchObject([
      { target: id('bob'), ok: true, error: null },
      { target: id('nobody'), ok: false, node: null, error: { code: 'NOT_FOUND', vendorCode: '660900003' } },
      { target: id('no%2Fbody'), ok: false, node: null, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    ]);
    expect(states(call)).toEqual({ [id('bob')]: 'RINGING' });
  });

  test('and there is no call when none of them is', async () => {
    const input = { inviteeIds: [id('nobody')] };
    expect(await refusal(gateway, alice, startCall, { input })).toMatchObject({
      code: 'NOT_FOUND',
      vendorCode: '660900003',
    });
  });

  test('a time of their own runs out at the vendor, and is told', async () => {
    const stream = await follow(
      gateway,
      [app],
      alice,
      `subscription ($after: String) { callEvents(after: $after) { __typename ... on CallEvent { call { id } } ... on CallCanceledEvent { reason invitees { id } } } }`,
    );
    const { call } = await start(alice, { inviteeIds: [id('carol')], timeoutSeconds: 1 });
    const told = await stream.until((each) => each.__typename === 'CallCanceledEvent' && each.call.id === call.id);
    expect(told).toMatchObject({ reason: 'timeout_cancel', invitees: [{ id: id('carol') }] });
    await stream.close();
    expect(states((await give(gateway, alice, readCall, { id: call.id })).node)).toEqual({ [id('carol')]: 'CANCELED' });
    const late = await refusal(gateway, await tokenOf('carol'), acceptCall, { input: { callId: call.id } });
    expect(late).toMatchObject({ code: 'CONFLICT', vendorCode: '660900006' });
  });

  test('pushes go with it as the vendor has a place for them', async () => {
    const push = { title: 'Alice', body: 'is calling', data: { kind: 'call' } };
    await start(alice, { inviteeIds: [id('bob')], push });
    const input = { inviteeIds: [id('bob')], push: { ...push, badgeIncrement: 1 } };
    expect(await refusal(gateway, alice, startCall, { input })).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'input.push.badgeIncrement',
    });
  });
});

describe('what cannot be is refused before anything is sent', () => {
  test.each([
    [{ inviteeIds: [] }, 'input.inviteeIds'],
    [{ inviteeIds: Array.from({ length: 10 }, (_, user) => id(`user${user + 1}`)) }, 'input.inviteeIds'],
    [{ inviteeIds: [id('bob'), id('alice')] }, 'input.inviteeIds'],
    [{ inviteeIds: [id('bob'), 'User:rc-cn:bob'] }, 'input.inviteeIds[1]'],
    [{ inviteeIds: [`Group:${app}:team`] }, 'input.inviteeIds[0]'],
    [{ inviteeIds: [id('bob')], timeoutSeconds: 0 }, 'input.timeoutSeconds'],
    [{ inviteeIds: [id('bob')], timeoutSeconds: 601 }, 'input.timeoutSeconds'],
    [{ inviteeIds: [id('bob')], data: 'ü'.repeat(1025) }, 'input.data'],
  ])('%j', async (input, path) => {
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, alice, startCall, { input })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: path,
      });
    });
    expect(calls).toEqual([]);
  });

  test.each([acceptCall, rejectCall])('an answer: %s', async (mutation) => {
    const calls = await callsOf(gateway, async () => {
      for (const [input, path] of [
        [{ callId: id('bob') }, 'input.callId'],
        [{ callId: `Call:${app}:1`, data: 'x'.repeat(2049) }, 'input.data'],
      ] as const)
        expect(await refusal(gateway, bob, mutation, { input })).toMatchObject({ code: 'BAD_USER_INPUT', input: path });
    });
    expect(calls).toEqual([]);
  });

  test('calls at vendors that have none', async () => {
    const token = await gateway.token();
    for (const other of ['rc-cn', 'em-1']) {
      const input = { inviteeIds: [`User:${other}:bob`] };
      expect(await refusal(gateway, token, startCall, { input })).toMatchObject({ code: 'NOT_SUPPORTED', app: other });
    }
  });
});

describe("the vendor's refusals", () => {
  test('say what they mean', async () => {
    const { call } = await start(alice, { inviteeIds: [id('bob')] });
    const asErin = { callId: call.id, userId: id('erin') };
    expect(await refusal(gateway, operator, acceptCall, { input: asErin })).toMatchObject({
      code: 'FORBIDDEN',
      vendorCode: '660900008',
    });
    await give(gateway, operator, rejectCall, { input: { callId: call.id, userId: id('bob') } });
    expect(await refusal(gateway, bob, acceptCall, { input: { callId: call.id } })).toMatchObject({
      code: 'CONFLICT',
      vendorCode: '660900005',
    });
    const absent = { callId: `Call:${app}:4040`, userId: id('bob') };
    expect(await refusal(gateway, operator, rejectCall, { input: absent })).toMatchObject({
      code: 'NOT_FOUND',
      vendorCode: '660900004',
    });
  });

  test('do not tell a viewer which calls there are: absent and not its own read the same', async () => {
    const { call } = await start(alice, { inviteeIds: [id('bob')] });
    const erin = await gateway.token({ subject: 'erin', accounts: { [app]: 'erin' } });
    for (const mutation of [acceptCall, rejectCall]) {
      const answers = await Promise.all(
        [call.id, `Call:${app}:4040`].map((callId) => refusal(gateway, erin, mutation, { input: { callId } })),
      );
      const told = answers.map(({ requestId: _, ...rest }) => rest);
      expect(told[0]).toMatchObject({ code: 'FORBIDDEN' });
      expect(told[0]).toEqual(told[1]);
      expect(told[0]).not.toHaveProperty('vendorCode');
    }
  });

  test('of its own fault: an answer is tried again, a call is not', async () => {
    const { call } = await start(alice, { inviteeIds: [id('bob')] });
    await disturb(gateway, 'zim', [{ endpoints: ['zim.call.accept'], kind: 'error', times: 1 }]);
    await give(gateway, bob, acceptCall, { input: { callId: call.id } });
    await disturb(gateway, 'zim', [{ endpoints: ['zim.call.invite'], kind: 'drop', times: 1 }]);
    const before = emulator.stats.get('zim.call.invite')?.calls ?? 0;
    const error = await refusal(gateway, alice, startCall, { input: { inviteeIds: [id('bob')] } });
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(emulator.stats.get('zim.call.invite')?.calls).toBe(before + 1);
  });

  test('for its rate: 20 calls a second, the rest wait for their turn', async () => {
    const before = emulator.stats.get('zim.call.invite');
    const overBefore = before?.overLimit ?? 0;
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 25 }, () => start(alice, { inviteeIds: [id('bob')] })));
    expect(new Set(answers.map(({ call }) => call.id)).size).toBe(25);
    expect(performance.now() - startedAt).toBeGreaterThan(700);
    expect(emulator.stats.get('zim.call.invite')?.overLimit ?? 0).toBe(overBefore);
  });
});

describe('who may', () => {
  test('call and answer: viewers for themselves, and holders of chat:write for everybody', async () => {
    const calls = await callsOf(gateway, async () => {
      const input = { callerId: id('bob'), inviteeIds: [id('carol')] };
      expect((await refusal(gateway, alice, startCall, { input })).code).toBe('FORBIDDEN');
      const answer = { callId: `Call:${app}:1`, userId: id('bob') };
      for (const mutation of [acceptCall, rejectCall])
        expect((await refusal(gateway, alice, mutation, { input: answer })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, operator, startCall, { input: { inviteeIds: [id('bob')] } })).code).toBe(
        'FORBIDDEN',
      );
      const stranger = await gateway.token({ subject: 'x', accounts: { 'rc-cn': 'x' } });
      expect((await refusal(gateway, stranger, startCall, { input })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, null, startCall, { input })).code).toBe('UNAUTHENTICATED');
    });
    expect(calls).toEqual([]);
    const { call } = await start(operator, { callerId: id('bob'), inviteeIds: [id('carol')] });
    expect(call.caller.id).toBe(id('bob'));
    const input = { callId: call.id, userId: id('carol') };
    expect(states((await give(gateway, operator, acceptCall, { input })).acceptCall.call)).toEqual({
      [id('carol')]: 'ACCEPTED',
    });
  });

  test('see a call: who is in it, and holders of chat:read; to others it is FORBIDDEN, there or not', async () => {
    const { call } = await start(alice, { inviteeIds: [id('bob')] });
    for (const token of [alice, bob, operator])
      expect((await give(gateway, token, readCall, { id: call.id })).node.id).toBe(call.id);
    const erin = await tokenOf('erin');
    const calls = await callsOf(gateway, async () => {
      for (const each of [call.id, `Call:${app}:4040`])
        expect((await refusal(gateway, erin, readCall, { id: each })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
    const stream = gateway.subscribe(erin, 'subscription ($id: ID!) { callEvents(callId: $id) { id } }', {
      id: call.id,
    });
    expect((await stream.next()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await stream.close();
  });
});
