import type { HistoryFilter } from '../src/domain/context.ts';
import type { MessageFilter } from '../src/generated/graphql.ts';
import { userIdOf } from './nodes.ts';

/** The filter of a list of messages in the domain's words. Throws `BAD_USER_INPUT` for a sender of another app. */
export function historyFilter(filter: MessageFilter | null | undefined, app: string): HistoryFilter {
  return {
    since: filter?.since ?? undefined,
    until: filter?.until ?? undefined,
    senderId: userIdOf(filter?.senderId, 'filter.senderId', app),
    kinds: filter?.kinds ?? undefined,
  };
}
