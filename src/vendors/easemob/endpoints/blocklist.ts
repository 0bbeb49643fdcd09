import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { cursorPage, entities, id, userList, userResults } from './values.ts';

export const blocklist = {
  list: endpoint('easemob.blocklist.list', { reply: cursorPage(id) }),
  /** The most users of a call are not stated; 50 is a page of the list. */
  add: endpoint('easemob.blocklist.add', { reply: userList }),
  remove: endpoint('easemob.blocklist.remove'),
  check: endpoint('easemob.blocklist.check', { reply: entities(z.object({ username: id, relation: z.string() })) }),
};

export const groupBlocklist = {
  list: endpoint('easemob.group.block.list', { reply: userList }),
  add: endpoint('easemob.group.block.add', { reply: userResults }),
  addBatch: endpoint('easemob.group.block.addBatch', { reply: userResults }),
  remove: endpoint('easemob.group.block.remove', { reply: userResults }),
  removeBatch: endpoint('easemob.group.block.removeBatch', { reply: userResults }),
};

export const chatroomBlocklist = {
  list: endpoint('easemob.chatroom.block.list', { reply: userList }),
  add: endpoint('easemob.chatroom.block.add', { reply: userResults }),
  addBatch: endpoint('easemob.chatroom.block.addBatch', { reply: userResults }),
  remove: endpoint('easemob.chatroom.block.remove', { reply: userResults }),
  removeBatch: endpoint('easemob.chatroom.block.removeBatch', { reply: userResults }),
};
