import type { NodeType } from '../../src/domain/id.ts';

/**
 * What an id means where it is given: `authority` for what only those may name who may see or change it, `subject` for whom or what
 * any viewer of the app may name. A position that only holders of a scope reach has its types with `scoped`.
 */
export type Meaning = 'authority' | 'subject' | 'scoped';
export type NamedType = NodeType | 'Event';
type Position = readonly (readonly [type: NamedType, meaning: Meaning])[];

const meaning =
  (what: Meaning) =>
  (...types: NamedType[]): Position =>
    types.map((type) => [type, what]);
const authority = meaning('authority');
const subject = meaning('subject');
const ofScope = meaning('scoped');

const theUser = authority('User');
const aUser = subject('User');
const space = authority('Group', 'Chatroom');
const owner = authority('User', 'Group', 'Chatroom');
const app = authority('App');
const conversation = authority('Conversation');
const message = authority('Message');
const anyNode: Position = [
  ...authority('App', 'Group', 'Chatroom', 'Thread', 'Community', 'Call', 'Bot', 'Broadcast', 'Job', 'File'),
  ...authority('Member', 'Message', 'Conversation', 'Blocklist', 'Friend'),
  ...subject('User'),
];

/** Every argument and input field that takes ids, by coordinate, and every argument that takes a vendor's own id of a node. */
export const idPositions: Readonly<Record<string, Position>> = {
  'Query.app(id:)': app,
  'Query.chatroom(id:)': authority('Chatroom'),
  'Query.conversation(id:)': conversation,
  'Query.group(id:)': authority('Group'),
  'Query.job(id:)': ofScope('Job'),
  'Query.message(id:)': message,
  'Query.node(id:)': anyNode,
  'Query.nodes(ids:)': anyNode,
  'Query.rawEvent(id:)': ofScope('Event'),
  'Query.user(id:)': aUser,
  'Subscription.callEvents(callId:)': authority('Call'),
  'Subscription.callbacks(appIds:)': ofScope('App'),
  'Subscription.conversationEvents(conversationId:)': conversation,
  'Subscription.jobProgress(jobId:)': ofScope('Job'),
  'Subscription.presenceEvents(userIds:)': aUser,
  'Subscription.spaceEvents(spaceId:)': space,
  'App.chatroom(vendorId:)': authority('Chatroom'),
  'App.community(vendorId:)': authority('Community'),
  'App.group(vendorId:)': authority('Group'),
  'App.user(vendorId:)': aUser,
  'Blocklist.contains(userIds:)': aUser,
  'Chatroom.member(userId:)': aUser,
  'Community.member(userId:)': aUser,
  'Group.member(userId:)': aUser,
  'Thread.member(userId:)': aUser,
  'User.conversation(peerId:)': [...subject('User'), ...authority('Group', 'Chatroom')],
  'User.relations(to:)': aUser,
  'Viewer.account(appId:)': subject('App'),

  'AcceptCallInput.callId': authority('Call'),
  'AcceptCallInput.userId': theUser,
  'AcknowledgeMessagesInput.messageIds': message,
  'AcknowledgeMessagesInput.userId': theUser,
  'AddFriendsInput.userId': ofScope('User'),
  'AddMembersInput.actorId': ofScope('User'),
  'AddMembersInput.spaceId': ofScope('Group', 'Chatroom'),
  'AddMembersInput.userIds': ofScope('User'),
  'BlockUsersInput.ownerId': owner,
  'BlockUsersInput.userIds': aUser,
  'BroadcastMessageInput.appId': ofScope('App'),
  'BroadcastMessageInput.senderId': ofScope('User'),
  'CancelJobInput.jobId': ofScope('Job'),
  'ClearHistoryInput.conversationIds': conversation,
  'CreateChatroomInput.appId': ofScope('App'),
  'CreateChatroomInput.memberIds': ofScope('User'),
  'CreateChatroomInput.ownerId': ofScope('User'),
  'CreateChatroomInput.speakerIds': ofScope('User'),
  'CreateGroupInput.appId': app,
  'CreateGroupInput.memberIds': theUser,
  'CreateGroupInput.ownerId': theUser,
  'DecisionTrialInput.senderId': ofScope('User'),
  'DecisionTrialInput.to': ofScope('User', 'Group', 'Chatroom'),
  'DeleteAttributesInput.actorId': theUser,
  'DeleteAttributesInput.ownerId': owner,
  'DeleteConversationsInput.conversationIds': conversation,
  'DeleteSpaceInput.actorId': ofScope('User'),
  'DeleteSpaceInput.spaceId': ofScope('Group', 'Chatroom'),
  'EditMessageInput.actorId': theUser,
  'EditMessageInput.messageId': message,
  'EventFilter.appIds': app,
  // A filter takes events away; it gives nobody more.
  'EventFilter.spaceIds': subject('Group', 'Chatroom', 'Thread'),
  'EventFilter.userIds': aUser,
  'FriendUpdateInput.userId': aUser,
  'ImportedMessageInput.ownerId': ofScope('User'),
  'ImportedMessageInput.senderId': ofScope('User'),
  'ImportedMessageInput.to': ofScope('User', 'Group'),
  'IssueServiceCredentialInput.appId': ofScope('App'),
  'IssueServiceCredentialInput.userId': ofScope('User'),
  'IssueUserTokenInput.userId': theUser,
  'JoinSpaceInput.spaceId': space,
  'JoinSpaceInput.userId': theUser,
  'LeaveSpaceInput.spaceId': space,
  'LeaveSpaceInput.userId': theUser,
  'MarkConversationsReadInput.conversationIds': conversation,
  'MemberUpdateInput.userId': theUser,
  'MentionsInput.userIds': aUser,
  'MessageFilter.senderId': aUser,
  'MuteMembersInput.actorId': ofScope('User'),
  'MuteMembersInput.spaceId': ofScope('Group', 'Chatroom'),
  'MuteMembersInput.userIds': ofScope('User'),
  'MuteSpaceInput.actorId': ofScope('User'),
  'MuteSpaceInput.spaceId': ofScope('Group', 'Chatroom'),
  'NewFriendInput.userId': aUser,
  'RecallMessagesInput.actorId': theUser,
  'RecallMessagesInput.messageIds': message,
  'RecipientVariablesInput.to': subject('User', 'Group', 'Chatroom', 'Conversation'),
  'RedeliverCallbacksInput.appId': ofScope('App'),
  'RegisterBotsInput.appId': ofScope('App'),
  'RegisterUsersInput.appId': ofScope('App'),
  'RejectCallInput.callId': authority('Call'),
  'RejectCallInput.userId': theUser,
  'RemoveAllFriendsInput.userId': theUser,
  'RemoveFriendsInput.friendIds': aUser,
  'RemoveFriendsInput.userId': theUser,
  'RemoveMembersInput.actorId': ofScope('User'),
  'RemoveMembersInput.spaceId': ofScope('Group', 'Chatroom'),
  'RemoveMembersInput.userIds': ofScope('User'),
  'ReplayCallbackInput.eventId': ofScope('Event'),
  'RequestFriendsInput.userId': theUser,
  'SendMessageInput.hiddenFrom': aUser,
  'SendMessageInput.senderId': theUser,
  'SendMessageInput.to': [...subject('User'), ...authority('Group', 'Chatroom', 'Conversation')],
  'SendMessageInput.visibleTo': aUser,
  'SetAttributesInput.actorId': theUser,
  'SetAttributesInput.ownerId': owner,
  'SetMemberRoleInput.actorId': ofScope('User'),
  'SetMemberRoleInput.spaceId': ofScope('Group', 'Chatroom'),
  'SetMemberRoleInput.userIds': ofScope('User'),
  'StartCallInput.callerId': theUser,
  'StartCallInput.inviteeIds': aUser,
  'StartMessageImportInput.appId': ofScope('App'),
  'StartUserRegistrationInput.appId': ofScope('App'),
  'TransferOwnershipInput.actorId': ofScope('User'),
  'TransferOwnershipInput.newOwnerId': ofScope('User'),
  'TransferOwnershipInput.spaceId': ofScope('Group', 'Chatroom'),
  'UnblockUsersInput.ownerId': owner,
  'UnblockUsersInput.userIds': aUser,
  'UnmuteMembersInput.actorId': ofScope('User'),
  'UnmuteMembersInput.spaceId': ofScope('Group', 'Chatroom'),
  'UnmuteMembersInput.userIds': ofScope('User'),
  'UnmuteSpaceInput.actorId': ofScope('User'),
  'UnmuteSpaceInput.spaceId': ofScope('Group', 'Chatroom'),
  'UpdateBotInput.botId': ofScope('Bot'),
  'UpdateConversationsInput.conversationIds': conversation,
  'UpdateFriendsInput.userId': theUser,
  'UpdateGroupInput.actorId': ofScope('User'),
  'UpdateGroupInput.groupId': ofScope('Group'),
  'UpdateMembersInput.actorId': theUser,
  'UpdateMembersInput.spaceId': space,
  'UserUpdateInput.id': theUser,
  'VerifyAppInput.appId': ofScope('App'),
};
