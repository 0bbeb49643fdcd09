import { LRUCache } from 'lru-cache';
import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import {
  type ConversationStore,
  defaultBounds,
  type Entry,
  type HistoryRef,
  type StoreBounds,
  timeOf,
} from './store.ts';

/** A `ConversationStore` in the process: gone with it, and made anew from the log. */
export class MemoryConversationStore implements ConversationStore {
  readonly bounds: StoreBounds;
  readonly #histories: LRUCache<string, Message[]>;
  readonly #owners: LRUCache<string, Map<string, Entry>>;
  readonly #settings: LRUCache<string, ConversationSettings>;
  readonly #seeded: LRUCache<string, true>;
  readonly #applied = new Map<string, Position>();

  constructor(bounds: StoreBounds = defaultBounds) {
    this.bounds = bounds;
    this.#histories = new LRUCache({ max: bounds.maxHistories });
    this.#owners = new LRUCache({ max: bounds.maxOwners });
    this.#settings = new LRUCache({ max: bounds.maxOwners });
    this.#seeded = new LRUCache({ max: bounds.maxOwners });
  }

  history(ref: HistoryRef): readonly Message[] {
    return this.#histories.get(nameOf(ref)) ?? [];
  }

  message(ref: HistoryRef, key: string, senderId?: string): Message | undefined {
    return this.history(ref).find(
      (message) => message.key === key && (senderId === undefined || message.senderId === senderId),
    );
  }

  putMessage(ref: HistoryRef, message: Message): void {
    const history = this.#histories.get(nameOf(ref)) ?? [];
    const place = history.findIndex((known) => known.key === message.key && known.senderId === message.senderId);
    if (place === -1) history.push(message);
    else history[place] = message;
    history.sort((a, b) => timeOf(a) - timeOf(b));
    if (history.length > this.bounds.maxMessagesEach) history.shift();
    this.#histories.set(nameOf(ref), history);
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    return this.#owners.get(`${app} ${ownerId}`)?.get(peerName(peer));
  }

  entries(app: string, ownerId: string): readonly Entry[] {
    return [...(this.#owners.get(`${app} ${ownerId}`)?.values() ?? [])];
  }

  putEntry(app: string, ownerId: string, entry: Entry): void {
    const name = `${app} ${ownerId}`;
    const entries = this.#owners.get(name) ?? new Map<string, Entry>();
    entries.delete(peerName(entry.peer));
    entries.set(peerName(entry.peer), entry);
    const oldest = entries.keys().next().value;
    if (entries.size > this.bounds.maxEntriesEach && oldest !== undefined) entries.delete(oldest);
    this.#owners.set(name, entries);
  }

  removeEntry(app: string, ownerId: string, peer: Receiver): void {
    this.#owners.get(`${app} ${ownerId}`)?.delete(peerName(peer));
  }

  settings(app: string, ownerId: string, peer: Receiver): ConversationSettings | undefined {
    return this.#settings.get(settingsName(app, ownerId, peer));
  }

  putSettings(app: string, ownerId: string, peer: Receiver, settings: ConversationSettings): void {
    this.#settings.set(settingsName(app, ownerId, peer), settings);
  }

  isSeeded(app: string, ownerId: string): boolean {
    return this.#seeded.has(`${app} ${ownerId}`);
  }

  markSeeded(app: string, ownerId: string): void {
    this.#seeded.set(`${app} ${ownerId}`, true);
  }

  applied(app: string): Position | undefined {
    return this.#applied.get(app);
  }

  setApplied(app: string, position: Position): void {
    this.#applied.set(app, position);
  }

  /** Nothing to close. */
  close(): void {}
}

const nameOf = ({ app, conversation }: HistoryRef) => `${app} ${conversation}`;
const peerName = ({ kind, id }: Receiver) => `${kind} ${id}`;
/** Ids may hold spaces: names of several must not read as those of others. */
const settingsName = (app: string, ownerId: string, { kind, id }: Receiver) => JSON.stringify([app, ownerId, kind, id]);
