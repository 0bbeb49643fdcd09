import type { EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { held } from './memory.ts';
import { cursorOf, numberedPage, pageSize } from './paging.ts';

/** The names of an app's communities by id. Only clients make them; the server API lists them. */
export const communitiesOf = (state: EmulatedState): Map<string, string> => held(state.extra, 'communities');

/** The page declares a GET with a JSON body; what is not in the body is read from the query (catalogue: note). */
const list: Handler = (params, { state, request }) => {
  const given = (name: string) => params[name] ?? request.query.get(name) ?? undefined;
  const size = pageSize(given('Limit'), { fallback: 10_000, ceiling: 10_000 });
  const communities = communitiesOf(state);
  const { items, next } = numberedPage([...communities], cursorOf(given('Next')), size);
  const CommunityIdList = items.map(([CommunityId, CommunityName]) => ({ CommunityId, CommunityName }));
  return { TotalCount: communities.size, Next: next, CommunityIdList };
};

export const communityHandlers = {
  'zim.community.list': list,
} satisfies Record<string, Handler>;
