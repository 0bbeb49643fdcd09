import type { Context, HistoryFilter } from '../src/domain/context.ts';
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

/** The user with whose eyes a space's history is read; null for an operator, who sees everything. */
export const readerIn = (app: string, { access }: Context): string | null =>
  access.has('chat:read') ? null : access.accountIn(app);
