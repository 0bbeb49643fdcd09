import { z } from 'zod';
import type { EventPayloads } from '../../../domain/event.ts';
import { toMessage } from '../message.ts';
import { id, moment, object, type Reader, reading, receiverOf, text, whole } from './fields.ts';

/** What `result` of the moderation of a message says. */
const results = { passed: 10000, failed: 10001 } as const;

const auditedSchema = z.object({
  fromUserId: id,
  targetId: id,
  conversationType: z.unknown(),
  objectName: text,
  message: z.unknown().optional(),
  messageTime: moment,
});

/** What was found is in the words of whichever service looked, and is left to operators. */
export const readAudit: Reader = reading(
  z.object({ result: whole, content: object.pipe(auditedSchema), msgUID: id, serviceProvider: text }),
  ({ result, content, msgUID, serviceProvider }, config, raw) => {
    const to = receiverOf(content.conversationType, content.targetId);
    if (!to || (result !== results.passed && result !== results.failed)) return undefined;
    const { fromUserId: senderId, objectName, message: body, messageTime: sentAt } = content;
    const isTold = objectName !== null && body !== undefined;
    const message = toMessage(
      { to, senderId, messageUid: msgUID, objectName: objectName ?? '', content: body, sentAt, raw },
      config,
    );
    return {
      payload: {
        type: 'MESSAGE_MODERATED',
        message: isTold ? message : { ...message, content: null },
        decision: result === results.passed ? 'PASS' : 'REFUSE',
        labels: [],
        matchedKeywords: [],
        provider: serviceProvider,
      },
    };
  },
);

type Subject = EventPayloads['PROFILE_MODERATED']['subject'];

interface Named {
  readonly eventType: number | null;
  readonly optUserId: string | null;
  readonly targetGroupId: string | null;
  readonly targetUserId: string | null;
}

/** What `eventType` of the moderation of hosted information says. */
const infos = { group: 1, member: 2, user: 3, friend: 4 } as const;

/** Whose information was looked at; undefined when it is not told. */
function subjectOf({ eventType, optUserId, targetGroupId, targetUserId }: Named): Subject | undefined {
  switch (eventType) {
    case infos.group:
      return targetGroupId === null ? undefined : { kind: 'group', id: targetGroupId };
    case infos.member:
    case infos.friend:
      return targetUserId === null ? undefined : { kind: 'user', id: targetUserId };
    case infos.user: {
      // Of a profile of a user's own no other is named.
      const userId = targetUserId ?? optUserId;
      return userId === null ? undefined : { kind: 'user', id: userId };
    }
    default:
      return undefined;
  }
}

const hostedSchema = z.object({
  eventType: whole,
  result: z.boolean(),
  time: moment,
  optUserId: text,
  targetGroupId: text,
  targetUserId: text,
  contents: z.array(z.object({ key: text }).catch({ key: null })).catch([]),
});

export const readHostedInfo: Reader = reading(hostedSchema, (fields) => {
  const subject = subjectOf(fields);
  if (!subject) return undefined;
  const { result, time, optUserId, contents } = fields;
  return {
    occurredAt: time,
    payload: {
      type: 'PROFILE_MODERATED',
      subject,
      actorId: optUserId,
      decision: result ? 'PASS' : 'REFUSE',
      fields: contents.flatMap(({ key }) => (key === null ? [] : [key])),
    },
  };
});
