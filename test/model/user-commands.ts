import { AppCommand, expectOutcome, mutation, results } from './app-command.ts';
import { dataOf, ensureEqual } from './asking.ts';
import type { AppModel, ModelConversation } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';

export class Block extends AppCommand {
  protected async act(_: Walk, app: WalkApp): Promise<boolean> {
    const [owner, target] = [this.user(app, 0), this.user(app, 1)];
    if (owner === target) return false;
    const isBlocked = app.model.blocks.get(owner)?.has(target) === true;
    const field = isBlocked ? 'unblockUsers' : 'blockUsers';
    const blocks = 'blocklist { id blocks(first: 100) { nodes { user { vendorId } } totalCount } }';
    const input = { userIds: [app.ids.user(target)] };
    const answer = await app.as(owner, mutation(field, `${results} ${blocks}`), { input });
    expectOutcome(`${app.name}: ${owner} ${field} ${target}`, field, answer, 'ok');
    app.model.blocked(owner, target, !isBlocked);
    const query = `query ($appId: ID!) { viewer { account(appId: $appId) { ${blocks} } } }`;
    const { viewer } = dataOf('a blocklist', await app.as(owner, query, { appId: `App:${app.name}` }));
    ensureEqual(
      `${app.name}: what ${field} answers, read again`,
      viewer.account.blocklist,
      answer.data[field].blocklist,
    );
    return true;
  }
}

export class ChangeName extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const user = this.user(app, 0);
    const name = `name ${walk.next()}`;
    const query = mutation('updateUsers', `${results} items: results { node { ... on User { vendorId name } } }`);
    const answer = await app.as(user, query, { input: { users: [{ name, id: app.ids.user(user) }] } });
    expectOutcome(`${app.name}: ${user} takes a name`, 'updateUsers', answer, 'ok');
    app.model.names.set(user, name);
    ensureEqual(`${app.name}: what updateUsers answers`, answer.data.updateUsers.items, [
      { node: { vendorId: user, name } },
    ]);
    return true;
  }
}

abstract class ConversationCommand extends AppCommand {
  protected abstract readonly field: string;

  protected async act(_: Walk, app: WalkApp): Promise<boolean> {
    const owner = this.user(app, 0);
    const conversation = this.pick(app.model.listOf(owner), 1);
    if (!conversation || !app.supports.has(`Mutation.${this.field}`)) return false;
    const input = { conversationIds: [app.ids.conversation(conversation)], ...this.more(conversation) };
    const answer = await app.as(owner, mutation(this.field, results), { input });
    expectOutcome(`${app.name}: ${owner} ${this.field} ${input.conversationIds}`, this.field, answer, 'ok');
    this.done(app.model, conversation);
    return true;
  }

  protected more(_: ModelConversation): object {
    return {};
  }

  protected abstract done(model: AppModel, conversation: ModelConversation): void;
}

export class MarkRead extends ConversationCommand {
  protected readonly field = 'markConversationsRead';
  protected done(model: AppModel, { owner, peer }: ModelConversation): void {
    model.markRead(owner, peer);
  }
}

export class ClearHistory extends ConversationCommand {
  protected readonly field = 'clearHistory';
  protected done(model: AppModel, { owner, peer }: ModelConversation): void {
    model.clear(owner, peer);
  }
}

export class DeleteConversation extends ConversationCommand {
  protected readonly field = 'deleteConversations';
  protected done(model: AppModel, { owner, peer }: ModelConversation): void {
    model.remove(owner, peer);
  }
}

export class Pin extends ConversationCommand {
  protected readonly field = 'updateConversations';
  protected override more({ isPinned }: ModelConversation): object {
    return { isPinned: !isPinned };
  }
  protected done(_: AppModel, conversation: ModelConversation): void {
    conversation.isPinned = !conversation.isPinned;
  }
}
