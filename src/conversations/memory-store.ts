import { LRUCache } from 'lru-cache';
import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, MessageAudience, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import { memoryBytes } from '../json-bytes.ts';
import { isBefore, type MessagePlace, placeOf } from './place.ts';
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
  readonly byName: Map<string, Message>;
  readonly bytes: number;
}

/** What a message takes besides itself. */
const placeBytes = 100;

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
    const messages = this.#all(ref).slice(-this.bounds.maxMessagesEach);
    return after === undefined ? messages : messages.filter((message) => timeOf(message) > after);
  }

  page(ref: HistoryRef, before: MessagePlace | undefined, limit: number): readonly Message[] {
    const messages = this.#all(ref);
    const end = before ? messages.findLastIndex((message) => isBefore(placeOf(message), before)) + 1 : messages.length;
    return messages.slice(Math.max(0, end - limit), end).reverse();
  }

  oldest(ref: HistoryRef): Message | undefined {
    return this.#all(ref)[0];
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
    if (senderId !== undefined) return this.#histories.get(nameOf(ref))?.byName.get(messageName({ key, senderId }));
    return this.#all(ref).findLast((message) => message.key === key);
  }

  putMessage(ref: HistoryRef, message: Message): void {
    const history: History = this.#histories.get(nameOf(ref)) ?? { messages: [], byName: new Map(), bytes: 400 };
    const { messages, byName } = history;
    const gone: Message[] = [];
    const known = byName.get(messageName(message));
    if (known) gone.push(...messages.splice(messages.lastIndexOf(known), 1));
    const place = placeOf(message);
    messages.splice(messages.findLastIndex((each) => isBefore(placeOf(each), place)) + 1, 0, message);
    byName.set(messageName(message), message);
    if (messages.length > this.bounds.maxKeptEach) {
      const [oldest] = messages.splice(0, 1);
      if (oldest) {
        gone.push(oldest);
        byName.delete(messageName(oldest));
      }
    }
    const freed = gone.reduce((sum, each) => sum + memoryBytes(each) + placeBytes, 0);
    const bytes = history.bytes + memoryBytes(message) + placeBytes - freed;
    this.#histories.set(nameOf(ref), { messages, byName, bytes });
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

  #all(ref: HistoryRef): readonly Message[] {
    return this.#histories.get(nameOf(ref))?.messages ?? [];
  }

  /** Nothing to close. */
  close(): void {}
}

const messageName = ({ key, senderId }: Pick<Message, 'key' | 'senderId'>) => JSON.stringify([key, senderId]);
const nameOf = ({ app, conversation }: HistoryRef) => `${app} ${conversation}`;
const peerName = ({ kind, id }: Receiver) => `${kind} ${id}`;
/** Ids may hold spaces: names of several must not read as those of others. */
const settingsName = (app: string, ownerId: string, { kind, id }: Receiver) => JSON.stringify([app, ownerId, kind, id]);
