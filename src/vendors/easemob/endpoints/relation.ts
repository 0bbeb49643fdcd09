import { z } from 'zod';
import { del, get, post } from '../../../net/endpoint.ts';
import { cursorQuery, id, textOrNull, userId } from './values.ts';

export const contact = {
  list: get('easemob.contact.listPaged', '/user/{username}/contacts', {
    segments: { username: userId },
    query: { ...cursorQuery(50), needReturnRemark: z.boolean().optional() },
    reply: z.object({
      data: z.object({ contacts: z.array(z.object({ username: id, remark: textOrNull })) }),
      cursor: z.string().optional(),
    }),
    limits: ['contact.listPaged'],
    readOnly: true,
  }),
  /** Both ways at once, without asking anybody. */
  add: post('easemob.contact.add', '/users/{owner_username}/contacts/users/{friend_username}', {
    segments: { owner_username: userId, friend_username: userId },
    reply: z.unknown(),
    limits: ['contact.add'],
    idempotent: true,
    errors: { exceed_limit: 'LIMIT_REACHED' },
  }),
  removeAll: del('easemob.contact.removeAll', '/contacts/users/{username}', {
    segments: { username: userId },
    reply: z.unknown(),
    limits: ['contact.removeAll'],
    idempotent: true,
  }),
};
