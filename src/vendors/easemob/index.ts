import type { Vendor } from '../vendor.ts';
import { makeAdapter } from './adapters/index.ts';
import { type Config, configSchema, hostsOf, regionOf } from './app-config.ts';
import { Session } from './auth.ts';
import { callbacks } from './callbacks.ts';
import { endpoints } from './endpoints/index.ts';
import { isSessionRefused, open } from './envelope.ts';
import { limits } from './limits.ts';

/** Easemob IM. */
export const easemob: Vendor<Config> = {
  name: 'EASEMOB',
  slug: 'easemob',
  config: configSchema,
  secrets: ['clientSecret', 'callbackSecret'],
  region: regionOf,
  lists: 'repeat',
  limits,
  endpoints,
  makeWire(context) {
    const session = new Session(context);
    return {
      lists: 'repeat',
      hosts: hostsOf(context.config, context.baseUrls),
      authorize: session.authorize,
      open,
      isSessionRefused,
      dropSession: session.drop,
    };
  },
  makeAdapter,
  callbacks,
  ignoresCase: true,
  demo: {
    name: 'em-1',
    config: {
      orgName: 'demo-org',
      appName: 'switchboard',
      clientId: 'demo-em-client-id',
      clientSecret: 'demo-em-client-secret',
      callbackSecret: 'demo-em-callback-secret',
      cluster: 'sgp1',
      // The demo's history is told by callbacks when it starts.
      callbackMaxAgeSeconds: 86_400,
    },
    switches: [],
  },
  loadEmulator: async () => (await import('./emulator/index.ts')).emulator,
};
