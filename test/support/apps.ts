import { demoApps } from '../../src/demo.ts';
import { variant } from './gateway.ts';

/** RongCloud with plain groups and profiles. */
export const rcPlain = variant('rongcloud', 'rc-plain', { appKey: 'rc-plain-key', groups: 'plain' }, ['sync-server']);

/** RongCloud with the paths that only the Chinese list names. */
export const rcList = variant('rongcloud', 'rc-list', { appKey: 'rc-list-key', groups: 'plain', paths: 'cn-list' }, [
  'cn-list',
  'sync-server',
]);

/** Easemob with the older list of a user's groups. */
export const emLegacy = variant('easemob', 'em-legacy', { appName: 'legacy', joinedGroups: 'legacy' });

/** An app for which Easemob has opened its list of conversations. */
export const emListed = variant('easemob', 'em-listed', { appName: 'listed', conversationList: true });

/** Every way of talking to every vendor that these tests know. */
export const allApps = [...demoApps, rcPlain, rcList, emLegacy];
