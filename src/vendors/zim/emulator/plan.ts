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
}

/** "The free plan ends at 100 users, 10 rooms, 20 groups, 20 members a group, 20 friends" (catalogue: quirks). */
const free: Plan = { rooms: 10, groups: 20, groupMembers: 20, friends: 20 };
const paid: Plan = { rooms: 100_000, groups: 100_000, groupMembers: 10_000, friends: 3000 };

export const planOf = (app: EmulatedApp): Plan => (app.switches.has(switches.freePlan) ? free : paid);
