import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { chatApps, settled } from '../support/messages.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
}, 30_000);
afterAll(() => gateway.stop());

const selection = /* GraphQL */ `
  type cursor
  ... on MessageEvent { message { id sender { id } to { ... on Group { id } } content { ... on TextContent { text } } } }
  ... on SpaceEvent { space { id } actor { id } }
  ... on MembersLeftEvent { users { id } }
`;
const conversationEvents = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) { ${selection} } }`;
const spaceEvents = `subscription ($id: ID!, $after: String) { spaceEvents(spaceId: $id, after: $after) { ${selection} } }`;
const viewerEvents = `subscription ($after: String) { viewerEvents(after: $after) { ${selection} } }`;

const textIs = (text: string) => (event: { message?: { content?: { text?: string } } }) =>
  event.message?.content?.text === text;
const say = (slug: string, team: string, text: string) =>
  happen(gateway, slug, {
    type: 'message',
    from: 'carol',
    to: { kind: 'group', id: team },
    content: { kind: 'TEXT', text },
  });
const tokenOf = (user: string, app: string) => gateway.token({ subject: user, accounts: { [app]: user } });

// RongCloud tells of groups only what its hosted groups do.
describe.each(chatApps.filter(({ slug }) => slug !== 'rongcloud'))('$slug', ({ app, slug, team }) => {
  const space = { kind: 'group', id: team };

  test('members hear of their group without a call to the vendor for each event', async () => {
    const [alice, bob] = [await tokenOf('alice', app), await tokenOf('bob', app)];
    const streams = [
      await follow(gateway, [app], alice, conversationEvents, { id: `Conversation:${app}:alice:group:${team}` }),
      await follow(gateway, [app], bob, conversationEvents, { id: `Conversation:${app}:bob:group:${team}` }),
      await follow(gateway, [app], alice, viewerEvents),
    ];
    await say(slug, team, 'first');
    for (const stream of streams) await stream.until(textIs('first'));
    const before = gateway.calls.length;
    for (const text of ['second', 'third']) await say(slug, team, text);
    for (const stream of streams) await stream.until(textIs('third'));
    expect(gateway.calls.slice(before).map(({ endpoint }) => endpoint)).toEqual([]);
    for (const stream of streams) await stream.close();
  });

  test('who leaves a group is told so, and hears no more of it; the others do, and so does who comes back', async () => {
    const [alice, bob] = [await tokenOf('alice', app), await tokenOf('bob', app)];
    const ofAlice = await follow(gateway, [app], alice, spaceEvents, { id: `Group:${app}:${team}` });
    const ofBob = await follow(gateway, [app], bob, spaceEvents, { id: `Group:${app}:${team}` });
    const talkOfBob = await follow(gateway, [app], bob, conversationEvents, {
      id: `Conversation:${app}:bob:group:${team}`,
    });
    const allOfBob = await follow(gateway, [app], bob, viewerEvents);
    await say(slug, team, 'while bob is here');
    for (const stream of [ofAlice, ofBob, talkOfBob, allOfBob]) await stream.until(textIs('while bob is here'));

    await happen(gateway, slug, { type: 'leave', app, user: 'bob', space });
    const leaves = (event: { type: string; users?: { id: string }[] }) =>
      event.type === 'MEMBERS_LEFT' && event.users?.[0]?.id === `User:${app}:bob`;
    for (const stream of [ofAlice, ofBob, allOfBob]) await stream.until(leaves);
    for (const stream of [ofBob, talkOfBob]) await expect(stream.until(() => false)).rejects.toThrow('FORBIDDEN');
    await say(slug, team, 'behind the back of bob');
    await settled(gateway);
    await ofAlice.until(textIs('behind the back of bob'));

    await happen(gateway, slug, { type: 'join', app, user: 'bob', space });
    await settled(gateway);
    await say(slug, team, 'welcome back, bob');
    await allOfBob.until(textIs('welcome back, bob'));
    expect(allOfBob.seen.some(textIs('behind the back of bob'))).toBe(false);
    for (const stream of [ofAlice, ofBob, talkOfBob, allOfBob]) await stream.close();
  });
});
