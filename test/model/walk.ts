import fc from 'fast-check';
import { commands, type Walk, type WalkApp } from './commands.ts';
import { AppModel } from './model.ts';
import { World } from './world.ts';

export interface WalkOptions {
  readonly seed: number;
  /** Walks, each of new users; a fault is shrunk by more of them. */
  readonly walks: number;
  readonly steps: number;
  /** No walk begins after so long. */
  readonly seconds: number;
  /** The path of a fault that was found, to see it again. */
  readonly path?: string;
}

const usersOfWalk = 5;
const asked = [
  'recallMessages',
  'transferOwnership',
  'updateConversations',
  'clearHistory',
  'deleteConversations',
  'markConversationsRead',
];

/** Walks until a difference from the model is found, which is thrown with its seed and the shortest walk to it. */
export async function walkAll(options: WalkOptions): Promise<{ readonly walks: number; readonly steps: number }> {
  const world = await World.start();
  const operator = await world.operator();
  const supports = await supportOf(world, operator);
  let serial = 0;
  let walks = 0;
  let steps = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: options.steps, size: 'max' }), async (steps_) => {
        walks += 1;
        const walk: Walk = {
          world,
          operator,
          apps: await Promise.all(world.apps.map((app) => newApp(world, operator, app, `w${walks}x`, supports))),
          next: () => {
            steps += 1;
            serial += 1;
            return serial;
          },
        };
        await fc.asyncModelRun(() => ({ model: { apps: walk.apps.length }, real: walk }), steps_);
      }),
      {
        seed: options.seed,
        numRuns: options.walks,
        interruptAfterTimeLimit: options.seconds * 1000,
        markInterruptAsFailure: false,
        ...(options.path !== undefined && { path: options.path }),
      },
    );
  } finally {
    await world.stop();
  }
  return { walks, steps };
}

async function newApp(
  world: World,
  operator: string,
  { name, vendor }: World['apps'][number],
  prefix: string,
  supports: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<WalkApp> {
  const users = Array.from({ length: usersOfWalk }, (_, index) => `${prefix}${'abcdefgh'[index]}`);
  const query =
    'mutation ($input: RegisterUsersInput!) { registerUsers(input: $input) { results { ok error { message } } } }';
  const input = { appId: `App:${name}`, users: users.map((vendorId) => ({ vendorId, name: vendorId })) };
  const { data, errors } = await world.query(operator, query, { input });
  if (errors || data.registerUsers.results.some(({ ok }: { ok: boolean }) => !ok))
    throw new Error(`users cannot be registered: ${JSON.stringify(errors ?? data)}`);
  const tokens = new Map(await Promise.all(users.map(async (user) => [user, await world.token(user, name)] as const)));
  return { name, vendor, model: new AppModel(users), tokens, supports: supports.get(name) ?? new Set() };
}

/** What each app says that it can do. */
async function supportOf(world: World, operator: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const coordinates = [...asked.map((name) => `Mutation.${name}`), 'CreateGroupInput.settings'];
  const fields = coordinates.map((coordinate, index) => `s${index}: supports(operation: "${coordinate}")`);
  const { data, errors } = await world.query(operator, `{ apps { name ${fields.join(' ')} } }`);
  if (errors) throw new Error(`what apps can do cannot be read: ${JSON.stringify(errors)}`);
  return new Map(
    data.apps.map((app: Record<string, unknown>) => [
      app['name'],
      new Set(coordinates.filter((_, index) => app[`s${index}`] === true)),
    ]),
  );
}
