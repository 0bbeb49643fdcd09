import { spaceId, userId } from './endpoints/values.ts';

/** User ids ignore case, and the vendor keeps them in lower case (easemob.yaml, encoding). */
export const userIdOf = (text: string): string => text.toLowerCase();

/** Whether a user could have this id; one that nobody can have is never sent. */
export const isUserId = (text: string): boolean => userId.safeParse(text).success;

/** Whether a group or chatroom could have this id. */
export const isSpaceId = (text: string): boolean => spaceId.safeParse(text).success;

/** The two halves of an app key, `org#app`. */
interface AppKey {
  readonly orgName: string;
  readonly appName: string;
}

/** A user's id from the forms that owners and operators come in: `org#app_user`, `user`, `user@easemob.com/device`. */
export function bareUserId(text: string, { orgName, appName }: AppKey): string {
  const prefix = `${orgName}#${appName}_`.toLowerCase();
  const id = userIdOf(text).replace(/@easemob\.com(\/.*)?$/, '');
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

const spaceDomain = '@conference.easemob.com';

/** Whether a name says that it is a group's or chatroom's: those of users end otherwise. */
export const isSpaceName = (name: string): boolean => name.endsWith(spaceDomain);

/** A space's id from `org#app_id@conference.easemob.com`, or as it stands; no id has an underscore. */
export const bareSpaceId = (name: string): string =>
  /([a-z0-9]+)(@conference\.easemob\.com.*)?$/.exec(name)?.[1] ?? name;

/** Names by which the server API and the console act (easemob.yaml, quirks). */
const serverNames: ReadonlySet<string> = new Set(['admin', '@ppadmin', 'easemob_rest_app_admin']);

/** Whether a name is the app's own or the vendor's, not a user's. */
export const isServerName = (name: string, systemUser: string): boolean => name === systemUser || serverNames.has(name);
