import { demo } from '../../../emulator/demo.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { vendorContent } from './content.ts';
import { newHosting } from './hosted-group.ts';
import { messageUid } from './message.ts';
import { person } from './user.ts';

/** The demo's cast. Groups are entrusted where the app is `hosted`, plain elsewhere. */
export function seedDemo(app: EmulatedApp): void {
  const { state } = app;
  for (const { id, name } of demo.users) state.addUser(id, { name, avatar: demo.avatar(id) });
  for (const [id, blocked] of Object.entries(demo.blocklists)) {
    for (const userId of blocked) person(state, id).blocklist.set(userId, state.now());
  }
  for (const { id, name, owner, members } of demo.groups) {
    const hosting = app.switches.has('hosted') ? { avatar: demo.avatar(id), extra: newHosting(owner) } : {};
    state.addSpace('group', id, { name, owner, members, ...hosting });
  }
  for (const { id, name, members } of demo.chatrooms) state.addSpace('chatroom', id, { name, members });
  for (const id of demo.online) state.connect(person(state, id), 'ios_1');
  for (const { from, to, minutesAgo, ...said } of demo.messages) {
    const { type, content } = vendorContent({ kind: 'TEXT', text: said.text });
    const sentAt = state.now() - minutesAgo * 60_000;
    state.keep({ kind: to.kind, from, to: to.id, type, body: content, source: 'client', sentAt }, messageUid);
  }
}
