import { z } from 'zod';
import type { Message, Receiver } from '../../domain/message.ts';
import type { Config } from './app-config.ts';
import { fromWire, isSignal } from './content.ts';
import { mentionsOf, metadataOf } from './extension.ts';
import { bareUserId, isServerName } from './ids.ts';

const payloadSchema = z.looseObject({ ext: z.unknown().optional(), bodies: z.array(z.unknown()).catch([]) });

/** What a message is beside its payload. */
export interface Envelope {
  readonly to: Receiver;
  /** In any of the forms that user ids come in. */
  readonly from: string;
  /** The vendor's message id, which is what a recall needs. */
  readonly id: string;
  readonly sentAt: Date | null;
  readonly raw: unknown;
  readonly config: Config;
}

/** A message from a callback or list; content that is odd or missing never throws. */
export function readMessage({ to, from, id, sentAt, raw, config }: Envelope, payload: unknown): Message {
  const read = payloadSchema.safeParse(payload);
  const [body] = read.success ? read.data.bodies : [];
  const ext = read.success ? read.data.ext : undefined;
  const senderId = bareUserId(from, config);
  return {
    to: to.kind === 'direct' ? { kind: 'direct', id: bareUserId(to.id, config) } : to,
    senderId,
    key: id,
    vendorId: id,
    sequence: null,
    isFromUser: !isServerName(senderId, config.systemUser),
    content: body === undefined ? null : fromWire(body),
    mentions: mentionsOf(ext),
    sentAt,
    metadata: metadataOf(ext),
    ...(isSignal(body) && { isStored: false, isCounted: false }),
    raw,
  };
}
