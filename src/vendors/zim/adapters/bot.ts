import type { Operations } from '../../../domain/operations.ts';
import { AppError } from '../../../errors.ts';
import { changeInChunks, registeredTwice } from '../../bulk.ts';
import { bot } from '../endpoints/bot.ts';
import { user } from '../endpoints/user.ts';
import { changedUser, checkProfile, idsOf, newUser, type Profiles } from './user.ts';
import { type Context, checkNewUserId, nothing, outcomesOf } from './values.ts';

const prefix = '@RBT#';

/** Bots, which are users with ids of their own kind. */
export function botOperations({ call }: Context, profiles: Profiles) {
  return {
    'Bot.name': profiles,

    'Mutation.registerBots': (bots, options) =>
      changeInChunks({
        items: bots,
        key: ({ userId }) => userId,
        repeat: registeredTwice,
        max: 20,
        check: (each) => checkBotId(each.userId) ?? checkProfile(each),
        send: async (batch) => {
          const reply = await call(bot.register, { UserInfo: batch.map(newUser) }, options);
          return outcomesOf(reply, idsOf(batch), nothing);
        },
      }),

    'Mutation.updateBot': async (update, options) => {
      const problem = checkBotId(update.userId) ?? checkProfile(update);
      if (problem) throw problem;
      const { failures, refusal } = await call(user.modify, { UserInfo: [changedUser(update)] }, options);
      const error = failures[0]?.error ?? refusal;
      if (error) throw error;
    },
  } satisfies Partial<Operations>;
}

/** What is wrong with a bot's id that is to be registered or changed: a user's would be taken by the vendor's other calls. */
function checkBotId(id: string): AppError | undefined {
  if (id.startsWith(prefix)) return checkNewUserId(id);
  return new AppError('BAD_USER_INPUT', `This vendor's ids of bots begin with ${prefix}.`);
}
