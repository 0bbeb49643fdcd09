import { demo } from '../../../emulator/demo.ts';
import type { EmulatedState } from '../../../emulator/state.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { communitiesOf } from './community.ts';
import { keep } from './draft.ts';
import { befriend } from './friends.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

function seedUsers(state: EmulatedState): void {
  // In whose name a server acts: the vendor wants it registered like any user.
  state.addUser('administrator', { name: 'Administrator' });
  for (const { id, name } of demo.users) state.addUser(id, { name, avatar: demo.avatar(id) });
  for (const [id, blocked] of Object.entries(demo.blocklists)) {
    for (const each of blocked) state.users.get(id)?.blocklist.set(each, state.now() - dayMs);
  }
  for (const [id, friends] of Object.entries(demo.friends)) {
    const user = state.users.get(id);
    const friend = () => ({ alias: '', wording: '', createdAt: state.now() - dayMs, attributes: new Map() });
    for (const each of friends) if (user) befriend(state, user, { id: each, friend: friend() });
  }
}

function seedSpaces(state: EmulatedState): void {
  for (const { id, name } of demo.communities) communitiesOf(state).set(id, name);
  const createdAt = state.now() - dayMs;
  for (const { id, name, owner, members } of demo.groups) {
    state.addSpace('group', id, { name, avatar: demo.avatar(id), owner, members, createdAt });
  }
  for (const { id, name, owner, members } of demo.chatrooms) {
    state.addSpace('chatroom', id, { name, owner, members, createdAt });
  }
}

function seedMessages(state: EmulatedState): void {
  for (const { from, to, text, minutesAgo } of demo.messages) {
    const sentAt = state.now() - minutesAgo * minuteMs;
    const body = { Message: text };
    keep(state, { kind: to.kind, from, to: to.id, type: '1', body, source: 'client', sentAt });
  }
}

/** Who is online or has written was logged in once; the others are registered only and unknown to `QueryUserOnlineState`. */
function seedPresence(state: EmulatedState): void {
  for (const { from } of demo.messages) {
    const user = state.users.get(from);
    if (user) user.hasLoggedIn = true;
  }
  for (const id of demo.online) {
    const user = state.users.get(id);
    if (user) state.connect(user, 'web_1');
  }
}

/** Fills an app with the demo's cast under the demo's own ids. */
export function seedDemo({ state }: EmulatedApp): void {
  seedUsers(state);
  seedSpaces(state);
  seedMessages(state);
  seedPresence(state);
}
