import type { Message, MessageAudience, Receiver } from '../../domain/message.ts';
import type { Config } from './app-config.ts';
import { standingOf } from './message-types.ts';
import { readContent, readMentions, readMetadata } from './read-content.ts';

/** The parts of a message that every form of the vendor's has, under names of its own. */
export interface MessageFacts {
  readonly to: Receiver;
  readonly senderId: string;
  readonly messageUid: string;
  readonly objectName: string;
  /** JSON text, or an object already. */
  readonly content: unknown;
  readonly sentAt: Date | null;
  readonly audience?: MessageAudience | undefined;
  readonly raw: unknown;
}

/** A message as the domain has it. The vendor does not number messages; its own id is the key. */
export function toMessage(facts: MessageFacts, config: Config): Message {
  const { to, senderId, messageUid, objectName, content, sentAt, audience, raw } = facts;
  return {
    to,
    senderId,
    key: messageUid,
    vendorId: messageUid,
    sequence: null,
    isFromUser: senderId !== config.systemUser,
    content: readContent(objectName, content),
    mentions: readMentions(content),
    sentAt,
    metadata: readMetadata(content),
    ...standingOf(objectName),
    ...(audience && { audience }),
    raw,
  };
}
