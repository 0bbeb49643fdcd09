import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, rows } from './values.ts';

const channel = z.object({ channel_id: id, meta: z.unknown().optional() });

export const conversation = {
  /** The answer has no page in any edition of the docs; the old console's `channel_infos` is what is read here. */
  list: endpoint('easemob.conversation.list', {
    reply: z.object({
      data: z
        .union([z.object({ channel_infos: rows(channel) }).transform((inner) => inner.channel_infos), rows(channel)])
        .optional(),
    }),
  }),
};
