import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { demoApps, startEmulators } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { noLimitsOf, operatorScopes } from '../support/gateway.ts';
import { freePort, GatewayProcess } from '../support/gateway-process.ts';

const secret = 'a secret of the walks, long enough for HS256';
const pathToken = 'a-token-of-the-path-that-is-long';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by the shape of the walk's own queries
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** The whole server in a process of its own, over emulators of every vendor, with nothing but GraphQL and the emulators' control. */
export class World {
  readonly apps = demoApps.map(({ name, vendor }) => ({ name, vendor }));
  readonly gateway: GatewayProcess;
  readonly #emulators: ReadonlyMap<string, Emulator>;
  readonly #folder: string;
  readonly #heads = new Map<string, string>();

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
      {
        vendor,
        ...config,
        baseUrls: [emulators.get(vendor)?.url],
        callbacks: { token: pathToken },
        // The vendors' limits are another test's: here they would only cost time.
        limits: noLimitsOf(vendor),
      },
    ]);
    const config = {
      server: { port },
      auth: { secret },
      log: { level: 'error' },
      events: { file: join(folder, 'events.db') },
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
  speak(vendor: string, from: string, to: { kind: string; id: string }, text: string): Promise<void> {
    return this.#control(vendor, { type: 'message', from, to, content: { kind: 'TEXT', text } });
  }

  /** A client of the vendor's own SDK comes into a space, or leaves it. */
  visit(vendor: string, type: 'join' | 'leave', user: string, space: { kind: string; id: string }): Promise<void> {
    return this.#control(vendor, { type, user, space: { kind: space.kind, id: space.id } });
  }

  async #control(vendor: string, event: object): Promise<void> {
    const url = this.#emulators.get(vendor)?.url;
    const reply = await fetch(`${url}/_emulator/events`, { method: 'POST', body: JSON.stringify(event) });
    if (!reply.ok) throw new Error(`the emulator refused: ${await reply.text()}`);
  }

  /** Resolves when every callback on its way has come. */
  async settle(vendor: string): Promise<void> {
    await this.#emulators.get(vendor)?.callbacks.idle();
  }

  /** The place in an app's events from which a stream has everything that happens from now on. */
  async head(operator: string, app: { readonly name: string; readonly vendor: string }): Promise<string> {
    const query = `query ($filter: EventFilter, $after: String) { events(first: 100, after: $after, filter: $filter) {
      pageInfo { hasNextPage endCursor } } }`;
    // Without any event there is no place.
    if (!this.#heads.has(app.name)) await this.#control(app.vendor, { type: 'online', user: 'alice' });
    await this.settle(app.vendor);
    for (;;) {
      const after = this.#heads.get(app.name) ?? null;
      const answer = await this.query(operator, query, { filter: { appIds: [`App:${app.name}`] }, after });
      if (answer.errors) throw new Error(`events cannot be read: ${JSON.stringify(answer.errors).slice(0, 500)}`);
      const { hasNextPage, endCursor } = answer.data.events.pageInfo;
      if (endCursor !== null) this.#heads.set(app.name, endCursor);
      if (!hasNextPage) break;
    }
    const head = this.#heads.get(app.name);
    if (head === undefined) throw new Error(`${app.name} has no events`);
    return head;
  }
}
