import { z } from 'zod';
import { post } from '../../../net/endpoint.ts';
import { maybeList, maybeText, numeric, userId } from './parameters.ts';

/** What one of `userId`'s conversations said between two moments. */
const query = {
  userId,
  targetId: userId,
  busChannel: z.string().max(20).optional(),
  startTime: z.int().min(0),
  endTime: z.int().min(0),
  pageSize: z.int().min(1).max(100).optional(),
  includeStart: z.boolean(),
};

const stored = z.looseObject({
  targetId: maybeText,
  fromUserId: z.string(),
  messageUID: z.string(),
  msgTime: numeric,
  objectName: z.string(),
  content: z.unknown(),
});

/** A message as the vendor's history has it. */
export type StoredMessage = z.output<typeof stored>;

const reply = z.object({ data: maybeList(stored) });

/** Stored messages; they need the vendor's cloud storage. */
export const history = {
  private: post('rongcloud.history.private.query', '/v3/message/private/query.json', {
    json: query,
    reply,
    limits: ['history.private.query'],
    readOnly: true,
  }),
  group: post('rongcloud.history.group.query', '/v3/message/group/query.json', {
    json: query,
    reply,
    limits: ['history.group.query'],
    readOnly: true,
  }),
  chatroom: post('rongcloud.history.chatroom.query', '/v3/message/chatroom/query.json', {
    json: query,
    reply,
    limits: ['history.chatroom.query'],
    readOnly: true,
  }),
};
