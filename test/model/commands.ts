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

const messages = [
  Send,
  Send,
  Send,
  SendToSeveral,
  Speak,
  Speak,
  Speak,
  ReadWhileTalking,
  Recall,
  Recall,
  Edit,
  Acknowledge,
];
const spaces = [
  ChangeMembers,
  ChangeMembers,
  ChangeMembers,
  Visit,
  Visit,
  Visit,
  Leave,
  ChangeSpaceBlock,
  ChangeRole,
  ChangeMute,
];
const rare = [CreateGroup, CreateChatroom, DeleteSpace, Transfer, Rename, ChangeName];
const users = [Block, Block, MarkRead, Pin, ClearHistory, DeleteConversation];
const streams = [CutOrResume, CutOrResume, CutOrResume];

/** Every act of a walk; what is likelier stands more often, and what takes long but once. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[...messages, ...messages, ...spaces, ...spaces, ...rare, ...users, ...users, ...streams, ...streams].map(at),
  fc.constantFrom<'SIGTERM' | 'SIGKILL'>('SIGTERM', 'SIGKILL').map((signal) => new Restart(signal)),
];

/** How every walk begins: with a group of four of the five users, and a room with two of them. */
export const beginning = (): readonly Command[] => [
  new CreateGroup(0, [0, 0b01110, 0]),
  new CreateChatroom(0, [0, 0, 0]),
  new Visit(0, [0, 1, 1]),
  new Visit(0, [0, 2, 1]),
];
