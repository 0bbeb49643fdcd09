/** Kinds of conversations by the vendor's numbers, as its callbacks have them. */
export const conversationTypes = { direct: 0, chatroom: 1, group: 2 } as const;
