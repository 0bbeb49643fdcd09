import type { EmulatedMessage, EmulatedSpace } from '../../../emulator/state.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { appKeyOf } from './envelope.ts';
import { customOf, flagOf } from './spaces.ts';
import { type Fields, fieldsOf } from './values.ts';

export const chatTypes = { direct: 'chat', group: 'groupchat', chatroom: 'chatroom' } as const;
const contentScopes = { direct: 'chat:user', group: 'chat:group', chatroom: 'chat:room' } as const;

/** The vendor's type of a message to the last part of `content_type`, from 2024. */
const contentWords: Readonly<Record<string, string>> = {
  txt: 'text',
  img: 'image',
  audio: 'voice',
  loc: 'location',
  video: 'video',
  file: 'file',
  cmd: 'command',
  custom: 'custom',
};

export function contentType(message: EmulatedMessage): string {
  return `${contentScopes[message.kind]}:${contentWords[message.type] ?? 'unknown'}`;
}

/** A body as it is received: a location's numbers are numbers, and custom pairs come in two forms (easemob.yaml, messageTypes). */
export function receivedBody(message: Pick<EmulatedMessage, 'type' | 'body'>): Fields {
  const body = fieldsOf(message.body);
  if (message.type === 'loc') return { ...body, lat: Number(body['lat']), lng: Number(body['lng']), type: 'loc' };
  if (message.type !== 'custom') return { ...body, type: message.type };
  const pairs = fieldsOf(body['customExts']);
  return {
    ...body,
    customExts: Object.entries(pairs).map(([key, value]) => ({ [key]: value })),
    'v2:customExts': pairs,
    type: 'custom',
  };
}

/** `payload` of a message callback, of the newer editions. */
export function messagePayload(message: EmulatedMessage): Record<string, unknown> {
  return {
    ext: message.extra.get('ext') ?? {},
    bodies: [receivedBody(message)],
    from: message.from,
    to: message.to,
    type: chatTypes[message.kind],
  };
}

/** `payload.info` of a created space: numbers and booleans are texts. */
export function spaceInfo(space: EmulatedSpace, app: EmulatedApp): Record<string, unknown> {
  return {
    owner: `${appKeyOf(app)}_${space.owner}`,
    title: space.name,
    description: space.description,
    custom: customOf(space),
    avatar: space.avatar,
    created: String(space.createdAt),
    last_modified: String(space.createdAt),
    max_users: String(space.maxMembers),
    mute: String(flagOf(space, 'mute')),
    invite_need_confirm: String(flagOf(space, 'invite_need_confirm', true)),
    public: String(flagOf(space, 'public', space.kind === 'chatroom')),
    allow_user_invites: String(flagOf(space, 'allowinvites')),
    disabled: String(flagOf(space, 'disabled')),
  };
}
