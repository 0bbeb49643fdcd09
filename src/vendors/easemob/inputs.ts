import type { SupportedInputs } from '../../domain/operations.ts';

/**
 * The fields of those input types of which the vendor lacks some. Flags that are false when left out are among them, since they
 * are always given; the adapter refuses them when they are true.
 */
export const inputs: SupportedInputs = {
  BlockUsersInput: ['ownerId', 'userIds'],
  UnblockUsersInput: ['ownerId', 'userIds'],
  NewFriendInput: ['userId'],
  RemoveAllFriendsInput: ['userId'],
  CreateGroupInput: ['appId', 'name', 'avatarUrl', 'description', 'announcement', 'ownerId', 'memberIds', 'settings'],
  UpdateGroupInput: ['groupId', 'name', 'avatarUrl', 'description', 'announcement', 'settings'],
  CreateChatroomInput: ['appId', 'name', 'description', 'ownerId', 'memberIds', 'maxMembers'],
  ChatroomExpiryInput: [],
  AddMembersInput: ['spaceId', 'userIds', 'announce'],
  RemoveMembersInput: ['spaceId', 'userIds', 'announce'],
  DeleteSpaceInput: ['spaceId'],
  SendMessageInput: [
    'idempotencyKey',
    'senderId',
    'to',
    'content',
    'mentions',
    'visibleTo',
    'hiddenFrom',
    'variables',
    'metadata',
    'delivery',
    'push',
  ],
  MessageContentInput: ['text', 'image', 'audio', 'video', 'file', 'location', 'command', 'custom'],
  TextContentInput: ['text'],
  MediaContentInput: ['url', 'thumbnailUrl', 'name', 'byteSize', 'durationSeconds', 'width', 'height'],
  LocationContentInput: ['latitude', 'longitude', 'name'],
  CommandContentInput: ['name'],
  CustomContentInput: ['type', 'data'],
  MentionsInput: ['userIds'],
  RecallMessagesInput: ['messageIds', 'actorId', 'note', 'force'],
  DeliveryInput: ['onlineOnly', 'copyToSender', 'requestReceipt', 'priority'],
  PushOptionsInput: ['isEnabled', 'force', 'title', 'body', 'data', 'templateName', 'platforms'],
};

/** What the vendor wants switched on first (`permission` in easemob.yaml). */
export const conditions: Readonly<Record<string, string>> = {
  'Mutation.recallMessages': 'The recall of messages, switched on in the console.',
  'Presence.text': 'The presence service, opened by the vendor.',
  'Presence.lastSeenAt': 'The presence service, opened by the vendor.',
  'Presence.devices': 'The presence service, opened by the vendor.',
  'App.failedCallbacks': 'The storage of callbacks that failed, a paid addition.',
  'Mutation.redeliverCallbacks': 'The storage of callbacks that failed, a paid addition.',
  'User.conversations': 'The conversation list, opened by the vendor for the app.',
};
