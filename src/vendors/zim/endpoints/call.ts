import { z } from 'zod';
import { id64 } from '../../../net/endpoint.ts';
import { endpoint } from './endpoint.ts';
import { failing, number } from './values.ts';

/** Invitations to calls, in the vendor's normal mode: https://www.zegocloud.com/docs/zim-server/call-invitation/ */
export const call = {
  invite: endpoint('zim.call.invite', {
    // Nothing but the failures where nobody could be called.
    reply: z.object({ ...failing, CallId: id64.nullish(), CreateTime: number }),
  }),

  // A GET that changes something (catalogue: note).
  accept: endpoint('zim.call.accept'),

  reject: endpoint('zim.call.reject'),
};
