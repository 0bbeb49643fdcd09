import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';
import pino, { type Logger } from 'pino';
import WebSocket from 'ws';
import type { z } from 'zod';
import { type RunningApp, startApp } from '../../src/app.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { demoApps, demoConfig, type EmulatedDemoApp, sendCallbacksTo, startEmulators } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { VendorCall } from '../../src/request-options.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { vendors } from '../../src/vendors/index.ts';

export const operatorScopes = ['chat:read', 'chat:write', 'chat:moderate', 'chat:admin'] as const;

const secret = 'a secret of the tests, long enough for HS256';

export interface GraphqlAnswer<T> {
  readonly status: number;
  readonly data?: T | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

export interface TestGateway {
  readonly url: string;
  readonly emulators: ReadonlyMap<string, Emulator>;
  readonly running: RunningApp;
  /** Every vendor call so far. */
  readonly calls: VendorCall[];
  /** A token of alice at every app, without scopes, unless the claims say otherwise. */
  token(claims?: {
    subject?: string;
    scopes?: readonly string[];
    accounts?: Record<string, string>;
    expiresInSeconds?: number;
  }): Promise<string>;
  operator(): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
  query<T = any>(
    token: string | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphqlAnswer<T>>;
  /** Collects what a subscription gives; `next` waits for the event after those taken. */
  subscribe(token: string, query: string, variables?: Record<string, unknown>): Subscription;
  stop(): Promise<void>;
}

export interface Subscription {
  // biome-ignore lint/suspicious/noExplicitAny: as for queries
  next(timeoutMs?: number): Promise<any>;
  readonly isConnected: Promise<void>;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly apps?: readonly EmulatedDemoApp[];
  /** Whether the demo's history is told by callbacks; on unless told otherwise. */
  readonly retell?: boolean;
  readonly limits?: boolean;
  /** Whether the gateway keeps to the vendors' limits; on when left out. Off, nothing waits. */
  readonly keepsLimits?: boolean;
  /** Whether every token may have its operations explained and planned, as in the demo; off when left out. */
  readonly demo?: boolean;
  readonly clock?: Clock;
  readonly viewers?: Config['viewers'];
  /** Where every app's callbacks may come from; anywhere when left out. */
  readonly allowFrom?: readonly string[];
  readonly trustedProxies?: readonly string[];
  readonly userTokens?: Config['userTokens'];
  /** The file of the event log; in memory when left out. */
  readonly eventsFile?: string;
  /** Where backups go. */
  readonly backupFolder?: string;
  /** How every app answers its vendor's questions, as in the configuration file. */
  readonly decisions?: z.input<typeof decisionsSchema>;
  /** Nothing is logged when left out. */
  readonly log?: Logger;
}

/** The whole server over real emulators, on free ports. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const clock = options.clock ?? systemClock;
  const testApps = options.apps ?? demoApps;
  const emulators = await startEmulators({
    apps: testApps,
    clock,
    ...(options.limits !== undefined && { limits: options.limits }),
  });
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  const decisions = options.decisions && decisionsSchema.parse(options.decisions);
  const { allowFrom, trustedProxies = [] } = options;
  const apps = Object.fromEntries(
    Object.entries(demoConfig(emulators, testApps)).map(([name, app]) => {
      const callbacks = app.callbacks && { ...app.callbacks, ...(allowFrom && { allowFrom: [...allowFrom] }) };
      const limits = options.keepsLimits === false && { limits: noLimitsOf(app.vendor) };
      return [name, { ...app, callbacks, decisions, ...limits }];
    }),
  );
  const config: Config = {
    ...settings,
    server: { ...settings.server, introspection: options.demo || 'token', trustedProxies: [...trustedProxies] },
    demo: options.demo ?? false,
    auth: { ...settings.auth, secret },
    apps,
    ...(options.eventsFile && {
      events: { ...settings.events, file: options.eventsFile, backupFolder: options.backupFolder },
    }),
    ...(options.viewers && { viewers: options.viewers }),
    ...(options.userTokens && { userTokens: options.userTokens }),
  };
  const calls: VendorCall[] = [];
  const answered = new Set<string>();
  const delivered = new Set<string>();
  const running = await startApp({
    config,
    clock,
    log: options.log ?? pino({ level: 'silent' }),
    report(call) {
      calls.push(call);
      if (call.outcome === 'ok') answered.add(call.endpoint);
    },
    onGiven: (event) => delivered.add(event.draft.callback ?? ''),
  });
  sendCallbacksTo(running.url, emulators, apps, options.retell ?? true);
  if (options.retell ?? true) await Promise.all([...emulators.values()].map((emulator) => emulator.callbacks.idle()));
  const accounts = Object.fromEntries(testApps.map(({ name }) => [name, 'alice']));
  const clients = new Set<{ dispose(): void | Promise<void> }>();

  const token: TestGateway['token'] = (claims = {}) =>
    signDemoToken(secret, { subject: 'alice', accounts, expiresInSeconds: 3600, ...claims }, clock);
  return {
    url: running.url,
    emulators,
    running,
    calls,
    token,
    operator: () => token({ subject: 'operator', scopes: operatorScopes, accounts: {} }),
    async query(bearer, query, variables, more = {}) {
      const headers = {
        'content-type': 'application/json',
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...more,
      };
      const reply = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables }),
      });
      return { status: reply.status, ...((await reply.json()) as object) };
    },
    subscribe(bearer, query, variables) {
      const url = `${running.url.replace('http', 'ws')}/graphql`;
      let connected: () => void = () => {};
      const isConnected = new Promise<void>((resolve) => {
        connected = resolve;
      });
      const client = createClient({
        url,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${bearer}` },
        retryAttempts: 0,
        lazy: false,
        on: { connected: () => connected() },
      });
      clients.add(client);
      const iterator = client.iterate({ query, variables: variables ?? null });
      return {
        isConnected,
        async next(timeoutMs = 5000) {
          const late = new Promise<never>((_, reject) =>
            setTimeout(() => reject(new Error(`no event within ${timeoutMs} ms`)), timeoutMs).unref(),
          );
          // graphql-ws throws what the server answered a refused operation with: the list of its errors.
          const refused = (errors: unknown) => ({ value: { errors } });
          const { value } = await Promise.race([iterator.next().catch(refused), late]);
          return value;
        },
        async close() {
          await iterator.return?.();
          await client.dispose();
        },
      };
    },
    async stop() {
      await Promise.all([...clients].map((client) => client.dispose()));
      await running.stop();
      noteCoverage(answered, delivered);
      await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
    },
  };
}

/** Of every bucket more than anybody uses. */
export const noLimitsOf = (slug: string) =>
  Object.fromEntries(
    vendors
      .filter((vendor) => vendor.slug === slug)
      .flatMap(({ limits }) => limits.map(({ id }) => [id, { windows: [{ count: 1_000_000, seconds: 1 }] }])),
  );

/** For `npm run coverage:vendors`: which endpoints were called and answered well, and whose callbacks a subscriber got. */
function noteCoverage(answered: ReadonlySet<string>, delivered: ReadonlySet<string>): void {
  const folder = process.env['COVERAGE_VENDORS_DIR'];
  if (!folder) return;
  writeFileSync(`${folder}/${randomUUID()}.json`, JSON.stringify({ called: [...answered], delivered: [...delivered] }));
}

/** The demo app of a vendor, with other configuration or switches under another name. */
export function variant(
  vendor: string,
  name: string,
  config: EmulatedDemoApp['config'] = {},
  switches?: readonly string[],
): EmulatedDemoApp {
  const base = demoApps.find((app) => app.vendor === vendor);
  if (!base) throw new Error(`no demo app of ${vendor}`);
  return { ...base, name, config: { ...base.config, ...config }, switches: switches ?? base.switches };
}
