import type { EmulatedApp } from '../../../emulator/vendor.ts';

/** Switches of an emulated app, as its operator would have them set by the vendor. */
export const switches = {
  /** The free plan's ceilings. */
  freePlan: 'free-plan',
  /** The top plan with room messages stored, so that they can be recalled. */
  storedRoomMessages: 'stored-room-messages',
} as const;

interface Plan {
  readonly rooms: number;
  readonly groups: number;
  readonly groupMembers: number;
  readonly friends: number;
  /** How long messages are kept. */
  readonly historyMs: number;
}

const weekMs = 7 * 24 * 3600 * 1000;

/**
 * "The free plan ends at 100 users, 10 rooms, 20 groups, 20 members a group, 20 friends and 7 days of history" (catalogue:
 * quirks). No code is documented for one user more.
 */
const free: Plan = { rooms: 10, groups: 20, groupMembers: 20, friends: 20, historyMs: weekMs };
const paid: Plan = {
  rooms: 100_000,
  groups: 100_000,
  groupMembers: 10_000,
  friends: 3000,
  historyMs: Number.POSITIVE_INFINITY,
};

export const planOf = (app: EmulatedApp): Plan => (app.switches.has(switches.freePlan) ? free : paid);
