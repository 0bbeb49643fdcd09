import { z } from 'zod';
import { mapOf } from '../../../net/keyed.ts';
import { endpoint } from './endpoint.ts';
import { count, cursorPage, data, detailRows, flag, id, moment, rows, text, textOrNull } from './values.ts';

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
  list: endpoint('easemob.group.list', { reply: cursorPage(listedRow) }),
  /** Pages from 0; the one list with a total. */
  joined: endpoint('easemob.group.joined', { reply: z.object({ entities: rows(joinedRow), total: count }) }),
  /** Pages from 1. */
  joinedLegacy: endpoint('easemob.group.joined.legacy', {
    reply: data(rows(z.object({ groupid: id, groupname: text }))),
  }),
  get: endpoint('easemob.group.get', { reply: data(detailRows(detailRow)) }),
  create: endpoint('easemob.group.create', { reply: data(z.object({ groupid: id })) }),
  /** Answers whether each field was changed. */
  update: endpoint('easemob.group.update', { reply: data(mapOf(z.unknown())) }),
  delete: endpoint('easemob.group.delete', { reply: data(z.object({ success: flag })) }),
};

export const groupAnnouncement = {
  get: endpoint('easemob.group.announcement.get', { reply: data(z.object({ announcement: textOrNull })) }),
  set: endpoint('easemob.group.announcement.set', { reply: data(z.object({ result: flag })) }),
};
