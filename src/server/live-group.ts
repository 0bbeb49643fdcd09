import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { EventWanted } from '../domain/context.ts';
import type { AppError } from '../errors.ts';
import { membershipEnded } from '../events/feed.ts';
import type { Channel, LiveItem } from '../events/hub.ts';
import { endsMembership } from '../events/membership.ts';
import { SharedPayload } from './frame.ts';

/** How a stream leaves its group: to go on from a place by itself, or for good. */
export type Departure = { readonly cursor: string } | { readonly error: AppError };

/** A stream at the live end. */
export interface LiveMember {
  /** Who has it: whose answers it may get where they depend on the viewer. */
  readonly identity: string;
  readonly membership: EventWanted['membership'];
  /** Hands a payload on; false when too much of what was handed on before is still unsent. */
  write(payload: SharedPayload): boolean;
  /** Called once, after which nothing is written. */
  leave(departure: Departure): void;
}

/** An answer, and whether it may be given to other viewers with the same rights. */
export interface LiveAnswer {
  readonly result: ExecutionResult;
  readonly dependsOnViewer: boolean;
}

export interface LiveGroupOptions {
  readonly channel: Channel;
  /** Answers an event in the name of the stream that the group was made for. Never rejects. */
  readonly answer: (item: LiveItem, signal: AbortSignal) => Promise<LiveAnswer>;
  /** Whose name that is. */
  readonly identity: string;
  /** Whether all who may join are of that identity. */
  readonly isOfOne: boolean;
  /** Called when nobody is left, or nobody may join any more; `dependsOnViewer` says why. */
  readonly onEnd: (dependsOnViewer: boolean) => void;
  /** Hears of every event that a member was given. */
  readonly onGiven: (item: LiveItem) => void;
}

interface Slot {
  readonly item: LiveItem;
  answer: Promise<LiveAnswer> | null;
}

/** Where a member came in: it has everything up to there. */
interface Place {
  readonly sequence: number;
  readonly cursor: string;
}

/** Events answered at once; they are given in order all the same. */
const maxAnswering = 16;
/** Events that wait for their answers; beyond, everybody pulls at its own pace. */
const maxWaiting = 1000;
const writesInOneTurn = 500;

/** The streams at the live end that get the same answers: each event is executed and serialised once for all of them. */
export class LiveGroup {
  readonly #options: LiveGroupOptions;
  readonly #members = new Map<LiveMember, Place>();
  readonly #abort = new AbortController();
  readonly #unlisten: () => void;
  readonly #slots: Slot[] = [];
  #last: Place = { sequence: -1, cursor: '' };
  #isDraining = false;
  #isOver = false;

  constructor(options: LiveGroupOptions) {
    this.#options = options;
    this.#unlisten = options.channel.listen((item) => this.#take(item));
  }

  get size(): number {
    return this.#members.size;
  }

  get wanted(): EventWanted {
    return this.#options.channel.wanted;
  }

  /** From now on the member gets what comes after `place`, which is where the log ends now. */
  add(member: LiveMember, place: Place): void {
    this.#members.set(member, place);
  }

  /** Forgets a member that has ended. */
  delete(member: LiveMember): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#end(false);
  }

  #take(item: LiveItem): void {
    if (this.#slots.length >= maxWaiting) {
      this.#dissolve(false);
      return;
    }
    this.#slots.push({ item, answer: null });
    this.#start();
    if (!this.#isDraining) void this.#drain();
  }

  #start(): void {
    for (const slot of this.#slots.slice(0, maxAnswering)) {
      if (slot.item.node) slot.answer ??= this.#options.answer(slot.item, this.#abort.signal);
    }
  }

  /** Gives what is answered, in order. */
  async #drain(): Promise<void> {
    this.#isDraining = true;
    for (let slot = this.#slots[0]; slot && !this.#isOver; slot = this.#slots[0]) {
      const answer = await slot.answer;
      if (this.#isOver) return;
      if (answer?.dependsOnViewer && !this.#options.isOfOne) {
        this.#dissolve(true);
        return;
      }
      await this.#give(slot.item, answer && new SharedPayload(answer.result));
      this.#last = slot.item;
      this.#slots.shift();
      this.#start();
    }
    this.#isDraining = false;
  }

  async #give(item: LiveItem, payload: SharedPayload | null): Promise<void> {
    let writes = 0;
    for (const [member, place] of this.#members) {
      if (place.sequence >= item.sequence) continue;
      const isKeepingUp = payload === null || member.write(payload);
      writes += 1;
      if (member.membership && endsMembership(item.stored, member.membership)) {
        this.#leave(member, { error: membershipEnded() });
      } else if (!isKeepingUp) this.#leave(member, { cursor: item.cursor });
      // A large group must not take all the time there is.
      if (writes % writesInOneTurn === 0) await nextTurn();
    }
    if (payload && writes > 0) this.#options.onGiven(item);
    if (this.#members.size === 0) this.#end(false);
  }

  #leave(member: LiveMember, departure: Departure): void {
    if (this.#members.delete(member)) member.leave(departure);
  }

  /** Lets everybody go on from where it is. */
  #dissolve(dependsOnViewer: boolean): void {
    this.#end(dependsOnViewer);
    for (const [member, place] of this.#members) {
      this.#leave(member, { cursor: place.sequence >= this.#last.sequence ? place.cursor : this.#last.cursor });
    }
  }

  #end(dependsOnViewer: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#unlisten();
    this.#abort.abort();
    this.#options.onEnd(dependsOnViewer);
  }
}
