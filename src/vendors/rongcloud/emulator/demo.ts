import { demo } from '../../../emulator/demo.ts';
import type { ClientMessage, EmulatedApp } from '../../../emulator/vendor.ts';
import { unstoredTypes, vendorContent } from './content.ts';
import { newHosting } from './hosted-group.ts';
import { messageUid } from './message.ts';
import { int, parseObject, text } from './read.ts';
import { recallMessage } from './recall.ts';
import { person } from './user.ts';

/** What a client would be refused with: blocked by the receiver (405), not in the group (22406) or the chatroom (23406). */
function checkSender({ from, to }: ClientMessage, app: EmulatedApp): void {
  const { state } = app;
  if (!state.users.has(from)) throw new Error(`no user ${from}`);
  if (to.kind === 'direct') {
    const receiver = state.users.get(to.id);
    if (!receiver) throw new Error(`no user ${to.id}`);
    if (receiver.blocklist.has(from)) throw new Error(`405: ${to.id} has ${from} on the blocklist`);
    return;
  }
  const space = state.spaces(to.kind).get(to.id);
  if (!space) throw new Error(`no ${to.kind} ${to.id}`);
  if (!space.members.has(from)) throw new Error(`${to.kind === 'group' ? 22406 : 23406}: ${from} is not in ${to.id}`);
}

/** Keeps what a client of the vendor's SDK sends, and tells of it. */
export function sendAsClient(message: ClientMessage, app: EmulatedApp): void {
  checkSender(message, app);
  const { type, content } = vendorContent(message.content);
  if (type === 'RC:RcCmd') {
    recallAsClient(content, message, app);
    return;
  }
  const { kind, id: to } = message.to;
  const extra = new Map([['isStored', !unstoredTypes.has(type)]]);
  const kept = app.state.keep(
    { kind, from: message.from, to, type, body: content, source: 'client', extra },
    messageUid,
  );
  app.state.sent([kept]);
}

/** A client recalls by sending the command; it may recall its own messages only. */
function recallAsClient(content: string, { from }: ClientMessage, { state }: EmulatedApp): void {
  const command = parseObject(content) ?? {};
  const original = state.messages.get(text(command, 'messageUId'));
  if (original?.from !== from || original.recalledAt !== null) throw new Error(`no message of ${from} to recall`);
  recallMessage(state, original, {
    source: 'client',
    isAdmin: int(command, 'isAdmin', 0),
    isDelete: int(command, 'isDelete', 0),
    extra: '',
  });
}

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
