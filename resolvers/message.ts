import type { Context } from '../src/domain/context.ts';
import { type DecidedMessage, sendDecided } from '../src/domain/decided-send.ts';
import { decodeId, idOf, messageKeyOf, nodeOf } from '../src/domain/id.ts';
import type { MessageKey, NewMessage, Receiver, SentMessage } from '../src/domain/message.ts';
import { isOwnId, makeOwnId } from '../src/domain/own-id.ts';
import type { Attribute } from '../src/domain/space.ts';
import { fillVariables } from '../src/domain/variables.ts';
import { AppError, mayHaveHappened, type Outcome, succeeded } from '../src/errors.ts';
import type { Resolvers, SendMessageInput } from '../src/generated/graphql.ts';
import { contentNode, contents, outgoingContent, takesContent } from './content.ts';
import { messageChanges } from './message-change.ts';
import { decodeOf, given, mentionsOf, receiverOf, sentNode, usersOf } from './message-parts.ts';
import { appNode, findMessage, idsOfOneApp, peerNode, userIdOf, userNode } from './nodes.ts';
import { itemResults } from './results.ts';

const maxNoteBytes = 200;

/** The receivers and their app. Throws `BAD_USER_INPUT` unless all are of one app and one kind. */
function receiversOf(to: readonly string[]): {
  readonly app: string;
  readonly kind: Receiver['kind'];
  readonly ids: readonly string[];
} {
  const { app, ids } = idsOfOneApp(to, ['User', 'Group', 'Chatroom', 'Conversation'], 'input.to');
  const receivers = ids.map((each) => receiverOf(each));
  const [first] = receivers;
  if (!first || receivers.some((receiver) => receiver.kind !== first.kind)) {
    throw new AppError('BAD_USER_INPUT', 'input.to must be all users, all groups or all chatrooms.', {
      input: 'input.to',
    });
  }
  const names = receivers.map((receiver) => receiver.id);
  if (new Set(names).size !== names.length)
    throw new AppError('BAD_USER_INPUT', 'input.to holds a receiver twice.', { input: 'input.to' });
  return { app, kind: first.kind, ids: names };
}

/** The viewer sends as itself; a token that may act for others and has no account there sends as the app's system user. */
function senderOf(senderId: string | null | undefined, app: string, context: Context): string | undefined {
  const { access } = context;
  const given = userIdOf(senderId, 'input.senderId', app);
  if (given !== undefined) return given;
  return access.viewer.accounts.get(app) ?? (access.has('chat:write') ? undefined : access.accountIn(app));
}

/**
 * Server sends pass membership and blocklists by at every vendor, so a viewer's are checked here; and so is that the conversations
 * named are its own.
 */
async function mayWriteTo(
  to: readonly string[],
  { app, kind, ids }: ReturnType<typeof receiversOf>,
  context: Context,
): Promise<void> {
  context.access.app(app);
  for (const id of to) {
    const node = nodeOf(decodeId(id));
    if (node?.__typename === 'Conversation') await context.access.self(node, 'chat:write');
  }
  if (context.access.has('chat:write') || kind === 'direct') return;
  await Promise.all(ids.map((id) => context.access.participant(peerNode(app, { kind, id }), 'chat:write')));
}

/** The texts of each receiver. Throws `BAD_USER_INPUT` for one that the message does not go to. */
function variablesOf(
  input: SendMessageInput,
  { app, kind, ids }: ReturnType<typeof receiversOf>,
): ReadonlyMap<string, readonly Attribute[]> | undefined {
  if (!input.variables?.length) return undefined;
  return new Map(
    input.variables.map(({ to, values }, index) => {
      const path = `input.variables[${index}].to`;
      const receiver = receiverOf(decodeOf(to, app, path));
      if (receiver.kind !== kind || !ids.includes(receiver.id))
        throw new AppError('BAD_USER_INPUT', `${path} is none of the receivers.`, { input: path });
      return [receiver.id, values];
    }),
  );
}

function newMessage(input: SendMessageInput, receivers: ReturnType<typeof receiversOf>, context: Context): NewMessage {
  const { app, kind, ids } = receivers;
  const view = context.app(app);
  view.takes('SendMessageInput', input, 'input');
  takesContent(view, input.content);
  view.takes('DeliveryInput', input.delivery, 'input.delivery');
  view.takes('PushOptionsInput', input.push, 'input.push');
  return {
    senderId: senderOf(input.senderId, app, context),
    kind,
    to: ids,
    content: outgoingContent(input.content),
    mentions: mentionsOf(input.mentions, app),
    visibleTo: usersOf(input.visibleTo, 'input.visibleTo', app, 20),
    hiddenFrom: usersOf(input.hiddenFrom, 'input.hiddenFrom', app, 20),
    variables: variablesOf(input, receivers),
    metadata: input.metadata ?? undefined,
    attributes: input.attributes ?? undefined,
    delivery: given(input.delivery),
    push: given(input.push),
    idempotencyKey: input.idempotencyKey ?? undefined,
  };
}

/**
 * Sends what the app's policy lets pass. What a vendor does not say of a message that it took is this server's: an id of its own, and
 * the moment of the answer.
 */
async function send(app: string, outgoing: NewMessage, context: Context): Promise<readonly Outcome<DecidedMessage>[]> {
  const isOperator = context.access.has('chat:write');
  const view = context.app(app);
  const outcomes = await sendDecided(
    outgoing,
    (proposed) => context.decide(app, proposed, isOperator),
    (message) =>
      context.conversations.sending(app, message, () =>
        isOperator ? view.run('Mutation.sendMessage', message) : view.sendForViewer(message),
      ),
  );
  const answeredAt = new Date(context.now());
  return outcomes.map((outcome) => {
    if (!outcome.ok) return outcome;
    const { key, sentAt } = outcome.value;
    return succeeded({ ...outcome.value, key: key ?? makeOwnId(), sentAt: sentAt ?? answeredAt });
  });
}

/** The message as one receiver gets it. */
function asSent(outgoing: NewMessage, { replaced }: DecidedMessage, receiverId: string): NewMessage {
  const values = outgoing.variables?.get(receiverId);
  const content = replaced ?? (values ? fillVariables(outgoing.content, values) : outgoing.content);
  return { ...outgoing, content };
}

/** Whether anybody got the message, or may have got it. */
const mayHaveReachedAny = (outcomes: readonly Outcome<SentMessage>[]) =>
  outcomes.some((outcome) => outcome.ok || mayHaveHappened(outcome.error));

export const message = {
  ...contents,
  Query: {
    async message(_, { id }, context) {
      const found = await findMessage(decodeId(id, ['Message']), context);
      if (!found) throw new AppError('NOT_FOUND');
      return found;
    },
  },
  Peer: { __resolveType: (node) => node.__typename },
  Mentions: {
    everyone: ({ mentions }) => mentions.everyone,
    users: ({ app, mentions }) => mentions.userIds.map((userId) => userNode(app, userId)),
  },
  Message: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.message.vendorId,
    sequence: (node) => node.message.sequence,
    sender: ({ app, message: { isFromUser, senderId } }) => (isFromUser ? userNode(app, senderId) : null),
    to: (node) => peerNode(node.app, node.message.to),
    kind: (node) => node.message.content?.kind ?? 'UNKNOWN',
    content: (node) => contentNode(node.app, node.message.content),
    mentions: (node) => (node.message.mentions ? { app: node.app, mentions: node.message.mentions } : null),
    sentAt: (node) => node.message.sentAt,
    editedAt: (node) => node.message.editedAt ?? null,
    recalledAt: (node) => node.message.recalledAt ?? null,
    metadata: (node) => node.message.metadata ?? null,
    raw: (node) => node.message.raw ?? null,
  },
  Broadcast: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => (isOwnId(node.broadcastId) ? null : node.broadcastId),
    sentAt: (node) => node.sentAt ?? null,
  },
  Mutation: {
    ...messageChanges,
    async sendMessage(_, { input }, context) {
      const receivers = receiversOf(input.to);
      const { app, kind, ids } = receivers;
      await mayWriteTo(input.to, receivers, context);
      const outgoing = newMessage(input, receivers, context);
      const outcomes = await context.once(`send ${app} ${outgoing.senderId ?? ''}`, input.idempotencyKey, {
        input,
        run: () => send(app, outgoing, context),
        isKept: mayHaveReachedAny,
      });
      const nodes = outcomes.map((outcome, index) => {
        const id = ids[index] ?? '';
        return outcome.ok ? sentNode(app, { kind, id }, outcome.value, asSent(outgoing, outcome.value, id)) : null;
      });
      for (const node of nodes) if (node) context.conversations.sent(app, node.message);
      return {
        results: itemResults(input.to, outcomes, (__, index) => nodes[index] ?? null),
        message: nodes.length === 1 ? (nodes[0] ?? null) : null,
      };
    },
    async recallMessages(_, { input }, context) {
      const { app, ids } = idsOfOneApp(input.messageIds, ['Message'], 'input.messageIds');
      const view = context.app(app);
      if (input.force && !context.access.has('chat:moderate'))
        throw new AppError('FORBIDDEN', 'Recalling past the vendor’s time needs chat:moderate.', {
          input: 'input.force',
        });
      view.takes(
        'RecallMessagesInput',
        given({ ...input, withoutTrace: input.withoutTrace || null, force: input.force || null }),
        'input',
      );
      const note = input.note ?? undefined;
      if (note !== undefined && Buffer.byteLength(note) > maxNoteBytes)
        throw new AppError('BAD_USER_INPUT', `input.note must be at most ${maxNoteBytes} bytes.`, {
          input: 'input.note',
        });
      const messages: MessageKey[] = ids.map((id, index) => messageKeyOf(id, `input.messageIds[${index}]`));
      const actorId = userIdOf(input.actorId, 'input.actorId', app);
      const outcomes = await view.run('Mutation.recallMessages', {
        messages,
        actorId,
        note,
        withoutTrace: input.withoutTrace ?? false,
        force: input.force ?? false,
      });
      context.conversations.recalled(
        app,
        messages.filter((_, index) => outcomes[index]?.ok),
        { actorId: actorId ?? null, note: note ?? null, at: new Date(context.now()) },
      );
      return { results: itemResults(input.messageIds, outcomes) };
    },
  },
} satisfies Resolvers;
