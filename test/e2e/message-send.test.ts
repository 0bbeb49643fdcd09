import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { disturb } from '../support/answers.ts';
import { rcList } from '../support/apps.ts';
import { operatorScopes, startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf, chatApps, sendMessage, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [...demoApps, rcList] });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

const sendsOf = (app: string) =>
  callsOf(gateway, app).filter((each) => /message\.(\w+\.)*(send|publish|sendTargeted|template)/.test(each));
const countKept = (slug: string) => gateway.emulators.get(slug)?.apps[0]?.state.messages.size ?? 0;
const content = { text: { text: 'hi' } };

describe.each(chatApps)('$slug', ({ app, slug, vendor, team, club, lobby, stage }) => {
  const user = (id: string) => `User:${app}:${id}`;
  const otherApp = app === 'zim-eu' ? 'rc-cn' : 'zim-eu';

  test('a message to many is one call for as many as the vendor takes, with a message for each', async () => {
    const to = Array.from({ length: 60 }, (_, index) => user(`user${index + 1}`));
    const { data, errors } = await sendMessage(gateway, alice, textTo(to, 'to all of you'));
    expect(errors).toBeUndefined();
    expect(data.sendMessage.message).toBeNull();
    expect(data.sendMessage.results.map((each: { target: string }) => each.target)).toEqual(to);
    const nodes = data.sendMessage.results.map(
      (each: { ok: boolean; node: { id: string } }) => each.ok && each.node.id,
    );
    expect(new Set(nodes).size).toBe(60);
    expect(sendsOf(app)).toHaveLength(1);
    // Easemob delivers past blocklists: each receiver's own list is asked first.
    const others = callsOf(gateway, app).filter((each) => !sendsOf(app).includes(each));
    expect(others).toEqual(slug === 'easemob' ? Array.from({ length: 60 }, () => 'easemob.blocklist.check') : []);
  });

  test.each([
    ['groups', [`Group:${app}:${team}`, `Group:${app}:${club}`], 'Group'],
    ['chatrooms', [`Chatroom:${app}:${lobby}`, `Chatroom:${app}:${stage}`], 'Chatroom'],
  ])('a message to several %s has a result for each', async (_, to) => {
    const { data, errors } = await sendMessage(gateway, operator, {
      ...textTo(to, 'to both'),
      senderId: user('alice'),
    });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results).toMatchObject(to.map((target) => ({ target, ok: true, error: null })));
  });

  test('a conversation is a receiver like the peer it is with', async () => {
    const { data } = await sendMessage(gateway, alice, textTo(`Conversation:${app}:alice:direct:carol`, 'hello'));
    expect(data.sendMessage.message.to).toEqual({ __typename: 'User', id: user('carol') });
    expect(data.sendMessage.message.sender).toEqual({ id: user('alice') });
  });

  test('a receiver that does not exist fails alone, where the vendor tells', async () => {
    const groups = [`Group:${app}:${team}`, `Group:${app}:${slug === 'easemob' ? '9999999' : 'nowhere'}`];
    const { data, errors } = await sendMessage(gateway, operator, {
      ...textTo(groups, 'to one of two'),
      senderId: user('alice'),
    });
    expect(errors).toBeUndefined();
    const [first, second] = data.sendMessage.results;
    expect(first).toMatchObject({ ok: true, error: null });
    // Easemob checks no existence; RongCloud leaves the group out of its answer, and is asked for it then.
    expect(second).toMatchObject(
      {
        zim: { ok: false, node: null, error: { code: 'NOT_FOUND', vendorCode: '660600001' } },
        rongcloud: { ok: false, node: null, error: { code: 'NOT_FOUND' } },
        easemob: { ok: true, error: null },
      }[slug],
    );
  });

  test("the vendor's refusal tells app, vendor, operation and the vendor's own code", async () => {
    await disturb(gateway, slug, [
      { kind: 'unauthorized', endpoints: slug === 'easemob' ? ['easemob.message.user.send'] : undefined },
    ]);
    try {
      const { data, errors } = await sendMessage(gateway, alice, textTo(user('bob'), 'refused'));
      expect(data.sendMessage).toBeNull();
      expect(errors?.[0]?.path).toEqual(['sendMessage']);
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'VENDOR_MISCONFIGURED',
        app,
        vendor,
        operation: expect.stringMatching(new RegExp(`^${slug}\\.message\\.`)),
        vendorCode: expect.any(String),
        vendorStatus: expect.any(Number),
        requestId: expect.any(String),
      });
    } finally {
      await disturb(gateway, slug, []);
    }
  });

  describe('idempotencyKey', () => {
    test('gives the first answer again without a second message', async () => {
      const input = { ...textTo(user('bob'), 'once'), idempotencyKey: `${slug}-once` };
      const first = await sendMessage(gateway, alice, input);
      const before = countKept(slug);
      const [second, third] = await Promise.all([
        sendMessage(gateway, alice, input),
        sendMessage(gateway, alice, input),
      ]);
      expect(first.data.sendMessage.results[0].ok).toBe(true);
      expect([second.data, third.data]).toEqual([first.data, first.data]);
      expect(countKept(slug)).toBe(before);
      expect(sendsOf(app)).toHaveLength(1);
    });

    test('shares the first answer with those who ask while it is under way', async () => {
      const before = countKept(slug);
      const input = { ...textTo(user('bob'), 'at once'), idempotencyKey: `${slug}-at-once` };
      const answers = await Promise.all(Array.from({ length: 5 }, () => sendMessage(gateway, alice, input)));
      expect(new Set(answers.map(({ data }) => data.sendMessage.message.id)).size).toBe(1);
      expect(countKept(slug)).toBe(before + 1);
    });

    test('refuses another input under the same key', async () => {
      const idempotencyKey = `${slug}-other`;
      await sendMessage(gateway, alice, { ...textTo(user('bob'), 'first'), idempotencyKey });
      const { errors } = await sendMessage(gateway, alice, { ...textTo(user('bob'), 'second'), idempotencyKey });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.idempotencyKey' });
      expect(sendsOf(app)).toHaveLength(1);
    });

    test('is told apart by who sends', async () => {
      const input = { ...textTo(user('carol'), 'from each'), idempotencyKey: `${slug}-each` };
      const bob = await gateway.token({ subject: 'bob', accounts: { [app]: 'bob' } });
      const [one, other] = [await sendMessage(gateway, alice, input), await sendMessage(gateway, bob, input)];
      expect(one.data.sendMessage.message.sender.id).toBe(user('alice'));
      expect(other.data.sendMessage.message.sender.id).toBe(user('bob'));
    });

    test('is told apart by whose token it is, where both send in the name of one user', async () => {
      const input = { ...textTo(user('carol'), 'of two'), senderId: user('alice'), idempotencyKey: `${slug}-two` };
      const [one, other] = await Promise.all(
        ['first operator', 'second operator'].map(async (subject) => {
          const token = await gateway.token({ subject, scopes: operatorScopes, accounts: {} });
          return sendMessage(gateway, token, input);
        }),
      );
      expect(one?.data.sendMessage.message.sender.id).toBe(user('alice'));
      expect(other?.data.sendMessage.message.id).not.toBe(one?.data.sendMessage.message.id);
    });

    test('leaves the key free where nobody was reached, for another input too', async () => {
      const idempotencyKey = `${slug}-nobody`;
      const nobody = { ...textTo([user('x'.repeat(300)), user('y'.repeat(300))], 'lost'), idempotencyKey };
      const { data } = await sendMessage(gateway, alice, nobody);
      // A vendor refuses each of them, or the whole send.
      expect(data.sendMessage?.results.map(({ ok }: { ok: boolean }) => ok) ?? [false, false]).toEqual([false, false]);
      const again = await sendMessage(gateway, alice, { ...textTo(user('bob'), 'again'), idempotencyKey });
      expect(again.data.sendMessage.results[0].ok).toBe(true);
    });

    test('leaves a retry free after a refusal, and keeps an unknown outcome', async () => {
      const endpoint = {
        zim: 'zim.message.peer.send',
        rongcloud: 'rongcloud.message.private.publish',
        easemob: 'easemob.message.user.send',
      }[slug];
      await disturb(gateway, slug, [{ endpoints: [endpoint], kind: 'unauthorized', times: 2 }]);
      const refused = { ...textTo(user('bob'), 'again'), idempotencyKey: `${slug}-refused` };
      expect((await sendMessage(gateway, alice, refused)).errors?.[0]?.extensions['code']).toBe('VENDOR_MISCONFIGURED');
      await disturb(gateway, slug, []);
      expect((await sendMessage(gateway, alice, refused)).data.sendMessage.results[0].ok).toBe(true);

      const before = countKept(slug);
      await disturb(gateway, slug, [{ endpoints: [endpoint], kind: 'reset', times: 1 }]);
      const lost = { ...textTo(user('bob'), 'lost'), idempotencyKey: `${slug}-lost` };
      const first = await sendMessage(gateway, alice, lost);
      expect(first.data.sendMessage.results[0].error.code).toBe('OUTCOME_UNKNOWN');
      expect((await sendMessage(gateway, alice, lost)).data).toEqual(first.data);
      expect(countKept(slug)).toBe(before + 1);
    });

    test.each(['', 'x'.repeat(65)])('of a length out of bounds is refused: %j', async (idempotencyKey) => {
      const { errors } = await sendMessage(gateway, alice, { ...textTo(user('bob'), 'x'), idempotencyKey });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.idempotencyKey' });
      expect(callsOf(gateway)).toEqual([]);
    });
  });

  describe('access', () => {
    test('a viewer writes to spaces it is in, and to no other; absent ones are answered alike', async () => {
      const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
      const absent = slug === 'easemob' ? '9999999' : 'nowhere';
      const places = [
        `Group:${app}:${team}`,
        `Group:${app}:${absent}`,
        `Chatroom:${app}:${lobby}`,
        `Chatroom:${app}:${absent}`,
      ];
      const refusals = await Promise.all(places.map((to) => sendMessage(gateway, frank, textTo(to, 'let me in'))));
      for (const { data, errors } of refusals) {
        expect(data.sendMessage).toBeNull();
        const { requestId: _, ...extensions } = errors?.[0]?.extensions ?? {};
        expect(extensions).toEqual({ code: 'FORBIDDEN' });
        expect(errors?.[0]?.message).toBe(refusals[0]?.errors?.[0]?.message);
      }
      expect(sendsOf(app)).toEqual([]);
      expect((await sendMessage(gateway, alice, textTo(`Group:${app}:${team}`, 'I am in'))).errors).toBeUndefined();
    });

    test('one space among several that the viewer is not in refuses the whole', async () => {
      const dave = await gateway.token({ subject: 'dave', accounts: { [app]: 'dave' } });
      const { errors } = await sendMessage(
        gateway,
        dave,
        textTo([`Group:${app}:${team}`, `Group:${app}:${club}`], 'both'),
      );
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
      expect(sendsOf(app)).toEqual([]);
    });

    test('a viewer sends as nobody else; an operator sends as anybody, and as the app', async () => {
      const asBob = await sendMessage(gateway, alice, { ...textTo(user('carol'), 'as bob'), senderId: user('bob') });
      expect(asBob.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
      const anybody = await sendMessage(gateway, operator, {
        ...textTo(user('carol'), 'as bob'),
        senderId: user('bob'),
      });
      expect(anybody.data.sendMessage.message.sender).toEqual({ id: user('bob') });
      const itself = await sendMessage(gateway, operator, textTo(user('carol'), 'as the app'));
      expect(itself.data.sendMessage.message).toMatchObject({ sender: null });
    });

    test.each([
      ['no token', null, 'UNAUTHENTICATED'],
      ['a token for another app', { accounts: { elsewhere: 'alice' } }, 'FORBIDDEN'],
      [
        'a token with a scope for reading only',
        { accounts: {}, subject: 'reader', scopes: ['chat:read'] },
        'FORBIDDEN',
      ],
    ])('%s is refused before any vendor call', async (_, claims, code) => {
      const token = claims === null ? null : await gateway.token(claims as never);
      const { errors } = await sendMessage(gateway, token as never, textTo(user('bob'), 'x'));
      expect(errors?.[0]?.extensions['code']).toBe(code);
      expect(callsOf(gateway)).toEqual([]);
    });
  });

  describe('bounds', () => {
    test.each([
      ['nobody', { to: [] }, 'input.to'],
      ['101 receivers', { to: Array.from({ length: 101 }, (_, index) => user(`u${index}`)) }, 'input.to'],
      ['a receiver twice', { to: [user('bob'), user('bob')] }, 'input.to'],
      [
        'a receiver and the conversation with it',
        { to: [user('bob'), `Conversation:${app}:alice:direct:bob`] },
        'input.to',
      ],
      ['users with groups', { to: [user('bob'), `Group:${app}:${team}`] }, 'input.to'],
      ['a message as receiver', { to: [`Message:${app}:direct:bob:alice:1`] }, 'input.to[0]'],
      ['garbage as receiver', { to: ['bob'] }, 'input.to[0]'],
      ['a sender of another app', { senderId: `User:${otherApp}:alice` }, 'input.senderId'],
      [
        '21 users who see it',
        { visibleTo: Array.from({ length: 21 }, (_, index) => user(`u${index}`)) },
        'input.visibleTo',
      ],
      ['users of another app who see it', { visibleTo: [`User:${otherApp}:bob`] }, 'input.visibleTo'],
      ['mentions of groups', { mentions: { userIds: [`Group:${app}:${team}`] } }, 'input.mentions.userIds[0]'],
      ['an empty text', { content: { text: { text: '' } } }, 'input.content.text.text'],
      [
        'a place beyond the pole',
        { content: { location: { latitude: 90.1, longitude: 0, name: 'x' } } },
        'input.content.location.latitude',
      ],
      [
        'a place around the globe',
        { content: { location: { latitude: 0, longitude: -181, name: 'x' } } },
        'input.content.location.longitude',
      ],
      [
        'a film of less than nothing',
        { content: { video: { url: 'https://x/y', durationSeconds: -1 } } },
        'input.content.video.durationSeconds',
      ],
    ])('%s is refused, and nothing is sent', async (_, change, input) => {
      const { data, errors } = await sendMessage(gateway, operator, {
        to: [user('bob')],
        senderId: user('alice'),
        content,
        ...change,
      });
      expect(data?.sendMessage ?? null).toBeNull();
      // What the vendor lacks altogether is told before what is wrong with it.
      const lacked = slug === 'zim' && /^input\.(mentions|content\.location)/.exec(input)?.[0];
      const refusal = lacked ? { code: 'NOT_SUPPORTED', input: lacked } : { code: 'BAD_USER_INPUT', input };
      expect(errors?.[0]?.extensions).toMatchObject(refusal);
      expect(callsOf(gateway)).toEqual([]);
    });

    test.each([
      ['two kinds of content', { text: { text: 'a' }, command: { name: 'b' } }],
      ['no content', {}],
      ['a URL that is none', { image: { url: 'not a url' } }],
      ['a size that is no whole number', { file: { url: 'https://x/y', byteSize: 1.5 } }],
    ])('%s is refused by the schema', async (_, wrong) => {
      const { errors } = await sendMessage(gateway, alice, { to: [user('bob')], content: wrong });
      expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect(callsOf(gateway)).toEqual([]);
    });

    test("a text beyond the vendor's size is the vendor's or our no, and no crash", async () => {
      const { data, errors } = await sendMessage(gateway, alice, textTo(user('bob'), 'x'.repeat(200_000)));
      const code = errors?.[0]?.extensions['code'] ?? data.sendMessage.results[0].error?.code;
      expect(['BAD_USER_INPUT', 'VENDOR_REJECTED', 'LIMIT_REACHED']).toContain(code);
    });
  });
});

test('a receiver who blocks the sender is spared where that is asked for', async () => {
  const input = {
    ...textTo(['User:rc-cn:alice', 'User:rc-cn:bob'], 'from frank'),
    senderId: 'User:rc-cn:frank',
    delivery: { respectBlocklists: true },
  };
  const before = countKept('rongcloud');
  const { data, errors } = await sendMessage(gateway, operator, input);
  expect(errors).toBeUndefined();
  expect(data.sendMessage.results).toMatchObject([
    { ok: false, node: null, error: { code: 'FORBIDDEN' } },
    { ok: true, node: { id: expect.any(String) } },
  ]);
  expect(countKept('rongcloud')).toBe(before + 1);
});

test("RongCloud's template to groups is sent where texts differ by group", async () => {
  const to = ['Group:rc-list:team', 'Group:rc-list:book-club'];
  const variables = to.map((each, index) => ({ to: each, values: [{ key: 'name', value: `room ${index}` }] }));
  const input = { to, senderId: 'User:rc-list:alice', content: { text: { text: 'Hello {name}' } }, variables };
  const { data, errors } = await sendMessage(gateway, operator, input);
  expect(errors).toBeUndefined();
  expect(data.sendMessage.results).toMatchObject([{ ok: true }, { ok: true }]);
  expect(callsOf(gateway)).toEqual(['rongcloud.message.group.template']);
});
