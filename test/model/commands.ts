import fc from 'fast-check';
import { checkApp } from './checks.ts';
import type { AppModel, ModelGroup, ModelMessage, Place } from './model.ts';
import type { Answer, World } from './world.ts';

/** One app of the walk: what should be true of it, and how to reach it. */
export interface WalkApp {
  readonly name: string;
  readonly vendor: string;
  readonly model: AppModel;
  readonly tokens: ReadonlyMap<string, string>;
  /** Which operations the app has, as it says itself. */
  readonly supports: ReadonlySet<string>;
}

export interface Walk {
  readonly world: World;
  readonly apps: readonly WalkApp[];
  readonly operator: string;
  /** Counts up, so that every text and key is like no other. */
  next(): number;
}

type Command = fc.AsyncCommand<{ readonly apps: number }, Walk>;

/** What an answer says of the one thing that was asked for. */
export function outcomeOf({ data, errors }: Answer, field: string): string {
  const code = errors?.[0]?.extensions.code;
  if (code !== undefined) return code;
  const failed = data?.[field]?.results?.find((each: { ok: boolean }) => !each.ok);
  return failed ? failed.error.code : 'ok';
}

export const userId = (app: WalkApp, user: string) => `User:${app.name}:${user}`;
export const placeId = (app: WalkApp, { kind, id }: Place) =>
  kind === 'direct' ? userId(app, id) : `Group:${app.name}:${id}`;

function expectOutcome(what: string, actual: string, wanted: string, answer: Answer): void {
  if (actual !== wanted)
    throw new Error(`${what}: expected ${wanted}, got ${actual}: ${JSON.stringify(answer).slice(0, 600)}`);
}

const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } results { ok error { code message } } } }`;

/** An act at one app by chosen users; what does not fit the state is a step that does nothing. */
abstract class AppCommand implements Command {
  readonly #app: number;
  readonly picks: readonly number[];

  constructor(app: number, picks: readonly number[]) {
    this.#app = app;
    this.picks = picks;
  }

  check(): boolean {
    return true;
  }

  async run(_: unknown, walk: Walk): Promise<void> {
    const app = walk.apps[this.#app % walk.apps.length];
    if (!app) throw new Error('a walk needs an app');
    const did = await this.act(walk, app);
    if (!did) return;
    await walk.world.settle(app.vendor);
    await checkApp(walk, app);
  }

  /** Whether anything was done. */
  protected abstract act(walk: Walk, app: WalkApp): Promise<boolean>;

  toString(): string {
    return `${this.constructor.name}(${this.#app}, ${this.picks.join(', ')})`;
  }

  protected pick<T>(items: readonly T[], index: number): T | undefined {
    return items[(this.picks[index] ?? 0) % Math.max(1, items.length)];
  }

  protected user(app: WalkApp, index: number): string {
    return this.pick(app.model.users, index) ?? '';
  }

  protected group(app: WalkApp, index: number): ModelGroup | undefined {
    return this.pick([...app.model.groups.values()], index);
  }

  /** Where to send: mostly to users, else to a group, whether one is a member or not. */
  protected place(app: WalkApp, index: number, other: string): Place | undefined {
    const pick = this.picks[index] ?? 0;
    if (pick % 3 === 0) {
      const group = this.group(app, index);
      return group && { kind: 'group', id: group.id };
    }
    const id = this.user(app, index);
    return id === other ? undefined : { kind: 'direct', id };
  }
}

class Send extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const from = this.user(app, 0);
    const to = this.place(app, 1, from);
    if (!to) return false;
    const serial = walk.next();
    const text = `text ${serial}`;
    const input = { idempotencyKey: `key-${serial}`, to: [placeId(app, to)], content: { text: { text } } };
    const token = app.tokens.get(from) ?? '';
    const answer = await walk.world.query(token, send, { input });
    const wanted = app.model.send(from, to);
    expectOutcome(`${from} sends to ${to.kind} ${to.id}`, outcomeOf(answer, 'sendMessage'), wanted, answer);
    if (wanted !== 'ok') return true;
    const id: string | null = answer.data.sendMessage.message?.id ?? null;
    app.model.sent(from, to, text, id);
    const again = await walk.world.query(token, send, { input });
    if (JSON.stringify(again) !== JSON.stringify(answer))
      throw new Error(`the same key gave another answer: ${JSON.stringify(answer)} and ${JSON.stringify(again)}`);
    return true;
  }
}

class Speak extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const from = this.user(app, 0);
    const to = this.place(app, 1, from);
    if (!to || app.model.send(from, to) !== 'ok') return false;
    const text = `spoken ${walk.next()}`;
    await walk.world.speak(app.vendor, from, to, text);
    app.model.sent(from, to, text, null);
    return true;
  }
}

class Recall extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    if (!app.supports.has('Mutation.recallMessages')) return false;
    const message = this.pick<ModelMessage>(
      app.model.messages.filter(({ id, isRecalled }) => id !== null && !isRecalled),
      0,
    );
    const actor = this.pick([message?.from ?? '', message?.from ?? '', this.user(app, 1)], 1);
    if (!message || !actor) return false;
    const query =
      'mutation ($input: RecallMessagesInput!) { recallMessages(input: $input) { results { ok error { code message } } } }';
    const answer = await walk.world.query(app.tokens.get(actor) ?? '', query, { input: { messageIds: [message.id] } });
    const wanted = app.model.recall(actor, message);
    expectOutcome(`${actor} recalls "${message.text}"`, outcomeOf(answer, 'recallMessages'), wanted, answer);
    if (wanted === 'ok') app.model.recalled(message);
    return true;
  }
}

class Block extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const [owner, target] = [this.user(app, 0), this.user(app, 1)];
    if (owner === target) return false;
    const blocks = app.model.blocks.get(owner) ?? new Set();
    const field = blocks.has(target) ? 'unblockUsers' : 'blockUsers';
    const type = field === 'blockUsers' ? 'BlockUsersInput' : 'UnblockUsersInput';
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { results { ok error { code message } } blocklist { contains(userIds: [${JSON.stringify(userId(app, target))}]) } } }`;
    const answer = await walk.world.query(app.tokens.get(owner) ?? '', query, {
      input: { userIds: [userId(app, target)] },
    });
    expectOutcome(`${owner} ${field} ${target}`, outcomeOf(answer, field), 'ok', answer);
    if (field === 'blockUsers') blocks.add(target);
    else blocks.delete(target);
    if (answer.data[field].blocklist.contains[0] !== blocks.has(target))
      throw new Error(`the payload of ${field} is not what is true now: ${JSON.stringify(answer)}`);
    return true;
  }
}

class CreateGroup extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const owner = this.user(app, 0);
    const members = [...new Set([this.user(app, 1), this.user(app, 2)])].filter((each) => each !== owner);
    const name = `Group ${walk.next()}`;
    const query = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { results { ok error { code message } }
      group { vendorId name memberCount } } }`;
    const input = {
      appId: `App:${app.name}`,
      name,
      ownerId: userId(app, owner),
      memberIds: members.map((each) => userId(app, each)),
      settings: { joinPolicy: 'OPEN' },
    };
    const settled = app.supports.has('CreateGroupInput.settings') ? input : { ...input, settings: undefined };
    const answer = await walk.world.query(walk.operator, query, { input: settled });
    expectOutcome(`${owner} creates a group`, outcomeOf(answer, 'createGroup'), 'ok', answer);
    const { vendorId, memberCount } = answer.data.createGroup.group;
    app.model.createGroup(vendorId, owner, members);
    if (memberCount !== members.length + 1)
      throw new Error(`a new group of ${members.length + 1} tells memberCount ${memberCount}`);
    return true;
  }
}

class ChangeMembers extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.group(app, 0);
    const user = this.user(app, 1);
    if (!group || group.isDeleted || user === group.owner) return false;
    const isIn = group.members.has(user);
    const field = isIn ? 'removeMembers' : 'addMembers';
    const query = `mutation ($input: ${isIn ? 'RemoveMembersInput' : 'AddMembersInput'}!) { ${field}(input: $input) { results { ok error { code message } }
      space { memberCount } } }`;
    const input = { spaceId: `Group:${app.name}:${group.id}`, userIds: [userId(app, user)] };
    const answer = await walk.world.query(walk.operator, query, { input });
    expectOutcome(`${field} ${user}`, outcomeOf(answer, field), 'ok', answer);
    if (isIn) app.model.left(group.id, [user]);
    else app.model.joined(group.id, [user]);
    const { memberCount } = answer.data[field].space;
    if (memberCount !== group.members.size)
      throw new Error(`${field} tells memberCount ${memberCount} of ${group.members.size}`);
    return true;
  }
}

class Leave extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.group(app, 0);
    const user = group && this.pick([...group.members], 1);
    if (!group || group.isDeleted || !user || user === group.owner) return false;
    const query = 'mutation ($input: LeaveSpaceInput!) { leaveSpace(input: $input) { space { id } } }';
    const input = { spaceId: `Group:${app.name}:${group.id}` };
    const answer = await walk.world.query(app.tokens.get(user) ?? '', query, { input });
    expectOutcome(`${user} leaves`, outcomeOf(answer, 'leaveSpace'), 'ok', answer);
    app.model.left(group.id, [user]);
    return true;
  }
}

class Transfer extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.group(app, 0);
    const user = group && this.pick([...group.members], 1);
    if (!app.supports.has('Mutation.transferOwnership')) return false;
    if (!group || group.isDeleted || !user || user === group.owner) return false;
    const query =
      'mutation ($input: TransferOwnershipInput!) { transferOwnership(input: $input) { space { ... on Group { owner { vendorId } } } } }';
    const input = { spaceId: `Group:${app.name}:${group.id}`, newOwnerId: userId(app, user) };
    const answer = await walk.world.query(walk.operator, query, { input });
    expectOutcome(`the group goes to ${user}`, outcomeOf(answer, 'transferOwnership'), 'ok', answer);
    group.owner = user;
    return true;
  }
}

class DeleteGroup extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const group = this.group(app, 0);
    // Groups are few: most picks leave them.
    if (!group || group.isDeleted || (this.picks[1] ?? 0) % 3 !== 0) return false;
    const query = 'mutation ($input: DeleteSpaceInput!) { deleteSpace(input: $input) { deletedSpaceId } }';
    const answer = await walk.world.query(walk.operator, query, {
      input: { spaceId: `Group:${app.name}:${group.id}` },
    });
    expectOutcome('a group is deleted', outcomeOf(answer, 'deleteSpace'), 'ok', answer);
    group.isDeleted = true;
    return true;
  }
}

abstract class ConversationCommand extends AppCommand {
  protected abstract readonly field: string;

  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const owner = this.user(app, 0);
    const conversation = this.pick(app.model.listOf(owner), 1);
    if (!conversation || !app.supports.has(`Mutation.${this.field}`)) return false;
    const { peer } = conversation;
    const id = `Conversation:${app.name}:${owner}:${peer.kind}:${peer.id}`;
    const type = `${this.field[0]?.toUpperCase()}${this.field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${this.field}(input: $input) { results { ok error { code message } } } }`;
    const input = { conversationIds: [id], ...this.more(app, conversation) };
    const answer = await walk.world.query(app.tokens.get(owner) ?? '', query, { input });
    expectOutcome(`${owner} ${this.field} ${peer.kind} ${peer.id}`, outcomeOf(answer, this.field), 'ok', answer);
    this.done(app.model, conversation);
    return true;
  }

  protected more(_app: WalkApp, _conversation: ReturnType<AppModel['conversation']>): object {
    return {};
  }

  protected abstract done(model: AppModel, conversation: ReturnType<AppModel['conversation']>): void;
}

class MarkRead extends ConversationCommand {
  protected readonly field = 'markConversationsRead';
  protected done(model: AppModel, { owner, peer }: ReturnType<AppModel['conversation']>): void {
    model.markRead(owner, peer);
  }
}

class ClearHistory extends ConversationCommand {
  protected readonly field = 'clearHistory';
  protected done(model: AppModel, { owner, peer }: ReturnType<AppModel['conversation']>): void {
    model.clear(owner, peer);
  }
}

class DeleteConversation extends ConversationCommand {
  protected readonly field = 'deleteConversations';
  protected done(model: AppModel, { owner, peer }: ReturnType<AppModel['conversation']>): void {
    model.remove(owner, peer);
  }
}

class Pin extends ConversationCommand {
  protected readonly field = 'updateConversations';
  protected override more(_app: WalkApp, { isPinned }: ReturnType<AppModel['conversation']>): object {
    return { isPinned: !isPinned };
  }
  protected done(_model: AppModel, conversation: ReturnType<AppModel['conversation']>): void {
    conversation.isPinned = !conversation.isPinned;
  }
}

/** The process ends, in good order or not, and is there again: everything that was true is true still. */
class Restart implements Command {
  readonly #signal: 'SIGTERM' | 'SIGKILL';

  constructor(signal: 'SIGTERM' | 'SIGKILL') {
    this.#signal = signal;
  }

  check(): boolean {
    return true;
  }

  async run(_: unknown, walk: Walk): Promise<void> {
    await walk.world.restart(this.#signal);
    for (const app of walk.apps) await checkApp(walk, app);
  }

  toString(): string {
    return `Restart(${this.#signal})`;
  }
}

const picks = fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 });
const at = (make: new (app: number, picks: readonly number[]) => Command) =>
  fc.tuple(fc.nat(1000), picks).map(([app, chosen]) => new make(app, chosen));

/** Every act of a walk; what is likelier stands more often. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[at(Send), at(Send), at(Send), at(Speak), at(Speak)],
  ...[
    at(Recall),
    at(Block),
    at(CreateGroup),
    at(ChangeMembers),
    at(ChangeMembers),
    at(Leave),
    at(Transfer),
    at(DeleteGroup),
  ],
  ...[at(MarkRead), at(MarkRead), at(Pin), at(ClearHistory), at(DeleteConversation)],
  fc.constantFrom<'SIGTERM' | 'SIGKILL'>('SIGTERM', 'SIGKILL').map((signal) => new Restart(signal)),
];
