import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { beginning, follow } from '../support/live-events.ts';
import { chatApps, sendMessage, settled, textTo } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers, strangeCallback } from '../support/signed-callbacks.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const selection = /* GraphQL */ `
  __typename id cursor type app { id }
  ... on MessageEvent { message { sender { id } to { ... on User { id } ... on Group { id } ... on Chatroom { id } } content { ... on TextContent { text } } } }
  ... on UnknownEvent { name }
`;
const events = `subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { ${selection} } }`;
const viewerEvents = `subscription ($filter: EventFilter, $after: String) { viewerEvents(filter: $filter, after: $after) { ${selection} } }`;
const conversationEvents = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) { ${selection} } }`;

const say = (slug: string, from: string, to: { kind: string; id: string }, text: string) =>
  happen(gateway, slug, { type: 'message', from, to, content: { kind: 'TEXT', text } });
const textIs = (text: string) => (event: { message?: { content?: { text?: string } } }) =>
  event.message?.content?.text === text;
const textsOf = (seen: readonly { message?: { content?: { text?: string } } }[]) =>
  seen.flatMap((event) => event.message?.content?.text ?? []);

async function refusalOf(token: string, query: string, variables: Record<string, unknown>) {
  const stream = gateway.subscribe(token, query, variables);
  const { errors } = await stream.next();
  await stream.close();
  return errors[0].extensions;
}

describe.each(chatApps)('$slug', ({ app, slug, team, club, lobby }) => {
  const appId = `App:${app}`;

  test.each([
    [
      'users',
      () => ({ userIds: [`User:${app}:erin`] }),
      ['bob to erin', 'erin to bob'],
      ['bob to carol', 'bob to the team'],
    ],
    [
      'spaces',
      () => ({ spaceIds: [`Group:${app}:${team}`, `Chatroom:${app}:${lobby}`] }),
      ['bob to the team', 'bob to the lobby'],
      ['bob to erin'],
    ],
    [
      'users and spaces at once',
      () => ({ userIds: [`User:${app}:bob`], spaceIds: [`Group:${app}:${team}`] }),
      ['bob to the team'],
      ['carol to the team', 'bob to the lobby'],
    ],
    ['types', () => ({ types: ['UNKNOWN'] }), [], ['bob to erin', 'bob to the team']],
  ])('a filter by %s lets through what it says, and nothing else', async (title, filter, wanted, unwanted) => {
    const stream = await follow(gateway, [app], operator, events, { filter: { appIds: [appId], ...filter() } });
    const mark = `${title} at ${app}`;
    await say(slug, 'bob', { kind: 'direct', id: 'erin' }, `bob to erin, ${mark}`);
    await say(slug, 'erin', { kind: 'direct', id: 'bob' }, `erin to bob, ${mark}`);
    await say(slug, 'bob', { kind: 'direct', id: 'carol' }, `bob to carol, ${mark}`);
    await say(slug, 'carol', { kind: 'group', id: team }, `carol to the team, ${mark}`);
    await say(slug, 'bob', { kind: 'group', id: team }, `bob to the team, ${mark}`);
    await say(slug, 'bob', { kind: 'chatroom', id: lobby }, `bob to the lobby, ${mark}`);
    await settled(gateway);
    for (const text of wanted) {
      const isTold = textIs(`${text}, ${mark}`);
      if (!stream.seen.some(isTold)) await stream.until(isTold);
    }
    if (title === 'types') {
      await post(callbackUrl(gateway, slug, app), signers[slug](strangeCallback[slug]()));
      await stream.until((event) => event.__typename === 'UnknownEvent');
    }
    for (const text of unwanted) expect(textsOf(stream.seen)).not.toContain(`${text}, ${mark}`);
    await stream.close();
  });

  test("viewerEvents tells the viewer's own messages and those of its groups, and nobody else's", async () => {
    const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    const carol = await gateway.token({ subject: 'carol', accounts: { [app]: 'carol' } });
    const [ofCarol, ofFrank] = [
      await follow(gateway, [app], carol, viewerEvents),
      await follow(gateway, [app], frank, viewerEvents),
    ];
    await say(slug, 'alice', { kind: 'group', id: club }, `club at ${app}`);
    await say(slug, 'bob', { kind: 'direct', id: 'carol' }, `for carol at ${app}`);
    await settled(gateway);
    await say(slug, 'bob', { kind: 'direct', id: 'frank' }, `for frank at ${app}`);
    await say(slug, 'frank', { kind: 'direct', id: 'carol' }, `last for carol at ${app}`);
    await ofCarol.until(textIs(`last for carol at ${app}`));
    expect(textsOf(ofCarol.seen)).toEqual(expect.arrayContaining([`club at ${app}`, `for carol at ${app}`]));
    expect(textsOf(ofCarol.seen)).not.toContain(`for frank at ${app}`);
    await ofFrank.until(textIs(`last for carol at ${app}`));
    const others = textsOf(ofFrank.seen).filter((text) => text.startsWith('club') || text.startsWith('for carol'));
    expect(others).toEqual([]);
    await Promise.all([ofCarol.close(), ofFrank.close()]);
  });

  test('viewerEvents takes a filter besides', async () => {
    const stream = await follow(gateway, [app], alice, viewerEvents, {
      filter: { appIds: [appId], userIds: [`User:${app}:dave`], types: ['MESSAGE_SENT'] },
    });
    await say(slug, 'carol', { kind: 'direct', id: 'alice' }, `carol, filtered at ${app}`);
    await settled(gateway);
    await say(slug, 'dave', { kind: 'direct', id: 'alice' }, `dave, filtered at ${app}`);
    await stream.until(textIs(`dave, filtered at ${app}`));
    expect(textsOf(stream.seen)).not.toContain(`carol, filtered at ${app}`);
    await stream.close();
  });

  test('conversationEvents of a group tells its messages to members, and FORBIDDEN to others, absent groups alike', async () => {
    const stream = await follow(gateway, [app], alice, conversationEvents, {
      id: `Conversation:${app}:alice:group:${team}`,
    });
    await say(slug, 'bob', { kind: 'group', id: team }, `to those in it at ${app}`);
    expect((await stream.until(textIs(`to those in it at ${app}`))).message.to.id).toBe(`Group:${app}:${team}`);
    await stream.close();
    const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    for (const group of [team, slug === 'easemob' ? '9999999' : 'nowhere'])
      expect(
        (await refusalOf(frank, conversationEvents, { id: `Conversation:${app}:frank:group:${group}` })).code,
      ).toBe('FORBIDDEN');
  });

  test('a callback that the vendor repeats is acknowledged and told once', async () => {
    const stream = await follow(gateway, [app], operator, events, { filter: { appIds: [appId] } });
    const url = callbackUrl(gateway, slug, app);
    const id = String(Date.now()).slice(-7);
    const fields = messageCallback[slug](`repeated at ${app}`, id);
    // The first two are the same bytes; the third is signed anew, as some vendors do. Easemob's callId stays.
    const first = signers[slug](fields, { nonce: '123456789' });
    const anew = signers[slug](fields, {
      at: Date.now() + 1000,
      nonce: slug === 'easemob' ? '123456789' : '987654321',
    });
    for (const callback of [first, first, anew]) expect((await post(url, callback)).status).toBe(200);
    await post(url, signers[slug](messageCallback[slug](`after the repeats at ${app}`, `${id}1`)));
    await stream.until(textIs(`after the repeats at ${app}`));
    expect(textsOf(stream.seen).filter((text) => text === `repeated at ${app}`)).toHaveLength(1);
    await stream.close();
  });

  test('a callback that nobody knows is kept as an UnknownEvent', async () => {
    const stream = await follow(gateway, [app], operator, events, { filter: { appIds: [appId], types: ['UNKNOWN'] } });
    const fields = {
      zim: { event: 'moon_phase', phase: 3 },
      rongcloud: { moonPhase: 3 },
      easemob: { eventType: 'moon_phase', phase: 3 },
    }[slug];
    const reply = await post(callbackUrl(gateway, slug, app), signers[slug](fields));
    expect(reply.status).toBe(200);
    const told = await stream.until((event) => slug === 'rongcloud' || event.name === 'moon_phase');
    expect(told).toMatchObject({ __typename: 'UnknownEvent', type: 'UNKNOWN', app: { id: appId } });
    await stream.close();
  });
});

test('events over several apps come in one stream whose cursor goes on in all of them', async () => {
  const apps = chatApps.map(({ app }) => app);
  const filter = { appIds: apps.map((app) => `App:${app}`), types: ['MESSAGE_SENT'] };
  const first = await follow(gateway, apps, operator, events, { filter });
  for (const { slug } of chatApps) await say(slug, 'bob', { kind: 'direct', id: 'dave' }, `one, ${slug}`);
  await settled(gateway);
  const wanted = new Set(chatApps.map(({ slug }) => `one, ${slug}`));
  let cursor = '';
  while (wanted.size > 0) {
    const event = await first.until((each) => wanted.has(each.message?.content?.text));
    wanted.delete(event.message.content.text);
    cursor = event.cursor;
  }
  await first.close();
  for (const { slug } of chatApps) await say(slug, 'bob', { kind: 'direct', id: 'dave' }, `two, ${slug}`);
  await settled(gateway);
  const resumed = gateway.subscribe(operator, events, { filter, after: cursor });
  const told = [await resumed.next(), await resumed.next(), await resumed.next()].map(({ data }) => data.events);
  expect(textsOf(told).sort()).toEqual(['two, easemob', 'two, rongcloud', 'two, zim']);
  await resumed.close();
});

describe('access and bounds', () => {
  test.each([
    ['an app that there is not', { appIds: ['App:nowhere'] }, 'FORBIDDEN'],
    ['no apps', { appIds: [] }, 'BAD_USER_INPUT'],
    ['101 users', { userIds: Array.from({ length: 101 }, (_, index) => `User:zim-eu:u${index}`) }, 'BAD_USER_INPUT'],
    ['no spaces', { spaceIds: [] }, 'BAD_USER_INPUT'],
    ['users that are groups', { userIds: ['Group:zim-eu:team'] }, 'BAD_USER_INPUT'],
    ['spaces that are users', { spaceIds: ['User:zim-eu:bob'] }, 'BAD_USER_INPUT'],
  ])('a filter with %s is refused', async (_, filter, code) => {
    expect((await refusalOf(operator, events, { filter })).code).toBe(code);
  });

  test('events are for chat:read, and only of the apps in the token', async () => {
    expect((await refusalOf(alice, events, {})).code).toBe('FORBIDDEN');
    const ofOne = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: { 'rc-cn': 'alice' } });
    expect((await refusalOf(ofOne, events, { filter: { appIds: ['App:zim-eu'] } })).code).toBe('FORBIDDEN');
    const stream = await follow(gateway, ['rc-cn'], ofOne, events);
    await say('zim', 'bob', { kind: 'direct', id: 'carol' }, 'in another app');
    await settled(gateway);
    await say('rongcloud', 'bob', { kind: 'direct', id: 'carol' }, 'in this app');
    await stream.until(textIs('in this app'));
    expect(textsOf(stream.seen)).not.toContain('in another app');
    await stream.close();
  });

  test("a viewer's token that names another's conversation is FORBIDDEN, a conversation of no such kind BAD_USER_INPUT", async () => {
    expect((await refusalOf(alice, conversationEvents, { id: 'Conversation:zim-eu:bob:direct:carol' })).code).toBe(
      'FORBIDDEN',
    );
    expect((await refusalOf(alice, conversationEvents, { id: 'Conversation:nowhere:alice:direct:carol' })).code).toBe(
      'FORBIDDEN',
    );
    expect(await refusalOf(alice, conversationEvents, { id: 'Conversation:zim-eu:alice:void:carol' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'conversationId',
    });
    expect((await refusalOf(alice, conversationEvents, { id: 'User:zim-eu:alice' })).code).toBe('BAD_USER_INPUT');
  });

  test('a message of a conversation that was sent here is told once, though the send and the callback tell it', async () => {
    for (const { app } of chatApps) {
      const stream = await follow(gateway, [app], alice, conversationEvents, {
        id: `Conversation:${app}:alice:direct:user50`,
      });
      await sendMessage(gateway, alice, textTo(`User:${app}:user50`, `only once at ${app}`));
      await settled(gateway);
      await sendMessage(gateway, alice, textTo(`User:${app}:user50`, `and another at ${app}`));
      await stream.until(textIs(`and another at ${app}`));
      expect(textsOf(stream.seen)).toEqual([`only once at ${app}`, `and another at ${app}`]);
      await stream.close();
    }
  });

  test('the beginning of a log that another life of it is asked for is told by one gap for each app', async () => {
    expect(await beginning(gateway, ['zim-eu', 'rc-cn'])).toMatch(/^[\w-]+$/);
  });
});
