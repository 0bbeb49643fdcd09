import type { MessageQuestion } from '../../src/vendors/vendor.ts';

/** A vendor's question about bob's text in a group; with the same text it is the same question. */
export const makeQuestion = (text: string, more: Partial<MessageQuestion['message']> = {}): MessageQuestion => ({
  id: 'x.callback.message.before',
  dedupeKey: text,
  occurredAt: new Date(0),
  message: {
    to: { kind: 'group', id: 'team' },
    senderId: 'bob',
    key: '1',
    vendorId: null,
    sequence: null,
    isFromUser: true,
    content: { kind: 'TEXT', text, isBarrage: false },
    sentAt: null,
    ...more,
  },
});
