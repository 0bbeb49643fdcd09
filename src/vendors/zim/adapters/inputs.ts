import type { SupportedInputs } from '../../../domain/operations.ts';

/**
 * The fields of input types that this vendor takes. Fields with a default value in the schema are here too, as they are
 * always given; the adapters refuse those values of them that the vendor lacks.
 */
export const inputs: SupportedInputs = {
  BlockUsersInput: ['ownerId', 'userIds'],
  UnblockUsersInput: ['ownerId', 'userIds'],
  NewUserInput: ['vendorId', 'name', 'avatarUrl'],
  UserUpdateInput: ['id', 'name', 'avatarUrl'],
  IssueUserTokenInput: ['userId', 'ttlSeconds'],
  CreateGroupInput: [
    'appId',
    'vendorId',
    'name',
    'avatarUrl',
    'announcement',
    'ownerId',
    'memberIds',
    'settings',
    'attributes',
  ],
  UpdateGroupInput: ['groupId', 'name', 'avatarUrl', 'announcement', 'settings', 'actorId'],
  GroupSettingsInput: ['joinPolicy', 'invitePolicy', 'asksInvitees', 'maxMembers'],
  // The owner is told to the vendor as the one who creates the room.
  CreateChatroomInput: ['appId', 'vendorId', 'name', 'ownerId', 'attributes', 'expiry', 'isMuted'],
  ChatroomExpiryInput: ['trigger', 'afterSeconds'],
  AddMembersInput: ['spaceId', 'userIds', 'actorId', 'announce'],
  RemoveMembersInput: ['spaceId', 'userIds', 'actorId', 'announce', 'reason'],
  DeleteSpaceInput: ['spaceId', 'actorId'],
  SendMessageInput: [
    'idempotencyKey',
    'senderId',
    'to',
    'content',
    'visibleTo',
    'hiddenFrom',
    'variables',
    'metadata',
    'delivery',
    'push',
  ],
  MessageContentInput: ['text', 'image', 'audio', 'video', 'file', 'command', 'custom'],
  TextContentInput: ['text', 'isBarrage'],
  DeliveryInput: ['countAsUnread', 'copyToSender', 'requestReceipt', 'priority'],
  PushOptionsInput: ['isEnabled', 'title', 'body', 'data', 'badgeIncrement'],
  RecallMessagesInput: ['messageIds', 'actorId', 'note', 'withoutTrace', 'force'],
};
