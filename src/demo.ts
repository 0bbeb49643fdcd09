import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { AppConfig, Config } from './config.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { vendors } from './vendors/index.ts';
import type { DemoApp } from './vendors/vendor.ts';

/** An app at an emulator: what its operator has in the vendor's console, and in the configuration file. */
export interface EmulatedDemoApp extends DemoApp {
  /** The vendor's slug. */
  readonly vendor: string;
}

/** The apps of a configuration, for emulators that take its credentials: of several secrets the first. */
export function emulatedApps({ apps }: Pick<Config, 'apps'>): readonly EmulatedDemoApp[] {
  return Object.entries(apps).map(([name, { vendor: slug, config }]) => {
    const vendor = vendors.find((each) => each.slug === slug);
    const switches = vendor?.switchesOf?.(config) ?? vendor?.demo.switches ?? [];
    return { name, vendor: slug, config: scalars.parse(config), switches };
  });
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const first = z.union([scalar, z.array(scalar).transform(([one]) => one)]).catch(undefined);
const scalars = z
  .record(z.string(), first)
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );

/** One app at each vendor. */
export const demoApps: readonly EmulatedDemoApp[] = vendors.map(({ slug, demo }) => ({ ...demo, vendor: slug }));

export interface EmulatorsOptions {
  readonly apps?: readonly EmulatedDemoApp[];
  readonly clock?: Clock;
  /** A port for each vendor's slug; any free one when left out. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly limits?: boolean;
  /** Whether the vendors ask before they deliver a client's message, whatever the apps' switches say. */
  readonly ask?: boolean;
}

/** Starts an emulator for each vendor that the apps name, with the demo's data in each app. */
export async function startEmulators(options: EmulatorsOptions = {}): Promise<Map<string, Emulator>> {
  const apps = options.apps ?? demoApps;
  const started = new Map<string, Emulator>();
  for (const vendor of vendors.filter(({ slug }) => apps.some((app) => app.vendor === slug))) {
    const emulated = await vendor.loadEmulator();
    const also = options.ask && emulated.asks !== undefined ? [emulated.asks] : [];
    const emulator = await startEmulator(emulated, {
      apps: apps
        .filter((app) => app.vendor === vendor.slug)
        .map(({ name, config, switches }) => ({
          name,
          credentials: textsOf(config),
          switches: [...switches, ...also],
        })),
      demo: true,
      ...(options.clock && { clock: options.clock }),
      ...(options.ports?.[vendor.slug] !== undefined && { port: options.ports[vendor.slug] }),
      ...(options.limits !== undefined && { limits: options.limits }),
    });
    started.set(vendor.slug, emulator);
  }
  return started;
}

const textsOf = (config: EmulatedDemoApp['config']) =>
  Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));

/** The `apps` of a configuration that points at the emulators. */
export function demoConfig(
  emulators: ReadonlyMap<string, Emulator>,
  apps: readonly EmulatedDemoApp[] = demoApps,
): Record<string, AppConfig> {
  const entries = apps.map(({ name, vendor, config }): [string, AppConfig] => {
    const url = emulators.get(vendor)?.url;
    const parsed = vendors.find((each) => each.slug === vendor)?.config.parse(config);
    const callbacks = { token: randomBytes(24).toString('base64url') };
    return [name, { vendor, config: parsed, baseUrls: url === undefined ? [] : [url], callbacks }];
  });
  return Object.fromEntries(entries);
}

/** Has the emulators call back to a gateway, and (`retell`) tell it of all that was said before. */
export function sendCallbacksTo(
  url: string,
  emulators: ReadonlyMap<string, Emulator>,
  config: Readonly<Record<string, AppConfig>>,
  retell = true,
): void {
  for (const emulator of emulators.values()) {
    for (const app of emulator.apps) {
      const token = config[app.name]?.callbacks?.token;
      app.callbackUrl = token === undefined ? null : `${url}/callbacks/${app.name}/${token}`;
    }
    if (retell) emulator.retell();
  }
}
