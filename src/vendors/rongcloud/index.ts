import type { Vendor } from '../vendor.ts';
import { makeAdapter } from './adapters/index.ts';
import { type Config, configSchema } from './app-config.ts';
import { callbacks } from './callbacks.ts';
import { endpoints } from './endpoints/index.ts';
import { limits } from './limits.ts';
import { makeWire } from './wire.ts';

/** RongCloud IM, by its server API. */
export const rongcloud: Vendor<Config> = {
  name: 'RONGCLOUD',
  slug: 'rongcloud',
  config: configSchema,
  secrets: ['appSecret'],
  region: (config) => config.region,
  lists: 'repeat',
  limits,
  // Days are those of the data centre (rongcloud.yaml, quirks).
  dayOffsetMinutes: (config) => (config.region === 'cn' ? 480 : 0),
  endpoints,
  makeWire,
  makeAdapter,
  callbacks,
  demo: {
    name: 'rc-cn',
    config: { appKey: 'demo-rc-app-key', appSecret: 'demo-rc-app-secret', region: 'cn', groups: 'hosted' },
    switches: ['hosted', 'sync-server'],
  },
  switchesOf: ({ groups, paths, region }) => [
    'sync-server',
    ...(groups === 'hosted' ? ['hosted'] : []),
    ...(paths === 'cn-list' ? ['cn-list'] : []),
    ...(region === 'cn' ? [] : ['overseas']),
  ],
  loadEmulator: async () => (await import('./emulator/index.ts')).emulator,
};
