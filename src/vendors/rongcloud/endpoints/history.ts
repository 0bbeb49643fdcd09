import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { maybeList, maybeText, numeric, userId } from './parameters.ts';

/** What one of `userId`'s conversations said between two moments. */
const _query = {
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
  private: endpoint('rongcloud.history.private.query', { reply }),
  group: endpoint('rongcloud.history.group.query', { reply }),
  chatroom: endpoint('rongcloud.history.chatroom.query', { reply }),
};
