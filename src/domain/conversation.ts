import type { Message, Receiver } from './message.ts';

/** An entry of a user's list of conversations, as a vendor tells it. */
export interface ListedConversation {
  readonly peer: Receiver;
  readonly updatedAt: Date | null;
  readonly lastMessage?: Message | null | undefined;
  readonly isPinned?: boolean | null | undefined;
}
