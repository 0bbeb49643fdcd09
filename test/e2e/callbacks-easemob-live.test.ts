// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators' file; it is no function, so nothing awaits it
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { toldEvents, toldViewerEvents } from '../support/event-fields.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** With a rule that asks, and waits for long since the machines of tests may be slow; both formats come. */
const app = 'em-asks';
/** As it asks by default, with a policy of its own: what is not answered is dropped, and senders are not told. */
const silent = 'em-silent';
const waits = ['pre-send', 'pre-send-wait-3000'];

let gateway: TestGateway;
let emulator: Emulator;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({
    retell: false,
    limits: false,
    apps: [
      variant('easemob', app, {}, [...waits, 'callback-both']),
      variant('easemob', silent, { orgName: 'silent-org' }, [...waits, 'pre-send-drops-unanswered', 'pre-send-silent']),
    ],
    decisions: {
      vendorWaitMs: 3000,
      deadlineMs: 2000,
      rules: [
        { name: 'words', keywords: ['casino'], then: 'REPLACE' },
        { name: 'rude', keywords: ['fool'], then: 'REFUSE', code: 1001, reason: 'Be kind.' },
        { name: 'blunt', keywords: ['idiot'], then: 'REFUSE' },
        { name: 'spam', keywords: ['buy now'], then: 'DROP' },
      ],
    },
  });
  const found = gateway.emulators.get('easemob');
  if (!found) throw new Error('no emulator');
  emulator = found;
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const user = (id: string) => ({ id: `User:${app}:${id}` });
const followed = (name = app, token = operator) =>
  follow(gateway, [name], token, toldEvents, { filter: { appIds: [`App:${name}`] } });

describe('before a message is delivered the vendor asks, and the policy answers:', () => {
  let stream: Followed;
  beforeAll(async () => {
    stream = await followed();
  });
  afterAll(() => stream.close());

  const say = async (content: Record<string, unknown>) => {
    const settlement = await emulator.send({ from: 'bob', to: { kind: 'group', id: '2784001' }, content }, app);
    const decided = await stream.until(({ __typename }) => __typename === 'MessageDecidedEvent');
    return { settlement, decided };
  };
  const text = (words: string) => ({ kind: 'TEXT', text: words });

  test('DELIVER, and the message keeps the id it was asked about with', async () => {
    const { settlement, decided } = await say({ type: 'txt', body: { msg: 'good morning' }, ext: { order: 7 } });
    expect(settlement).toMatchObject({ outcome: 'delivered' });
    expect(decided).toMatchObject({
      messageDecision: 'DELIVER',
      rule: null,
      isLate: false,
      message: { sender: user('bob'), to: { id: `Group:${app}:2784001` }, content: { text: 'good morning' } },
    });
    const sent = await stream.until(({ __typename }) => __typename === 'MessageSentEvent');
    expect(sent.message).toEqual(decided.message);
  });

  test('REPLACE, and the others get other text', async () => {
    const { decided } = await say(text('to the casino'));
    expect(decided).toMatchObject({ messageDecision: 'REPLACE', rule: 'words' });
    const sent = await stream.until(({ __typename }) => __typename === 'MessageSentEvent');
    expect(sent.message).toMatchObject({ vendorId: decided.message.vendorId, content: { text: 'to the ******' } });
  });

  test('REFUSE, and the sender’s client shows why', async () => {
    const { settlement, decided } = await say(text('you fool'));
    expect(settlement).toEqual({ outcome: 'refused', code: '1001: Be kind.', reason: '1001: Be kind.' });
    expect(decided).toMatchObject({ messageDecision: 'REFUSE', rule: 'rude' });
  });

  test('REFUSE without words, and the client shows the vendor’s', async () => {
    const { settlement } = await say(text('you idiot'));
    expect(settlement).toEqual({ outcome: 'refused', reason: 'custom logic denied' });
  });

  test('DROP, which the vendor cannot be told, is a refusal', async () => {
    const { settlement, decided } = await say(text('buy now'));
    expect(settlement).toMatchObject({ outcome: 'refused' });
    expect(decided).toMatchObject({ messageDecision: 'REFUSE', rule: 'spam' });
  });

  test('a message to a user and one to a room are asked about as such', async () => {
    for (const [kind, id, to] of [
      ['direct', 'alice', 'User'],
      ['chatroom', '9100001', 'Chatroom'],
    ] as const) {
      await emulator.send({ from: 'bob', to: { kind, id }, content: text(`hello ${kind}`) }, app);
      const decided = await stream.until(({ __typename }) => __typename === 'MessageDecidedEvent');
      expect(decided.message).toMatchObject({ to: { id: `${to}:${app}:${id}` }, content: { text: `hello ${kind}` } });
    }
  });

  test('where the console says so, senders are not told; and what nobody answers is dropped', async () => {
    const words = { from: 'bob', to: { kind: 'direct', id: 'alice' }, content: text('you fool') } as const;
    expect(await emulator.send(words, silent)).toEqual({ outcome: 'dropped' });
    const own = emulator.apps.find(({ name }) => name === silent);
    if (!own) throw new Error('no app');
    const url = own.callbackUrl;
    own.callbackUrl = 'http://127.0.0.1:9/nobody';
    expect(await emulator.send({ ...words, content: text('good morning') }, silent)).toEqual({ outcome: 'dropped' });
    own.callbackUrl = url;
  });
});

describe('what happens at the vendor is told once, though both formats tell it:', () => {
  let stream: Followed;
  const run = (query: string) => gateway.query(operator, `mutation { ${query} }`);
  /** What was told since the last call, but for what members say and who is online. */
  const news = async () => {
    await settled(gateway);
    const mark = `mark ${Math.random()}`;
    emulator.fire('easemob.callback.roster.add', { 'payload.reason': mark }, app);
    const before = stream.seen.length;
    await stream.until(({ greeting }) => greeting === mark);
    return stream.seen.slice(before, -1);
  };
  beforeAll(async () => {
    stream = await followed();
    await news();
  });
  beforeEach(async () => {
    // Two formats of one change on either side of a second's end are two events: each test begins a new one.
    const second = Math.floor(Date.now() / 1000);
    await expect.poll(() => Math.floor(Date.now() / 1000), { interval: 20, timeout: 2000 }).toBeGreaterThan(second);
  });
  afterAll(() => stream.close());

  const group = `Group:${app}:2784003`;
  const space = { id: group };

  test('members added and removed, each an event', async () => {
    const userIds = JSON.stringify([user('user50').id, user('user51').id]);
    await run(`addMembers(input: { spaceId: "${group}", userIds: ${userIds} }) { __typename }`);
    await run(`removeMembers(input: { spaceId: "${group}", userIds: ${userIds} }) { __typename }`);
    const told = await news();
    const one = (id: string, __typename: string) => expect.objectContaining({ __typename, space, users: [user(id)] });
    expect(told).toHaveLength(4);
    for (const id of ['user50', 'user51'])
      expect(told).toEqual(expect.arrayContaining([one(id, 'MembersJoinedEvent'), one(id, 'MembersLeftEvent')]));
  });

  test('a change of properties and an announcement', async () => {
    await run(
      `updateGroup(input: { groupId: "${group}", name: "Fast runners", announcement: "Sunday!" }) { __typename }`,
    );
    const told = await news();
    expect(told.map(({ __typename }) => __typename).sort()).toEqual([
      'SpaceAnnouncementChangedEvent',
      'SpaceUpdatedEvent',
    ]);
    expect(told).toEqual(expect.arrayContaining([expect.objectContaining({ announcement: 'Sunday!', space })]));
  });

  test('a block in a group, which throws out, and its end', async () => {
    const ids = `ownerId: "${group}", userIds: ["${user('user1').id}"]`;
    await run(`blockUsers(input: { ${ids} }) { __typename }`);
    await run(`unblockUsers(input: { ${ids} }) { __typename }`);
    const told = await news();
    const users = [user('user1')];
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ __typename: 'MembersLeftEvent', users, leaveCause: 'BLOCKED' }),
        expect.objectContaining({ __typename: 'SpaceBlocklistChangedEvent', users, isAdded: true }),
        expect.objectContaining({ __typename: 'SpaceBlocklistChangedEvent', users, isAdded: false }),
      ]),
    );
  });

  test('a user blocked by a user', async () => {
    const ids = `ownerId: "${user('user5').id}", userIds: ["${user('user6').id}"]`;
    await run(`blockUsers(input: { ${ids} }) { __typename }`);
    expect(await news()).toMatchObject([
      { __typename: 'BlocklistChangedEvent', user: user('user5'), target: user('user6'), isBlocked: true },
    ]);
  });
});

describe('a viewer hears of what concerns it, and a stranger does not:', () => {
  /** What viewers hear of some callbacks, up to a message that each hears of. */
  const heardBy = async (viewers: readonly string[], fire: () => Promise<void> | void) => {
    const streams = await Promise.all(
      viewers.map(async (viewer) => {
        const token = await gateway.token({ subject: viewer, accounts: { [app]: viewer } });
        return follow(gateway, [app], token, toldViewerEvents, { filter: { appIds: [`App:${app}`] } });
      }),
    );
    await fire();
    await settled(gateway);
    const mark = `mark ${Math.random()}`;
    for (const viewer of viewers)
      emulator.fire('easemob.callback.message.user', { from: viewer, to: 'user60', 'payload.bodies.0.msg': mark }, app);
    return Promise.all(
      streams.map(async (each) => {
        await each.until(({ message }) => message?.content?.text === mark);
        const typenames = each.seen.slice(0, -1).map(({ __typename }) => __typename);
        await each.close();
        return typenames;
      }),
    );
  };
  const fire = (name: string, fields: Record<string, unknown>) =>
    emulator.fire(`easemob.callback.${name}`, fields, app);

  test('a friendship: both sides', async () => {
    const heard = await heardBy(['user31', 'user32', 'user33'], () =>
      fire('roster.accept', { from: 'user31', to: 'user32' }),
    );
    expect(heard).toEqual([['FriendAddedEvent'], ['FriendAddedEvent'], []]);
  });

  test('a block: who blocks, and not who is blocked', async () => {
    const heard = await heardBy(['user34', 'user35'], () => fire('roster.ban', { from: 'user34', to: 'user35' }));
    expect(heard).toEqual([['BlocklistChangedEvent'], []]);
  });

  test('a mute in a group: the members and the muted', async () => {
    const heard = await heardBy(['user20', 'user19', 'user37'], () =>
      fire('groupOp.mute.add', { id: '2784004', 'payload.member': ['user19'] }),
    );
    expect(heard).toEqual([['MemberMutesChangedEvent'], ['MemberMutesChangedEvent'], []]);
  });

  test('who ignores a group: itself alone', async () => {
    const heard = await heardBy(['user29', 'user30'], () =>
      fire('groupOp.shield.add', { id: '2784005', operator: 'user29' }),
    );
    expect(heard).toEqual([['SpaceIgnoreChangedEvent'], []]);
  });

  test('a reaction: both users; what moderation says, nobody', async () => {
    const heard = await heardBy(['user41', 'user42', 'user43'], () => {
      fire('reaction', { 'payload.data.0.from': 'user41', 'payload.data.0.to': 'user42' });
      fire('moderation.result', { from: 'user41', to: 'user42' });
      fire('push.result', { target: 'user42', from: 'user41' });
    });
    expect(heard).toEqual([['ReactionsChangedEvent'], ['ReactionsChangedEvent'], []]);
  });
});

test('a body that the vendor never signs passes by its path alone, and no other one does', async () => {
  const stream = await followed();
  const url = callbackUrl(gateway, 'easemob', app);
  const unsigned = (fields: Record<string, unknown>) => {
    const { callId: _, security: __, ...body } = JSON.parse(signers.easemob(fields).body);
    return { query: '', contentType: 'application/json', body: JSON.stringify(body) };
  };
  const data = [
    { messageId: '77', from: 'bob', to: 'alice', reactions: [{ reaction: '+1', op: [{ reactionType: 'create' }] }] },
  ];
  const reaction = { chat_type: 'notify', eventType: 'chat', msg_id: '7001', payload: { type: 'reaction', data } };
  expect((await post(url, unsigned(reaction))).status).toBe(200);
  expect((await post(url, unsigned(messageCallback.easemob('forged', '7002')))).status).toBe(401);
  expect((await post(`${url}x`, unsigned(reaction))).status).toBe(404);
  expect(await stream.until(({ emoji }) => emoji === '+1')).toMatchObject({ message: { vendorId: '77' }, count: null });
  expect(stream.seen.some(({ message }) => message?.content?.text === 'forged')).toBe(false);
  await stream.close();
});
