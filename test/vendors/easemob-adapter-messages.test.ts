import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { NewMessage } from '../../src/domain/message.ts';
import type { Context } from '../../src/vendors/easemob/adapters/context.ts';
import { messageOperations } from '../../src/vendors/easemob/adapters/message.ts';
import { configSchema } from '../../src/vendors/easemob/app-config.ts';
import { easemobCredentials } from '../support/easemob.ts';
import {
  type EasemobAdapterBench,
  easemobAdapterBench,
  fates,
  lobby,
  readAll,
  team,
} from '../support/easemob-adapter.ts';

let bench: EasemobAdapterBench;
const operation: EasemobAdapterBench['operation'] = (name, options) => bench.operation(name, options);

beforeEach(async () => {
  bench = await easemobAdapterBench();
});

afterEach(() => bench.stop());

describe('messages', () => {
  const text = { kind: 'TEXT', text: 'Hi {name}', isBarrage: false } as const;
  const toBob: NewMessage = { senderId: 'Alice', kind: 'direct', to: ['Bob'], content: text };

  test('go to many users in one call, and are told by their ids', async () => {
    const outcomes = await operation('Mutation.sendMessage')({ ...toBob, to: ['Bob', 'carol', 'a,b'] });
    expect(fates(outcomes)).toEqual(['ok', 'ok', 'BAD_USER_INPUT']);
    expect(outcomes[0]).toMatchObject({
      value: { key: expect.stringMatching(/^\d+$/), sequence: null, senderId: 'alice', sentAt: expect.any(Date) },
    });
    expect(bench.calls).toEqual(['message.user.send']);
  });

  test('whose answer has no id for a receiver have an unknown outcome for it, and the id for the others', async () => {
    const answer = { data: new Map([['carol', '77']]), timestamp: null };
    const call = (async () => answer) as unknown as Context['call'];
    const { 'Mutation.sendMessage': send } = messageOperations({
      call,
      config: configSchema.parse(easemobCredentials),
      clock: systemClock,
      baseUrls: [],
    });
    expect(await send({ ...toBob, to: ['Bob', 'carol'] }, {})).toMatchObject([
      { ok: false, error: { code: 'OUTCOME_UNKNOWN' } },
      { ok: true, value: { key: '77', vendorId: '77', senderId: 'alice', sentAt: null } },
    ]);
  });

  test('come from the system user when nobody is named', async () => {
    const { senderId: _, ...message } = toBob;
    expect(await operation('Mutation.sendMessage')(message)).toMatchObject([{ value: { senderId: 'admin' } }]);
  });

  test.each([
    ['group', 3, 'message.group.send'],
    ['chatroom', 10, 'message.chatroom.send'],
  ] as const)('go to %ss %i a call', async (kind, max, call) => {
    const to = Array.from({ length: max + 1 }, (_, index) => `${5000 + index}`);
    expect(fates(await operation('Mutation.sendMessage')({ ...toBob, kind, to })).every((each) => each === 'ok')).toBe(
      true,
    );
    expect(bench.calls).toEqual([call, call]);
  });

  test('go to chosen members by the targeted call', async () => {
    const send = operation('Mutation.sendMessage');
    const delivery = { priority: 'HIGH' } as const;
    expect(fates(await send({ ...toBob, kind: 'group', to: [team], visibleTo: ['bob'] }))).toEqual(['ok']);
    expect(fates(await send({ ...toBob, kind: 'chatroom', to: [lobby], visibleTo: ['bob'], delivery }))).toEqual([
      'ok',
    ]);
    expect(bench.calls).toEqual(['message.group.sendTargeted', 'message.chatroom.sendTargeted']);
  });

  test('take a call for each text when their places are filled differently', async () => {
    const variables = new Map([
      ['bob', [{ key: 'name', value: 'Bob' }]],
      ['carol', [{ key: 'name', value: 'Carol' }]],
    ]);
    const outcomes = await operation('Mutation.sendMessage')({ ...toBob, to: ['bob', 'carol', 'dave'], variables });
    expect(fates(outcomes)).toEqual(['ok', 'ok', 'ok']);
    expect(bench.calls).toHaveLength(3);
  });

  const refused: [Partial<NewMessage>, string][] = [
    [{ delivery: { priority: 'LOW' } }, 'input.delivery.priority'],
    [{ delivery: { requestReceipt: true } }, 'input.delivery.requestReceipt'],
    [{ kind: 'group', to: [team], delivery: { copyToSender: false } }, 'input.delivery.copyToSender'],
    [{ kind: 'group', to: [team], delivery: { priority: 'HIGH' } }, 'input.delivery.priority'],
    [{ kind: 'chatroom', to: [lobby], delivery: { onlineOnly: true } }, 'input.delivery.onlineOnly'],
    [{ kind: 'chatroom', to: [lobby], delivery: { copyToSender: true } }, 'input.delivery.copyToSender'],
    [{ visibleTo: ['carol'] }, 'input.visibleTo'],
    [{ kind: 'group', to: [team], visibleTo: ['bob'], hiddenFrom: ['carol'] }, 'input.hiddenFrom'],
    [{ mentions: { everyone: true, userIds: [] } }, 'input.mentions.everyone'],
    [{ metadata: 'text' }, 'input.metadata'],
    [{ content: { ...text, isBarrage: true } }, 'input.content.text.isBarrage'],
  ];
  test.each(refused)('with %o are refused before anything is sent', async (part, input) => {
    const sent = operation('Mutation.sendMessage')({ ...toBob, ...part });
    await expect(sent).rejects.toMatchObject({ code: 'NOT_SUPPORTED', details: { input } });
    expect(bench.calls).toEqual([]);
  });

  test('take the choices that their kind has', async () => {
    const send = operation('Mutation.sendMessage');
    const direct = { onlineOnly: true, copyToSender: true };
    const group = { onlineOnly: true, copyToSender: true, requestReceipt: true };
    expect(fates(await send({ ...toBob, delivery: direct, hiddenFrom: ['carol'] }))).toEqual(['ok']);
    expect(fates(await send({ ...toBob, kind: 'group', to: [team], delivery: group }))).toEqual(['ok']);
    expect(fates(await send({ ...toBob, kind: 'chatroom', to: [lobby], delivery: { priority: 'LOW' } }))).toEqual([
      'ok',
    ]);
  });

  test.each([
    ['direct', ['bob', 'dave']],
    ['group', [team]],
    ['chatroom', [lobby]],
  ] as const)('to a %s are kept from the history of those whom they are hidden from', async (kind, to) => {
    const send = operation('Mutation.sendMessage');
    const ignored = () =>
      [...(bench.emulator.apps[0]?.state.messages.values() ?? [])]
        .slice(-to.length)
        .map(({ extra }) => extra.get('roam_ignore_users'));
    expect(fates(await send({ ...toBob, kind, to, hiddenFrom: ['Carol', 'erin'] }))).toEqual(to.map(() => 'ok'));
    expect(ignored()).toEqual(to.map(() => ['carol', 'erin']));
    expect(fates(await send({ ...toBob, kind, to }))).toEqual(to.map(() => 'ok'));
    expect(ignored()).toEqual(to.map(() => []));
  });

  test('that are too large are refused by the vendor', async () => {
    const content = { ...text, text: 'x'.repeat(6_000) };
    const [outcome] = await operation('Mutation.sendMessage')({ ...toBob, content });
    expect(outcome).toMatchObject({ error: { code: 'BAD_USER_INPUT', details: { vendorCode: 'message_send_error' } } });
  });

  async function sendTo(kind: NewMessage['kind'], to: readonly string[]) {
    const outcomes = await operation('Mutation.sendMessage')({ ...toBob, kind, to });
    return outcomes.map((each, index) => ({
      to: { kind, id: to[index] ?? '' },
      senderId: 'alice',
      key: each.ok ? (each.value.key ?? '') : '',
    }));
  }

  const how = { withoutTrace: false, force: false } as const;

  test('are recalled alone by the single call, and a second time without a failure', async () => {
    const messages = await sendTo('direct', ['bob']);
    const recall = operation('Mutation.recallMessages');
    bench.calls.length = 0;
    expect(fates(await recall({ messages, note: 'sorry', ...how }))).toEqual(['ok']);
    expect(fates(await recall({ messages, ...how }))).toEqual(['ok']);
    expect(bench.calls).toEqual(['message.recall', 'message.recall']);
  });

  test('are recalled 30 a call, and one by one where the vendor refuses a call for one of them', async () => {
    const messages = [...(await sendTo('direct', ['bob', 'carol'])), ...(await sendTo('group', [team]))];
    const recall = operation('Mutation.recallMessages');
    bench.calls.length = 0;
    expect(fates(await recall({ messages, ...how }))).toEqual(['ok', 'ok', 'ok']);
    expect(bench.calls).toEqual(['message.recallBatch']);
    const more = [...messages.slice(0, 1), ...(await sendTo('direct', ['dave'])), { ...messages[0], key: 'odd' }];
    bench.calls.length = 0;
    expect(fates(await recall({ messages: more as typeof messages, ...how }))).toEqual(['ok', 'ok', 'BAD_USER_INPUT']);
    expect(bench.calls).toEqual(['message.recallBatch', 'message.recall', 'message.recall']);
  });

  test('are not recalled without a trace', async () => {
    const messages = await sendTo('direct', ['bob']);
    bench.calls.length = 0;
    const recalled = async () => operation('Mutation.recallMessages')({ messages, ...how, withoutTrace: true });
    await expect(recalled()).rejects.toMatchObject({ code: 'NOT_SUPPORTED', details: { input: 'input.withoutTrace' } });
    expect(bench.calls).toEqual([]);
  });
});

describe('conversations', () => {
  test('are left out where the vendor has not opened the list', () => {
    expect(bench.adapter().operations['User.conversations']).toBeUndefined();
  });

  test('are listed where it has', async () => {
    const list = await readAll(operation('User.conversations', { conversationList: true }), 'alice', 50);
    expect(list.map(({ peer }) => `${peer.kind} ${peer.id}`)).toEqual(
      expect.arrayContaining(['direct bob', `group ${team}`]),
    );
  });

  test('of a group whose id the app chose are written to, listed and read like others', async () => {
    const space = { name: 'Own', owner: 'alice', members: ['alice', 'bob'] };
    bench.emulator.apps[0]?.state.addSpace('group', 'mygroup1', space);
    const content = { kind: 'TEXT', text: 'Hi', isBarrage: false } as const;
    const message = { senderId: 'alice', kind: 'group', to: ['mygroup1'], content } as const;
    expect(fates(await operation('Mutation.sendMessage')(message))).toEqual(['ok']);
    const [newest] = await readAll(operation('User.conversations', { conversationList: true }), 'bob', 50);
    expect(newest).toMatchObject({ peer: { kind: 'group', id: 'mygroup1' }, lastMessage: { senderId: 'alice' } });
    const [group] = await operation('Group.name').load(['mygroup1']);
    expect(group).toMatchObject({ groupId: 'mygroup1', name: 'Own' });
  });
});
