import { z } from 'zod';
import { empty, get, id64, list, optionalBytes, post } from '../../../net/endpoint.ts';
import { failing, id, number } from './values.ts';

const data = optionalBytes(2048);

const answer = { FromUserId: id, CallId: id, ExtendedData: data.optional() };

/** Invitations to calls, in the vendor's normal mode: https://www.zegocloud.com/docs/zim-server/call-invitation/ */
export const call = {
  invite: post('zim.call.invite', '/?Action=CallInvite', {
    json: {
      FromUserId: id,
      UserIds: list(id, 9),
      Timeout: z.number().int().min(1).max(600).optional(),
      ExtendedData: data.optional(),
      OfflinePush: z.object({
        Enable: z.literal([0, 1]),
        Title: z.string().optional(),
        Content: z.string().optional(),
        Payload: z.string().optional(),
      }),
    },
    // Nothing but the failures where nobody could be called.
    reply: z.object({ ...failing, CallId: id64.nullish(), CreateTime: number }),
    limits: ['CallInvite'],
    batch: { param: 'UserIds', max: 9 },
  }),

  // A GET that changes something (catalogue: note).
  accept: get('zim.call.accept', '/?Action=CallAccept', {
    query: answer,
    reply: empty,
    limits: ['CallAccept'],
    idempotent: true,
  }),

  reject: get('zim.call.reject', '/?Action=CallReject', {
    query: answer,
    reply: empty,
    limits: ['CallReject'],
    idempotent: true,
  }),
};
