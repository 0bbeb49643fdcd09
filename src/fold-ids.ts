import type { Config } from './config.ts';
import { canonicalUserId } from './domain/id.ts';
import type { makeTokenVerifier } from './server/auth.ts';
import { vendors } from './vendors/index.ts';

/** User ids as the schema has them: lower case at vendors that ignore it. */
export function foldIds(app: string, userIds: readonly string[], { apps }: Config): readonly string[] {
  const ignoresCase = vendors.find((vendor) => vendor.slug === apps[app]?.vendor)?.ignoresCase === true;
  return userIds.map((userId) => canonicalUserId(userId, ignoresCase));
}

/** Accounts at vendors whose user ids ignore case are lower case, as their ids in the schema are. */
export function foldAccounts(
  verify: ReturnType<typeof makeTokenVerifier>,
  config: Config,
): ReturnType<typeof makeTokenVerifier> {
  return async (token) => {
    const viewer = await verify(token);
    const folded = [...viewer.accounts].flatMap(([app, userId]) =>
      foldIds(app, [userId], config).map((id): [string, string] => [app, id]),
    );
    return { ...viewer, accounts: new Map(folded) };
  };
}
