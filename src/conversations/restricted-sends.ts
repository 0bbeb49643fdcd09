import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { ContentKind } from '../domain/content.ts';
import type { EventPayload, ToldEvent } from '../domain/event.ts';
import {
  audienceOf,
  type Message,
  type MessageAudience,
  type MessageStanding,
  type NewMessage,
  type Receiver,
  type SentMessage,
  standingOf,
} from '../domain/message.ts';
import { mayHaveHappened, type Outcome, toAppError } from '../errors.ts';
import { type ConversationStore, refOf, withAudience } from './store.ts';

/** How long a callback waits for the answer of a send that it may tell of. Vendors wait 5 s and longer. */
const maxWaitMs = 2000;
/** How long the message of a send that has no answer may be on its way. */
const maxUnknownMs = 10 * 60_000;
/** Sends that are remembered at once; the oldest is forgotten beyond. */
const maxSends = 1000;
/** Messages sent from here with a standing of their own, of all apps: callbacks tell of them within seconds. */
const maxStandings = 20_000;

/** A send to some members of spaces, or with a standing of its own, as long as the ids of its messages are not known. */
interface Send {
  readonly app: string;
  readonly kind: Receiver['kind'];
  /** The receivers whose message has no known id. */
  readonly left: Set<string>;
  /** Undefined for the app's system user. */
  readonly senderId: string | undefined;
  readonly contentKind: ContentKind;
  readonly audience: MessageAudience | undefined;
  readonly standing: MessageStanding | undefined;
  /** Fulfilled when it is answered. */
  readonly answered: Promise<void>;
}

/**
 * Sends of this API to some of those in a conversation, and of what is not to count or to be kept. Most vendors say nowhere whom a message
 * is for or how it was sent, and may tell of a message before they answer its send: callbacks wait for the answer, so that no event is
 * logged without it.
 */
export class RestrictedSends {
  readonly #store: ConversationStore;
  readonly #clock: Clock;
  readonly #sends = new Set<Send>();
  readonly #standings = new LRUCache<string, MessageStanding>({ max: maxStandings });

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
    const standing = standingOf(message.delivery);
    if (!audience && !standing) return send();
    const { kind, to, senderId, content } = message;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const pending = { app, kind, left: new Set(to), senderId, contentKind: content.kind, audience, standing, answered };
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
    const guess = payload.message.audience ? this.#guess(app, payload.message) : undefined;
    const known = withAudience(this.#store, app, payload.message);
    if (payload.type !== 'MESSAGE_SENT')
      return known === payload.message ? told : { ...told, payload: { ...payload, message: known } as EventPayload };
    const standing = this.#standings.get(nameOf(app, known, known.key));
    // What is known of its send by its id needs no guess either.
    const send = guess ?? (known.audience || standing ? undefined : this.#guess(app, known));
    const audience = known.audience ?? send?.audience;
    const message = { ...known, ...(standing ?? send?.standing), ...(audience && { audience }) };
    return { ...told, payload: { ...payload, message } };
  }

  #guess(app: string, message: Message): Send | undefined {
    const { audience, content } = message;
    const send = this.#sendsOf(app, message).find(
      (each) =>
        each.contentKind === content?.kind &&
        (!audience || (each.audience !== undefined && isSame(each.audience, audience))),
    );
    send?.left.delete(message.to.id);
    return send;
  }

  #remember(send: Send): void {
    this.#sends.add(send);
    const [oldest] = this.#sends;
    if (this.#sends.size > maxSends && oldest) this.#sends.delete(oldest);
  }

  #note({ app, kind, left, audience, standing }: Send, id: string, outcome: Outcome<SentMessage>): void {
    if (!outcome.ok) {
      if (!mayHaveHappened(outcome.error)) left.delete(id);
      return;
    }
    const { key, senderId } = outcome.value;
    if (key === null) return;
    const place = { to: { kind, id }, senderId };
    if (audience) this.#store.putAudience(refOf(app, place), key, audience);
    if (standing) this.#standings.set(nameOf(app, place, key), standing);
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

const nameOf = (app: string, place: Pick<Message, 'to' | 'senderId'>, key: string): string =>
  JSON.stringify([app, refOf(app, place).conversation, key]);
