import type { Handler } from '../../../emulator/vendor.ts';
import { refuse } from './failures.ts';
import { page } from './paging.ts';
import { text, texts } from './read.ts';
import { person } from './user.ts';

/** The most on one list, on the large plans. */
const mostBlocked = 3000;

const add: Handler = (params, context) => {
  const owner = person(context.state, text(params, 'userId'));
  const blocked = texts(params, 'blackUserId').filter((id) => !owner.blocklist.has(id));
  if (owner.blocklist.size + blocked.length > mostBlocked) refuse(context, 1002, 'blacklist is full.');
  for (const id of blocked) owner.blocklist.set(id, context.clock.now());
  return {};
};

const remove: Handler = (params, { state }) => {
  const owner = state.users.get(text(params, 'userId'));
  for (const id of texts(params, 'blackUserId')) owner?.blocklist.delete(id);
  return {};
};

/**
 * Newest first, plain ids. The old form without `pageToken` and `size` has no `next` at the end, the paged one an empty
 * `next`: the catalogue has "absent or empty".
 */
const query: Handler = (params, context) => {
  const owner = context.state.users.get(text(params, 'userId'));
  const newestFirst = [...(owner?.blocklist.keys() ?? [])].reverse();
  const { items, next } = page(newestFirst, params, context, { keyOf: (id) => id, size: 1000 });
  const isOldForm = params['pageToken'] === undefined && params['size'] === undefined;
  return { users: items, ...(isOldForm && next === '' ? {} : { next }) };
};

export const blocklistHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.user.blacklist.add': add,
  'rongcloud.user.blacklist.remove': remove,
  'rongcloud.user.blacklist.query': query,
};
