import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { Clock } from '../clock.ts';
import type { EventWanted } from '../domain/context.ts';
import type { AppError } from '../errors.ts';
import type { Departures, NotedDeparture } from '../events/departures.ts';
import { membershipEnded } from '../events/feed.ts';
import type { Channel, LiveItem } from '../events/hub.ts';
import { endsMembership, isDeparted, isForReader, isForSome, isOfMembership } from '../events/membership.ts';
import { SharedPayload, SharedPayloads } from './frame.ts';

/** How a stream leaves its group: to go on from a place by itself, or for good. */
export type Departure = { readonly cursor: string } | { readonly error: AppError };

/** What of a stream is its viewer's own, though others want the same events. */
export type OwnWanted = Pick<EventWanted, 'membership' | 'reader'>;

/** A stream at the live end. */
export interface LiveMember {
  /** Who has it: whose answers it may get where they depend on the viewer. */
  readonly identity: string;
  readonly own: OwnWanted;
  /** Hands payloads on; false when too much of what was handed on is still unsent. */
  write(payloads: SharedPayloads): boolean;
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
  readonly departures: Departures;
  readonly clock: Clock;
  /** Answers an event in the name of the stream that the group was made for. Never rejects. */
  readonly answer: (item: LiveItem, signal: AbortSignal) => Promise<LiveAnswer>;
  /** Whether all who may join are of that identity. */
  readonly isOfOne: boolean;
  /** Called when nobody is left, or nobody may join any more; `dependsOnViewer` says why. */
  readonly onEnd: (dependsOnViewer: boolean) => void;
  /** Hears of every event that a member was given. */
  readonly onGiven: (item: LiveItem) => void;
}

interface Slot {
  readonly item: LiveItem;
  isAsked: boolean;
  /** Null for an item without a node, which has no answer. */
  answer: LiveAnswer | null | undefined;
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
/** How long events wait for others to go with them, after the first. */
const joinMs = 20;
/** Events that go together at the most. */
const maxJoined = 64;

/** The streams at the live end that get the same answers: each event is executed and serialised once for all of them. */
export class LiveGroup {
  readonly #options: LiveGroupOptions;
  readonly #members = new Map<LiveMember, Place>();
  readonly #abort = new AbortController();
  readonly #unlisten: (() => void)[];
  readonly #slots: Slot[] = [];
  #last: Place = { sequence: -1, cursor: '' };
  #busyUntil = 0;
  #cancelWait = () => {};
  #isDraining = false;
  #isOverflowing = false;
  #isOver = false;

  constructor(options: LiveGroupOptions) {
    this.#options = options;
    this.#unlisten = [
      options.channel.listen((item) => this.#take(item)),
      options.departures.listen((departure) => this.#depart(departure)),
    ];
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
    if (this.#isOverflowing) return;
    if (this.#slots.length >= maxWaiting) {
      this.#isOverflowing = true;
      // What is just being given is given to all first: else some would have it twice.
      if (!this.#isDraining) this.#dissolve(false);
      return;
    }
    this.#slots.push({ item, isAsked: false, answer: item.node ? undefined : null });
    this.#start();
    this.#schedule();
  }

  /** Ends the streams that rest on a membership that is over, whatever else is on its way to them. */
  #depart(departure: NotedDeparture): void {
    if (!this.wanted.apps.includes(departure.app)) return;
    for (const member of [...this.#members.keys()])
      if (member.own.membership && isDeparted(departure, member.own.membership))
        this.#leave(member, { error: membershipEnded() });
    if (this.#members.size === 0) this.#end(false);
  }

  /** Gives what is answered: at once after a quiet time, else together with what comes within `joinMs`. */
  #schedule(): void {
    if (this.#isDraining || this.#isOver || this.#slots[0]?.answer === undefined) return;
    this.#isDraining = true;
    const waitMs = this.#busyUntil - this.#options.clock.ticks();
    if (waitMs <= 0) void this.#drain();
    else this.#cancelWait = this.#options.clock.schedule(waitMs, () => void this.#drain());
  }

  #start(): void {
    for (const slot of this.#slots.slice(0, maxAnswering)) {
      const { node } = slot.item;
      if (!node || slot.isAsked) continue;
      slot.isAsked = true;
      void this.#options.answer(slot.item, this.#abort.signal).then((answer) => {
        slot.answer = answer;
        this.#schedule();
      });
    }
  }

  /** Gives what is answered by now, in order, as one. */
  async #drain(): Promise<void> {
    const batch: Slot[] = [];
    for (const slot of this.#slots.slice(0, maxJoined)) {
      if (slot.answer === undefined) break;
      if (slot.answer?.dependsOnViewer && !this.#options.isOfOne) {
        if (batch.length > 0) break;
        this.#dissolve(true);
        return;
      }
      batch.push(slot);
    }
    this.#busyUntil = this.#options.clock.ticks() + joinMs;
    await this.#give(batch);
    this.#last = batch.at(-1)?.item ?? this.#last;
    this.#slots.splice(0, batch.length);
    this.#isDraining = false;
    if (this.#isOverflowing) {
      this.#dissolve(false);
      return;
    }
    this.#start();
    this.#schedule();
  }

  async #give(batch: readonly Slot[]): Promise<void> {
    const gifts = batch.map(({ item, answer }) => ({
      item,
      payload: answer ? new SharedPayload(answer.result) : null,
    }));
    const whole = payloadsOf(gifts);
    const [first, last] = [gifts[0]?.item, gifts.at(-1)?.item];
    if (!first || !last) return;
    const mayEnd = gifts.some(({ item }) => isOfMembership(item.stored));
    const isForAll = !mayEnd && !gifts.some(({ item }) => isForSome(item.stored));
    let writes = 0;
    for (const [member, place] of this.#members) {
      if (this.#isOver) return;
      if (place.sequence >= last.sequence) continue;
      const isAllNew = place.sequence < first.sequence;
      const own = isAllNew && isForAll ? gifts : giftsOf(gifts, place, member.own);
      const isKeepingUp = member.write(own === gifts ? whole : payloadsOf(own));
      if (mayEnd && endsWith(gifts, place, member.own)) this.#leave(member, { error: membershipEnded() });
      else if (!isKeepingUp) this.#leave(member, { cursor: last.cursor });
      writes += 1;
      // A large group must not take all the time there is.
      if (writes % writesInOneTurn === 0) await nextTurn();
    }
    if (writes > 0) for (const { item, payload } of gifts) if (payload) this.#options.onGiven(item);
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
    this.#cancelWait();
    for (const stop of this.#unlisten) stop();
    this.#abort.abort();
    this.#options.onEnd(dependsOnViewer);
  }
}

/** An event and its answer, where it has one. */
interface Gift {
  readonly item: LiveItem;
  readonly payload: SharedPayload | null;
}

const payloadsOf = (gifts: readonly Gift[]) => new SharedPayloads(gifts.flatMap(({ payload }) => payload ?? []));

/** What is new to a member and for it, up to the event that ends its membership. */
function giftsOf(gifts: readonly Gift[], place: Place, own: OwnWanted): readonly Gift[] {
  const fresh = gifts.filter(({ item }) => item.sequence > place.sequence);
  const end = endOf(fresh, own);
  const heard = end === -1 ? fresh : fresh.slice(0, end + 1);
  const mine = heard.filter(({ item }) => isForReader(item.stored, own));
  return mine.length === gifts.length ? gifts : mine;
}

/** Where the event is that ends a membership; -1 where none does. */
const endOf = (gifts: readonly Gift[], { membership }: OwnWanted): number =>
  membership ? gifts.findIndex(({ item }) => endsMembership(item.stored, membership)) : -1;

const endsWith = (gifts: readonly Gift[], place: Place, own: OwnWanted): boolean =>
  endOf(
    gifts.filter(({ item }) => item.sequence > place.sequence),
    own,
  ) !== -1;
