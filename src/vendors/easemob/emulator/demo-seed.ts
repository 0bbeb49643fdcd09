import { demo } from '../../../emulator/demo.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { keepMessage } from './message.ts';
import { befriend } from './relation.ts';

const minuteMs = 60_000;
const groupMaxUsers = 200;
const roomMaxUsers = 1000;

/** Fills an app with the demo's cast. Groups and rooms have the decimal ids of the demo, since the vendor's are decimal. */
export function seedDemo(app: EmulatedApp): void {
  const { state } = app;
  // In whose name a server acts where nobody is named: the vendor wants it registered like any user.
  state.addUser('admin').attributes.set('nickname', 'Administrator');
  for (const { id, name } of demo.users) {
    const user = state.addUser(id, { name, avatar: demo.avatar(id), password: `${id}-password` });
    user.attributes.set('nickname', name).set('avatarurl', demo.avatar(id));
  }
  for (const [owner, blocked] of Object.entries(demo.blocklists)) {
    for (const id of blocked) state.users.get(owner)?.blocklist.set(id, state.now());
  }
  for (const [user, friends] of Object.entries(demo.friends)) for (const id of friends) befriend(state, user, id);
  for (const { number, name, owner, members } of demo.groups) {
    const extra = new Map([['public', true]]);
    state.addSpace('group', number, { name, owner, members, maxMembers: groupMaxUsers, extra });
  }
  for (const { number, name, owner, members } of demo.chatrooms) {
    state.addSpace('chatroom', number, { name, owner, members, maxMembers: roomMaxUsers });
  }
  for (const id of demo.online) {
    const user = state.users.get(id);
    if (user) state.connect(user, `ios_${id}`);
  }
  seedMessages(app);
}

function seedMessages({ state }: EmulatedApp): void {
  const numbers = new Map<string, string>([...demo.groups, ...demo.chatrooms].map(({ id, number }) => [id, number]));
  for (const { from, to, text, minutesAgo } of demo.messages) {
    keepMessage(state, {
      kind: to.kind,
      from,
      to: numbers.get(to.id) ?? to.id,
      type: 'txt',
      body: { msg: text },
      ext: {},
      source: 'client',
      sentAt: state.now() - minutesAgo * minuteMs,
    });
  }
}
