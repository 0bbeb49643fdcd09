import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { jsonField, maybeList, maybeText } from './parameters.ts';

/** The basic profile of the hosting service: keys it knows, each with its own bound. */
const userProfile = jsonField(z.strictObject({ name: z.string().max(32), portraitUri: z.string().max(128) }).partial());

/** Keys of the app's own. */
const userExtProfile = jsonField(z.record(z.string().startsWith('ext_').max(32), z.string().max(256)));

export const user = {
  /** Registers a user, or takes it as it is and overwrites name and picture; the answer has a token for its client. */
  register: endpoint('rongcloud.user.register', { reply: z.object({ token: z.string().min(1) }) }),
  refresh: endpoint('rongcloud.user.refresh'),
  info: endpoint('rongcloud.user.info', {
    reply: z.object({
      userName: maybeText,
      userPortrait: maybeText,
      createTime: z.union([z.string(), z.number()]).nullish(),
    }),
  }),
  checkOnline: endpoint('rongcloud.user.checkOnline', {
    reply: z.object({ status: z.union([z.string(), z.number()]).transform(String) }),
  }),
  getHostedProfiles: endpoint('rongcloud.user.profile.batch.query', {
    reply: z.object({ userList: maybeList(z.object({ userId: z.string(), userProfile: maybeText })) }),
  }),
  setHostedProfile: endpoint('rongcloud.user.profile.set', { params: { userProfile, userExtProfile } }),
};
