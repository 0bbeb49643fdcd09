import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { maybeList, maybeText, numeric } from './parameters.ts';

/** Over the member cap of a group the answer's status is 405. */
const overCap = { 405: 'LIMIT_REACHED' } as const;

/** Plain groups: a name and members, no owner, no profile. */
export const group = {
  /** A repeat with the same id adds the users and keeps the group. */
  create: endpoint('rongcloud.group.create', { errors: overCap }),
  refresh: endpoint('rongcloud.group.refresh'),
  /** Only the Chinese list names it. */
  info: endpoint('rongcloud.group.info', { reply: z.object({ name: maybeText, memberCount: numeric.nullish() }) }),
  join: endpoint('rongcloud.group.join', { errors: overCap }),
  /** As `join`; only the Chinese list names it. */
  addUsers: endpoint('rongcloud.group.user.add', { errors: overCap }),
  quit: endpoint('rongcloud.group.quit'),
  /** As `quit`; only the Chinese list names it. */
  removeUsers: endpoint('rongcloud.group.user.remove'),
  /** `userId` is whoever does it; nothing is checked. */
  dismiss: endpoint('rongcloud.group.dismiss'),
  /** Every member at once. */
  queryUsers: endpoint('rongcloud.group.user.query', {
    reply: z.object({ users: maybeList(z.object({ id: z.string() })) }),
  }),
  queryOfUser: endpoint('rongcloud.user.group.query', {
    reply: z.object({ groups: maybeList(z.object({ id: z.string(), name: maybeText })) }),
  }),
};
