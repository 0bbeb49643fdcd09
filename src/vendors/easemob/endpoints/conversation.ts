import { z } from 'zod';
import { get } from '../../../net/endpoint.ts';
import { id, rows, userId } from './values.ts';

const channel = z.object({ channel_id: id, meta: z.unknown().optional() });

export const conversation = {
  /** The answer has no page in any edition of the docs; the old console's `channel_infos` is what is read here. */
  list: get('easemob.conversation.list', '/user/{username}/user_channels', {
    segments: { username: userId },
    reply: z.object({
      data: z
        .union([z.object({ channel_infos: rows(channel) }).transform((inner) => inner.channel_infos), rows(channel)])
        .optional(),
    }),
    limits: ['conversation.list', { bucket: 'conversation.list.user', by: 'username' }],
    readOnly: true,
  }),
};
