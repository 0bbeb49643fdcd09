import { z } from 'zod';
import type { Mentions, NewMessage, PushOptions } from '../../domain/message.ts';
import { AppError } from '../../errors.ts';
import { userIdOf } from './ids.ts';

/** The `ext` of a message: the app's own keys, and the vendor's, which begin so (easemob.yaml, messageTypes). */
type Extension = Readonly<Record<string, unknown>>;
const reserved = 'em_';

const object = z.record(z.string(), z.unknown());

const platformsSchema = z.strictObject({
  em_apns_ext: object.optional(),
  em_android_push_ext: object.optional(),
  em_harmony_push_ext: object.optional(),
  em_push_filter: object.optional(),
});

/**
 * The metadata, mentions and push options of a message as its extension; undefined when there are none.
 * Throws `NOT_SUPPORTED` for what has no place in it, `BAD_USER_INPUT` for keys that are the vendor's.
 */
export function extensionOf({ metadata, mentions, push }: NewMessage): Extension | undefined {
  const ext = { ...appKeys(metadata), ...mentionKeys(mentions), ...pushKeys(push) };
  return Object.keys(ext).length > 0 ? ext : undefined;
}

function appKeys(metadata: unknown): Extension {
  if (metadata === undefined || metadata === null) return {};
  const input = 'input.metadata';
  const keys = object.safeParse(metadata);
  if (!keys.success) throw new AppError('NOT_SUPPORTED', "The vendor's metadata is an object.", { input });
  if (Object.keys(keys.data).some((key) => key.startsWith(reserved))) {
    throw new AppError('BAD_USER_INPUT', `Keys that begin with ${reserved} are the vendor's.`, { input });
  }
  return keys.data;
}

function mentionKeys(mentions: Mentions | undefined): Extension {
  if (mentions?.everyone) {
    throw new AppError('NOT_SUPPORTED', 'The vendor knows mentions of single users only.', {
      input: 'input.mentions.everyone',
    });
  }
  return mentions && mentions.userIds.length > 0 ? { em_at_list: mentions.userIds.map(userIdOf) } : {};
}

function pushKeys(push: PushOptions = {}): Extension {
  const { isEnabled, force, title, body, data, templateName } = push;
  const shown = {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { content: body }),
    ...(data !== undefined && data !== null && { custom: data }),
  };
  return {
    ...(isEnabled !== undefined && { em_ignore_notification: !isEnabled }),
    ...(force !== undefined && { em_force_notification: force }),
    ...(Object.keys(shown).length > 0 && { em_push_ext: shown }),
    ...(templateName !== undefined && { em_push_template: { name: templateName } }),
    ...platformKeys(push.platforms),
  };
}

function platformKeys(platforms: unknown): Extension {
  if (platforms === undefined || platforms === null) return {};
  const read = platformsSchema.safeParse(platforms);
  if (read.success) return read.data;
  const names = Object.keys(platformsSchema.shape).join(', ');
  throw new AppError('BAD_USER_INPUT', `The vendor's push settings are ${names}.`, { input: 'input.push.platforms' });
}

const extensionSchema = object.catch({});
const listSchema = z
  .union([z.literal('ALL'), z.array(z.string())])
  .nullable()
  .catch(null);

/** What the app put beside the content; null when nothing. */
export function metadataOf(ext: unknown): unknown {
  const own = Object.entries(extensionSchema.parse(ext)).filter(([key]) => !key.startsWith(reserved));
  return own.length > 0 ? Object.fromEntries(own) : null;
}

/** Whom a message mentions; null when nobody. The vendor's UI kits write `ALL` for everybody. */
export function mentionsOf(ext: unknown): Mentions | null {
  const listed = listSchema.parse(extensionSchema.parse(ext)['em_at_list'] ?? null);
  if (listed === 'ALL') return { everyone: true, userIds: [] };
  return listed && listed.length > 0 ? { everyone: false, userIds: listed.map(userIdOf) } : null;
}
