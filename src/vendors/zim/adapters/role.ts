import type { MemberRole } from '../../../domain/space.ts';

const numbers = { OWNER: 1, ADMIN: 2, MEMBER: 3 } as const satisfies Partial<Record<MemberRole, number>>;
const roles: Readonly<Record<number, MemberRole>> = { 1: 'OWNER', 2: 'ADMIN', 3: 'MEMBER' };

/** What a number of the vendor's stands for: those from 100 on are the app's own. */
export const roleOf = (number: number): MemberRole => roles[number] ?? 'CUSTOM';

/** The vendor's number of a role; undefined for `CUSTOM`, which has many. */
export const numberOfRole = (role: MemberRole): number | undefined => (role === 'CUSTOM' ? undefined : numbers[role]);
