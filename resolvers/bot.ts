import type { Context } from '../src/domain/context.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import type { BotNode } from '../src/domain/node.ts';
import type { Profile } from '../src/domain/user.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, botNode, userNode } from './nodes.ts';
import { itemResults } from './results.ts';
import { checkCount } from './user.ts';

/** A field of the bot: what a change told, else one read. */
async function profileField(node: BotNode, field: keyof Profile, context: Context): Promise<string | null> {
  const known = node.profile?.[field];
  if (known !== undefined) return known;
  return (await context.app(node.app).load('Bot.name', node.botId))[field] ?? null;
}

export const bot = {
  Bot: {
    id: idOf,
    app: (node) => appNode(node.app),
    user: (node) => userNode(node.app, node.botId, node.profile),
    name: (node, _, context) => profileField(node, 'name', context),
    avatarUrl: (node, _, context) => profileField(node, 'avatarUrl', context),
  },
  Mutation: {
    async registerBots(_, { input }, context) {
      const { app } = decodeId(input.appId, ['App'], 'input.appId');
      checkCount(input.bots.length, 'input.bots');
      const bots = input.bots.map(({ vendorId, name, avatarUrl }) => ({ userId: vendorId, name, avatarUrl }));
      const outcomes = await context.app(app).run('Mutation.registerBots', bots);
      const targets = bots.map(({ userId }) => userId);
      return { results: itemResults(targets, outcomes, (__, index) => botNode(app, targets[index] ?? '')) };
    },
    async updateBot(_, { input: { botId, ...profile } }, context) {
      const { app, key } = decodeId(botId, ['Bot'], 'input.botId');
      const [userId = ''] = key;
      await context.app(app).run('Mutation.updateBot', { userId, ...profile });
      return { bot: botNode(app, userId, profile) };
    },
  },
} satisfies Resolvers;
