import type { Clock } from '../clock.ts';
import type { ContentKind } from '../domain/content.ts';
import type { EventPayload, ToldEvent } from '../domain/event.ts';
import {
  audienceOf,
  type Message,
  type MessageAudience,
  type NewMessage,
  type Receiver,
  type SentMessage,
} from '../domain/message.ts';
import { mayHaveHappened, type Outcome, toAppError } from '../errors.ts';
import { type ConversationStore, refOf, withAudience } from './store.ts';

/** How long a callback waits for the answer of a send that it may tell of. Vendors wait 5 s and longer. */
const maxWaitMs = 2000;
/** How long the message of a send that has no answer may be on its way. */
const maxUnknownMs = 10 * 60_000;
/** Sends that are remembered at once; the oldest is forgotten beyond. */
const maxSends = 1000;

/** A send to some members of spaces, as long as the ids of its messages are not known. */
interface Send {
  readonly app: string;
  readonly kind: Receiver['kind'];
  /** The receivers whose message has no known id. */
  readonly left: Set<string>;
  /** Undefined for the app's system user. */
  readonly senderId: string | undefined;
  readonly contentKind: ContentKind;
  readonly audience: MessageAudience;
  /** Fulfilled when it is answered. */
  readonly answered: Promise<void>;
}

/**
 * Sends of this API to some of those in a conversation. Most vendors say nowhere whom a message is for, and may tell of a message before
 * they answer its send: callbacks wait for the answer, so that no event is logged without its audience.
 */
export class RestrictedSends {
  readonly #store: ConversationStore;
  readonly #clock: Clock;
  readonly #sends = new Set<Send>();

  constructor(store: ConversationStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Sends, and remembers whom the messages are for before the answer is given. */
  async during(
    app: string,
    message: NewMessage,
    send: () => Promise<readonly Outcome<SentMessage>[]>,
  ): Promise<readonly Outcome<SentMessage>[]> {
    const audience = audienceOf(message);
    if (!audience) return send();
    const { kind, to, senderId, content } = message;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const pending = { app, kind, left: new Set(to), senderId, contentKind: content.kind, audience, answered };
    this.#remember(pending);
    try {
      const outcomes = await send();
      for (const [index, outcome] of outcomes.entries()) this.#note(pending, to[index] ?? '', outcome);
      return outcomes;
    } catch (error) {
      if (!mayHaveHappened(toAppError(error))) pending.left.clear();
      throw error;
    } finally {
      resolve();
      if (pending.left.size === 0) this.#sends.delete(pending);
      else this.#clock.schedule(maxUnknownMs, () => this.#sends.delete(pending));
    }
  }

  /** Fulfilled when the sends are answered that events may tell of, or after two seconds. */
  async settled(app: string, events: readonly ToldEvent[]): Promise<void> {
    const answers = events.flatMap(({ payload }) =>
      payload.type === 'MESSAGE_SENT' ? this.#sendsOf(app, payload.message).map(({ answered }) => answered) : [],
    );
    if (answers.length === 0) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.schedule(maxWaitMs, resolve);
    await Promise.race([Promise.all(answers), late]);
    cancel();
  }

  /**
   * The event with whom its message is for. A message that a send may have made whose answer does not say so is taken for that one's: it
   * is shown to too few rather than to too many.
   */
  refine(app: string, told: ToldEvent): ToldEvent {
    const { payload } = told;
    if (!('message' in payload) || payload.message === null || typeof payload.message === 'string') return told;
    // A callback that says whom it is for needs no guess, and leaves nothing to be guessed.
    if (payload.message.audience) this.#guess(app, payload.message);
    const message = withAudience(this.#store, app, payload.message);
    const audience = message.audience ?? (payload.type === 'MESSAGE_SENT' ? this.#guess(app, message) : undefined);
    if (!audience || audience === payload.message.audience) return told;
    return { ...told, payload: { ...payload, message: { ...message, audience } } as EventPayload };
  }

  #guess(app: string, message: Message): MessageAudience | undefined {
    const { audience, content } = message;
    const send = this.#sendsOf(app, message).find(
      (each) => each.contentKind === content?.kind && (!audience || isSame(each.audience, audience)),
    );
    send?.left.delete(message.to.id);
    return send?.audience;
  }

  #remember(send: Send): void {
    this.#sends.add(send);
    const [oldest] = this.#sends;
    if (this.#sends.size > maxSends && oldest) this.#sends.delete(oldest);
  }

  #note({ app, kind, left, audience }: Send, id: string, outcome: Outcome<SentMessage>): void {
    if (!outcome.ok) {
      if (!mayHaveHappened(outcome.error)) left.delete(id);
      return;
    }
    const { key, senderId } = outcome.value;
    if (key === null) return;
    this.#store.putAudience(refOf(app, { to: { kind, id }, senderId }), key, audience);
    left.delete(id);
  }

  #sendsOf(app: string, { to, senderId, isFromUser }: Message): Send[] {
    return [...this.#sends].filter(
      (send) =>
        send.app === app &&
        send.kind === to.kind &&
        send.left.has(to.id) &&
        (send.senderId === undefined ? !isFromUser : send.senderId === senderId),
    );
  }
}

const isSame = (one: MessageAudience, other: MessageAudience): boolean =>
  one.isOnly === other.isOnly && [...one.userIds].sort().join() === [...other.userIds].sort().join();
