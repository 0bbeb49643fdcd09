// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { type Data, give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** The policy on what viewers send and edit through this API, at every vendor. */
let gateway: TestGateway;
let viewer: string;
let operator: string;
let service: Server;
let asked = 0;

beforeAll(async () => {
  service = createServer((request, reply) => {
    asked += 1;
    request.resume().once('end', () => reply.writeHead(204).end());
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  gateway = await startGateway({
    retell: false,
    limits: false,
    decisions: {
      deadlineMs: 5_000,
      vendorWaitMs: 10_000,
      rules: [
        { name: 'ban', keywords: ['nazi', 'heil'], then: 'REFUSE', code: 7, reason: 'not here' },
        { name: 'hide', keywords: ['dropme'], then: 'DROP' },
        { name: 'stars', keywords: ['casino'], then: 'REPLACE' },
        { name: 'team', to: ['direct:dave'], keywords: ['secret'], then: 'REFUSE' },
        { name: 'capitals', senders: ['Alice'], keywords: ['capital'], then: 'REFUSE' },
        { name: 'look', keywords: ['maybe'], then: 'FLAG' },
        { name: 'try', keywords: ['maybe', 'trial'], then: 'REFUSE', dryRun: true },
        { name: 'ask', keywords: ['askme'], ask: `http://127.0.0.1:${(service.address() as AddressInfo).port}/` },
      ],
    },
  });
  viewer = await gateway.token();
  operator = await gateway.operator();
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  service.closeAllConnections();
  service.close();
});

const sendMutation = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  results { target ok error { code message } } message { id content { ... on TextContent { text } } } } }`;
const said = (app: string, text: string, to = ['bob']) => ({
  to: to.map((id) => `User:${app}:${id}`),
  content: { text: { text } },
});
const send = async (token: string, input: object, headers: Record<string, string> = {}): Promise<Data> => {
  const { data, errors } = await gateway.query(token, sendMutation, { input }, headers);
  expect(errors).toBeUndefined();
  return data.sendMessage;
};
/** The verdicts of an app, the newest last. */
const verdicts = async (app: string): Promise<Data[]> => {
  const query = `query ($filter: EventFilter) { events(filter: $filter, first: 100) { nodes { app { name } ... on MessageDecidedEvent {
    decision rule source isEdit isLate matchedKeywords replacement isFlagged findings { rule action isDryRun matchedKeywords }
    message { vendorId sender { vendorId } content { ... on TextContent { text } } } } } } }`;
  const { events } = await give(gateway, operator, query, { filter: { types: ['MESSAGE_DECIDED'] } });
  return events.nodes.filter((node: Data) => node.app.name === app);
};
const history = async (app: string): Promise<string[]> => {
  const query = `query ($id: ID!) { conversation(id: $id) { messages(first: 30) { nodes { content { ... on TextContent { text } } } } } }`;
  const { data } = await gateway.query(operator, query, { id: `Conversation:${app}:alice:direct:bob` });
  return (data?.conversation?.messages?.nodes ?? []).map((node: Data) => node.content?.text);
};
const ignoresCase = (app: string): boolean => {
  const slug = demoApps.find(({ name }) => name === app)?.vendor;
  return vendors.find((vendor) => vendor.slug === slug)?.ignoresCase === true;
};
const vendorSends = () => gateway.calls.filter(({ endpoint }) => /send/i.test(endpoint)).length;

describe.each(demoApps.map(({ name }) => name))(
  "what a viewer sends in %s passes the rules that clients' messages pass:",
  (app) => {
    test('a text that a rule refuses is CONTENT_REFUSED with the words of the rule, and nothing is sent', async () => {
      const before = vendorSends();
      const { results, message } = await send(viewer, said(app, 'a NAZI and heil'));
      expect(results).toEqual([
        { target: `User:${app}:bob`, ok: false, error: { code: 'CONTENT_REFUSED', message: '7: not here' } },
      ]);
      expect(message).toBeNull();
      expect(vendorSends()).toBe(before);
      expect((await verdicts(app)).at(-1)).toMatchObject({
        decision: 'REFUSE',
        rule: 'ban',
        source: 'SERVER',
        isEdit: false,
        isLate: false,
        matchedKeywords: ['nazi', 'heil'],
        replacement: null,
        message: { vendorId: null, sender: { vendorId: 'alice' }, content: { text: 'a NAZI and heil' } },
      });
    });

    test('a text that a rule drops is refused, since nothing that looks sent can be answered', async () => {
      const { results } = await send(viewer, said(app, 'please dropme'));
      expect(results).toMatchObject([{ ok: false, error: { code: 'CONTENT_REFUSED' } }]);
      expect((await verdicts(app)).at(-1)).toMatchObject({ decision: 'REFUSE', rule: 'hide' });
    });

    test('a text that a rule replaces is delivered and answered as replaced', async () => {
      const { results, message } = await send(viewer, said(app, `the casino of ${app}`));
      expect(results).toMatchObject([{ ok: true, error: null }]);
      if (message) expect(message.content.text).toBe(`the ****** of ${app}`);
      expect((await verdicts(app)).at(-1)).toMatchObject({
        decision: 'REPLACE',
        matchedKeywords: ['casino'],
        replacement: `the ****** of ${app}`,
        message: { content: { text: `the casino of ${app}` } },
      });
      const texts = await history(app);
      expect(texts).not.toContain(`the casino of ${app}`);
      if (texts.length > 0) expect(texts).toContain(`the ****** of ${app}`);
    });

    test('a rule that names the sender in capitals holds where the vendor ignores case, and nowhere else', async () => {
      const { results } = await send(viewer, said(app, 'a capital idea'));
      expect(results).toMatchObject([{ ok: !ignoresCase(app) }]);
    });

    test('a text that no rule has anything against is delivered, and its verdict is an event', async () => {
      const { results } = await send(viewer, said(app, 'hello'));
      expect(results).toMatchObject([{ ok: true }]);
      expect((await verdicts(app)).at(-1)).toMatchObject({ decision: 'DELIVER', rule: null, matchedKeywords: [] });
    });

    test('a text that a rule flags, or would refuse in a dry run, is delivered, and its event says so', async () => {
      expect((await send(viewer, said(app, 'Maybe a trial'))).results).toMatchObject([{ ok: true }]);
      expect((await verdicts(app)).at(-1)).toMatchObject({
        decision: 'DELIVER',
        rule: null,
        isFlagged: true,
        findings: [
          { rule: 'look', action: 'FLAG', isDryRun: false, matchedKeywords: ['maybe'] },
          { rule: 'try', action: 'REFUSE', isDryRun: true, matchedKeywords: ['maybe', 'trial'] },
        ],
      });
      await send(viewer, said(app, 'a trial'));
      expect((await verdicts(app)).at(-1)).toMatchObject({ isFlagged: false, findings: [{ rule: 'try' }] });
    });

    test('a trial says what the rules would decide, asks nobody, and leaves no event', async () => {
      const count = (await verdicts(app)).length;
      const questions = asked;
      const query = `query ($app: ID!, $message: DecisionTrialInput!) { app(id: $app) { decisionTrial(message: $message) {
        decision rule replacement code reason matchedKeywords isFlagged failedRule failure notAsked
        findings { rule action isDryRun matchedKeywords } } } }`;
      const trial = async (text: string, to = `User:${app}:bob`) => {
        const trialed = { senderId: `User:${app}:alice`, to, text };
        return (await give(gateway, operator, query, { app: `App:${app}`, message: trialed })).app.decisionTrial;
      };
      expect(await trial('a casino, maybe askme')).toEqual({
        decision: 'REPLACE',
        rule: 'stars',
        replacement: 'a ******, maybe askme',
        code: null,
        reason: null,
        matchedKeywords: ['casino'],
        isFlagged: true,
        failedRule: null,
        failure: null,
        notAsked: ['ask'],
        findings: [
          { rule: 'stars', action: 'REPLACE', isDryRun: false, matchedKeywords: ['casino'] },
          { rule: 'look', action: 'FLAG', isDryRun: false, matchedKeywords: ['maybe'] },
          { rule: 'try', action: 'REFUSE', isDryRun: true, matchedKeywords: ['maybe'] },
        ],
      });
      expect(await trial('nazi')).toMatchObject({ decision: 'REFUSE', rule: 'ban', code: 7, reason: 'not here' });
      expect(await trial('secret', `User:${app}:dave`)).toMatchObject({ decision: 'REFUSE', rule: 'team' });
      expect(await trial('secret')).toMatchObject({ decision: 'DELIVER', rule: null });
      const other = await gateway.query(operator, query, {
        app: `App:${app}`,
        message: { senderId: `User:${app}:alice`, to: `App:${app}`, text: 'x' },
      });
      expect(other.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect((await verdicts(app)).length).toBe(count);
      expect(asked).toBe(questions);
    });

    test('each receiver is decided on by itself', async () => {
      const { results } = await send(viewer, said(app, 'a secret', ['dave', 'bob']));
      expect(results).toMatchObject([
        { target: `User:${app}:dave`, ok: false, error: { code: 'CONTENT_REFUSED' } },
        { target: `User:${app}:bob`, ok: true },
      ]);
    });

    test('the same idempotency key is decided on once', async () => {
      const input = { ...said(app, 'a casino again'), idempotencyKey: `key of ${app}` };
      const first = await send(viewer, input);
      const count = (await verdicts(app)).length;
      expect(await send(viewer, input)).toEqual(first);
      expect((await verdicts(app)).length).toBe(count);
    });

    test('a plan asks no rule, and counts nothing', async () => {
      const count = (await verdicts(app)).length;
      const questions = asked;
      await gateway.query(operator, sendMutation, { input: said(app, 'askme') }, { 'switchboard-explain': 'plan' });
      expect((await verdicts(app)).length).toBe(count);
      expect(asked).toBe(questions);
    });

    test('a service of the operator is asked about it', async () => {
      const questions = asked;
      await send(viewer, said(app, 'askme'));
      expect(asked).toBe(questions + 1);
    });

    test("an operator's passes without a verdict", async () => {
      const count = (await verdicts(app)).length;
      const { results } = await send(operator, { ...said(app, 'nazi'), senderId: `User:${app}:alice` });
      expect(results).toMatchObject([{ ok: true }]);
      expect((await verdicts(app)).length).toBe(count);
    });

    test('verdicts are counted with those on clients’ messages', async () => {
      const query =
        'query ($id: ID!) { app(id: $id) { verdicts { decision count } decisionPolicy { coversOperators } } }';
      const { app: read } = await give(gateway, operator, query, { id: `App:${app}` });
      expect(read.decisionPolicy).toEqual({ coversOperators: false });
      const logged = await verdicts(app);
      for (const { decision, count } of read.verdicts)
        expect(logged.filter((each) => each.decision === decision)).toHaveLength(count);
    });
  },
);

describe('what a viewer makes of its message passes the rules', () => {
  const edit = `mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id content { ... on TextContent { text } } } } }`;
  const capable = async () => {
    const { apps } = await give(gateway, operator, 'query { apps { name capabilities { operation } } }');
    return apps
      .filter(({ capabilities }: Data) =>
        capabilities.some(({ operation }: Data) => operation === 'Mutation.editMessage'),
      )
      .map(({ name }: Data) => name as string);
  };

  test('at every vendor that can edit: refused, replaced or let pass', async () => {
    const apps = await capable();
    expect(apps.length).toBeGreaterThan(0);
    let tried = 0;
    for (const app of apps) {
      const { message } = await send(viewer, said(app, 'first'));
      if (!message) continue;
      tried += 1;
      const input = (text: string) => ({ input: { messageId: message.id, content: { text: { text } } } });
      const refused = await gateway.query(viewer, edit, input('nazi'));
      expect(refused.errors?.[0]?.extensions['code'], app).toBe('CONTENT_REFUSED');
      expect((await verdicts(app)).at(-1), app).toMatchObject({ decision: 'REFUSE', isEdit: true, source: 'SERVER' });
      const replaced = await give(gateway, viewer, edit, input('casino'));
      expect(replaced.editMessage.message.content.text, app).toBe('******');
      expect((await verdicts(app)).at(-1), app).toMatchObject({ decision: 'REPLACE', isEdit: true });
      const passed = await give(gateway, viewer, edit, input('second'));
      expect(passed.editMessage.message.content.text, app).toBe('second');
      const count = (await verdicts(app)).length;
      await give(gateway, operator, edit, input('nazi'));
      expect((await verdicts(app)).length, app).toBe(count);
    }
    expect(tried).toBeGreaterThan(0);
  });
});
