import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { demoApps, startEmulators } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { operatorScopes } from '../support/gateway.ts';
import { freePort, GatewayProcess } from '../support/gateway-process.ts';

const secret = 'a secret of the walks, long enough for HS256';
const pathToken = 'a-token-of-the-path-that-is-long';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by the shape of the walk's own queries
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** The whole server in a process of its own, over emulators of every vendor, with nothing but GraphQL and the emulators' control. */
export class World {
  readonly apps = demoApps.map(({ name, vendor }) => ({ name, vendor }));
  readonly gateway: GatewayProcess;
  readonly #emulators: ReadonlyMap<string, Emulator>;
  readonly #folder: string;

  private constructor(gateway: GatewayProcess, emulators: ReadonlyMap<string, Emulator>, folder: string) {
    this.gateway = gateway;
    this.#emulators = emulators;
    this.#folder = folder;
  }

  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'walk-'));
    const port = await freePort();
    const emulators = await startEmulators({ limits: false });
    const apps = demoApps.map(({ name, vendor, config }) => [
      name,
      { vendor, ...config, baseUrls: [emulators.get(vendor)?.url], callbacks: { token: pathToken } },
    ]);
    const config = {
      server: { port },
      auth: { secret },
      log: { level: 'error' },
      events: { file: join(folder, 'events.db') },
      // The vendors' limits are another test's: here they would only cost time.
      apps: Object.fromEntries(apps),
    };
    const configFile = join(folder, 'switchboard.yaml');
    writeFileSync(configFile, JSON.stringify(config));
    const gateway = new GatewayProcess(configFile, port);
    for (const emulator of emulators.values())
      for (const app of emulator.apps) app.callbackUrl = `${gateway.url}/callbacks/${app.name}/${pathToken}`;
    await gateway.start();
    return new World(gateway, emulators, folder);
  }

  async stop(): Promise<void> {
    await this.gateway.kill('SIGKILL');
    await Promise.all([...this.#emulators.values()].map((emulator) => emulator.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async restart(signal: NodeJS.Signals): Promise<void> {
    await this.gateway.kill(signal);
    await this.gateway.start();
  }

  token(userId: string, app: string): Promise<string> {
    return signDemoToken(
      secret,
      { subject: userId, accounts: { [app]: userId }, expiresInSeconds: 36_000 },
      systemClock,
    );
  }

  operator(): Promise<string> {
    return signDemoToken(
      secret,
      { subject: 'operator', scopes: operatorScopes, expiresInSeconds: 36_000 },
      systemClock,
    );
  }

  async query(token: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const reply = await fetch(`${this.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await reply.json()) as Answer;
  }

  /** A message of a client of the vendor's own SDK. */
  async speak(vendor: string, from: string, to: { kind: 'direct' | 'group'; id: string }, text: string): Promise<void> {
    const url = this.#emulators.get(vendor)?.url;
    const reply = await fetch(`${url}/_emulator/events`, {
      method: 'POST',
      body: JSON.stringify({ type: 'message', from, to, content: { kind: 'TEXT', text } }),
    });
    if (!reply.ok) throw new Error(`the emulator refused: ${await reply.text()}`);
  }

  /** Resolves when every callback on its way has come. */
  async settle(vendor: string): Promise<void> {
    await this.#emulators.get(vendor)?.callbacks.idle();
  }
}
