import { afterAll, beforeAll } from 'vitest';
import type { EmulatedDemoApp } from '../../src/demo.ts';
import type { Receiver } from '../../src/domain/message.ts';
import { give } from './answers.ts';
import { startGateway, type TestGateway } from './gateway.ts';
import { settled } from './messages.ts';

/** A demo app of each vendor, with the ids that its demo data has. */
export interface RuleApp {
  readonly app: string;
  readonly group: string;
  readonly room: string;
  /** A group and a room that never were, by ids that the vendor could have. */
  readonly noGroup: string;
  readonly noRoom: string;
  user(id: string): string;
  /** Whether the app says that it can do something. */
  supports(scene: Pick<RuleScene, 'operate'>, operation: string): Promise<boolean>;
}

const ids: readonly (readonly [app: string, group: string, room: string])[] = [
  ['zim-eu', 'team', 'lobby'],
  ['rc-cn', 'team', 'lobby'],
  ['em-1', '2784001', '9100001'],
];

/** The three vendors, for `describe.each`: a rule is the same at each, so nothing in its test asks which one it is. */
export const ruleApps: readonly NamedRuleApp[] = ids.map(ruleApp);

/** The same for other ways of talking to a vendor, by the names of their apps; see `apps.ts`. */
export const otherRuleApps: readonly NamedRuleApp[] = [
  ruleApp(['rc-plain', 'team', 'lobby']),
  ruleApp(['rc-list', 'team', 'lobby']),
  ruleApp(['em-legacy', '2784001', '9100001']),
];

type NamedRuleApp = readonly [name: string, at: RuleApp];

function ruleApp([app, group, room]: readonly [app: string, group: string, room: string]): NamedRuleApp {
  return [
    app,
    {
      app,
      group: `Group:${app}:${group}`,
      room: `Chatroom:${app}:${room}`,
      noGroup: `Group:${app}:4040404`,
      noRoom: `Chatroom:${app}:4040404`,
      user: (id) => `User:${app}:${id}`,
      async supports(scene, operation) {
        const query = 'query ($id: ID!, $operation: String!) { app(id: $id) { supports(operation: $operation) } }';
        return (await scene.operate(query, { id: `App:${app}`, operation })).app.supports;
      },
    },
  ];
}

export interface RuleScene {
  readonly gateway: TestGateway;
  /** The data of an operation of an operator, which must have no errors. */
  operate: Ask;
  /** The same for one of the demo's users, in its own name. */
  as(userId: string): Promise<Ask>;
  /** A client of the vendor's own SDK says something, in neutral words; what it is a callback for has come. */
  say(app: string, from: string, to: Receiver, content: Readonly<Record<string, unknown>>): Promise<void>;
  /** Resolves when every callback on its way has come. */
  settle(): Promise<void>;
}

type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => ReturnType<typeof give>;

/** Every vendor's demo, or other apps of the vendors, for all tests of a file. */
export function ruleScene(apps?: readonly EmulatedDemoApp[]): RuleScene {
  let gateway: TestGateway | undefined;
  const running = (): TestGateway => {
    if (!gateway) throw new Error('the gateway starts before the first test');
    return gateway;
  };
  beforeAll(async () => {
    gateway = await startGateway({ retell: false, limits: false, keepsLimits: false, ...(apps && { apps }) });
  }, 60_000);
  afterAll(() => gateway?.stop());
  return {
    get gateway() {
      return running();
    },
    operate: async (query, variables) => give(running(), await running().operator(), query, variables),
    async as(userId) {
      const accounts = Object.fromEntries(ruleApps.map(([app]) => [app, userId]));
      const token = await running().token({ subject: userId, accounts });
      return (query, variables) => give(running(), token, query, variables);
    },
    async say(app, from, to, content) {
      const emulator = [...running().emulators.values()].find(({ apps }) => apps.some(({ name }) => name === app));
      if (!emulator) throw new Error(`no vendor has the app ${app}`);
      await emulator.send({ from, to, content }, app);
      await emulator.callbacks.idle();
    },
    async settle() {
      await settled(running());
    },
  };
}
