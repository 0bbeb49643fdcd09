import { afterAll, beforeAll, expect, test } from 'vitest';
import { give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { recallMessages, sendMessage, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, keepsLimits: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const events = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) { ... on MessageRecalledEvent { message { id to { __typename } recalledAt } } }
  }
`;
const register = /* GraphQL */ `
  mutation ($input: RegisterUsersInput!) { registerUsers(input: $input) { results { ok } } }
`;

test.each(['20251129000001', '20251129000001123456'])(
  'a recall of a message to the user %s, whose id looks like a group’s, is told of that message',
  async (vendorId) => {
    const users = [{ vendorId, password: 'secret' }];
    await give(gateway, operator, register, { input: { appId: 'App:em-1', users } });
    const filter = { appIds: ['App:em-1'], types: ['MESSAGE_RECALLED'] };
    const followed = await follow(gateway, ['em-1'], operator, events, { filter });
    const message = { senderId: 'User:em-1:alice', ...textTo(`User:em-1:${vendorId}`, 'to digits') };
    const { data } = await sendMessage(gateway, operator, message);
    const { id } = data.sendMessage.message;
    await gateway.emulators.get('easemob')?.callbacks.idle();
    const recalled = await recallMessages(gateway, operator, { messageIds: [id] });
    expect(recalled.data.recallMessages.results).toMatchObject([{ ok: true }]);
    const event = await followed.until((given) => given.message?.id.endsWith(`:${id.split(':').at(-1)}`));
    expect(event.message).toMatchObject({ id, to: { __typename: 'User' }, recalledAt: expect.any(String) });
  },
);
