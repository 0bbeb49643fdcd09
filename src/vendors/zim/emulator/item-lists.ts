/** Where a bulk call has its items, and how its answer names those that failed. */
export interface ItemList {
  readonly param: string;
  readonly list: 'ErrorList' | 'ErrList' | 'ErrorUsers' | 'Fails';
  /** Whether a failed item has a text beside its code (catalogue: envelope). */
  readonly hasText?: boolean;
}

/** Bulk calls over users whose answers tell the fate of each. */
const itemLists: Readonly<Record<string, ItemList>> = {
  'zim.user.register': { param: 'UserInfo', list: 'ErrorList', hasText: true },
  'zim.user.info.modify': { param: 'UserInfo', list: 'ErrorList', hasText: true },
  'zim.user.info.query': { param: 'UserIds', list: 'ErrorList' },
  'zim.bot.register': { param: 'UserInfo', list: 'ErrorList', hasText: true },
  'zim.relation.friend.add': { param: 'FriendInfos', list: 'ErrorList' },
  'zim.relation.friend.apply': { param: 'FriendInfos', list: 'ErrorList' },
  'zim.relation.friend.delete': { param: 'UserIds', list: 'ErrorList' },
  'zim.relation.friend.check': { param: 'UserIds', list: 'Fails' },
  'zim.relation.friend.alias.update': { param: 'UserIds', list: 'ErrorList' },
  'zim.blocklist.add': { param: 'UserIds', list: 'ErrList' },
  'zim.blocklist.remove': { param: 'UserIds', list: 'ErrList' },
  'zim.blocklist.check': { param: 'UserIds', list: 'ErrList' },
  'zim.group.create': { param: 'UserId', list: 'ErrorUsers' },
  'zim.group.members.remove': { param: 'UserId', list: 'ErrorList' },
  'zim.group.members.nickname.set': { param: 'UserIds', list: 'ErrorUsers' },
  'zim.groupMute.members.set': { param: 'UserIds', list: 'ErrorUsers' },
  'zim.message.peer.send': { param: 'ToUserId', list: 'ErrorList' },
  'zim.call.invite': { param: 'UserIds', list: 'ErrorUsers' },
};

/** The items of an endpoint's call; undefined where the answer has no list of those that failed. */
export const itemListOf = (endpointId: string): ItemList | undefined => itemLists[endpointId];
