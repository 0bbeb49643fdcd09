import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { vendors } from './vendors/index.ts';

/** An app of the demo: what its operator would have in the vendor's console, and in the configuration file. */
export interface DemoApp {
  readonly name: string;
  readonly vendor: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** The vendor's configuration besides the credentials. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Console switches of the emulated app. */
  readonly switches: readonly string[];
}

/** One app at each vendor. The secrets are of no use anywhere but at the emulators on this machine. */
export const demoApps: readonly DemoApp[] = [
  {
    name: 'zim-eu',
    vendor: 'zim',
    credentials: { appId: '1001', serverSecret: 'demo-zim-server-secret-0123456789', callbackSecret: 'demo-zim-callback-secret' },
    options: { region: 'fra', systemUser: 'administrator' },
    switches: [],
  },
  {
    name: 'rc-cn',
    vendor: 'rongcloud',
    credentials: { appKey: 'demo-rc-app-key', appSecret: 'demo-rc-app-secret' },
    options: { region: 'cn', groups: 'hosted' },
    switches: ['hosted', 'sync-server'],
  },
  {
    name: 'em-1',
    vendor: 'easemob',
    credentials: {
      orgName: 'demo-org',
      appName: 'switchboard',
      clientId: 'demo-em-client-id',
      clientSecret: 'demo-em-client-secret',
      callbackSecret: 'demo-em-callback-secret',
    },
    options: { cluster: 'sgp1' },
    switches: [],
  },
];

export interface EmulatorsOptions {
  readonly apps?: readonly DemoApp[];
  readonly clock?: Clock;
  /** A port for each vendor's slug; any free one when left out. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly limits?: boolean;
}

/** Starts an emulator for each vendor that the apps name, with the demo's data in each app. */
export async function startEmulators(options: EmulatorsOptions = {}): Promise<Map<string, Emulator>> {
  const apps = options.apps ?? demoApps;
  const started = new Map<string, Emulator>();
  for (const vendor of vendors.filter(({ slug }) => apps.some((app) => app.vendor === slug))) {
    const emulator = await startEmulator(await vendor.loadEmulator(), {
      apps: apps.filter((app) => app.vendor === vendor.slug),
      demo: true,
      ...(options.clock && { clock: options.clock }),
      ...(options.ports?.[vendor.slug] !== undefined && { port: options.ports[vendor.slug] }),
      ...(options.limits !== undefined && { limits: options.limits }),
    });
    started.set(vendor.slug, emulator);
  }
  return started;
}

/** The `apps` of a configuration file that points at the emulators. */
export function demoConfig(emulators: ReadonlyMap<string, Emulator>, apps: readonly DemoApp[] = demoApps): Record<string, Record<string, unknown>> {
  const entries = apps.map(({ name, vendor, credentials, options }) => {
    const url = emulators.get(vendor)?.url;
    const callbacks = { token: randomBytes(24).toString('base64url') };
    return [name, { vendor, ...credentials, ...options, baseUrls: url === undefined ? [] : [url], callbacks }] as const;
  });
  return Object.fromEntries(entries);
}
