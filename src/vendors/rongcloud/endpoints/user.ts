import { z } from 'zod';
import { bytes, empty, list, post } from '../../../net/endpoint.ts';
import { jsonField, listedId, maybeList, maybeText, userId } from './parameters.ts';

/** The basic profile of the hosting service: keys it knows, each with its own bound. */
const hostedProfile = jsonField(
  z.strictObject({ name: z.string().max(32), portraitUri: z.string().max(128) }).partial(),
);

/** Keys of the app's own. */
const hostedExtProfile = jsonField(z.record(z.string().startsWith('ext_').max(32), z.string().max(256)));

export const user = {
  /** Registers a user, or takes it as it is and overwrites name and picture; the answer has a token for its client. */
  register: post('rongcloud.user.register', '/user/getToken.json', {
    form: { userId, name: bytes(128), portraitUri: bytes(1024).optional() },
    reply: z.object({ token: z.string().min(1) }),
    limits: ['user.getToken'],
    idempotent: true,
  }),
  refresh: post('rongcloud.user.refresh', '/user/refresh.json', {
    form: { userId, name: bytes(128).optional(), portraitUri: bytes(1024).optional() },
    reply: empty,
    limits: ['user.refresh'],
    idempotent: true,
  }),
  info: post('rongcloud.user.info', '/user/info.json', {
    form: { userId },
    reply: z.object({
      userName: maybeText,
      userPortrait: maybeText,
      createTime: z.union([z.string(), z.number()]).nullish(),
    }),
    limits: ['user.info'],
    readOnly: true,
  }),
  checkOnline: post('rongcloud.user.checkOnline', '/user/checkOnline.json', {
    form: { userId },
    reply: z.object({ status: z.union([z.string(), z.number()]).transform(String) }),
    limits: ['user.checkOnline'],
    readOnly: true,
  }),
  getHostedProfiles: post('rongcloud.user.profile.batch.query', '/user/profile/batch/query.json', {
    form: { userId: list(listedId, 100) },
    reply: z.object({ userList: maybeList(z.object({ userId: z.string(), userProfile: maybeText })) }),
    limits: ['user.profile.batch.query'],
    batch: { param: 'userId', max: 100 },
    readOnly: true,
  }),
  setHostedProfile: post('rongcloud.user.profile.set', '/user/profile/set.json', {
    form: { userId, userProfile: hostedProfile, userExtProfile: hostedExtProfile },
    reply: empty,
    limits: ['user.profile.set'],
    idempotent: true,
  }),
};
