import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => gateway.emulators.get('zim')?.reset());
afterAll(() => gateway.stop());

const register = /* GraphQL */ `
  mutation ($input: RegisterBotsInput!) {
    registerBots(input: $input) {
      results { target ok error { code vendorCode } node { ... on Bot { id name avatarUrl user { id name } app { id } } } }
    }
  }
`;
const update = /* GraphQL */ `
  mutation ($input: UpdateBotInput!) { updateBot(input: $input) { bot { id name avatarUrl } } }
`;
const app = { appId: 'App:zim-eu' };
const botId = 'Bot:zim-eu:%40RBT%23helper';
const picture = 'https://img.example/helper.png';
const helper = { vendorId: '@RBT#helper', name: 'Helper', avatarUrl: picture };
const registerHelper = () => give(gateway, operator, register, { input: { ...app, bots: [helper] } });

describe('registerBots', () => {
  test('makes bots that are users too; ids of users fail alone, and the profile is one read', async () => {
    const bots = [helper, { vendorId: 'helper' }];
    const calls = await callsOf(gateway, async () => {
      const { registerBots } = await give(gateway, operator, register, { input: { ...app, bots } });
      expect(registerBots.results).toEqual([
        {
          target: '@RBT#helper',
          ok: true,
          error: null,
          node: {
            id: botId,
            name: 'Helper',
            avatarUrl: picture,
            user: { id: 'User:zim-eu:%40RBT%23helper', name: 'Helper' },
            app: { id: 'App:zim-eu' },
          },
        },
        { target: 'helper', ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null }, node: null },
      ]);
    });
    expect(calls).toEqual(['zim.bot.register', 'zim.user.info.query']);
  });

  test('a bot that exists fails alone, with the vendor’s code', async () => {
    await registerHelper();
    const bots = [helper, { vendorId: '@RBT#other' }];
    const { registerBots } = await give(gateway, operator, register, { input: { ...app, bots } });
    expect(registerBots.results).toMatchObject([
      { ok: false, error: { code: 'CONFLICT', vendorCode: '660700002' } },
      { ok: true },
    ]);
  });

  test('50 bots go in three calls', async () => {
    const bots = Array.from({ length: 50 }, (_, index) => ({ vendorId: `@RBT#${index}` }));
    const query = 'mutation ($input: RegisterBotsInput!) { registerBots(input: $input) { results { ok } } }';
    const calls = await callsOf(gateway, async () => {
      const { registerBots } = await give(gateway, operator, query, { input: { ...app, bots } });
      expect(registerBots.results.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    });
    expect(calls).toEqual(['zim.bot.register', 'zim.bot.register', 'zim.bot.register']);
  });

  test('no bots and more than 100 are refused before anything is sent', async () => {
    const tooMany = Array.from({ length: 101 }, (_, index) => ({ vendorId: `@RBT#${index}` }));
    const calls = await callsOf(gateway, async () => {
      for (const bots of [[], tooMany])
        expect(await refusal(gateway, operator, register, { input: { ...app, bots } })).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: 'input.bots',
        });
    });
    expect(calls).toEqual([]);
  });

  test('is for chat:admin', async () => {
    const writer = await gateway.token({ scopes: ['chat:write'] });
    for (const token of [alice, writer])
      expect((await refusal(gateway, token, register, { input: { ...app, bots: [helper] } })).code).toBe('FORBIDDEN');
  });

  test('the vendor’s refusals for its rate are waited out', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.bot.register'], kind: 'overLimit', times: 1 }]);
    const { registerBots } = await registerHelper();
    expect(registerBots.results).toMatchObject([{ ok: true }]);
  });

  test.each(['rc-cn', 'em-1'])('is NOT_SUPPORTED where the vendor has none: %s', async (name) => {
    const error = await refusal(gateway, operator, register, { input: { appId: `App:${name}`, bots: [helper] } });
    expect(error).toMatchObject({ code: 'NOT_SUPPORTED', operation: 'Mutation.registerBots' });
  });
});

describe('updateBot', () => {
  test('changes what is given, clears what is null and leaves the rest', async () => {
    await registerHelper();
    const first = await give(gateway, operator, update, { input: { botId, name: 'Concierge' } });
    expect(first.updateBot.bot).toEqual({ id: botId, name: 'Concierge', avatarUrl: picture });
    const second = await give(gateway, operator, update, { input: { botId, avatarUrl: null } });
    expect(second.updateBot.bot).toEqual({ id: botId, name: 'Concierge', avatarUrl: null });
  });

  test('of a bot that is not there is NOT_FOUND, of a user BAD_USER_INPUT', async () => {
    const change = (id: string) => refusal(gateway, operator, update, { input: { botId: id, name: 'X' } });
    expect(await change(botId)).toMatchObject({ code: 'NOT_FOUND', vendorCode: '660700012' });
    const calls = await callsOf(gateway, async () => {
      expect((await change('Bot:zim-eu:alice')).code).toBe('BAD_USER_INPUT');
      expect((await change('User:zim-eu:alice')).code).toBe('BAD_USER_INPUT');
    });
    expect(calls).toEqual([]);
  });
});

describe('a bot by its id', () => {
  const node = 'query ($id: ID!) { node(id: $id) { ... on Bot { name user { name } } } }';

  test('is for chat:read', async () => {
    await registerHelper();
    expect((await refusal(gateway, alice, node, { id: botId })).code).toBe('FORBIDDEN');
    expect((await give(gateway, operator, node, { id: botId })).node).toEqual({
      name: 'Helper',
      user: { name: 'Helper' },
    });
  });

  test('one that is not there is NOT_FOUND by its fields', async () => {
    expect(
      await refusal(gateway, operator, '{ node(id: "Bot:zim-eu:%40RBT%23no") { ... on Bot { name } } }'),
    ).toMatchObject({
      code: 'NOT_FOUND',
      path: ['node', 'name'],
    });
  });
});
