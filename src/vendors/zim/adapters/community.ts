import type { Community } from '../../../domain/community.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import { community } from '../endpoints/community.ts';
import { type Context, numberedPlaceOf, positionOf } from './values.ts';

const pageOfAll = 10_000;
/** A list without an end would be the vendor's fault. */
const maxPages = 10;
/** The vendor's list is up to a minute old itself, and may be read once a second. */
const keptMs = 60_000;

/** Communities: the vendor lists them, and has no other read. */
export function communityOperations({ call, clock }: Context) {
  let kept: { readonly communities: ReadonlyMap<string, Community>; readonly until: number } | undefined;

  const readAll = async (options: RequestOptions | undefined): Promise<ReadonlyMap<string, Community>> => {
    const communities = new Map<string, Community>();
    let next = 0;
    for (let page = 0; page < maxPages; page += 1) {
      const reply = await call(community.list, { Limit: pageOfAll, Next: next }, options);
      for (const { CommunityId: communityId, CommunityName: name } of reply.CommunityIdList)
        communities.set(communityId, { communityId, name });
      const following = Number(reply.Next ?? 0);
      if (following === 0 || following === next) break;
      next = following;
    }
    return communities;
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
        if (kept === undefined || clock.now() >= kept.until)
          kept = { communities: await readAll(options), until: clock.now() + keptMs };
        const { communities } = kept;
        return ids.map((id) => communities.get(id) ?? new AppError('NOT_FOUND', 'There is no such community.'));
      },
    },
  } satisfies Partial<Operations>;
}
