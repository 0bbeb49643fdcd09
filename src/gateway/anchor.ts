import { createHash } from 'node:crypto';

/** What tells an entry of a list from its others, whatever else of it changes. */
const names = [
  'app',
  'id',
  'kind',
  'userId',
  'groupId',
  'chatroomId',
  'communityId',
  'ownerId',
  'peer',
  'key',
  'senderId',
  'since',
  'index',
] as const;

/** The same for an entry whenever it is read, and another for every other entry of its list. */
export function anchorOf(item: unknown): string {
  const entry = typeof item === 'object' && item !== null && 'message' in item ? item.message : item;
  const named =
    typeof entry === 'object' && entry !== null
      ? names.map((name) => (entry as Readonly<Record<string, unknown>>)[name] ?? null)
      : [];
  const identity = named.some((value) => value !== null) ? named : entry;
  return createHash('sha256')
    .update(JSON.stringify(identity) ?? '')
    .digest('base64url')
    .slice(0, 10);
}
