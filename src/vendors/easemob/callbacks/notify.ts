import { z } from 'zod';
import { maxIdLength } from '../../vendor.ts';
import { count, moment, rows } from '../endpoints/values.ts';
import { bareSpaceId } from '../ids.ts';
import { readMessage } from '../message.ts';
import { idText, text } from './body.ts';
import { named } from './message.ts';
import { actorOf, kindOf, type Readers, reading, someId } from './reader.ts';

const operation = z.looseObject({ reactionType: z.enum(['create', 'delete']), operator: text });

const reactionSchema = z.looseObject({
  payload: z.looseObject({
    data: rows(
      z.looseObject({
        messageId: someId,
        from: someId,
        to: someId,
        channel_type: text,
        reactions: rows(z.looseObject({ reaction: z.string().min(1).max(maxIdLength), count, op: rows(operation) })),
      }),
    ),
  }),
});

/** The whole state of each message is told; what changed has an `op`, and each is an event. */
const readReactions = reading(reactionSchema, ({ payload }, source) => {
  const told = payload.data.flatMap(({ messageId, from, to, channel_type, reactions }) => {
    const receiver = { kind: kindOf(channel_type ?? '') ?? 'direct', id: to };
    // The whole callback stands beside its events, once.
    const raw = { messageId, from, to, channel_type };
    const message = named({ to: receiver, from, id: messageId }, { ...source, raw });
    return reactions.flatMap(({ reaction, count: total, op }) =>
      op.map(({ reactionType, operator }) => ({
        type: 'REACTIONS_CHANGED' as const,
        message,
        actorId: actorOf(operator, source.config),
        emoji: reaction,
        isAdded: reactionType === 'create',
        count: total ?? null,
      })),
    );
  });
  return told.length === 0 ? undefined : told.map((payload) => ({ payload }));
});

const threadSchema = z.looseObject({
  payload: z.looseObject({
    data: z.looseObject({
      id: someId,
      from: text,
      muc_parent_id: idText,
      message_count: count,
      last_message: z
        .looseObject({ id: someId, from: someId, to: idText, timestamp: moment, payload: z.unknown() })
        .optional()
        .catch(undefined),
    }),
  }),
});

const readThread = reading(threadSchema, ({ payload: { data } }, { config }) => {
  const { last_message: last } = data;
  // The messages of a thread go to the thread's id, as to a group.
  const to = { kind: 'group', id: bareSpaceId(last?.to ?? data.id) } as const;
  const envelope = last && { to, from: last.from, id: last.id, sentAt: last.timestamp ?? null, raw: last, config };
  return {
    type: 'THREAD_UPDATED',
    threadId: data.id,
    groupId: data.muc_parent_id ?? null,
    actorId: actorOf(data.from, config),
    lastMessage: envelope ? readMessage(envelope, last?.payload) : null,
    messageCount: data.message_count ?? null,
  };
});

export const notifyReaders: Readers = { reaction: readReactions, thread: readThread };
