import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { environment, fail, localUrl, readOptions, startFailure } from './command-line.ts';
import { readConfig } from './config.ts';
import { demoApps, type EmulatedDemoApp, emulatedApps, startEmulators } from './demo.ts';
import type { Emulator } from './emulator/emulator.ts';
import { stopOnSignals } from './signals.ts';
import { vendors } from './vendors/index.ts';

const usage = `Usage: npm run emulators -- [options]

Serves the vendors, emulated on this machine, with demo data. Nothing here reaches a real vendor.

  --callbacks <url>        calls back to the gateway at this address: <url>/callbacks/<app>/<path token>
  --callbacks <app>=<url>  calls back to exactly this address for one app; may be repeated
  --ask                    the vendors ask before they deliver a client's message: for the rules of \`decisions:\` (docs/moderation.md)
  --config <file>          emulates the apps of this configuration file, with its credentials and path tokens, and calls back to the
                           address that it listens at unless --callbacks says otherwise; its variables are read as npm start does
  --port <port>            the first vendor's; the others take those after it. Default: PORT, else 4100; 0 for any that are free
  --help                   prints this, and ends
`;

const { values } = readOptions(usage, () =>
  parseArgs({
    options: {
      callbacks: { type: 'string', multiple: true, default: [] },
      ask: { type: 'boolean', default: false },
      config: { type: 'string' },
      port: { type: 'string', default: process.env['PORT'] || '4100' },
    },
  }),
);

/** An app to emulate, with the part of its callback's path that nobody can guess; undefined where it has no callbacks. */
interface RehearsedApp extends EmulatedDemoApp {
  readonly pathToken: string | undefined;
}

interface Rehearsal {
  readonly apps: readonly RehearsedApp[];
  /** The gateway's address; undefined when there is none yet. */
  readonly gateway: string | undefined;
}

function rehearsalOf(file: string): Rehearsal {
  // PORT is the emulators' own here.
  const { PORT: _, ...env } = environment();
  const config = readConfig({ env, argv: ['--config', file], vendors });
  const apps = emulatedApps(config).map((app) => ({ ...app, pathToken: config.apps[app.name]?.callbacks?.token }));
  return { apps, gateway: localUrl(config.server) };
}

const { apps, gateway } = readOptions(
  usage,
  (): Rehearsal =>
    values.config === undefined
      ? { apps: demoApps.map((app) => ({ ...app, pathToken: `demo-path-token-${app.name}` })), gateway: undefined }
      : rehearsalOf(values.config),
);

/** Where callbacks of each app go, by the app's name; the gateway's address under the empty name. */
const given = new Map(
  values.callbacks.map((text): [string, string] => {
    const [, app = '', url = ''] = /^(?:([a-z0-9-]+)=)?(.*)$/s.exec(text) ?? [];
    if (app !== '' && !apps.some(({ name }) => name === app)) {
      fail(`--callbacks: no app ${app}; expected one of ${apps.map(({ name }) => name).join(', ')}`);
    }
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      fail('--callbacks: expected a URL that begins with http:// or https://, after <app>= or alone');
    }
    return [app, url.replace(/\/+$/, '')];
  }),
);

function callbackUrlOf({ name, pathToken }: RehearsedApp): string | null {
  const base = given.get('') ?? gateway;
  return (
    given.get(name) ?? (base === undefined || pathToken === undefined ? null : `${base}/callbacks/${name}/${pathToken}`)
  );
}

const firstPort = Number(values.port);
if (!Number.isInteger(firstPort) || firstPort < 0 || firstPort > 65_535 - vendors.length)
  fail('--port: expected a port');

/** What a configuration needs to use these emulators: all of it for the demo's apps, the addresses for the operator's own. */
function configurationOf(emulators: ReadonlyMap<string, Emulator>): string {
  const entries = apps.map(({ name, vendor, config, pathToken }) => {
    const baseUrls = [emulators.get(vendor)?.url];
    return [
      name,
      values.config === undefined ? { vendor, ...config, baseUrls, callbacks: { token: pathToken } } : { baseUrls },
    ];
  });
  return stringify({ apps: Object.fromEntries(entries) });
}

function report(emulators: ReadonlyMap<string, Emulator>): string {
  const width =
    Math.max(...[...emulators.keys()].map((slug) => slug.length), ...apps.map(({ name }) => name.length)) + 2;
  const urls = [...emulators].map(
    ([slug, { url }]) => `  ${slug.padEnd(width)}${url}   control: ${url}/_emulator/stats\n`,
  );
  const targets = apps.map((app) => {
    const url = callbackUrlOf(app);
    return `  ${app.name.padEnd(width)}${url === null ? 'nowhere: give --callbacks <address of the gateway>' : shown(url, app)}\n`;
  });
  return `The vendors, emulated on this machine. Nothing here reaches a real vendor.

${urls.join('')}
Callbacks go to:

${targets.join('')}
For the configuration file of a gateway${values.config === undefined ? '' : ', beside what it has'}:

${configurationOf(emulators)}`;
}

/** An operator's own path token is a secret; those of the demo's apps are not. */
function shown(url: string, { pathToken }: RehearsedApp): string {
  return values.config === undefined || pathToken === undefined ? url : url.replaceAll(pathToken, '***');
}

try {
  const ports = Object.fromEntries(vendors.map(({ slug }, index) => [slug, firstPort && firstPort + index]));
  const emulators = await startEmulators({ apps, ports, ask: values.ask });
  for (const emulator of emulators.values()) {
    for (const emulated of emulator.apps) {
      const app = apps.find(({ name }) => name === emulated.name);
      emulated.callbackUrl = app ? callbackUrlOf(app) : null;
    }
  }
  process.stdout.write(report(emulators));
  stopOnSignals(async () => {
    await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
  }, 5000);
} catch (error) {
  fail(startFailure(error));
}
