import type { AppView, Context } from '../src/domain/context.ts';
import { canonicalUserId, decodeId, idOf } from '../src/domain/id.ts';
import type { UserNode } from '../src/domain/node.ts';
import type { NewUser, Profile, TokenRequest } from '../src/domain/user.ts';
import { AppError } from '../src/errors.ts';
import type { NewUserInput, Resolvers } from '../src/generated/graphql.ts';
import { appNode, userNode, userOrViewer } from './nodes.ts';
import { itemResults, userResults } from './results.ts';

/** A field of the profile: what a list told, else one read of the user. */
async function profileField<F extends keyof Profile>(
  node: UserNode,
  field: F,
  context: Context,
): Promise<string | null> {
  const known = node.profile?.[field];
  if (known !== undefined) return known;
  return (await context.app(node.app).load('User.name', node.userId))[field] ?? null;
}

/** The account meant by an app's id, or the viewer's first one. */
function accountOf(appId: string | null | undefined, context: Context): UserNode | null {
  const { accounts } = context.access.viewer;
  const app = appId ? decodeId(appId, ['App'], 'appId').app : accounts.keys().next().value;
  const userId = app === undefined ? undefined : accounts.get(app);
  return app === undefined || userId === undefined ? null : userNode(app, userId);
}

export const user = {
  Query: {
    viewer: (_, __, context) => context.access.viewer,
    user(_, { id }, context) {
      const { app, key } = decodeId(id, ['User']);
      context.access.app(app);
      return userNode(app, key[0] ?? '');
    },
  },
  App: {
    user: (node, { vendorId }, context) =>
      userNode(node.app, canonicalUserId(vendorId, context.app(node.app).ignoresCase)),
  },
  Viewer: {
    accounts: (viewer) => [...viewer.accounts].map(([app, userId]) => userNode(app, userId)),
    account: (_, { appId }, context) => accountOf(appId, context),
    conversations: (viewer, page, context) =>
      context.conversations.list(
        [...viewer.accounts].map(([app, ownerId]) => ({ app, ownerId })),
        page,
        {},
      ),
    scopes: (viewer) => [...viewer.scopes],
  },
  User: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.userId,
    name: (node, _, context) => profileField(node, 'name', context),
    avatarUrl: (node, _, context) => profileField(node, 'avatarUrl', context),
    createdAt: (node, _, context) => context.app(node.app).loadIfAny('User.createdAt', node.userId),
    async attributes({ app, userId }, { keys: given }, context) {
      const keys = given?.length ? given : null;
      const { attributes } = await context.app(app).load('User.attributes', { userId, keys });
      return attributes.filter(({ key }) => keys === null || keys.includes(key));
    },
  },
  Mutation: {
    async registerUsers(_, { input }, context) {
      const { app } = decodeId(input.appId, ['App'], 'input.appId');
      const view = context.app(app);
      checkCount(input.users.length, 'input.users');
      const users = newUsers(input.users, view);
      const outcomes = await view.run('Mutation.registerUsers', users);
      const userIds = users.map(({ userId }) => userId);
      const targets = input.users.map(({ vendorId }) => vendorId);
      return { results: userResults(targets, outcomes, app, userIds) };
    },
    async updateUsers(_, { input }, context) {
      checkCount(input.users.length, 'input.users');
      const [first] = input.users;
      const app = first?.id ? decodeId(first.id, ['User'], 'input.users[0].id').app : accountOf(null, context)?.app;
      if (app === undefined) throw new AppError('FORBIDDEN');
      const view = context.app(app);
      const updates = input.users.map(({ id, name, avatarUrl }, index) => {
        view.takes('UserUpdateInput', input.users[index], `input.users[${index}]`);
        return { userId: userOrViewer(id, `input.users[${index}].id`, app, context), name, avatarUrl };
      });
      const outcomes = await view.run('Mutation.updateUsers', updates);
      const targets = updates.map((update) => idOf(userNode(app, update.userId)));
      return {
        results: itemResults(targets, outcomes, (__, index) =>
          userNode(app, updates[index]?.userId ?? '', known(updates[index])),
        ),
      };
    },
    async issueUserToken(_, { input }, context) {
      const node = userMeant(input.userId, 'input.userId', context);
      const view = context.app(node.app);
      view.takes('IssueUserTokenInput', input, 'input');
      checkTtl(input.ttlSeconds);
      const token = await view.run('Mutation.issueUserToken', {
        userId: node.userId,
        ...lifeOf(input.ttlSeconds ?? undefined, view, context),
        password: input.password ?? undefined,
      });
      return { user: node, ...token };
    },
  },
} satisfies Resolvers;

/** Users to be registered. Throws `NOT_SUPPORTED` for what the vendor has no place for. */
export function newUsers(inputs: readonly NewUserInput[], view: AppView): NewUser[] {
  return inputs.map((input, index) => {
    view.takes('NewUserInput', input, `input.users[${index}]`);
    const { vendorId, name, avatarUrl, password } = input;
    const userId = canonicalUserId(vendorId, view.ignoresCase);
    return { userId, name, avatarUrl, password: password ?? undefined };
  });
}

/** The user with an id, or the viewer's own in its first app when it is left out. Throws `FORBIDDEN` when it has none. */
export function userMeant(id: string | null | undefined, input: string, context: Context): UserNode {
  if (id) {
    const { app, key } = decodeId(id, ['User'], input);
    return userNode(app, key[0] ?? '');
  }
  const own = accountOf(null, context);
  if (!own) throw new AppError('FORBIDDEN');
  return own;
}

/** What an update said is known without a read; what it left out is not. */
function known(update: Profile | undefined): Profile {
  return { name: update?.name, avatarUrl: update?.avatarUrl };
}

const maxTtlSeconds = 10 * 365 * 24 * 3600;

function checkTtl(ttlSeconds: number | null | undefined): void {
  if (ttlSeconds === null || ttlSeconds === undefined || (ttlSeconds >= 1 && ttlSeconds <= maxTtlSeconds)) return;
  throw new AppError('BAD_USER_INPUT', `input.ttlSeconds must be from 1 to ${maxTtlSeconds}.`, {
    input: 'input.ttlSeconds',
  });
}

const longestViewerSeconds = 24 * 3600;

/**
 * How long a vendor's token shall last, and may last. Throws `FORBIDDEN` where a viewer would get one that never ends, and
 * `UNAUTHENTICATED` when the viewer's own has ended.
 */
function lifeOf(
  asked: number | undefined,
  view: AppView,
  { access, userTokens, now }: Context,
): Pick<TokenRequest, 'ttlSeconds' | 'maxSeconds'> {
  if (access.has('chat:admin')) return { ttlSeconds: asked, maxSeconds: userTokens.operatorSeconds };
  if (!view.supports('IssueUserTokenInput.ttlSeconds') && !userTokens.endless)
    throw new AppError('FORBIDDEN', "The app's vendor sets no end to its tokens: issuing one needs chat:admin.");
  const { expiresAt } = access.viewer;
  const leftSeconds = expiresAt === null ? longestViewerSeconds : Math.floor((expiresAt - now()) / 1000);
  const maxSeconds = userTokens.viewerSeconds ?? Math.min(longestViewerSeconds, leftSeconds);
  if (maxSeconds < 1) throw new AppError('UNAUTHENTICATED', 'The token has expired.');
  return { ttlSeconds: Math.min(asked ?? maxSeconds, maxSeconds), maxSeconds };
}

export function checkCount(count: number, input: string): void {
  if (count < 1 || count > 100)
    throw new AppError('BAD_USER_INPUT', `${input} must hold 1 to 100 items, and holds ${count}.`, { input });
}
