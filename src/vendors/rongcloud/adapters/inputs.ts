import type { SupportedInputs } from '../../../domain/operations.ts';
import type { Config } from '../app-config.ts';

const plainGroup = {
  create: ['appId', 'vendorId', 'name', 'ownerId', 'memberIds'],
  update: ['groupId', 'name'],
} as const;

const hostedGroup = {
  create: [...plainGroup.create, 'avatarUrl', 'description', 'announcement', 'settings', 'attributes'],
  update: [...plainGroup.update, 'avatarUrl', 'description', 'announcement', 'settings'],
} as const;

const currentChatroom = ['appId', 'vendorId', 'name', 'attributes', 'expiry', 'isMuted', 'speakerIds'] as const;
const namedChatroom = ['appId', 'vendorId', 'name'] as const;

const messages: SupportedInputs = {
  SendMessageInput: [
    'idempotencyKey',
    'senderId',
    'to',
    'content',
    'mentions',
    'visibleTo',
    'variables',
    'metadata',
    'attributes',
    'delivery',
    'push',
  ],
  MessageContentInput: ['text', 'image', 'audio', 'video', 'file', 'location', 'command', 'custom'],
  TextContentInput: ['text'],
  CustomContentInput: ['type', 'data'],
  PushOptionsInput: ['isEnabled', 'force', 'title', 'body', 'data', 'templateName', 'platforms'],
};

/** The fields of those input types of which an app lacks some; those that hang on a kind of owner or receiver are refused further in. */
export function inputsOf({ groups, paths }: Config): SupportedInputs {
  const isHosted = groups === 'hosted';
  const group = isHosted ? hostedGroup : plainGroup;
  return {
    NewUserInput: ['vendorId', 'name', 'avatarUrl'],
    IssueUserTokenInput: ['userId'],
    CreateGroupInput: group.create,
    UpdateGroupInput: group.update,
    GroupSettingsInput: isHosted ? ['joinPolicy', 'invitePolicy'] : [],
    CreateChatroomInput: paths === 'current' ? currentChatroom : namedChatroom,
    ChatroomExpiryInput: paths === 'current' ? ['trigger', 'afterSeconds'] : [],
    // Whether it is told in the conversation is left to the vendor's consoles, so that the hint is taken and unused.
    AddMembersInput: ['spaceId', 'userIds', 'announce'],
    RemoveMembersInput: ['spaceId', 'userIds', 'announce'],
    DeleteSpaceInput: isHosted ? ['spaceId'] : ['spaceId', 'actorId'],
    ...messages,
  };
}
