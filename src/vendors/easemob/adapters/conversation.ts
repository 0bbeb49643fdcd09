import { z } from 'zod';
import type { ListedConversation } from '../../../domain/conversation.ts';
import type { Receiver } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { parseJson } from '../../../net/json.ts';
import type { Config } from '../app-config.ts';
import { conversation } from '../endpoints/conversation.ts';
import { id, moment } from '../endpoints/values.ts';
import { bareSpaceId, bareUserId, isSpaceName, userIdOf } from '../ids.ts';
import { readMessage } from '../message.ts';
import type { Context } from './context.ts';
import { pageOfWhole } from './paging.ts';

/** The list of conversations, for apps that the vendor has opened it for; none of it otherwise. */
export function conversationOperations(context: Context): Partial<Operations> {
  if (!context.config.conversationList) return {};
  return {
    'User.conversations': async (userId, page, options) => {
      const { data } = await context.call(conversation.list, { username: userIdOf(userId) }, options);
      return pageOfWhole(
        (data ?? []).map(({ channel_id, meta }) => conversationOf(userIdOf(userId), channel_id, meta, context)),
        page,
      );
    },
  };
}

const lastSchema = z.looseObject({ id, from: z.string(), timestamp: moment, payload: z.unknown().optional() });

/** The last message is in `meta`, whose payload is a message's, as an object or as JSON text. */
function conversationOf(ownerId: string, channel: string, meta: unknown, { config }: Context): ListedConversation {
  const peer = peerOf(channel, config);
  const last = lastSchema.safeParse(meta);
  if (!last.success) return { peer, updatedAt: null };
  const { from, timestamp: sentAt = null, payload } = last.data;
  const isFromPeer = peer.kind === 'direct' && bareUserId(from, config) === peer.id;
  const to: Receiver = isFromPeer ? { kind: 'direct', id: ownerId } : peer;
  const envelope = { to, from, id: last.data.id, sentAt, raw: meta, config };
  return { peer, updatedAt: sentAt, lastMessage: readMessage(envelope, parsed(payload)) };
}

/** `org#app_user@easemob.com`, or `org#app_id@conference.easemob.com` for a group; chatrooms are not told apart. */
function peerOf(channel: string, config: Config): Receiver {
  return isSpaceName(channel)
    ? { kind: 'group', id: bareSpaceId(channel) }
    : { kind: 'direct', id: bareUserId(channel, config) };
}

function parsed(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return parseJson(payload);
  } catch {
    // Not JSON: a message without content that could be read.
    return undefined;
  }
}
