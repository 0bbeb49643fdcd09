import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { count } from './values.ts';

/** `expires_in` is in seconds; 0 never expires (easemob.yaml, auth). */
const issued = z.object({ access_token: z.string().min(1), expires_in: count });

export const token = {
  app: endpoint('easemob.token.app', { reply: issued }),
  inherit: endpoint('easemob.token.user.inherit', { reply: issued }),
  password: endpoint('easemob.token.user.password', { reply: issued }),
};
