import type { Vendor } from '../vendor.ts';
import { makeAdapter } from './adapters/index.ts';
import { type Config, configSchema } from './app-config.ts';
import { callbacks } from './callbacks.ts';
import { endpoints } from './endpoints/index.ts';
import { limits } from './limits.ts';
import { lists, makeWire } from './wire.ts';

/** ZEGOCLOUD ZIM: one path, signed by query parameters (https://www.zegocloud.com/docs/zim-server). */
export const zim: Vendor<Config> = {
  name: 'ZIM',
  slug: 'zim',
  config: configSchema,
  secrets: ['serverSecret', 'callbackSecret'],
  region: (config) => config.region,
  lists,
  limits,
  endpoints,
  makeWire,
  makeAdapter,
  callbacks,
  demo: {
    name: 'zim-eu',
    config: {
      appId: '1001',
      serverSecret: 'demo-zim-server-secret-012345678',
      callbackSecret: 'demo-zim-callback-secret',
      region: 'fra',
    },
    switches: [],
  },
  loadEmulator: async () => (await import('./emulator/index.ts')).emulator,
};
