import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Data, give } from '../support/answers.ts';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { chatApps, sendMessage, settled, textTo } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** What a token sees of the apps that it does not name, whatever its scopes. */
let gateway: TestGateway;
let operator: string;
let ofZim: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
  const scopes = ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'];
  ofZim = await gateway.token({ subject: 'admin of zim', scopes, accounts: { 'zim-eu': 'alice' } });
}, 30_000);
afterAll(() => gateway.stop());

/** All that tells one refusal from another. */
const seen = ({ data, errors }: GraphqlAnswer<unknown>) => ({
  data,
  errors: errors?.map(({ message, path, extensions: { requestId: _, ...rest } }) => ({ message, path, ...rest })),
});
const forbidden = [{ code: 'FORBIDDEN', message: 'Not allowed, or not to be known.' }];

const send = (app: string, slug: keyof typeof signers, id: string, headers: Record<string, string> = {}) =>
  post(callbackUrl(gateway, slug, app), signers[slug](messageCallback[slug](`text of ${id}`, id)), headers);

/** The id of the event that a callback made. */
async function eventOf(app: string, slug: keyof typeof signers, id: string, headers = {}): Promise<string> {
  const stream = await follow(
    gateway,
    [app],
    operator,
    'subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { id ... on MessageEvent { message { content { ... on TextContent { text } } } } } }',
    { filter: { appIds: [`App:${app}`], types: ['MESSAGE_SENT'] } },
  );
  await send(app, slug, id, headers);
  const { id: eventId } = await stream.until(({ message }) => message?.content?.text === `text of ${id}`);
  await stream.close();
  return eventId;
}

const rawEvent = 'query ($id: ID!) { rawEvent(id: $id) }';

test('a raw event of an app that the token does not name is refused, there or not, and so is its replay', async () => {
  const id = await eventOf('rc-cn', 'rongcloud', '800001');
  const replay = 'mutation ($id: ID!) { replayCallback(input: { eventId: $id }) { events { id } } }';
  for (const query of [rawEvent, replay]) {
    const ofThere = seen(await gateway.query(ofZim, query, { id }));
    expect(ofThere.errors).toMatchObject(forbidden);
    for (const absent of ['Event:rc-cn:elsewhere-1', 'Event:no-such-app:elsewhere-1'])
      expect(seen(await gateway.query(ofZim, query, { id: absent }))).toEqual(ofThere);
  }
  expect((await give(gateway, operator, rawEvent, { id })).rawEvent).toBeTruthy();
});

describe.each(chatApps)('$slug', ({ app, slug }) => {
  test('a raw event holds the headers that say something of the callback, and no others', async () => {
    const secrets = { cookie: 'session=s3cret', authorization: 'Bearer s3cret', 'x-forwarded-for': '10.1.2.3' };
    const id = await eventOf(app, slug, '800010', { ...secrets, 'user-agent': 'vendor/1.0' });
    const { rawEvent: raw } = await give(gateway, operator, rawEvent, { id });
    expect(raw.headers['user-agent']).toBe('vendor/1.0');
    for (const name of [...Object.keys(secrets), 'host', 'content-length', 'connection'])
      expect(raw.headers, name).not.toHaveProperty(name);
    expect(JSON.stringify(raw)).not.toMatch(/s3cret|10\.1\.2\.3/);
  });
});

test('callbacks(appIds) shows those of the apps named only', async () => {
  const stream = gateway.subscribe(
    operator,
    'subscription ($ids: [ID!]) { callbacks(appIds: $ids) { app { name } } }',
    { ids: ['App:zim-eu'] },
  );
  await stream.isConnected;
  const apps: string[] = [];
  // Nothing is kept: what is sent before the stream has begun is not shown.
  for (let id = 810_000; apps.length < 5; id += 1) {
    const next = stream.next();
    let isShown = false;
    void next.then(() => {
      isShown = true;
    });
    while (!isShown) {
      id += 1;
      await send('rc-cn', 'rongcloud', String(id));
      await send('em-1', 'easemob', String(id));
      await send('zim-eu', 'zim', String(id));
      await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    apps.push((await next).data.callbacks.app.name);
  }
  expect(new Set(apps)).toEqual(new Set(['zim-eu']));
  await stream.close();
});

test('callbacks without appIds shows those of the token’s apps only, and naming another is refused', async () => {
  const stream = gateway.subscribe(ofZim, 'subscription { callbacks { app { name } } }');
  await stream.isConnected;
  const next = stream.next();
  let shown: Data;
  void next.then((value) => {
    shown = value;
  });
  for (let id = 820_000; shown === undefined; id += 1) {
    await send('rc-cn', 'rongcloud', String(id));
    await send('zim-eu', 'zim', String(id));
    await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  expect(shown.data.callbacks.app.name).toBe('zim-eu');
  await stream.close();
  const named = gateway.subscribe(ofZim, 'subscription { callbacks(appIds: ["App:rc-cn"]) { app { name } } }');
  expect((await named.next()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await named.close();
});

test('a job of an app that the token does not open is refused, there or not, by every way', async () => {
  const start = `mutation ($input: StartUserRegistrationInput!) { startUserRegistration(input: $input) { job { id } } }`;
  const input = { appId: 'App:rc-cn', users: [{ vendorId: 'new-user-1', name: 'New' }] };
  const { startUserRegistration } = await give(gateway, operator, start, { input });
  const { id } = startUserRegistration.job;
  const ways = [
    'query ($id: ID!) { job(id: $id) { id kind status } }',
    'query ($id: ID!) { node(id: $id) { ... on Job { id kind status } } }',
    'query ($id: ID!) { nodes(ids: [$id]) { ... on Job { id kind status } } }',
    'mutation ($id: ID!) { cancelJob(input: { jobId: $id }) { job { id } } }',
  ];
  for (const query of ways) {
    const ofThere = seen(await gateway.query(ofZim, query, { id }));
    expect(ofThere.errors, query).toMatchObject(forbidden);
    for (const absent of ['Job:rc-cn:no-such-job', 'Job:no-such-app:no-such-job'])
      expect(seen(await gateway.query(ofZim, query, { id: absent })), query).toEqual(ofThere);
  }
  const stream = gateway.subscribe(ofZim, 'subscription ($id: ID!) { jobProgress(jobId: $id) { id } }', { id });
  expect((await stream.next()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await stream.close();
  const own = await give(gateway, operator, 'query ($id: ID!) { job(id: $id) { id } }', { id });
  expect(own.job.id).toBe(id);
});

describe('an idempotency key', () => {
  test.each(chatApps)(
    'of one subject is nothing to another that sends the same in the same name at $slug',
    async ({ app, slug }) => {
      const input = {
        ...textTo(`User:${app}:bob`, `once at ${app}`),
        senderId: `User:${app}:alice`,
        idempotencyKey: `key at ${app}`,
      };
      const tokens = await Promise.all(
        ['one', 'other'].map((subject) =>
          gateway.token({ subject, scopes: ['chat:write'], accounts: { [app]: 'alice' } }),
        ),
      );
      const ids: (string | undefined)[] = [];
      for (const token of [...tokens, ...tokens]) {
        const { data, errors } = await sendMessage(gateway, token, input);
        expect(errors).toBeUndefined();
        ids.push(data.sendMessage.message.id);
      }
      await settled(gateway);
      expect(new Set(ids).size).toBe(2);
      expect(ids.slice(2)).toEqual(ids.slice(0, 2));
      const messages = [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.values() ?? [])];
      expect(messages.filter(({ body }) => JSON.stringify(body).includes(`once at ${app}`))).toHaveLength(2);
    },
  );
});

describe('an id that the vendor can have nothing of', () => {
  const odd = ['not a number', 'x'.repeat(200), '0', 'é'.repeat(100)];

  test.each(chatApps)(
    'reads to a viewer of $slug as one of a space that it is not in',
    async ({ app, slug, team, lobby }) => {
      const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
      const ways = {
        node: (id: string) =>
          gateway.query(
            frank,
            'query ($id: ID!) { node(id: $id) { ... on Group { name } ... on Chatroom { name } } }',
            {
              id,
            },
          ),
        sendMessage: (id: string) => sendMessage(gateway, frank, textTo(id, 'let me in')),
        leaveSpace: (id: string) =>
          gateway.query(frank, 'mutation ($id: ID!) { leaveSpace(input: { spaceId: $id }) { space { id } } }', { id }),
      };
      for (const [type, known] of [
        ['Group', team],
        ['Chatroom', lobby],
      ] as const)
        for (const [name, way] of Object.entries(ways)) {
          const ofKnown = seen(await way(`${type}:${app}:${known}`));
          // A server's call has a user leave at ZIM only.
          const code = name === 'leaveSpace' && slug !== 'zim' ? 'NOT_SUPPORTED' : 'FORBIDDEN';
          expect(ofKnown.errors, name).toMatchObject([{ code }]);
          for (const id of odd)
            expect(seen(await way(`${type}:${app}:${encodeURIComponent(id)}`)), `${name} ${type} ${id}`).toEqual(
              ofKnown,
            );
        }
    },
  );
});
