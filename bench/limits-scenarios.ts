import { type Adversity, hogs, stalls, steps } from './adversity.ts';

/** A bulk read under more load than its limit takes. */
export interface Scenario {
  readonly name: string;
  readonly vendor: string;
  readonly operation: 'User.presence' | 'Group.name';
  readonly endpoint: string;
  readonly bucket: string;
  readonly windows: readonly { readonly count: number; readonly seconds: number }[];
  readonly batch: number;
  /** Keys asked for each second. */
  readonly demand: number;
  readonly keys: number;
  readonly key: (index: number) => unknown;
  /** Trouble beside it; what a team would use instead is not run then. */
  readonly adversity?: Adversity;
}

const presenceOf = (index: number) => ({ userId: `p${index}`, isDetailed: false });
const scenariosAtRest: readonly Scenario[] = [
  {
    name: "ZIM's user status: 20 calls a second, 100 users each, ten times the keys it can take",
    vendor: 'zim',
    operation: 'User.presence',
    endpoint: 'zim.user.onlineState.query',
    bucket: 'QueryUserOnlineState',
    windows: [{ count: 20, seconds: 1 }],
    batch: 100,
    demand: 20_000,
    keys: 150_000,
    key: presenceOf,
  },
  {
    name: "Easemob's user status: 50 calls a second, 100 users each, ten times its calls",
    vendor: 'easemob',
    operation: 'User.presence',
    endpoint: 'easemob.user.statusBatch',
    bucket: 'user.statusBatch',
    windows: [{ count: 50, seconds: 1 }],
    batch: 100,
    demand: 10_000,
    keys: 75_000,
    key: presenceOf,
  },
  {
    name: "RongCloud's hosted group profiles: 100 calls a second, 50 groups each, ten times its calls",
    vendor: 'rongcloud',
    operation: 'Group.name',
    endpoint: 'rongcloud.entrust.group.profile.query',
    bucket: 'entrust.group.profile.query',
    windows: [{ count: 100, seconds: 1 }],
    batch: 50,
    demand: 8_000,
    keys: 5_000,
    key: (index) => `g${index}`,
  },
  {
    name: "ZIM's user status with two windows at once: 20 a second and 120 in ten seconds",
    vendor: 'zim',
    operation: 'User.presence',
    endpoint: 'zim.user.onlineState.query',
    bucket: 'QueryUserOnlineState',
    windows: [
      { count: 20, seconds: 1 },
      { count: 120, seconds: 10 },
    ],
    batch: 100,
    demand: 12_000,
    keys: 75_000,
    key: presenceOf,
  },
];

/** Each of the first three, with each trouble beside it. */
const scenariosInTrouble = [hogs(4), stalls, steps].flatMap((adversity) =>
  scenariosAtRest.slice(0, 3).map(
    (scenario): Scenario => ({
      ...scenario,
      name: `${scenario.name.split(':')[0]}, ${adversity.name}`,
      adversity,
    }),
  ),
);

export const scenarios = [...scenariosAtRest, ...scenariosInTrouble];
