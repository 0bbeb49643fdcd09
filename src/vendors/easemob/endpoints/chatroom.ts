import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { count, cursorPage, data, detailRows, flag, id, moment, text, textOrNull } from './values.ts';

const listedRow = z.object({ id, name: text, owner: text, affiliations_count: count });
const detailRow = listedRow.extend({
  description: textOrNull,
  created: moment,
  maxusers: count,
  mute: flag,
});

export const chatroom = {
  list: endpoint('easemob.chatroom.list', { reply: cursorPage(listedRow) }),
  get: endpoint('easemob.chatroom.get', { reply: data(detailRows(detailRow)) }),
  create: endpoint('easemob.chatroom.create', { reply: data(z.object({ id })) }),
  delete: endpoint('easemob.chatroom.delete', { reply: data(z.object({ success: flag })) }),
  announcement: endpoint('easemob.chatroom.announcement.get', { reply: data(z.object({ announcement: textOrNull })) }),
};
