import { AppError } from '../errors.ts';

/** The types with global ids. */
export const nodeTypes = [
  'App',
  'User',
  'Group',
  'Chatroom',
  'Member',
  'Message',
  'Conversation',
  'Blocklist',
] as const;
export type NodeType = (typeof nodeTypes)[number];

/** A global id taken apart. `key` has one part for most types; see the table in `docs/architecture.md`. */
export interface NodeId {
  readonly type: NodeType;
  readonly app: string;
  readonly key: readonly string[];
}

const keyLengths: Readonly<Record<NodeType, number>> = {
  App: 0,
  User: 1,
  Group: 1,
  Chatroom: 1,
  Member: 3,
  Message: 4,
  Conversation: 3,
  Blocklist: 2,
};

const maxIdLength = 1024;

/** `encodeURIComponent` leaves `! ' ( ) *` alone; the ids of the schema do not. */
const encodePart = (part: string) =>
  encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** `encodeId('User', 'zim-eu', 'alice')` is `User:zim-eu:alice`. */
export function encodeId(type: NodeType, app: string, ...key: readonly string[]): string {
  return [type, app, ...key].map(encodePart).join(':');
}

/**
 * Takes a global id apart. `expected` names the types that will do.
 * Throws `BAD_USER_INPUT` with `input` when it is not an id of one of them.
 */
export function decodeId(id: string, expected: readonly NodeType[] = nodeTypes, input = 'id'): NodeId {
  const [type = '', app = '', ...key] = id.length > maxIdLength ? [] : id.split(':').map(decodePart);
  const known = expected.find((each) => each === type);
  if (!known || app === '' || key.length !== keyLengths[known] || key.some((part) => part === '')) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${input} must be the id of a ${expected.join(' or ')}, as this API gave it.`,
      { input },
    );
  }
  return { type: known, app, key };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
