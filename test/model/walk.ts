import fc from 'fast-check';
import type { Command } from './app-command.ts';
import { Ids } from './asking.ts';
import { checkApp } from './checks.ts';
import { beginning, commands } from './commands.ts';
import { holdsAt } from './differences.ts';
import { AppModel } from './model.ts';
import { checkNodes } from './node-checks.ts';
import { resume } from './process-commands.ts';
import type { Walk, WalkApp } from './scene.ts';
import { StreamViewer } from './viewer.ts';
import { World } from './world.ts';

export interface WalkOptions {
  /** Of the first walk; each has the next one. */
  readonly seed: number;
  readonly steps: number;
  /** No walk goes on after so long, and a difference is not made smaller for longer. */
  readonly seconds: number;
  /** The path of a difference that was found, and which of its steps were taken, to see it again. */
  readonly path?: string;
  readonly replayPath?: string;
}

/** What was walked, and how often each kind of command did something. */
export interface Walked {
  readonly walks: number;
  readonly counts: ReadonlyMap<string, number>;
}

const usersOfWalk = 5;

/** Walks until a difference from the model is found, which is thrown with its seed and the shortest walk to it. */
export async function walkAll(options: WalkOptions): Promise<Walked> {
  const world = await World.start();
  try {
    const walks = new Walks(world, options);
    await walks.prepare();
    return await walks.run();
  } finally {
    await world.stop();
  }
}

type Steps = Iterable<Command>;

class Walks {
  readonly #world: World;
  readonly #options: WalkOptions;
  readonly #counts = new Map<string, number>();
  #operator = '';
  #supports: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** Walks begun, those that make a difference smaller too: each has its own users. */
  #begun = 0;
  #endsAt = 0;

  constructor(world: World, options: WalkOptions) {
    this.#world = world;
    this.#options = options;
  }

  async prepare(): Promise<void> {
    this.#operator = await this.#world.operator();
    this.#supports = await supportOf(this.#world, this.#operator);
  }

  async run(): Promise<Walked> {
    const { seed, seconds, path } = this.#options;
    // A walk that is named is made whole.
    this.#endsAt = path === undefined ? Date.now() + seconds * 1000 : Number.POSITIVE_INFINITY;
    for (let walk = 0; Date.now() < this.#endsAt; walk += 1) {
      const limits = { seed: seed + walk, numRuns: 1, ...(path !== undefined && { path }) };
      const found = await fc.check(this.#property(), { ...limits, endOnFailure: true });
      if (found.failed) await this.#report(found);
      if (path !== undefined) break;
    }
    return { walks: this.#begun, counts: this.#counts };
  }

  /** Throws a difference that was found, after its walk was made smaller. */
  async #report(found: fc.RunDetails<[number, Steps]>): Promise<never> {
    const { seconds } = this.#options;
    this.#endsAt = Number.POSITIVE_INFINITY;
    const limits = { seed: found.seed, path: found.counterexamplePath ?? '', interruptAfterTimeLimit: seconds * 1000 };
    const smaller = await fc.check(this.#property(), limits);
    // One that was given up when the time was over is still under way.
    this.#endsAt = 0;
    await this.#running;
    const isSeenAgain = smaller.failed && smaller.counterexamplePath !== null;
    const note = isSeenAgain ? '' : 'Not seen again when the same walk was made once more.\n';
    const details = isSeenAgain ? smaller : found;
    throw new Error(`${note}${fc.defaultReportMessage(details)}`, { cause: details.errorInstance });
  }

  #running: Promise<void> = Promise.resolve();

  #property(): fc.IAsyncProperty<[number, Steps]> {
    const { steps, replayPath } = this.#options;
    const stepsOf = fc.commands(commands, {
      maxCommands: steps,
      size: 'max',
      ...(replayPath !== undefined && { replayPath }),
    });
    return fc.asyncProperty(fc.nat(this.#world.apps.length - 1), stepsOf, (favourite, walked) => {
      const running = this.#walk(favourite, walked);
      this.#running = running.catch(() => {});
      return running;
    });
  }

  async #walk(favourite: number, steps: Steps): Promise<void> {
    this.#begun += 1;
    const world = this.#world;
    const prefix = `w${this.#begun}x`;
    const apps = await Promise.all(world.apps.map((app) => newApp(world, this.#operator, app, prefix, this.#supports)));
    const walk: Walk = {
      world,
      apps,
      favourite,
      operate: (query, variables) => world.query(this.#operator, query, variables),
      isOver: () => Date.now() >= this.#endsAt,
      ...counters(this.#counts),
    };
    try {
      await fc.asyncModelRun(() => ({ model: { apps: apps.length }, real: walk }), [...beginning(), ...steps]);
      for (const app of apps) await checkEnd(walk, app);
    } finally {
      for (const app of apps) for (const viewer of app.viewers.values()) viewer.cut();
    }
  }
}

function counters(counts: Map<string, number>): Pick<Walk, 'next' | 'count' | 'apart'> {
  const lastOf = new Map<string, number>();
  let serial = 0;
  return {
    next: () => {
      serial += 1;
      return serial;
    },
    count: (name) => counts.set(name, (counts.get(name) ?? 0) + 1),
    apart: async (name) => {
      const waitMs = (lastOf.get(name) ?? 0) + 1100 - Date.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      lastOf.set(name, Date.now());
    },
  };
}

/** At the end of a walk every stream is resumed and has everything, and every id that was seen is looked for by everybody. */
async function checkEnd(walk: Walk, app: WalkApp): Promise<void> {
  for (const user of app.model.users) if (!app.viewers.get(user)?.isConnected) resume(app, user);
  await checkApp(walk, app);
  await checkNodes(app, 0, true);
}

async function newApp(
  world: World,
  operator: string,
  app: World['apps'][number],
  prefix: string,
  supports: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<WalkApp> {
  const { name, vendor } = app;
  const users = Array.from({ length: usersOfWalk }, (_, index) => `${prefix}${'abcdefgh'[index]}`);
  const query =
    'mutation ($input: RegisterUsersInput!) { registerUsers(input: $input) { results { ok error { message } } } }';
  const input = { appId: `App:${name}`, users: users.map((vendorId) => ({ vendorId, name: vendorId })) };
  const { data, errors } = await world.query(operator, query, { input });
  if (errors || data.registerUsers.results.some(({ ok }: { ok: boolean }) => !ok))
    throw new Error(`users cannot be registered: ${JSON.stringify(errors ?? data)}`);
  const tokens = new Map(await Promise.all(users.map(async (user) => [user, await world.token(user, name)] as const)));
  const cursor = await world.head(operator, app);
  const tokenOf = (user: string) => tokens.get(user) ?? '';
  const viewers = new Map(
    users.map((user) => [user, new StreamViewer({ url: world.gateway.url, token: tokenOf(user), app: name, cursor })]),
  );
  for (const viewer of viewers.values()) viewer.connect();
  return {
    name,
    vendor,
    model: new AppModel(users, holdsAt(name)),
    ids: new Ids(name),
    holds: holdsAt(name),
    viewers,
    supports: supports.get(name) ?? new Set(),
    as: (user, asked, variables) => world.query(tokenOf(user), asked, variables),
  };
}

/** What each app says that it can do. */
async function supportOf(world: World, operator: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { data, errors } = await world.query(operator, '{ apps { name capabilities { operation } } }');
  if (errors) throw new Error(`what apps can do cannot be read: ${JSON.stringify(errors)}`);
  const apps: readonly { name: string; capabilities: { operation: string }[] }[] = data.apps;
  return new Map(apps.map(({ name, capabilities }) => [name, new Set(capabilities.map(({ operation }) => operation))]));
}
