import { z } from 'zod';
import { empty, list, post } from '../../../net/endpoint.ts';
import {
  content,
  flag,
  groupName,
  jsonField,
  listedId,
  maybeList,
  maybeText,
  numeric,
  objectName,
  spaceId,
  userId,
} from './parameters.ts';

const members = list(listedId, 1000);

/** Over the member cap of a group the answer's status is 405. */
const overCap = { 405: 'LIMIT_REACHED' } as const;

/** A message that tells the members what was done; none is sent when left out. */
const notification = {
  bindNotifyMsg: z.boolean().optional(),
  maxMember: z.int().min(1).optional(),
  fromUserId: userId.optional(),
  objectName: objectName.optional(),
  content: content.optional(),
  pushContent: z.string().optional(),
  pushData: z.string().optional(),
  pushExt: jsonField(z.record(z.string(), z.unknown())),
  isIncludeSender: flag,
  isPersisted: flag,
  disableUpdateLastMsg: z.boolean().optional(),
};

/** Plain groups: a name and members, no owner, no profile. */
export const group = {
  /** A repeat with the same id adds the users and keeps the group. */
  create: post('rongcloud.group.create', '/group/create.json', {
    form: { userId: members, groupId: spaceId, groupName, ...notification },
    reply: empty,
    limits: ['group.create'],
    batch: { param: 'userId', max: 1000 },
    idempotent: true,
    errors: overCap,
  }),
  refresh: post('rongcloud.group.refresh', '/group/refresh.json', {
    form: { groupId: spaceId, groupName, ...notification },
    reply: empty,
    limits: ['group.refresh'],
    idempotent: true,
  }),
  /** Only the Chinese list names it. */
  info: post('rongcloud.group.info', '/group/info.json', {
    form: { groupId: spaceId },
    reply: z.object({ name: maybeText, memberCount: numeric.nullish() }),
    limits: ['group.info'],
    readOnly: true,
  }),
  join: post('rongcloud.group.join', '/group/join.json', {
    form: { userId: members, groupId: spaceId, groupName: groupName.optional(), ...notification },
    reply: empty,
    limits: ['group.join'],
    batch: { param: 'userId', max: 1000 },
    idempotent: true,
    errors: overCap,
  }),
  /** As `join`; only the Chinese list names it. */
  addUsers: post('rongcloud.group.user.add', '/group/user/add.json', {
    form: { groupId: spaceId, userId: members },
    reply: empty,
    limits: ['group.user.add'],
    batch: { param: 'userId', max: 1000 },
    idempotent: true,
    errors: overCap,
  }),
  quit: post('rongcloud.group.quit', '/group/quit.json', {
    form: { userId: members, groupId: spaceId, ...notification },
    reply: empty,
    limits: ['group.quit'],
    batch: { param: 'userId', max: 1000 },
    idempotent: true,
  }),
  /** As `quit`; only the Chinese list names it. */
  removeUsers: post('rongcloud.group.user.remove', '/group/user/remove.json', {
    form: { groupId: spaceId, userId: members },
    reply: empty,
    limits: ['group.user.remove'],
    batch: { param: 'userId', max: 1000 },
    idempotent: true,
  }),
  /** `userId` is whoever does it; nothing is checked. */
  dismiss: post('rongcloud.group.dismiss', '/group/dismiss.json', {
    form: { userId, groupId: spaceId, ...notification },
    reply: empty,
    limits: ['group.dismiss'],
    idempotent: true,
  }),
  /** Every member at once. */
  queryUsers: post('rongcloud.group.user.query', '/group/user/query.json', {
    form: { groupId: spaceId },
    reply: z.object({ users: maybeList(z.object({ id: z.string() })) }),
    limits: ['group.user.query'],
    readOnly: true,
  }),
  queryOfUser: post('rongcloud.user.group.query', '/user/group/query.json', {
    form: { userId, page: z.int().min(0).optional(), size: z.int().min(1).max(1000).optional() },
    reply: z.object({ groups: maybeList(z.object({ id: z.string(), name: maybeText })) }),
    limits: ['user.group.query'],
    readOnly: true,
  }),
};
