import { z } from 'zod';
import { list, optionalBytes, post } from '../../../net/endpoint.ts';
import { batchReply, id } from './values.ts';

/** Bots, which are users with ids of their own kind: https://www.zegocloud.com/docs/zim-server/bot/register-bots */
export const bot = {
  register: post('zim.bot.register', '/?Action=RobotRegister', {
    json: {
      UserInfo: list(
        z.object({
          UserId: id,
          UserName: optionalBytes(256).optional(),
          UserAvatar: optionalBytes(500).optional(),
        }),
        20,
      ),
    },
    reply: batchReply,
    limits: ['RobotRegister'],
    batch: { param: 'UserInfo', max: 20 },
    idempotent: true,
  }),
};
