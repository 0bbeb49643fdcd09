import { endpoint } from './endpoint.ts';
import { batchReply } from './values.ts';

/** Bots, which are users with ids of their own kind: https://www.zegocloud.com/docs/zim-server/bot/register-bots */
export const bot = {
  register: endpoint('zim.bot.register', { reply: batchReply }),
};
