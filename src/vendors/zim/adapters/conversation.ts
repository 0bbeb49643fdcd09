import type { ListedConversation } from '../../../domain/conversation.ts';
import type { Operations } from '../../../domain/operations.ts';
import { conversation } from '../endpoints/conversation.ts';
import { type Context, dateOf } from './values.ts';

const pageOfAll = 500;
/** The vendor lists the 1000 newest; more pages than that makes would be a list without an end. */
const maxPages = 10;

/** A user's conversations: the vendor lists the oldest first, so all are read and given, the latest first, as one page. */
export function conversationsOperation({ call }: Context): Operations['User.conversations'] {
  return async (userId, _page, options) => {
    const items: ListedConversation[] = [];
    let next = 0;
    for (let page = 0; page < maxPages; page += 1) {
      const reply = await call(conversation.list, { FromUserId: userId, Limit: pageOfAll, Next: next }, options);
      items.push(
        ...reply.List.map(({ ConvId, ConvType, UpdateTime }) => ({
          peer: { kind: ConvType === 2 ? ('group' as const) : ('direct' as const), id: ConvId },
          updatedAt: dateOf(UpdateTime),
        })),
      );
      const following = Number(reply.Next ?? 0);
      if (following === 0 || following === next) break;
      next = following;
    }
    items.sort((one, other) => (other.updatedAt?.getTime() ?? 0) - (one.updatedAt?.getTime() ?? 0));
    return { items, totalCount: items.length };
  };
}
