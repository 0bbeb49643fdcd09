import type { EmulatedMessage } from '../../../emulator/state.ts';
import type { EmulatedApp, Handler } from '../../../emulator/vendor.ts';
import { chatTypes, messagePayload } from './callback-bodies.ts';
import { appKeyOf } from './envelope.ts';
import { textOf, userIdOf } from './values.ts';

/** The server keeps 100 conversations per user (easemob.yaml, easemob.conversation.list). */
const maxConversations = 100;

/** The vendor documents neither parameters nor answer: the form is inferred, one entry per conversation, last message first. */
function channelInfo(last: EmulatedMessage, userId: string, app: EmulatedApp): Record<string, unknown> {
  const peer = last.kind === 'direct' ? (last.from === userId ? last.to : last.from) : last.to;
  const domain = last.kind === 'direct' ? 'easemob.com' : 'conference.easemob.com';
  return {
    channel_id: `${appKeyOf(app)}_${peer}@${domain}`,
    unread_num: 0,
    meta: {
      id: last.id,
      from: last.from,
      to: last.to,
      timestamp: last.sentAt,
      type: chatTypes[last.kind],
      payload: JSON.stringify(messagePayload(last)),
    },
  };
}

function isMine(last: EmulatedMessage, userId: string, app: EmulatedApp): boolean {
  if (last.kind === 'direct') return last.from === userId || last.to === userId;
  return last.kind === 'group' && (app.state.groups.get(last.to)?.members.has(userId) ?? false);
}

const list: Handler = (params, { app, state }) => {
  const userId = userIdOf(textOf(params, 'username'));
  const lasts = [...state.conversations.values()].flatMap((messages) => messages.at(-1) ?? []);
  const mine = lasts.filter((last) => isMine(last, userId, app)).sort((a, b) => b.sentAt - a.sentAt);
  return { data: { channel_infos: mine.slice(0, maxConversations).map((last) => channelInfo(last, userId, app)) } };
};

export const conversationHandlers = { 'easemob.conversation.list': list } satisfies Record<string, Handler>;
