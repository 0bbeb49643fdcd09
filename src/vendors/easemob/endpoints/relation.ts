import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, textOrNull } from './values.ts';

export const contact = {
  list: endpoint('easemob.contact.listPaged', {
    reply: z.object({
      data: z.object({ contacts: z.array(z.object({ username: id, remark: textOrNull })) }),
      cursor: z.string().optional(),
    }),
  }),
  /** Both ways at once, without asking anybody. */
  add: endpoint('easemob.contact.add', {
    reply: z.unknown(),
    errors: { exceed_limit: 'LIMIT_REACHED' },
  }),
  removeAll: endpoint('easemob.contact.removeAll'),
};
