import { LRUCache } from 'lru-cache';
import type { EventPayload, ToldEvent } from '../domain/event.ts';
import type { MessageKey } from '../domain/message.ts';
import type { SentMessages } from './sent-messages.ts';
import { refOf } from './store.ts';

/** Messages that vendors asked about and have not told yet. */
const maxAsked = 20_000;

/**
 * Where messages came from whose callbacks do not say it: what was sent from here came from a server, and what the vendor asked about
 * before it delivered it came from a client, since no vendor asks about what servers send.
 */
export class MessageSources {
  readonly #sent: SentMessages;
  readonly #asked = new LRUCache<string, true>({ max: maxAsked });

  constructor(sent: SentMessages) {
    this.#sent = sent;
  }

  apply(app: string, payload: EventPayload): void {
    if (payload.type === 'MESSAGE_DECIDED' && payload.source === 'CLIENT' && !payload.isEdit)
      this.#asked.set(nameOf(app, payload.message), true);
  }

  refine(app: string, told: ToldEvent): ToldEvent {
    const { payload } = told;
    if (payload.type !== 'MESSAGE_SENT' || payload.source !== 'UNKNOWN') return told;
    if (this.#sent.find(app, payload.message)) return { ...told, payload: { ...payload, source: 'SERVER' } };
    if (this.#asked.has(nameOf(app, payload.message))) return { ...told, payload: { ...payload, source: 'CLIENT' } };
    return told;
  }
}

const nameOf = (app: string, message: MessageKey): string =>
  JSON.stringify([app, refOf(app, message).conversation, message.key, message.senderId]);
