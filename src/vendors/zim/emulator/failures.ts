import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { EmulatorFailure } from '../../../emulator/failure.ts';
import type { Params, WireReply } from '../../../emulator/wire.ts';
import type { CatalogueEndpoint, CatalogueLimit } from '../../../net/catalogue.ts';
import { catalogue } from '../catalogue.ts';

/** Return codes that the emulator answers, in the catalogue's words. */
export const codes = {
  appIdMalformed: 100000001,
  timestampMissing: 100000002,
  timestampMalformed: 100000003,
  signatureExpired: 100000004,
  signatureMismatch: 100000005,
  actionMissing: 100000006,
  actionUnknown: 100000007,
  nonceMissing: 100000008,
  signatureMissing: 100000009,
  appUnknown: 100000011,
  signatureVersionMissing: 100000013,
  signatureVersionUnsupported: 100000014,
  internal: 100000015,
  general: 660000001,
  badParameter: 660000002,
  tooManyUsers: 660000011,
  userIdTooLong: 660000012,
  messageNotFound: 660000022,
  messageRecalled: 660000023,
  recallTooLate: 660000024,
  notBase64: 660000025,
  notTheSender: 660000026,
  roomMessagesNotStored: 660000027,
  notOnThisPlan: 660000028,
  userUnknownOrLoggedOut: 660200001,
  roomMissing: 660300001,
  notInThisRoom: 660300002,
  appOverLimit: 660300005,
  roomEmpty: 660300008,
  notInNamedRoom: 660300012,
  noReceiptInRooms: 660300013,
  roomExists: 660300014,
  tooManyRooms: 660300015,
  messageTooLarge: 660400001,
  tooManyReceipts: 660400102,
  groupReceiptsRefused: 660400103,
  peerReceiptsRefused: 660400104,
  actorUnknown: 660500002,
  deliveredToNobody: 660500009,
  refusedBeforeSending: 660500010,
  groupMissing: 660600001,
  notInGroup: 660600008,
  groupIdTaken: 660600011,
  tooManyGroups: 660600012,
  ownerUnknown: 660600013,
  tooManyMembers: 660600016,
  tooManyAttributes: 660600019,
  attributeTooLong: 660600020,
  badMessageField: 660600021,
  notMember: 660600024,
  groupUnchanged: 660600028,
  ownerNotGiven: 660600029,
  actsOnItself: 660600030,
  mayNot: 660600032,
  nobodyTaken: 660600033,
  userExists: 660700002,
  userNameTooLong: 660700006,
  avatarTooLong: 660700007,
  userMissing: 660700012,
  userNotRegistered: 660700015,
  blocklistOwnerUnknown: 660800001,
  conversationUnknown: 660800002,
  tooManyInBatch: 660800019,
  ownFriend: 660800020,
  remarkTooLong: 660800021,
  friendRepeated: 660800022,
  friendKeyUnknown: 660800023,
  friendAttributesTooLong: 660800024,
  nobodyBefriended: 660800025,
  friendAttributeWrong: 660800026,
  friendAlready: 660800027,
  friendsFull: 660800028,
  tooManyMutedConversations: 660800030,
  friendKeyRepeated: 660800032,
  ownFriendToDelete: 660800033,
  notFriend: 660800034,
  blockedAlready: 660800037,
  cannotBlockItself: 660800038,
  tooManyInBlocklistCall: 660800039,
  blocklistFull: 660800040,
  nobodyBlocked: 660800041,
  nobodyUnblocked: 660800042,
  unblockedAlready: 660800043,
  notBlocked: 660800044,
  receiverBlockedSender: 660800045,
  timeInFuture: 660800046,
  tooManyPinned: 660800048,
  mutedAlready: 660800051,
  notMuted: 660800052,
  nothingMarked: 660800054,
  calleesUnknown: 660900003,
  callMissing: 660900004,
  callOver: 660900005,
  callTimedOut: 660900006,
  tooManyCallees: 660900007,
  notInvited: 660900008,
  editTooLate: 661000001,
  editFailed: 661000005,
} as const;

const meanings = new Map(
  z
    .array(z.object({ code: z.union([z.number(), z.string()]), meaning: z.string() }))
    .parse(catalogue.errors)
    .map((error) => [Number(error.code), error.meaning]),
);

/** What a code means; the vendor's own texts are not documented. */
export const meaning = (code: number): string => meanings.get(code) ?? `code ${code}`;

/** Every answer is HTTP 200 with Code, Message and RequestId, the payload beside them (catalogue: envelope). */
export function envelope(code: number, payload: Params = {}): WireReply {
  const head = { Code: code, Message: code === 0 ? 'success' : meaning(code), RequestId: String(randomInt(1e5, 1e12)) };
  return { status: 200, body: { ...head, ...payload } };
}

/** Ends a call with a return code. */
export function fail(code: number, payload: Params = {}): never {
  throw new EmulatorFailure(envelope(code, payload));
}

/** The answer past a bucket: the bucket's own code, else the app's (catalogue: limits[].overLimit). */
export function overLimit(_endpoint: CatalogueEndpoint, limit: CatalogueLimit): WireReply {
  return envelope(Number(limit.overLimit ?? codes.appOverLimit));
}

export interface ItemFailure {
  readonly UserId: string;
  readonly SubCode: number;
  readonly SubMessage?: string;
}

interface BatchOutcome {
  /** What the endpoint calls its failure list. */
  readonly list: 'ErrorList' | 'ErrList' | 'ErrorUsers' | 'Fails';
  readonly failures: readonly ItemFailure[];
  /** How many items worked. */
  readonly worked: number;
  readonly payload?: Params;
  /** The code for "every item failed"; where none is documented, the first item's. */
  readonly allFailed?: number;
}

/** Code 0 as soon as one item worked; with none, a Code other than 0 and the list filled (catalogue: envelope). */
export function settle({ list, failures, worked, payload, allFailed }: BatchOutcome): Params {
  const answer = { ...payload, [list]: failures };
  const first = failures[0];
  if (first && worked === 0) fail(allFailed ?? first.SubCode, answer);
  return answer;
}
