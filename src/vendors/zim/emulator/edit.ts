import { conversationKey, type EmulatedMessage, type EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { contentProblem } from './content.ts';
import { mostBytes } from './draft.ts';
import { codes, fail } from './failures.ts';
import { byteLength, object, optionalText, text, whole } from './values.ts';

/** "Within 24 hours by default" */
const editWindowMs = 24 * 3600 * 1000;

/** The bits of `EditType`. */
const bits = { text: 1, extension: 2, mentions: 4, everyone: 8, subtype: 16 } as const;

const editable: readonly number[] = [1, 10, 200];
const customType = 200;

/** What each bit needs to be there. */
function checkParts(params: Params, editType: number, type: number): void {
  const body = object(params['MessageBody']);
  const message = text(body, 'Message');
  const extension = optionalText(body, 'ExtendedData');
  const subtype = whole(params, 'SubMsgType') ?? -1;
  if (editType & bits.text && (message === '' || contentProblem(type, message))) fail(codes.badParameter);
  if (editType & bits.text && byteLength(message) > mostBytes(type)) fail(codes.badParameter);
  if (editType & bits.extension && (extension === undefined || byteLength(extension) > 1024)) fail(codes.badParameter);
  if (editType & bits.mentions && !Array.isArray(object(params['AtListInfo'])['AtList'])) fail(codes.badParameter);
  if (editType & bits.everyone && typeof params['IsAtAll'] !== 'boolean') fail(codes.badParameter);
  if (editType & bits.subtype && (type !== customType || subtype < 0 || subtype > 200)) fail(codes.badParameter);
}

/** The message with the call's seq, type and sender; an edit that fails for whatever reason has one code. */
function messageToEdit(state: EmulatedState, params: Params, key: string, type: number): EmulatedMessage {
  const message = (state.conversations.get(key) ?? []).find((each) => each.seq === whole(params, 'ConvMsgSeq'));
  if (!message || message.recalledAt !== null || Number(message.type) !== type) fail(codes.editFailed);
  const sender = text(params, 'SenderId');
  if (sender !== '' && sender !== message.from) fail(codes.editFailed);
  return message;
}

function edit(state: EmulatedState, params: Params, key: string): Params {
  const type = whole(params, 'MsgType') ?? 0;
  const editType = whole(params, 'EditType') ?? 0;
  if (!editable.includes(type) || editType < 1 || editType > 31) fail(codes.badParameter);
  checkParts(params, editType, type);
  const message = messageToEdit(state, params, key, type);
  if (state.now() - message.sentAt > editWindowMs) fail(codes.editTooLate);
  const given = object(params['MessageBody']);
  const body = {
    ...object(message.body),
    ...(editType & bits.text ? { Message: text(given, 'Message') } : {}),
    ...(editType & bits.extension ? { ExtendedData: text(given, 'ExtendedData') } : {}),
  };
  if (editType & bits.mentions) message.extra.set('AtList', object(params['AtListInfo'])['AtList']);
  if (editType & bits.everyone) message.extra.set('IsAtAll', params['IsAtAll']);
  if (editType & bits.subtype) message.extra.set('SubMsgType', whole(params, 'SubMsgType'));
  const count = Number(message.extra.get('edits') ?? 0) + 1;
  message.extra.set('edits', count);
  state.edit(message, body, text(params, 'FromUserId'));
  // In seconds (catalogue: response).
  return { StateMsgSeq: count, EditMsgSeq: count, LatestEditTime: Math.floor(state.now() / 1000) };
}

const editPeer: Handler = (params, { state }) => {
  if (text(params, 'SenderId') === '') fail(codes.badParameter);
  return edit(state, params, conversationKey('direct', text(params, 'FromUserId'), text(params, 'ConvId')));
};

/** Whoever edits must be a member; the sender may be left out by the prose. */
const editGroup: Handler = (params, { state }) => {
  const group = state.groups.get(text(params, 'ConvId'));
  if (!group?.members.has(text(params, 'FromUserId'))) fail(codes.editFailed);
  return edit(state, params, conversationKey('group', '', group.id));
};

export const editHandlers = {
  'zim.message.peer.edit': editPeer,
  'zim.message.group.edit': editGroup,
} satisfies Record<string, Handler>;
