import { AppCommand, expectOutcome, mutation, outcomesOf, results } from './app-command.ts';
import { dataOf, ensureEqual } from './asking.ts';
import { historiesOf, readWhileTalking } from './history-checks.ts';
import type { ModelMessage, Place } from './model.ts';
import type { Walk, WalkApp } from './scene.ts';

const messageFields = `id vendorId sequence kind sentAt editedAt recalledAt sender { vendorId }
  to { ... on User { id } ... on Space { id } } content { ... on TextContent { text } }`;
const send = mutation('sendMessage', `message { ${messageFields} } ${results}`);

export class Send extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const from = this.user(app, 0);
    const to = this.place(app, 1, from);
    if (!to) return false;
    const serial = walk.next();
    const text = `text ${serial}`;
    const input = { idempotencyKey: `key-${serial}`, to: [app.ids.place(to)], content: { text: { text } } };
    const answer = await app.as(from, send, { input });
    const wanted = app.model.send(from, to);
    expectOutcome(`${app.name}: ${from} sends to ${to.kind} ${to.id}`, 'sendMessage', answer, wanted);
    if (wanted !== 'ok') return true;
    const { message } = answer.data.sendMessage;
    app.model.sent(from, to, text, message?.id ?? null);
    ensureEqual(`${app.name}: the same key once more`, await app.as(from, send, { input }), answer);
    if (!app.holds('a message that was sent is read before its callback came')) await walk.world.settle(app.vendor);
    // A vendor may give no id to what is said in a room, and keep nothing of it: then the answer's id finds nothing.
    if (message && to.kind !== 'chatroom') await this.#readAgain(app, from, message);
    return true;
  }

  /** What was answered is what is read. */
  async #readAgain(app: WalkApp, user: string, message: { readonly id: string; sentAt: string | null }): Promise<void> {
    const where = `${app.name}: a message sent by ${user}, read again`;
    const query = `query ($id: ID!) { message(id: $id) { ${messageFields} } }`;
    const fresh = dataOf(where, await app.as(user, query, { id: message.id })).message;
    ensureEqual(where, { ...fresh, sentAt: null }, { ...message, sentAt: null });
    // No vendor's answer says the moment: it is that of the answer then.
    const apartMs = Math.abs(Date.parse(fresh.sentAt) - Date.parse(message.sentAt ?? ''));
    if (!(apartMs < 5000)) throw new Error(`${where}: sent at ${fresh.sentAt}, answered ${message.sentAt}`);
  }
}

/** One message to several users: each has its own fate. */
export class SendToSeveral extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const from = this.user(app, 0);
    const receivers = app.model.users.filter((user, index) => user !== from && (this.number(1) >> index) % 2 === 1);
    if (receivers.length < 2) return false;
    const text = `text ${walk.next()}`;
    const places = receivers.map((id): Place => ({ kind: 'direct', id }));
    const input = { to: places.map((place) => app.ids.place(place)), content: { text: { text } } };
    const query = mutation('sendMessage', `${results} items: results { target ok node { id } }`);
    const answer = await app.as(from, query, { input });
    const wanted = places.map((place) => app.model.send(from, place));
    const where = `${app.name}: ${from} sends to ${receivers}`;
    ensureEqual(where, outcomesOf(answer, 'sendMessage'), wanted);
    const { items } = answer.data.sendMessage;
    ensureEqual(
      `${where}, the targets`,
      items.map(({ target }: { target: string }) => target),
      input.to,
    );
    for (const [index, place] of places.entries())
      if (wanted[index] === 'ok') app.model.sent(from, place, text, items[index].node?.id ?? null);
    return true;
  }
}

/** A client of the vendor's SDK says something, where it can. */
export class Speak extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const from = this.user(app, 0);
    const to = this.place(app, 1, from);
    if (!to || app.model.send(from, to) !== 'ok') return false;
    await speak(walk, app, from, to);
    return true;
  }
}

async function speak(walk: Walk, app: WalkApp, from: string, to: Place): Promise<void> {
  const text = `spoken ${walk.next()}`;
  await walk.world.speak(app.vendor, from, { kind: to.kind, id: to.id }, text);
  app.model.sent(from, to, text, null);
}

/** Somebody reads a history page by page while others speak. */
export class ReadWhileTalking extends AppCommand {
  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    const place = this.pick(historiesOf(app), 0);
    const told = place && app.model.messages.findLast((message) => this.#isIn(app, place.id, place.user, message));
    if (!place || !told || app.model.send(told.from, told.to) !== 'ok') return false;
    await readWhileTalking(walk, app, place, () => {
      app.model.act();
      return speak(walk, app, told.from, told.to);
    });
    return true;
  }

  #isIn(app: WalkApp, id: string, owner: string, message: ModelMessage): boolean {
    if (app.ids.place(message.to) === id) return true;
    return app.model
      .views(message)
      .some(([user, peer]) => user === owner && app.ids.conversation({ owner, peer }) === id);
  }
}

/** A change of a message by its sender, or by somebody else, who may not. */
abstract class MessageChange extends AppCommand {
  protected abstract readonly field: string;

  protected async act(walk: Walk, app: WalkApp): Promise<boolean> {
    if (!app.supports.has(`Mutation.${this.field}`)) return false;
    const message = this.pick<ModelMessage>(
      app.model.messages.filter((each) => each.id !== null && !each.isRecalled && this.#isChangeable(app, each)),
      0,
    );
    const actor = this.number(1) % 3 === 0 ? this.user(app, 2) : message?.from;
    if (!message || actor === undefined || message.clearedFor.has(actor)) return false;
    await this.change(walk, app, actor, message);
    return true;
  }

  /** Vendors let messages be recalled for two minutes, and nothing in a group that is no more. */
  #isChangeable(app: WalkApp, { to, at }: ModelMessage): boolean {
    if (to.kind === 'chatroom' || Date.now() - at > 90_000) return false;
    return to.kind === 'direct' || app.model.space(to)?.isDeleted === false;
  }

  protected abstract change(walk: Walk, app: WalkApp, actor: string, message: ModelMessage): Promise<void>;
}

export class Recall extends MessageChange {
  protected readonly field = 'recallMessages';

  protected async change(_: Walk, app: WalkApp, actor: string, message: ModelMessage): Promise<void> {
    const input = { messageIds: [message.id] };
    const answer = await app.as(actor, mutation('recallMessages', results), { input });
    const wanted = app.model.recall(actor, message);
    expectOutcome(`${app.name}: ${actor} recalls "${message.text}"`, 'recallMessages', answer, wanted);
    if (wanted === 'ok') app.model.recalled(message);
  }
}

export class Edit extends MessageChange {
  protected readonly field = 'editMessage';

  protected async change(walk: Walk, app: WalkApp, actor: string, message: ModelMessage): Promise<void> {
    const text = `edited ${walk.next()}`;
    const input = { messageId: message.id, content: { text: { text } } };
    const answer = await app.as(actor, mutation('editMessage', `message { ${messageFields} }`), { input });
    const wanted = app.model.change(actor, message);
    expectOutcome(`${app.name}: ${actor} edits "${message.text}"`, 'editMessage', answer, wanted);
    if (wanted !== 'ok') return;
    app.model.edited(message, text);
    const query = `query ($id: ID!) { message(id: $id) { ${messageFields} } }`;
    const fresh = dataOf('an edited message', await app.as(actor, query, { id: message.id })).message;
    ensureEqual(`${app.name}: an edited message, read again`, fresh, answer.data.editMessage.message);
  }
}

/** A receiver reports a message as read. How many are unread then is not known. */
export class Acknowledge extends AppCommand {
  protected async act(_: Walk, app: WalkApp): Promise<boolean> {
    if (!app.supports.has('Mutation.acknowledgeMessages')) return false;
    const message = this.pick<ModelMessage>(
      app.model.messages.filter(({ id, isRecalled, to }) => id !== null && !isRecalled && to.kind === 'direct'),
      0,
    );
    if (!message || message.clearedFor.has(message.to.id)) return false;
    const input = { messageIds: [message.id], status: 'READ' };
    const answer = await app.as(message.to.id, mutation('acknowledgeMessages', results), { input });
    expectOutcome(`${app.name}: ${message.to.id} reports "${message.text}"`, 'acknowledgeMessages', answer, 'ok');
    const conversation = app.model.conversation(message.to.id, { kind: 'direct', id: message.from });
    if (conversation.unread !== 0) conversation.unread = 'unknown';
    return true;
  }
}
