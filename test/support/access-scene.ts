import { expect } from 'vitest';
import type { NamedType } from './access-positions.ts';
import { type Data, give } from './answers.ts';
import type { TestGateway } from './gateway.ts';
import { type chatApps, history, sendMessage, settled, textTo } from './messages.ts';

type ChatApp = (typeof chatApps)[number];
type Ids = Readonly<Partial<Record<NamedType, readonly string[]>>>;

/** What only alice, carol and the operator may see, and no answer to anybody else may hold. */
export const secret = 'between alice and carol';

/** One app with alice and carol's things in it, a stranger, and somebody who was put out of their group and chatroom. */
export interface Scene {
  readonly app: string;
  /** What the app can do, by coordinate. */
  readonly supported: ReadonlySet<string>;
  /** What is not frank's or erin's, and is there; each with one of the same kind that is not there. */
  readonly foreign: Ids;
  readonly absent: Ids;
  /** A message that erin sent to the group before it was put out. */
  readonly ofThePast: string;
  /** Of `foreign`, what the vendor has: a call, say, is only there where the vendor has calls. */
  readonly there: Ids;
  /** What is the user's own. */
  readonly ofAlice: Ids;
  readonly ofFrank: Ids;
}

const startCall = `mutation ($from: ID, $to: ID!) {
  startCall(input: { callerId: $from, inviteeIds: [$to] }) { call { id } }
}`;
const registerBots = `mutation ($app: ID!) {
  registerBots(input: { appId: $app, bots: [{ vendorId: "@RBT#walk", name: "Walker" }] }) { results { ok } }
}`;
const broadcast = `mutation ($app: ID!, $sender: ID) {
  broadcastMessage(input: {
    idempotencyKey: "walk", appId: $app, senderId: $sender, audience: { standing: ONLINE }, content: { text: { text: "To all" } }
  }) { broadcast { id } }
}`;
const register = `mutation ($app: ID!) {
  startUserRegistration(input: { appId: $app, users: [{ vendorId: "walker" }] }) { job { id } }
}`;
const jobQuery = 'query ($id: ID!) { job(id: $id) { status } }';
const events = `query ($app: ID!) { events(filter: { appIds: [$app] }, first: 1) { nodes { id } } }`;
const createGroup = `mutation ($owner: ID) { createGroup(input: { ownerId: $owner, name: "Walkers" }) { group { id } } }`;
const close = `mutation ($group: ID!) {
  updateGroup(input: { groupId: $group, settings: { joinPolicy: APPROVAL } }) { group { id } }
}`;
const remove = `mutation ($space: ID!, $user: ID!) {
  removeMembers(input: { spaceId: $space, userIds: [$user] }) { results { ok error { code } } }
}`;
const shutOut = `mutation ($space: ID!, $user: ID!) {
  blockUsers(input: { ownerId: $space, userIds: [$user] }) { results { ok error { code } } }
}`;

/** Sets the scene in an app of the demo; what the vendor does not have is named all the same, and is not there. */
export async function setScene(gateway: TestGateway, { app, club, lobby }: ChatApp): Promise<Scene> {
  const operator = await gateway.operator();
  const id = (type: string, ...parts: string[]) => [type, app, ...parts].map(encodeURIComponent).join(':');
  const user = (name: string) => id('User', name);
  const [group, chatroom] = [id('Group', club), id('Chatroom', lobby)];

  // Where groups are open to everybody when nothing else is said.
  await gateway.query(operator, close, { group });

  const send = async (from: string, to: string): Promise<void> => {
    const input = { ...textTo(to, secret), senderId: user(from) };
    const { data, errors } = await sendMessage(gateway, operator, input);
    expect([errors, data?.sendMessage.results.map(({ ok }: Data) => ok)]).toEqual([undefined, [true]]);
  };
  await send('alice', group);
  await send('erin', group);
  await send('alice', chatroom);
  await send('carol', user('alice'));
  await send('frank', user('dave'));
  await settled(gateway);
  const newest = async (of: string, from: string): Promise<string> => {
    const { data } = await history(gateway, operator, of, { first: 20 });
    const found = data?.node.messages.nodes.find(({ sender }: Data) => sender?.id === user(from));
    expect(found, `${of} has nothing of ${from}`).toBeTruthy();
    return found.id;
  };
  const inGroup = await newest(group, 'alice');
  const ofThePast = await newest(group, 'erin');
  const inRoom = await newest(id('Conversation', 'alice', 'chatroom', lobby), 'alice');
  const direct = await newest(id('Conversation', 'alice', 'direct', 'carol'), 'carol');
  const franks = await newest(id('Conversation', 'frank', 'direct', 'dave'), 'frank');

  const one = async (query: string, variables: Record<string, unknown>, pick: (data: Data) => unknown) => {
    const { data } = await gateway.query(operator, query, variables);
    const found = data && pick(data);
    return typeof found === 'string' ? found : undefined;
  };
  const App = id('App');
  const call = await one(startCall, { from: user('alice'), to: user('carol') }, (data) => data.startCall?.call.id);
  await gateway.query(operator, registerBots, { app: App });
  const sent = await one(broadcast, { app: App, sender: user('alice') }, (data) => data.broadcastMessage?.broadcast.id);
  const job = await one(register, { app: App }, (data) => data.startUserRegistration?.job.id);
  const event = await one(events, { app: App }, (data) => data.events.nodes[0]?.id);
  const walkers = await one(createGroup, { owner: user('frank') }, (data) => data.createGroup?.group.id);

  await give(gateway, operator, remove, { space: group, user: user('erin') });
  const { data } = await gateway.query(operator, remove, { space: chatroom, user: user('erin') });
  // Not every vendor puts users out of chatrooms without keeping them out.
  if (!data?.removeMembers?.results[0]?.ok)
    await give(gateway, operator, shutOut, { space: chatroom, user: user('erin') });
  const isDone = async () => (await give(gateway, operator, jobQuery, { id: job })).job.status === 'FINISHED';
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20));
  await settled(gateway);

  const query = '{ app(id: $app) { capabilities { operation } } }';
  const { capabilities } = (await give(gateway, operator, `query ($app: ID!) ${query}`, { app: App })).app;
  const otherKey = (message: string) => message.replace(/[^:]+$/, (key) => alike(decodeURIComponent(key)));
  const messages = [inGroup, inRoom, direct];
  const foreign: Ids = {
    App: ['App:another-app'],
    Blocklist: [id('Blocklist', 'user', 'alice'), id('Blocklist', 'group', club), id('Blocklist', 'chatroom', lobby)],
    Bot: [id('Bot', '@RBT#walk')],
    Broadcast: [sent ?? id('Broadcast', '7')],
    Call: [call ?? id('Call', '7')],
    Chatroom: [chatroom],
    Community: [id('Community', 'city')],
    Conversation: [
      id('Conversation', 'alice', 'direct', 'carol'),
      id('Conversation', 'alice', 'group', club),
      id('Conversation', 'alice', 'chatroom', lobby),
    ],
    Event: [event ?? id('Event', '7-7')],
    File: [id('File', '7')],
    Friend: [id('Friend', 'alice', 'bob')],
    Group: [group],
    Job: [job ?? id('Job', '7')],
    Member: [id('Member', 'group', club, 'carol'), id('Member', 'chatroom', lobby, 'bob')],
    Message: messages,
    Thread: [id('Thread', '7')],
    User: [user('carol')],
  };
  const absent: Ids = {
    App: ['App:absent'],
    Blocklist: [id('Blocklist', 'user', 'nobody'), id('Blocklist', 'group', '404'), id('Blocklist', 'chatroom', '404')],
    Bot: [id('Bot', '@RBT#none')],
    Broadcast: [id('Broadcast', '404')],
    Call: [id('Call', '404')],
    Chatroom: [id('Chatroom', '404')],
    Community: [id('Community', '404')],
    Conversation: [
      id('Conversation', 'alice', 'direct', 'nobody'),
      id('Conversation', 'alice', 'group', '404'),
      id('Conversation', 'alice', 'chatroom', '404'),
    ],
    Event: [id('Event', '404-404')],
    File: [id('File', '404')],
    Friend: [id('Friend', 'alice', 'nobody')],
    Group: [id('Group', '404')],
    Job: [id('Job', '404')],
    Member: [id('Member', 'group', club, 'nobody'), id('Member', 'chatroom', '404', 'bob')],
    Message: messages.map(otherKey),
    Thread: [id('Thread', '404')],
    User: [user('nobody')],
  };
  const there: Ids = {
    ...foreign,
    App: [App],
    Broadcast: sent === undefined ? [] : [sent],
    Call: call === undefined ? [] : [call],
    Community: [],
    File: [],
    Thread: [],
  };
  return {
    app,
    supported: new Set(capabilities.map(({ operation }: Data) => operation)),
    foreign,
    absent,
    ofThePast,
    there,
    ofAlice: {
      ...there,
      App: [App],
      Blocklist: [id('Blocklist', 'user', 'alice')],
      Friend: [id('Friend', 'alice', 'bob')],
      Member: [id('Member', 'group', club, 'alice')],
      Message: [inGroup],
      User: [user('alice')],
    },
    ofFrank: {
      ...foreign,
      App: [App],
      Blocklist: [id('Blocklist', 'user', 'frank')],
      Conversation: [id('Conversation', 'frank', 'direct', 'dave')],
      Group: walkers === undefined ? [] : [walkers],
      Message: [franks],
      User: [user('frank')],
    },
  };
}

/** Another text of the same form: each last run of digits or letters counted on. */
function alike(key: string): string {
  const last = key.at(-1) ?? '0';
  const next = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'A' ? 'B' : 'A';
  return encodeURIComponent(key.slice(0, -1) + next);
}
