import { LRUCache } from 'lru-cache';
import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, MessageAudience, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import { memoryBytes } from '../json-bytes.ts';
import {
  type ConversationStore,
  defaultBounds,
  type Entry,
  emptyTally,
  type HistoryRef,
  type StoreBounds,
  type Tally,
  timeOf,
} from './store.ts';

interface History {
  /** The oldest first. */
  readonly messages: Message[];
  readonly bytes: number;
}

const maxBytesOfKind = 64 * 1024 * 1024;

/** A `ConversationStore` in the process: gone with it, and made anew from the log. */
export class MemoryConversationStore implements ConversationStore {
  readonly bounds: StoreBounds;
  readonly #histories: LRUCache<string, History>;
  readonly #owners: LRUCache<string, Map<string, Entry>>;
  readonly #tallies: LRUCache<string, Tally>;
  readonly #settings: LRUCache<string, ConversationSettings>;
  readonly #seeded: LRUCache<string, true>;
  readonly #audiences: LRUCache<string, MessageAudience>;
  readonly #applied = new Map<string, Position>();

  /** Of histories, of lists and of settings each, what was used the longest ago is forgotten beyond `maxBytes` of memory. */
  constructor(bounds: StoreBounds = defaultBounds, maxBytes: number = maxBytesOfKind) {
    this.bounds = bounds;
    this.#histories = new LRUCache({
      max: bounds.maxHistories,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
    });
    const sizeCalculation = (entries: Map<string, Entry>) => 400 * (1 + entries.size);
    this.#owners = new LRUCache({ max: bounds.maxOwners, maxSize: maxBytes, sizeCalculation });
    this.#settings = new LRUCache<string, ConversationSettings>({
      max: bounds.maxOwners,
      maxSize: maxBytes,
      sizeCalculation: memoryBytes,
    });
    this.#tallies = new LRUCache({ max: bounds.maxHistories });
    this.#seeded = new LRUCache({ max: bounds.maxOwners });
    this.#audiences = new LRUCache<string, MessageAudience>({
      max: bounds.maxAudiences,
      maxSize: maxBytes,
      sizeCalculation: memoryBytes,
    });
  }

  history(ref: HistoryRef, after?: number): readonly Message[] {
    const messages = this.#histories.get(nameOf(ref))?.messages ?? [];
    return after === undefined ? messages : messages.filter((message) => timeOf(message) > after);
  }

  newest(ref: HistoryRef, fits: (message: Message) => boolean): Message | undefined {
    return this.history(ref).findLast(fits);
  }

  tally(ref: HistoryRef): Tally {
    return this.#tallies.get(nameOf(ref)) ?? emptyTally;
  }

  putTally(ref: HistoryRef, tally: Tally): void {
    this.#tallies.set(nameOf(ref), tally);
  }

  message(ref: HistoryRef, key: string, senderId?: string): Message | undefined {
    return this.history(ref).find(
      (message) => message.key === key && (senderId === undefined || message.senderId === senderId),
    );
  }

  putMessage(ref: HistoryRef, message: Message): void {
    const { messages, bytes } = this.#histories.get(nameOf(ref)) ?? { messages: [], bytes: 400 };
    const place = messages.findIndex((known) => known.key === message.key && known.senderId === message.senderId);
    const gone = place === -1 ? [] : messages.splice(place, 1);
    messages.push(message);
    messages.sort((a, b) => timeOf(a) - timeOf(b));
    if (messages.length > this.bounds.maxMessagesEach) gone.push(...messages.splice(0, 1));
    const freed = gone.reduce((sum, each) => sum + memoryBytes(each), 0);
    this.#histories.set(nameOf(ref), { messages, bytes: bytes + memoryBytes(message) - freed });
  }

  audience(ref: HistoryRef, key: string): MessageAudience | undefined {
    return this.#audiences.get(JSON.stringify([nameOf(ref), key]));
  }

  putAudience(ref: HistoryRef, key: string, audience: MessageAudience): void {
    this.#audiences.set(JSON.stringify([nameOf(ref), key]), audience);
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
