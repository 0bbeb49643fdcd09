import { z } from 'zod';
import { post } from '../../../net/endpoint.ts';
import { count, userId } from './values.ts';

/** `expires_in` is in seconds; 0 never expires (easemob.yaml, auth). */
const issued = z.object({ access_token: z.string().min(1), expires_in: count });
const ttl = z.int().min(0).optional();

export const token = {
  app: post('easemob.token.app', '/token', {
    json: { grant_type: z.literal('client_credentials'), client_id: z.string(), client_secret: z.string(), ttl },
    reply: issued,
    limits: ['token.app'],
    auth: 'none',
  }),
  inherit: post('easemob.token.user.inherit', '/token', {
    json: { grant_type: z.literal('inherit'), username: userId, autoCreateUser: z.boolean(), ttl },
    reply: issued,
    limits: ['token.app'],
  }),
  password: post('easemob.token.user.password', '/token', {
    json: { grant_type: z.literal('password'), username: userId, password: z.string(), ttl },
    reply: issued,
    limits: ['token.app'],
    auth: 'none',
  }),
};
