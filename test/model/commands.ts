import fc from 'fast-check';
import type { Command } from './app-command.ts';
import { Acknowledge, Edit, ReadWhileTalking, Recall, Send, SendToSeveral, Speak } from './message-commands.ts';
import { CutOrResume, Restart } from './process-commands.ts';
import {
  ChangeMembers,
  ChangeMute,
  ChangeRole,
  ChangeSpaceBlock,
  CreateChatroom,
  CreateGroup,
  DeleteSpace,
  Leave,
  Rename,
  Transfer,
  Visit,
} from './space-commands.ts';
import { Block, ChangeName, ClearHistory, DeleteConversation, MarkRead, Pin } from './user-commands.ts';

const picks = fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 });
const at = (make: new (app: number, picks: readonly number[]) => Command) =>
  fc.tuple(fc.nat(1000), picks).map(([app, chosen]) => new make(app, chosen));

/** Every act of a walk; what is likelier stands more often. */
const acts = [
  ...[Send, Send, Send, Send, SendToSeveral, Speak, Speak, Speak, ReadWhileTalking, Recall, Edit, Acknowledge],
  ...[CreateGroup, CreateGroup, CreateChatroom, ChangeMembers, ChangeMembers, Visit, Visit, Leave, DeleteSpace],
  ...[Transfer, Rename, ChangeRole, ChangeMute, ChangeSpaceBlock],
  ...[Block, ChangeName, MarkRead, MarkRead, Pin, ClearHistory, DeleteConversation],
  ...[CutOrResume, CutOrResume, CutOrResume],
];

export const commands: fc.Arbitrary<Command>[] = [
  ...acts.map(at),
  fc.constantFrom<'SIGTERM' | 'SIGKILL'>('SIGTERM', 'SIGKILL').map((signal) => new Restart(signal)),
];
