import type { ProposedMessage } from '../domain/decision.ts';
import type { Message } from '../domain/message.ts';
import type { MessageQuestion } from '../vendors/vendor.ts';

/** What is asked about a message that is about to be sent, or to become another, through this API. */
export function questionOf(proposed: ProposedMessage, id: string, occurredAt: Date): MessageQuestion {
  const message = messageOf(proposed, `~${id}`);
  return { id: 'message', dedupeKey: `own|${id}`, occurredAt, message, otherTexts: proposed.otherTexts };
}

/** The message as it would be; an edited one keeps its own key. */
function messageOf({ to, senderId, content, mentions, metadata, known }: ProposedMessage, key: string): Message {
  const made = { to, senderId, key, vendorId: null, sequence: null, isFromUser: true, sentAt: null };
  return { ...(known ?? made), content, mentions, metadata, raw: undefined };
}
