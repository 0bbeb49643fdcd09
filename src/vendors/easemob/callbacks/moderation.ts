import { z } from 'zod';
import type { ContentDecision } from '../../../domain/event.ts';
import type { Receiver } from '../../../domain/message.ts';
import { rows, textOrNull } from '../endpoints/values.ts';
import { bareSpaceId, bareUserId } from '../ids.ts';
import { readMessage } from '../message.ts';
import { idText, text } from './body.ts';
import { named } from './message.ts';
import { kindOf, type Readers, reading, someId } from './reader.ts';

const resultSchema = z.looseObject({
  moderationResult: z.enum(['PASS', 'REJECT', 'EXCHANGE', 'RECALL']),
  providerResult: text,
  messageType: text,
  messageId: someId,
  targetType: z.string(),
  from: someId,
  to: someId,
  msg: text,
  url: text,
  riskType: text,
});

/** What was exchanged or had words replaced was delivered. */
const verdicts = { PASS: 'PASS', EXCHANGE: 'PASS', REJECT: 'REFUSE', RECALL: 'REFUSE' } as const;

const readResult = reading(resultSchema, ({ from, to, msg, url, ...told }, { raw, config }) => {
  const kind = kindOf(told.targetType);
  if (!kind) return undefined;
  const verdict: ContentDecision = verdicts[told.moderationResult];
  const envelope = { to: { kind, id: to }, from, id: told.messageId, sentAt: null, raw, config };
  // Of other content than text and files nothing is told.
  const isTold = msg !== undefined || url !== undefined;
  const content = isTold ? { bodies: [{ type: told.messageType, msg, url }] } : undefined;
  return {
    type: 'MESSAGE_MODERATED',
    message: readMessage(envelope, content),
    // The vendor's moderators passed what the provider wants to be looked at.
    decision: verdict === 'PASS' && told.providerResult === 'REVIEWED' ? 'REVIEW' : verdict,
    labels: told.riskType === undefined ? [] : [told.riskType],
    matchedKeywords: [],
    provider: null,
  };
});

const keywordSchema = z.looseObject({
  status: z.enum(['pass', 'refuse', 'replace']),
  contentOwner: someId,
  contentReceiver: someId,
  contentUri: z.string().regex(/^msync:\d+$/),
  chatType: z.string(),
  sensitiveWords: rows(z.string()).catch([]),
});

/** `alertReason` says `intercepted` of what was replaced, too: the status is what holds. */
const readKeyword = reading(keywordSchema, (told, source) => {
  const kind = kindOf(told.chatType.split(':').slice(0, 2).join(':'));
  if (!kind) return undefined;
  const receiver = kind === 'direct' ? told.contentReceiver : bareSpaceId(told.contentReceiver);
  const id = told.contentUri.slice('msync:'.length);
  return {
    type: 'MESSAGE_MODERATED',
    message: named({ to: { kind, id: receiver }, from: told.contentOwner, id }, source),
    decision: told.status === 'refuse' ? 'REFUSE' : 'PASS',
    labels: [],
    matchedKeywords: told.sensitiveWords,
    provider: null,
  };
});

const pushSchema = z.looseObject({
  target: someId,
  status: z.enum(['success', 'fail', 'error']),
  from: idText,
  group_id: idText,
  msg_id: idText,
  channel: textOrNull,
  detail: textOrNull,
  e_message: textOrNull,
});

/** The vendor's examples lack the sender, without whom no message can be named. */
const readPush = reading(pushSchema, ({ target, status, from, group_id, msg_id, ...told }, source) => {
  const to: Receiver = group_id === undefined ? { kind: 'direct', id: target } : { kind: 'group', id: group_id };
  const isNamed = from !== undefined && msg_id !== undefined;
  return {
    type: 'PUSH_FINISHED',
    userId: bareUserId(target, source.config),
    message: isNamed ? named({ to, from, id: msg_id }, source) : null,
    isSent: status === 'success',
    platform: told.channel,
    reason: told.detail ?? told.e_message,
  };
});

export const moderationReaders: Readers = {
  'moderation.result': readResult,
  'moderation.keyword': readKeyword,
  'push.result': readPush,
};
