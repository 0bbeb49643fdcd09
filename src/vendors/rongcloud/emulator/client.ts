import type { ClientMessage, EmulatedApp } from '../../../emulator/vendor.ts';
import { unstoredTypes, type VendorContent, vendorContent } from './content.ts';
import { messageUid } from './message.ts';
import { int, parseObject, text } from './read.ts';
import { recallMessage } from './recall.ts';

/** What a client would be refused with: blocked by the receiver (405), not in the group (22406) or the chatroom (23406). */
function checkSender({ from, to }: ClientMessage, { state }: EmulatedApp): void {
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

/** A message as the vendor's client writes it. Throws on what a client would be refused. */
export function written(message: ClientMessage, app: EmulatedApp): VendorContent {
  checkSender(message, app);
  return vendorContent(message.content);
}

/** Keeps what a client of the vendor's SDK sends, and tells of it; under the id by which it was asked about, if it was. */
export function sendAsClient(message: ClientMessage, app: EmulatedApp): void {
  const { type, content } = written(message, app);
  if (type === 'RC:RcCmd') {
    recallAsClient(content, message, app);
    return;
  }
  const { kind, id: to } = message.to;
  const { messageId } = message.content;
  const extra = new Map([['isStored', !unstoredTypes.has(type)]]);
  const kept = app.state.keep(
    { kind, from: message.from, to, type, body: content, source: 'client', extra },
    typeof messageId === 'string' ? () => messageId : messageUid,
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
