import { contentSent, type OutgoingContent } from '../src/domain/content.ts';
import type { Context } from '../src/domain/context.ts';
import { refusalOf, replacedBy } from '../src/domain/decided-send.ts';
import { decodeId, messageKeyOf, type NodeId } from '../src/domain/id.ts';
import { type ImportedMessage, isFor, type Message, type MessageKey } from '../src/domain/message.ts';
import type { MessageNode } from '../src/domain/node.ts';
import { makeOwnId } from '../src/domain/own-id.ts';
import { conversationSubject } from '../src/domain/subject.ts';
import { AppError } from '../src/errors.ts';
import type { EditMessageInput, ImportedMessageInput, MutationResolvers } from '../src/generated/graphql.ts';
import { outgoingContent, takesContent } from './content.ts';
import { given, mentionsOf, sentNode } from './message-parts.ts';
import { claimedMessage, idsOfOneApp, peerNode, userIdOf, userIdsOf, userOrViewer } from './nodes.ts';
import { itemResults } from './results.ts';
import { checkCount } from './user.ts';

/** What happens to messages besides being sent and recalled: a part of the map of `message.ts`. */
export const messageChanges = {
  async editMessage(_, { input }, context) {
    const { app, ...id } = decodeId(input.messageId, ['Message'], 'input.messageId');
    const view = context.app(app);
    view.needs('Mutation.editMessage');
    view.takes('EditMessageInput', input, 'input');
    takesContent(view, input.content);
    const wanted = outgoingContent(input.content);
    const mentions = mentionsOf(input.mentions, app);
    const actorId = userIdOf(input.actorId, 'input.actorId', app);
    const { message } = await messageToEdit({ app, ...id }, context);
    const metadata = mergedMetadata(message.metadata, input.metadata);
    const kind = message.content?.kind ?? null;
    const proposed = { message, kind, content: wanted, mentions, metadata, actorId };
    // What the vendor's adapter refuses costs no call.
    await view.refuseEarly('Mutation.editMessage', proposed);
    await mayStillWrite(app, message, context);
    const content = await decidedEdit({ ...message, mentions: mentions ?? message.mentions }, wanted, app, context);
    const change = await view.run('Mutation.editMessage', { ...proposed, content });
    const edited = {
      ...message,
      content: contentSent(content),
      mentions: mentions ?? message.mentions,
      metadata: metadata === undefined ? message.metadata : metadata,
      editedAt: change.editedAt ?? new Date(context.now()),
    };
    context.conversations.edited(app, edited);
    return { message: { __typename: 'Message', app, message: edited } };
  },

  async acknowledgeMessages(_, { input }, context) {
    const { app, ids } = idsOfOneApp(input.messageIds, ['Message'], 'input.messageIds');
    const view = context.app(app);
    view.needs('Mutation.acknowledgeMessages');
    const userId = userOrViewer(input.userId, 'input.userId', app, context);
    const messages = ids.map((id, index) => messageKeyOf(id, `input.messageIds[${index}]`));
    await mustBeInConversation(app, messages, userId, context);
    const outcomes = await view.run('Mutation.acknowledgeMessages', { messages, userId, status: input.status });
    if (input.status === 'READ') {
      const read = messages.filter((__, index) => outcomes[index]?.ok);
      context.conversations.acknowledged(app, userId, read);
    }
    return { results: itemResults(input.messageIds, outcomes) };
  },

  async importMessages(_, { input }, context) {
    checkCount(input.messages.length, 'input.messages');
    const senders = input.messages.map(({ senderId }) => senderId);
    const { app } = userIdsOf(senders, 'input.messages');
    const messages = input.messages.map((each, index) =>
      importedMessage(each, `input.messages[${index}]`, app, context),
    );
    const outcomes = await context.app(app).run('Mutation.importMessages', messages);
    return {
      results: itemResults(
        messages.map((__, index) => String(index)),
        outcomes,
        (sent, index) => {
          const message = messages[index];
          return message ? sentNode(app, message.to, { ...sent, sentAt: message.sentAt }, message) : null;
        },
      ),
    };
  },

  async broadcastMessage(_, { input }, context) {
    const { app } = decodeId(input.appId, ['App'], 'input.appId');
    const view = context.app(app);
    view.takes('BroadcastMessageInput', input, 'input');
    view.takes('DeliveryInput', input.delivery, 'input.delivery');
    view.takes('PushOptionsInput', input.push, 'input.push');
    takesContent(view, input.content);
    const broadcast = {
      senderId: userIdOf(input.senderId, 'input.senderId', app),
      audience: input.audience.standing,
      content: outgoingContent(input.content),
      metadata: input.metadata ?? undefined,
      delivery: given(input.delivery),
      push: given(input.push),
    };
    const node = await context.once(`broadcast ${app}`, input.idempotencyKey, {
      input,
      async run() {
        const { vendorId, sentAt } = await view.run('Mutation.broadcastMessage', broadcast);
        return {
          __typename: 'Broadcast' as const,
          app,
          broadcastId: vendorId ?? makeOwnId(),
          sentAt,
        };
      },
    });
    return { broadcast: node };
  },
} satisfies Pick<MutationResolvers, 'editMessage' | 'acknowledgeMessages' | 'importMessages' | 'broadcastMessage'>;

/** The message as it is. Throws `NOT_FOUND`, and `CONFLICT` when nothing of it is left. */
async function messageToEdit(id: NodeId, context: Context): Promise<MessageNode> {
  const found = await context.conversations.message(id.app, messageKeyOf(id, 'input.messageId'), null);
  if (!found) throw new AppError(context.access.has('chat:moderate') ? 'NOT_FOUND' : 'FORBIDDEN');
  if (found.message.content?.kind === 'RECALLED') throw new AppError('CONFLICT', 'The message was recalled.');
  return found;
}

/**
 * Throws `FORBIDDEN` where a viewer could not send what it edits: it has left the space, or the receiver has blocked it. An edit puts new
 * words before others as a message does.
 */
async function mayStillWrite(app: string, { to, senderId }: Message, context: Context): Promise<void> {
  if (context.access.has('chat:moderate')) return;
  if (to.kind !== 'direct') return context.access.participant(peerNode(app, to), 'chat:moderate');
  const view = context.app(app);
  if (to.id !== senderId && view.has('User.blocklist') && (await view.isBlocked({ kind: 'user', id: to.id }, senderId)))
    throw new AppError('FORBIDDEN', 'The receiver takes no messages of the sender.');
}

/** What an edit makes of a message, as the app's policy lets it. Throws `CONTENT_REFUSED`. */
async function decidedEdit(
  known: Message,
  content: OutgoingContent,
  app: string,
  context: Context,
): Promise<OutgoingContent> {
  const { to, senderId, mentions, metadata } = known;
  const proposed = { to, senderId, content: contentSent(content), mentions, metadata, otherTexts: [], known };
  const ruling = await context.decide(app, proposed, context.access.has('chat:moderate'));
  if (ruling.decision === 'REFUSE') throw refusalOf(ruling);
  return replacedBy(content, ruling) ?? content;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What shall be beside the content: fields are added and replaced, anything else takes the place of what is there. */
function mergedMetadata(known: unknown, wanted: EditMessageInput['metadata']): unknown {
  return isObject(known) && isObject(wanted) ? { ...known, ...wanted } : wanted;
}

/**
 * Throws unless the messages are of one conversation, which the user takes part in and the viewer may act in. For a viewer the
 * messages are resolved: the conversation that their ids name is a claim.
 */
async function mustBeInConversation(
  app: string,
  messages: readonly MessageKey[],
  userId: string,
  context: Context,
): Promise<void> {
  const [first] = messages;
  const conversations = new Set(messages.map(({ to, senderId }) => conversationSubject(to, senderId)));
  if (!first || conversations.size > 1)
    throw new AppError('BAD_USER_INPUT', 'input.messageIds must be of one conversation.', {
      input: 'input.messageIds',
    });
  await context.access.participant(claimedMessage(app, first), 'chat:write');
  if (!context.access.has('chat:write')) {
    const found = await context.conversations.resolve(app, messages);
    const account = context.access.accountIn(app);
    if (!found.every((message) => message && isFor(message, account))) throw new AppError('FORBIDDEN');
  }
  const { to, senderId } = first;
  if (to.kind === 'direct' && userId !== to.id && userId !== senderId)
    throw new AppError('BAD_USER_INPUT', 'input.userId takes no part in the conversation.', { input: 'input.userId' });
}

/** Takes an old message apart. Throws `BAD_USER_INPUT`, and `NOT_SUPPORTED` for what the vendor has no place for. */
export function importedMessage(
  input: ImportedMessageInput,
  at: string,
  app: string,
  context: Context,
): ImportedMessage {
  const view = context.app(app);
  const { isRead, ...rest } = input;
  view.takes('ImportedMessageInput', isRead === false ? input : rest, at);
  takesContent(view, input.content, `${at}.content`);
  const to = idsOfOneApp([input.to], ['User', 'Group'], `${at}.to`);
  if (to.app !== app) throw new AppError('BAD_USER_INPUT', `${at}.to is of another app.`, { input: `${at}.to` });
  const [id] = to.ids;
  if (input.sentAt.getTime() > context.now())
    throw new AppError('BAD_USER_INPUT', `${at}.sentAt must not be in the future.`, { input: `${at}.sentAt` });
  return {
    senderId: userIdOf(input.senderId, `${at}.senderId`, app) ?? '',
    to: { kind: id?.type === 'Group' ? 'group' : 'direct', id: id?.key[0] ?? '' },
    content: outgoingContent(input.content, `${at}.content`),
    sentAt: input.sentAt,
    metadata: input.metadata ?? undefined,
    ownerId: userIdOf(input.ownerId, `${at}.ownerId`, app),
    isRead: isRead ?? undefined,
  };
}
