import type { EmulatedMember, EmulatedSpace } from '../../../emulator/state.ts';
import { codes, fail } from './failures.ts';

const numbers: Readonly<Record<string, number>> = { owner: 1, admin: 2, member: 3 };

/** 1 owner, 2 admin, 3 member; others are the app's own. */
export const roleNumber = ({ role }: EmulatedMember): number =>
  typeof role === 'number' ? role : (numbers[role] ?? 3);

/** The role of a number that can be given. */
export const roleOfNumber = (number: number): EmulatedMember['role'] =>
  number === 2 ? 'admin' : number === 3 ? 'member' : number;

/** "FromUserId must be the owner or an admin": who is no member at all acts for the app, and may. */
export function mustModerate(group: EmulatedSpace, userId: string): void {
  const member = group.members.get(userId);
  if (member && roleNumber(member) > 2) fail(codes.mayNot);
}
