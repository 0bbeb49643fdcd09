import type { EmulatedMessage, EmulatedState } from '../../../emulator/state.ts';
import { conversationTypes, messageUid, systemType } from './message.ts';
import { isRecord } from './read.ts';

/** How a message was recalled, as the callback tells it. */
export interface Recall {
  readonly source: 'server' | 'client';
  readonly isAdmin: number;
  readonly isDelete: number;
  readonly extra: string;
}

interface KeptRecall extends Recall {
  /** The id of the `RC:RcCmd` message that the recall is. */
  readonly commandId: string;
}

export function conversationTypeOf(message: EmulatedMessage): number {
  return message.extra.get('conversationType') === systemType ? systemType : conversationTypes[message.kind];
}

/** Marks a message as recalled by its sender and keeps the command, an `RC:RcCmd` message, in the history. */
export function recallMessage(state: EmulatedState, original: EmulatedMessage, recall: Recall): void {
  const { kind, from, to, extra } = original;
  const { source, isAdmin, isDelete } = recall;
  const body = { messageUId: original.id, conversationType: conversationTypeOf(original), isAdmin, isDelete };
  const command = { kind, from, to, type: 'RC:RcCmd', body: JSON.stringify(body), source, extra: new Map(extra) };
  const commandId = state.keep(command, messageUid).id;
  original.extra.set('recall', { ...recall, commandId } satisfies KeptRecall);
  state.recall(original, from);
}

function isKeptRecall(value: unknown): value is KeptRecall {
  return isRecord(value) && typeof value['commandId'] === 'string';
}

export function recallOf(message: EmulatedMessage): KeptRecall | undefined {
  const recall = message.extra.get('recall');
  return isKeptRecall(recall) ? recall : undefined;
}
