import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Params } from '../../../emulator/wire.ts';
import { encodeDocument, messageTypes } from './content.ts';
import { keep } from './draft.ts';
import { roleNumber } from './role.ts';

/** What a notice of a group is about (catalogue: messageTypes 32). */
export const tips = { ownerChanged: 11, roleChanged: 12, memberMuteChanged: 13, muteChanged: 34 } as const;

function person(state: EmulatedState, group: EmulatedSpace, userId: string): Params {
  const member = group.members.get(userId);
  return {
    user_id: userId,
    role: member ? roleNumber(member) : 0,
    group_member_name: state.users.get(userId)?.name ?? '',
    group_member_nickname: member?.nickname ?? '',
  };
}

export interface Tip {
  readonly type: number;
  readonly by: string;
  readonly targets?: readonly string[];
  readonly more?: Params;
}

/** Posts a notice into a group; no callback tells of it, and only a query by its seq shows it. */
export function postTip(state: EmulatedState, group: EmulatedSpace, { type, by, targets = [], more = {} }: Tip): void {
  const document = {
    type,
    op_user_info: person(state, group, by),
    target_users: targets.map((each) => person(state, group, each)),
    ...more,
  };
  const body = { Message: encodeDocument(document) };
  keep(state, { kind: 'group', from: by, to: group.id, type: String(messageTypes.tips), body, source: 'server' });
}
