import type { GraphqlAnswer, TestGateway } from './gateway.ts';

/** The demo's apps, with what each calls the same group and chatroom. */
export const chatApps = [
  { app: 'zim-eu', slug: 'zim', vendor: 'ZIM', team: 'team', club: 'book-club', lobby: 'lobby', stage: 'stage' },
  {
    app: 'rc-cn',
    slug: 'rongcloud',
    vendor: 'RONGCLOUD',
    team: 'team',
    club: 'book-club',
    lobby: 'lobby',
    stage: 'stage',
  },
  {
    app: 'em-1',
    slug: 'easemob',
    vendor: 'EASEMOB',
    team: '2784001',
    club: '2784002',
    lobby: '9100001',
    stage: '9100002',
  },
] as const;

/** Everything that a message shows, but for the node of its app. */
export const messageFields = /* GraphQL */ `
  fragment Content on MessageContent {
    __typename
    ... on TextContent { text isBarrage }
    ... on ImageContent { url thumbnailUrl name byteSize width height }
    ... on AudioContent { url name byteSize durationSeconds }
    ... on VideoContent { url thumbnailUrl name byteSize durationSeconds width height }
    ... on FileContent { url name byteSize contentType }
    ... on LocationContent { latitude longitude name thumbnailUrl }
    ... on CommandContent { commandName: name data }
    ... on CustomContent { customType: type data }
    ... on RecalledContent { recalledBy { id } note }
    ... on NoticeContent { noticeType: type noticeText: text }
    ... on UnknownContent { unknownType: type }
  }
  fragment Message on Message {
    id
    vendorId
    sequence
    kind
    sentAt
    editedAt
    recalledAt
    metadata
    sender { id }
    to { __typename ... on User { id } ... on Group { id } ... on Chatroom { id } }
    mentions { everyone users { id } }
    content { ...Content }
  }
`;

const sendMutation = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message { ...Message }
      results { target ok node { id } error { code message vendorCode retryAfterMs } }
    }
  }
  ${messageFields}
`;

// biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of this query
export function sendMessage(gateway: TestGateway, token: string, input: object): Promise<GraphqlAnswer<any>> {
  return gateway.query(token, sendMutation, { input });
}

export const textTo = (to: string | readonly string[], text: string) => ({
  to: typeof to === 'string' ? [to] : to,
  content: { text: { text } },
});

const recallMutation = /* GraphQL */ `
  mutation ($input: RecallMessagesInput!) {
    recallMessages(input: $input) { results { target ok error { code message vendorCode } } }
  }
`;

// biome-ignore lint/suspicious/noExplicitAny: as above
export function recallMessages(gateway: TestGateway, token: string, input: object): Promise<GraphqlAnswer<any>> {
  return gateway.query(token, recallMutation, { input });
}

const historyQuery = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String, $filter: MessageFilter) {
    node(id: $id) {
      ... on Conversation { messages(first: $first, after: $after, filter: $filter) { ...Page } }
      ... on Group { messages(first: $first, after: $after, filter: $filter) { ...Page } }
      ... on Chatroom { messages(first: $first, after: $after, filter: $filter) { ...Page } }
    }
  }
  fragment Page on MessageConnection { edges { cursor } nodes { ...Message } pageInfo { hasNextPage endCursor } }
  ${messageFields}
`;

/** The page of a conversation's, group's or chatroom's messages. */
export function history(
  gateway: TestGateway,
  token: string,
  id: string,
  page: { first?: number; after?: string | null; filter?: object } = {},
  // biome-ignore lint/suspicious/noExplicitAny: as above
): Promise<GraphqlAnswer<any>> {
  return gateway.query(token, historyQuery, { id, ...page });
}

/** What went to a vendor's endpoints since the calls were last counted anew, sessions left out. */
export const callsOf = (gateway: TestGateway, app?: string) =>
  gateway.calls
    .filter((call) => (app === undefined || call.app === app) && call.endpoint !== 'easemob.token.app')
    .map((call) => call.endpoint);

/** Waits until every callback that the vendors sent was answered. */
export const settled = (gateway: TestGateway) =>
  Promise.all([...gateway.emulators.values()].map((emulator) => emulator.callbacks.idle()));
