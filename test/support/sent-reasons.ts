type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

const kept = 'The gateway keeps it: the vendor has no place for it.';
const noChoice = 'A hint, of which the schema says: where the vendor leaves the choice.';
const without = 'What the vendor does when nothing is said.';
const ownCount = 'Read marks of these are kept by the gateway alone.';

/** By app: the choices of a caller that change nothing of what is sent, and why. */
export const silent: Reasons = {
  'zim-eu': {
    'AddMembersInput.announce=false': noChoice,
    'BroadcastMessageInput.idempotencyKey=Sample': kept,
    'DeleteAttributesInput.actorId=User:zim-eu:user41': "A user's attribute is changed in nobody's name.",
    'DeleteAttributesInput.overwrite=true': noChoice,
    'DeliveryInput.priority=NORMAL': 'It is said of every message.',
    'DeliveryInput.requestReceipt=false': without,
    'IssueUserTokenInput.ttlSeconds=7': 'Tokens are signed here; zim-auth.test.ts reads their time.',
    'PushOptionsInput.isEnabled=false': 'Of a call it is said that nobody is pushed where nothing else is.',
    'RecallMessagesInput.force=true': noChoice,
    'RecallMessagesInput.withoutTrace=true': noChoice,
    'RemoveMembersInput.announce=false': noChoice,
    'SendMessageInput.idempotencyKey=Sample': kept,
    'SetAttributesInput.actorId=User:zim-eu:user41': "A user's attribute is changed in nobody's name.",
    'SetAttributesInput.overwrite=true': noChoice,
    'TransferOwnershipInput.leave=true': noChoice,
  },
  'rc-cn': {
    'AddMembersInput.announce=false': noChoice,
    'CreateChatroomInput.name=Sample': 'Chatrooms have no name at this vendor; the schema asks for one for the others.',
    'DeliveryInput.onlineOnly=false': without,
    'MarkConversationsReadInput.conversationIds=["Conversation:rc-cn:alice:group:team"]': ownCount,
    'MarkConversationsReadInput.conversationIds=["Conversation:rc-cn:alice:group:team","Conversation:rc-cn:alice:direct:carol"]':
      ownCount,
    'RecallMessagesInput.force=true': noChoice,
    'RemoveMembersInput.announce=false': noChoice,
    'SendMessageInput.idempotencyKey=Sample': 'Templates to groups take none; every other way sends it.',
  },
  'em-1': {
    'AddMembersInput.announce=false': noChoice,
    'DeliveryInput.copyToSender=false': 'Messages to chatrooms are never copied.',
    'DeliveryInput.copyToSender=true': 'Messages to groups are always copied.',
    'DeliveryInput.onlineOnly=false': without,
    'DeliveryInput.requestReceipt=false': 'Only messages to groups ask for receipts.',
    'GroupSettingsInput.isPublic=false': 'It is said of every new group.',
    'GroupSettingsInput.joinPolicy=INVITATION': 'It is said of every new group: it is not public.',
    'MarkConversationsReadInput.conversationIds=["Conversation:em-1:alice:group:2784001"]': ownCount,
    'MarkConversationsReadInput.conversationIds=["Conversation:em-1:alice:group:2784001","Conversation:em-1:alice:direct:carol"]':
      ownCount,
    'RedeliverCallbacksInput.since=2026-01-02T03:04:05.678Z':
      'What is stored is read first; failed-callbacks.test.ts has some.',
    'RemoveMembersInput.announce=false': noChoice,
    'SendMessageInput.idempotencyKey=Sample': kept,
  },
};

/** By app: fields that an app says it takes, of which nothing is sent, and why. */
export const unsent: Reasons = {
  'zim-eu': {
    'ChatroomExpiryInput.trigger': 'There is one trigger.',
    'IssueServiceCredentialInput.service': 'There is a credential of one service.',
    'RecallMessagesInput.actorId': "Only the sender recalls; another is refused, and the sender's name goes anyway.",
  },
};
