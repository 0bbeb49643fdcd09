// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators' file; it is no function, so nothing awaits it
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { toldEvents, toldViewerEvents } from '../support/event-fields.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';

/** An app of each brand: they ask in ways of their own. */
const app = 'rc-asks';
const brand = 'rc-webhook';
let gateway: TestGateway;
let emulator: Emulator;
let operator: string;
let stream: Followed;

beforeAll(async () => {
  gateway = await startGateway({
    retell: false,
    limits: false,
    apps: [
      variant('rongcloud', app, { appKey: 'rc-asks-key' }, ['hosted', 'sync-server', 'pre-messaging']),
      variant('rongcloud', brand, { appKey: 'rc-webhook-key' }, ['hosted', 'sync-server', 'webhook-pre-messaging']),
    ],
    decisions: {
      rules: [
        { name: 'strangers', senders: ['erin'], then: 'REFUSE', reason: 'not you' },
        { name: 'words', keywords: ['casino'], then: 'REPLACE' },
        { name: 'rude', keywords: ['fool'], then: 'REFUSE', reason: 'be kind' },
        { name: 'spam', keywords: ['buy now'], then: 'DROP' },
      ],
    },
  });
  const found = gateway.emulators.get('rongcloud');
  if (!found) throw new Error('no emulator');
  emulator = found;
  operator = await gateway.operator();
  stream = await follow(gateway, [app, brand], operator, toldEvents);
}, 30_000);
afterAll(async () => {
  await stream.close();
  await gateway.stop();
});

const user = (id: string) => ({ id: `User:${app}:${id}` });
const bob = user('bob');
const team = { space: { id: `Group:${app}:team` } };
const fire = (name: string, given: Readonly<Record<string, unknown>>) =>
  emulator.fire(`rongcloud.callback.${name}`, given, app);

describe('what is changed over the server API is told', () => {
  const run = async (mutation: string) => {
    expect((await gateway.query(operator, `mutation { ${mutation} { __typename } }`)).errors).toBeUndefined();
  };
  const next = (type: string) => stream.until(({ __typename }) => __typename === type);

  test('a hosted group, by nobody', async () => {
    await run(`updateGroup(input: { groupId: "${team.space.id}", name: "Crew" })`);
    expect(await next('SpaceUpdatedEvent')).toMatchObject({ ...team, by: null, fields: null });
  });

  test('a hosted profile', async () => {
    await run(`updateUsers(input: { users: [{ id: "${bob.id}", name: "Bobby" }] })`);
    expect(await next('UserUpdatedEvent')).toMatchObject({ user: bob });
  });
});

describe('what the vendor asks is answered, told to operators, and done by the vendor', () => {
  const to = { kind: 'group', id: 'team' } as const;
  const say = async (from: string, content: Readonly<Record<string, unknown>>, at = app) => {
    const settlement = await emulator.send({ from, to, content }, at);
    const decided = await stream.until(({ __typename }) => __typename === 'MessageDecidedEvent');
    return { settlement, decided };
  };
  const write = (text: string) => say('bob', { kind: 'TEXT', text });
  const told = (text: string) =>
    stream.until(({ __typename, message }) => __typename === 'MessageSentEvent' && message.content?.text === text);

  test('DELIVER: by the id of the message that is delivered', async () => {
    const { settlement, decided } = await write('good morning');
    expect(settlement.outcome).toBe('delivered');
    expect(decided).toMatchObject({
      messageDecision: 'DELIVER',
      rule: null,
      isLate: false,
      message: { sender: bob, to: team.space, content: { text: 'good morning' } },
    });
    expect((await told('good morning')).message.id).toBe(decided.message.id);
  });

  test('REPLACE: the others see the words starred out', async () => {
    const { settlement, decided } = await write('to the casino');
    expect(settlement).toMatchObject({ outcome: 'delivered', content: { body: '{"content":"to the ******"}' } });
    expect(decided).toMatchObject({ messageDecision: 'REPLACE', rule: 'words' });
    expect(await told('to the ******')).toMatchObject({ source: 'CLIENT' });
  });

  test('REPLACE of what is no text is REFUSE', async () => {
    const { settlement, decided } = await say('bob', { kind: 'FILE', name: 'casino.pdf', url: 'https://x/casino.pdf' });
    expect(settlement).toEqual({ outcome: 'refused' });
    expect(decided).toMatchObject({ messageDecision: 'REFUSE', rule: 'words' });
  });

  test('REFUSE: the sender is told why', async () => {
    const { settlement, decided } = await write('you fool');
    expect(settlement).toEqual({ outcome: 'refused', reason: 'be kind' });
    expect(decided).toMatchObject({ messageDecision: 'REFUSE', rule: 'rude' });
  });

  test('DROP is REFUSE: the vendor tells the sender what is not delivered', async () => {
    const { settlement, decided } = await write('buy now');
    expect(settlement).toEqual({ outcome: 'refused' });
    expect(decided).toMatchObject({ messageDecision: 'REFUSE', rule: 'spam' });
  });

  test('the unified webhook asks who may write where', async () => {
    const { settlement, decided } = await say('bob', { kind: 'TEXT', text: 'you fool' }, brand);
    expect(settlement.outcome).toBe('delivered');
    expect(decided).toMatchObject({
      messageDecision: 'DELIVER',
      message: { sender: { id: `User:${brand}:bob` }, to: { id: `Group:${brand}:team` }, content: null },
    });
    const club = { kind: 'group', id: 'climbers' } as const;
    const refused = await emulator.send({ from: 'erin', to: club, content: { kind: 'TEXT', text: 'hi' } }, brand);
    expect(refused).toEqual({ outcome: 'refused', reason: 'not you' });
    const why = await stream.until(({ __typename }) => __typename === 'MessageDecidedEvent');
    expect(why).toMatchObject({ messageDecision: 'REFUSE', rule: 'strangers' });
  });
});

describe('a viewer hears of what concerns it, and a stranger does not', () => {
  const tokenOf = (subject: string) => gateway.token({ subject, accounts: { [app]: subject } });

  /** What viewers hear of some callbacks, up to one that each of them hears of. */
  const heardBy = async (viewers: readonly string[], tell: () => Promise<void> | void) => {
    const streams = await Promise.all(
      viewers.map(async (viewer) => follow(gateway, [app], await tokenOf(viewer), toldViewerEvents)),
    );
    await tell();
    await settled(gateway);
    const mark = `mark ${Math.random()}`;
    for (const fromUserId of viewers)
      fire('message.sync', {
        channelType: 'PERSON',
        fromUserId,
        toUserId: 'user60',
        content: JSON.stringify({ content: mark }),
      });
    return Promise.all(
      streams.map(async (each) => {
        await each.until(({ message }) => message?.content?.text === mark);
        const typenames = each.seen.slice(0, -1).map(({ __typename }) => __typename);
        await each.close();
        return typenames;
      }),
    );
  };

  test('a message to a user: both, and nobody else', async () => {
    const heard = await heardBy(['user31', 'user32', 'user33'], () =>
      fire('message.sync', { channelType: 'PERSON', fromUserId: 'user31', toUserId: 'user32' }),
    );
    expect(heard).toEqual([['MessageSentEvent'], ['MessageSentEvent'], []]);
  });

  test('a group: its members and who was added', async () => {
    const heard = await heardBy(['user1', 'user41', 'user42'], () =>
      fire('group.operation', { groupId: 'runners', userIds: ['user41'] }),
    );
    expect(heard).toEqual([['MembersJoinedEvent'], ['MembersJoinedEvent'], []]);
  });

  test('a friendship: both, and nobody else; messages that a user deletes: that user alone', async () => {
    const heard = await heardBy(['user51', 'user52', 'user53'], async () => {
      fire('friend.operation', { userId: 'user51', toUserId: 'user52' });
      await settled(gateway);
      fire('message.operation', {
        eventType: 2,
        fromUserId: 'user51',
        conversationInfo: { conversationType: 1, targetId: 'user52' },
        deleteMsgInfo: { deleteType: 1 },
      });
    });
    expect(heard).toEqual([['FriendAddedEvent', 'MessagesDeletedEvent'], ['FriendAddedEvent'], []]);
  });

  test('moderation, accounts, bots and what the vendor was answered are for operators', async () => {
    const heard = await heardBy(['user57'], async () => {
      fire('moderation.audit', { 'content.fromUserId': 'user57' });
      fire('moderation.hostedInfo', { optUserId: 'user57' });
      fire('user.deactivation', { userId: 'user57' });
      fire('bot.message', { 'data.fromUserId': 'user57' });
      const to = { kind: 'direct', id: 'user58' } as const;
      await emulator.send({ from: 'user57', to, content: { kind: 'TEXT', text: 'buy now' } }, app);
    });
    expect(heard).toEqual([[]]);
  });
});
