import { z } from 'zod';
import { commaList, del, get, list, post, put } from '../../../net/endpoint.ts';
import { mapOf } from '../../../net/keyed.ts';
import {
  chars,
  count,
  cursorPage,
  cursorQuery,
  data,
  detailRows,
  flag,
  id,
  moment,
  pageQuery,
  rows,
  spaceId,
  text,
  textOrNull,
  userId,
} from './values.ts';

const settings = {
  groupname: chars(128).optional(),
  avatar: chars(1024).optional(),
  description: chars(512).optional(),
  maxusers: z.int().min(1).optional(),
  membersonly: z.boolean().optional(),
  allowinvites: z.boolean().optional(),
  invite_need_confirm: z.boolean().optional(),
};

const details = {
  name: text,
  avatar: textOrNull,
  description: textOrNull,
  owner: text,
  created: moment,
  disabled: flag,
  public: flag,
  membersonly: flag,
  allowinvites: flag,
  mute: flag,
  maxusers: count,
};

const detailRow = z.object({ id, ...details, affiliations_count: count });
const joinedRow = z.object({ groupId: id, ...details });
const listedRow = z.object({ groupid: id, groupname: text, owner: text, affiliations: count });

export const group = {
  list: get('easemob.group.list', '/chatgroups', {
    query: cursorQuery(1000),
    reply: cursorPage(listedRow),
    limits: ['group.list'],
    readOnly: true,
  }),
  /** Pages from 0; the one list with a total. */
  joined: get('easemob.group.joined', '/chatgroups/user/{username}', {
    segments: { username: userId },
    query: pageQuery(20),
    reply: z.object({ entities: rows(joinedRow), total: count }),
    limits: ['group.joined'],
    readOnly: true,
  }),
  /** Pages from 1. */
  joinedLegacy: get('easemob.group.joined.legacy', '/users/{username}/joined_chatgroups', {
    segments: { username: userId },
    query: pageQuery(100),
    reply: data(rows(z.object({ groupid: id, groupname: text }))),
    limits: ['group.joined.legacy'],
    readOnly: true,
  }),
  get: get('easemob.group.get', '/chatgroups/{group_id}', {
    segments: { group_id: commaList(spaceId, 100) },
    reply: data(detailRows(detailRow)),
    limits: ['group.get'],
    batch: { param: 'group_id', max: 100 },
    readOnly: true,
  }),
  create: post('easemob.group.create', '/chatgroups', {
    json: { ...settings, public: z.boolean(), owner: userId, members: list(userId, 3000).optional() },
    reply: data(z.object({ groupid: id })),
    limits: ['group.create'],
  }),
  /** Answers whether each field was changed. */
  update: put('easemob.group.update', '/chatgroups/{group_id}', {
    segments: { group_id: spaceId },
    json: { ...settings, public: z.boolean().optional() },
    reply: data(mapOf(z.unknown())),
    limits: ['group.update'],
    idempotent: true,
  }),
  delete: del('easemob.group.delete', '/chatgroups/{group_id}', {
    segments: { group_id: spaceId },
    reply: data(z.object({ success: flag })),
    limits: ['group.delete'],
    idempotent: true,
  }),
};

export const groupAnnouncement = {
  get: get('easemob.group.announcement.get', '/chatgroups/{group_id}/announcement', {
    segments: { group_id: spaceId },
    reply: data(z.object({ announcement: textOrNull })),
    limits: ['group.announcement.get'],
    readOnly: true,
  }),
  set: post('easemob.group.announcement.set', '/chatgroups/{group_id}/announcement', {
    segments: { group_id: spaceId },
    json: { announcement: chars(512) },
    reply: data(z.object({ result: flag })),
    limits: ['group.announcement.set'],
    idempotent: true,
  }),
};
