import type { Handler } from '../../../emulator/vendor.ts';
import { codes, fail } from './failures.ts';
import { register } from './user.ts';
import { objects, text } from './values.ts';

/** A bot is a user whose id begins so. */
const prefix = '@RBT#';

const registerBots: Handler = (params, context) => {
  if (!objects(params, 'UserInfo').every((bot) => text(bot, 'UserId').startsWith(prefix))) fail(codes.badParameter);
  return register(params, context);
};

export const botHandlers = {
  'zim.bot.register': registerBots,
} satisfies Record<string, Handler>;
