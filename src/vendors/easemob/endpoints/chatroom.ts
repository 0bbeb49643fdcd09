import { z } from 'zod';
import { commaList, del, get, list, post } from '../../../net/endpoint.ts';
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
  spaceId,
  text,
  textOrNull,
  userId,
} from './values.ts';

const listedRow = z.object({ id, name: text, owner: text, affiliations_count: count });
const detailRow = listedRow.extend({
  description: textOrNull,
  created: moment,
  maxusers: count,
  mute: flag,
});

export const chatroom = {
  list: get('easemob.chatroom.list', '/chatrooms', {
    query: cursorQuery(1000),
    reply: cursorPage(listedRow),
    limits: ['chatroom.list'],
    readOnly: true,
  }),
  get: get('easemob.chatroom.get', '/chatrooms/{chatroom_id}', {
    segments: { chatroom_id: commaList(spaceId, 100) },
    reply: data(detailRows(detailRow)),
    limits: ['chatroom.get'],
    batch: { param: 'chatroom_id', max: 100 },
    readOnly: true,
  }),
  create: post('easemob.chatroom.create', '/chatrooms', {
    json: {
      name: chars(128),
      description: chars(512),
      owner: userId,
      maxusers: z.int().min(1).max(10_000).optional(),
      members: list(userId, 10_000).optional(),
    },
    reply: data(z.object({ id })),
    limits: ['chatroom.create'],
  }),
  delete: del('easemob.chatroom.delete', '/chatrooms/{chatroom_id}', {
    segments: { chatroom_id: spaceId },
    reply: data(z.object({ success: flag })),
    limits: ['chatroom.delete'],
    idempotent: true,
  }),
  announcement: get('easemob.chatroom.announcement.get', '/chatrooms/{chatroom_id}/announcement', {
    segments: { chatroom_id: spaceId },
    reply: data(z.object({ announcement: textOrNull })),
    limits: ['chatroom.announcement.get'],
    readOnly: true,
  }),
};
