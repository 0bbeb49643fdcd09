import type { SupportedInputs } from '../../../domain/operations.ts';

/**
 * The fields of input types that this vendor takes. `announce`, `withoutTrace` and `force` are among them as the hints that
 * the schema says they are: it leaves no such choice.
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
  CreateChatroomInput: ['appId', 'vendorId', 'name', 'ownerId', 'attributes', 'expiry'],
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
