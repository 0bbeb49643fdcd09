import type { Community } from '../../../domain/community.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import { community } from '../endpoints/community.ts';
import { type Context, numberedPlaceOf, positionOf } from './values.ts';

type CommunityOperations = Pick<Operations, 'App.communities' | 'Community.name'>;

const pageOfAll = 10_000;
/** A list without an end would be the vendor's fault. */
const maxPages = 10;

/** Communities: the vendor lists them, and has no other read. */
export function communityOperations({ call }: Context): CommunityOperations {
  /** Reads the list until all that are wanted are found, however many they are. */
  const find = async (wanted: ReadonlySet<string>, options: RequestOptions | undefined) => {
    const found = new Map<string, Community>();
    let next = 0;
    for (let page = 0; page < maxPages && found.size < wanted.size; page += 1) {
      const reply = await call(community.list, { Limit: pageOfAll, Next: next }, options);
      for (const { CommunityId: communityId, CommunityName: name } of reply.CommunityIdList)
        if (wanted.has(communityId)) found.set(communityId, { communityId, name });
      const following = Number(reply.Next ?? 0);
      if (following === 0 || following === next) break;
      next = following;
    }
    return found;
  };

  return {
    'App.communities': async (_, page, options) => {
      const place = numberedPlaceOf(page);
      const reply = await call(community.list, { Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.CommunityIdList.map((each) => ({ communityId: each.CommunityId, name: each.CommunityName })),
        next: positionOf(place, reply.Next),
        totalCount: reply.TotalCount,
      };
    },

    'Community.name': {
      max: 100,
      load: async (ids, options) => {
        const found = await find(new Set(ids), options);
        return ids.map((id) => found.get(id) ?? new AppError('NOT_FOUND', 'There is no such community.'));
      },
    },
  };
}
