import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLog } from '../../src/server/log.ts';
import { makeSchema } from '../../src/server/schema.ts';
import { type Data, disturb, give } from '../support/answers.ts';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps, history, settled, textTo } from '../support/messages.ts';
import { mutationInputs } from '../support/mutation-inputs.ts';

let gateway: TestGateway;
let operator: string;
const logged: string[] = [];
beforeAll(async () => {
  gateway = await startGateway({
    limits: false,
    log: makeLog('info', { write: (line) => void logged.push(line) }),
  });
  operator = await gateway.token({ scopes: ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'] });
}, 30_000);
afterAll(() => gateway.stop());

const planned = { 'switchboard-explain': 'plan' };
const plan = (query: string, variables: Record<string, unknown>): Promise<GraphqlAnswer<Data>> =>
  gateway.query(operator, query, variables, planned);

/** Ids of things that are there in an app, by the name or the coordinate of the field that takes them. */
async function samplesOf({ app, team }: (typeof chatApps)[number]): Promise<Record<string, unknown>> {
  const user = `User:${app}:bob`;
  const { data } = await history(gateway, operator, `Conversation:${app}:alice:direct:bob`, { first: 1 });
  const messageId = data.node.messages.nodes[0].id;
  const [event] = (await give(gateway, operator, eventsQuery, { app: `App:${app}` })).events.nodes;
  const start = `mutation ($input: StartUserRegistrationInput!) { startUserRegistration(input: $input) { job { id } } }`;
  const started = await give(gateway, operator, start, {
    input: { appId: `App:${app}`, users: [{ vendorId: 'eve' }] },
  });
  return {
    appId: `App:${app}`,
    botId: `Bot:${app}:${encodeURIComponent('@RBT#bot')}`,
    callId: `Call:${app}:call`,
    conversationIds: `Conversation:${app}:alice:direct:bob`,
    eventId: event.id,
    friendIds: user,
    groupId: `Group:${app}:${team}`,
    id: user,
    inviteeIds: user,
    isPinned: true,
    jobId: started.startUserRegistration.job.id,
    memberIds: user,
    messageId,
    messageIds: messageId,
    newOwnerId: user,
    ownerId: `User:${app}:alice`,
    senderId: `User:${app}:alice`,
    spaceId: `Group:${app}:${team}`,
    to: user,
    userId: user,
    userIds: user,
    vendorId: 'sample',
    'AddFriendsInput.userId': `User:${app}:alice`,
    'RequestFriendsInput.userId': `User:${app}:alice`,
    'UpdateFriendsInput.userId': `User:${app}:alice`,
    'RemoveFriendsInput.userId': `User:${app}:alice`,
    'NewBotInput.vendorId': '@RBT#bot',
    'SetMemberRoleInput.role': 'ADMIN',
    'SetAttributesInput.ownerId': `Group:${app}:${team}`,
    'DeleteAttributesInput.ownerId': `Group:${app}:${team}`,
    'DeleteAttributesInput.keys': 'sample',
    'UpdateGroupInput.name': 'Sample',
    'UpdateBotInput.name': 'Sample',
    'FriendUpdateInput.remark': 'Sample',
    'UserUpdateInput.name': 'Sample',
    'MemberUpdateInput.nickname': 'Sample',
  };
}

const eventsQuery = 'query ($app: ID!) { events(filter: { appIds: [$app] }, first: 100) { nodes { id } } }';
const stateQuery = `query ($app: ID!, $user: ID!, $hasLabels: Boolean!) {
  app(id: $app) { jobs { nodes { id status succeeded failed } } callbacks { callback accepted repeated decided refused } }
  user(id: $user) { conversations(first: 50) { nodes { id unreadCount isPinned labels @include(if: $hasLabels) { key } notificationLevel lastMessage { id } } } }
}`;

/** What could have been changed by a mutation: the log, the jobs, what is kept of conversations. */
async function stateOf(app: string) {
  await settled(gateway);
  const events = await give(gateway, operator, eventsQuery, { app: `App:${app}` });
  const asked = `query ($app: ID!) { app(id: $app) { supports(operation: "Conversation.labels") } }`;
  const hasLabels = (await give(gateway, operator, asked, { app: `App:${app}` })).app.supports;
  const variables = { app: `App:${app}`, user: `User:${app}:alice`, hasLabels };
  return { events, ...(await give(gateway, operator, stateQuery, variables)) };
}

const requestsOf = (slug: string) =>
  [...(gateway.emulators.get(slug)?.stats.values() ?? [])].reduce((sum, { calls }) => sum + calls, 0);

describe('a plan', () => {
  test.each(chatApps)(
    'of any mutation changes nothing at $vendor: it says what it would call, or why it cannot',
    async (place) => {
      const samples = await samplesOf(place);
      await expect
        .poll(async () =>
          (await give(gateway, operator, '{ apps { jobs { nodes { status } } } }')).apps
            .flatMap((each: Data) => each.jobs.nodes)
            .every(({ status }: Data) => status === 'FINISHED'),
        )
        .toBe(true);
      const before = await stateOf(place.app);
      const silent: string[] = [];
      for (const { name, inputType, input } of mutationInputs(makeSchema(), samples)) {
        const [calls, requests] = [gateway.calls.length, requestsOf(place.slug)];
        const answer = await plan(`mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename } }`, {
          input,
        });
        expect([gateway.calls.length, requestsOf(place.slug)], name).toEqual([calls, requests]);
        expect(answer.data, `${name} ${JSON.stringify(answer)}`).toBeNull();
        const { vendorCalls, notPlanned } = (answer.extensions?.['plan'] ?? {}) as Data;
        const codes = (answer.errors ?? []).map(({ extensions }) => extensions['code']);
        if (vendorCalls.length + notPlanned.length > 0 || codes[0] === 'NOT_SUPPORTED') continue;
        silent.push(`${name} ${codes.join() || 'makes no call'}`);
      }
      expect(silent).toEqual([]);
      expect(await stateOf(place.app)).toEqual(before);
      expect(logged.filter((line) => line.includes('"stack"'))).toEqual([]);
    },
    30_000,
  );

  test('of a cancellation leaves a job that runs alone', async () => {
    await disturb(gateway, 'zim', [{ latencyMs: 400 }]);
    const start = `mutation ($input: StartUserRegistrationInput!) { startUserRegistration(input: $input) { job { id } } }`;
    const users = Array.from({ length: 300 }, (_, index) => ({ vendorId: `late${index}` }));
    const { startUserRegistration } = await give(gateway, operator, start, { input: { appId: 'App:zim-eu', users } });
    const { id: jobId } = startUserRegistration.job;
    const cancel = 'mutation ($input: CancelJobInput!) { cancelJob(input: $input) { job { status } } }';
    const { data, extensions } = await plan(cancel, { input: { jobId } });
    expect([data, extensions]).toEqual([
      null,
      {
        plan: {
          vendorCalls: [],
          expectedWaitMs: 0,
          isComplete: false,
          notPlanned: [{ path: ['cancelJob'], code: 'CHANGES_THIS_SERVER', message: 'The job would end.' }],
        },
      },
    ]);
    await disturb(gateway, 'zim', []);
    const query = 'query ($id: ID!) { job(id: $id) { status succeeded } }';
    await expect
      .poll(async () => (await give(gateway, operator, query, { id: jobId })).job, { timeout: 10_000 })
      .toEqual({ status: 'FINISHED', succeeded: 300 });
  }, 20_000);

  test('neither uses up an idempotency key nor answers with what was sent under it', async () => {
    const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { results { ok } } }`;
    const input = { ...textTo('User:zim-eu:bob', 'sent after it was planned'), idempotencyKey: 'planned first' };
    const [first, sent] = await Promise.all([plan(send, { input }), gateway.query(operator, send, { input })]);
    expect(sent.data.sendMessage.results).toEqual([{ ok: true }]);
    for (const answer of [first, await plan(send, { input })])
      expect(answer.extensions).toMatchObject({ plan: { vendorCalls: [{ endpoint: 'zim.message.peer.send' }] } });
  });

  test('tells what would be refused before anything is called', async () => {
    const query =
      'mutation ($input: MarkConversationsReadInput!) { markConversationsRead(input: $input) { __typename } }';
    const { data, errors } = await plan(query, { input: { conversationIds: ['User:zim-eu:bob'] } });
    expect([data, errors?.map(({ extensions }) => extensions['code'])]).toEqual([null, ['BAD_USER_INPUT']]);
  });
});
