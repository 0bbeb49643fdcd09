/**
 * What a message is found by: its number in the conversation. One without, as commands are, cannot be recalled or asked for, and is told
 * from others by its id; null where it has neither.
 */
export const messageKeyOf = (msgId: string | null | undefined, msgSeq: number | null | undefined): string | null =>
  msgSeq ? String(msgSeq) : msgId ? `id-${msgId}` : null;
