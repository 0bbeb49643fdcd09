import { isFlagged } from '../src/domain/decision.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { decodeOf, receiverOf } from './message-parts.ts';
import { appNode, userIdOf } from './nodes.ts';

export const app = {
  Query: {
    app(_, { id }, context) {
      const { app: name } = decodeId(id, ['App']);
      context.access.app(name);
      return appNode(context.app(name).name);
    },
    apps: (_, __, context) => context.apps().map((each) => appNode(each.name)),
  },
  Mutation: {
    async verifyApp(_, { input }, context) {
      const { app: name } = decodeId(input.appId, ['App'], 'input.appId');
      return { app: appNode(name), ...(await context.app(name).run('Mutation.verifyApp', null)) };
    },
    issueServiceCredential(_, { input: { appId, service, userId } }, context) {
      const { app: name } = decodeId(appId, ['App'], 'input.appId');
      const request = { service, userId: userIdOf(userId, 'input.userId', name) };
      return context.app(name).run('Mutation.issueServiceCredential', request);
    },
  },
  App: {
    id: idOf,
    name: (node) => node.app,
    vendor: (node, _, context) => context.app(node.app).vendor,
    region: (node, _, context) => context.app(node.app).region,
    supports: (node, { operation }, context) => context.app(node.app).supports(operation),
    capabilities: (node, _, context) => [...context.app(node.app).capabilities()],
    health: (node, _, context) => context.app(node.app).health(),
    callbacks: (node, _, context) => [...context.activity.counts(node.app)],
    verdicts: (node, _, context) => [...context.activity.verdicts(node.app)],
    failedCallbacks: async (node, _, context) => {
      const { items } = await context.app(node.app).page('App.failedCallbacks', null, { limit: 100 });
      return [...items];
    },
    decisionPolicy: (node, _, context) => context.decisionPolicy(node.app),
    async decisionTrial({ app: name }, { message: { senderId, to, text } }, context) {
      const policy = context.decisionPolicy(name);
      if (!policy) return null;
      const { text: replacement, ...made } = await policy.trial({
        senderId: userIdOf(senderId, 'message.senderId', name) ?? '',
        to: receiverOf(decodeOf(to, name, 'message.to'), 'message.to'),
        content: { kind: 'TEXT', text, isBarrage: false },
        otherTexts: [],
      });
      return { ...made, replacement, isFlagged: isFlagged(made.findings) };
    },
    rateLimits: (node, _, context) => context.app(node.app).rateLimits(),
  },
} satisfies Resolvers;
