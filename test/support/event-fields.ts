/** Every field of every type of event, under names that do not collide, as the fragment `Told`. */
export const eventFields = /* GraphQL */ `
  fragment Told on Event {
    __typename
    ... on MessageEvent { message { ...Said } }
    ... on SpaceEvent { space { id } by: actor { id } }
    ... on MessageSentEvent { source }
    ... on MessageEditedEvent { editor: actor { id } editCount }
    ... on MessageRecalledEvent { recaller: actor { id } isByAdmin isWithoutTrace note }
    ... on MessagesDeletedEvent { user { id } with: peer { ... on User { id } ... on Group { id } } messages { id } before }
    ... on MessageReadEvent { reader { id } }
    ... on ConversationReadEvent { reader { id } peer { ... on User { id } } }
    ... on ReceiverOfflineEvent { receiver { id } }
    ... on ReactionsChangedEvent { reactor: actor { id } emoji isAdded count }
    ... on BotMessageReceivedEvent { bot { id } data }
    ... on MessageDecidedEvent { messageDecision: decision rule isLate }
    ... on MessageModeratedEvent { contentDecision: decision labels matchedKeywords provider }
    ... on ProfileModeratedEvent { subject { id } writer: actor { id } contentDecision: decision moderated: fields }
    ... on PushFinishedEvent { user { id } about: message { ...Said } isSent platform reason }
    ... on ThreadUpdatedEvent { lastMessage { ...Said } messageCount }
    ... on PresenceChangedEvent { user { id } isOnline presenceCause: cause platform sessionId }
    ... on UserUpdatedEvent { user { id } }
    ... on AccountOperationFinishedEvent { user { id } operationId isDeletion ok vendorCode }
    ... on FriendRequestedEvent { user { id } friend { id } greeting: message }
    ... on FriendAddedEvent { user { id } friend { id } }
    ... on FriendRequestDeclinedEvent { user { id } friend { id } }
    ... on FriendRemovedEvent { user { id } friend { id } }
    ... on BlocklistChangedEvent { user { id } target { id } isBlocked }
    ... on SpaceCreatedEvent { owner { id } first: members { id } }
    ... on SpaceDeletedEvent { last: members { id } }
    ... on SpaceUpdatedEvent { fields }
    ... on SpaceAnnouncementChangedEvent { announcement }
    ... on SpaceOwnerChangedEvent { oldOwner { id } newOwner { id } }
    ... on MembersJoinedEvent { users { id } joinCause: cause memberCount }
    ... on MembersLeftEvent { users { id } leaveCause: cause memberCount }
    ... on MembersInvitedEvent { users { id } }
    ... on InvitationDeclinedEvent { user { id } }
    ... on JoinRequestedEvent { user { id } greeting: message }
    ... on MemberRolesChangedEvent { users { id } role }
    ... on SuperAdminsChangedEvent { users { id } isAdded promoter: actor { id } }
    ... on MemberMutesChangedEvent { users { id } isMuted expiresAt }
    ... on SpaceMuteChangedEvent { isMuted }
    ... on SpaceAllowlistChangedEvent { users { id } isAdded }
    ... on SpaceBlocklistChangedEvent { users { id } isAdded expiresAt }
    ... on SpaceIgnoreChangedEvent { isIgnored }
    ... on SpaceSuspensionChangedEvent { isSuspended }
    ... on SpaceAttributesChangedEvent { set { key value } deleted isCleared }
    ... on MemberAttributesChangedEvent { user { id } set { key value } }
    ... on SharedFilesChangedEvent { files { vendorId } isAdded }
    ... on UnknownEvent { name }
  }
  fragment Said on Message {
    id
    vendorId
    sender { id }
    to { ... on User { id } ... on Group { id } ... on Chatroom { id } }
    content { __typename ... on TextContent { text } }
  }
`;

export const toldEvents = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { ...Told } }
  ${eventFields}
`;

export const toldViewerEvents = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) { viewerEvents(filter: $filter, after: $after) { ...Told } }
  ${eventFields}
`;
