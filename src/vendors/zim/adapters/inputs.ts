import type { SupportedInputs } from '../../../domain/operations.ts';

/**
 * The fields of those input types of which this vendor lacks some. `announce`, `withoutTrace` and `force` are taken as the hints
 * that the schema says they are: it leaves no such choice.
 */
export const inputs: SupportedInputs = {
  BlockUsersInput: ['ownerId', 'userIds'],
  UnblockUsersInput: ['ownerId', 'userIds'],
  NewUserInput: ['vendorId', 'name', 'avatarUrl'],
  FriendUpdateInput: ['userId', 'remark', 'attributes'],
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
  MessageContentInput: ['text', 'image', 'audio', 'video', 'file', 'composite', 'command', 'custom'],
  MediaContentInput: ['url', 'thumbnailUrl', 'name', 'byteSize', 'durationSeconds', 'width', 'height'],
  LocationContentInput: [],
  DeliveryInput: ['countAsUnread', 'copyToSender', 'requestReceipt', 'priority'],
  PushOptionsInput: ['isEnabled', 'title', 'body', 'data', 'badgeIncrement'],
  ImportedMessageInput: ['senderId', 'to', 'content', 'sentAt', 'metadata', 'ownerId'],
  UpdateConversationsInput: ['conversationIds', 'isPinned', 'notificationLevel', 'addLabels', 'removeLabels'],
  ClearHistoryInput: ['conversationIds'],
};
