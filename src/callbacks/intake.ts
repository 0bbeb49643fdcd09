import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { callbackRefusals, RefusedCallback } from '../domain/callback-refusal.ts';
import type { DraftEvent, ToldEvent } from '../domain/event.ts';
import { appOf, isUnsigned, unsignedOf } from '../domain/stream.ts';
import { subjectsOf } from '../domain/subject.ts';
import { AppError, toAppError } from '../errors.ts';
import { type Arrival, type EventLog, type Position, type Seal, SealError, type StoredEvent } from '../events/log.ts';
import { type Networks, networksOf } from '../networks.ts';
import type {
  CallbackAnswer,
  CallbackContract,
  CallbackRequest,
  MessageQuestion,
  ReadCallback,
} from '../vendors/vendor.ts';
import type { CallbackActivity } from './activity.ts';
import { AnsweredQuestions, isTooLate } from './answered.ts';
import { arrivalOf, requestOf, sealOf } from './arrival.ts';
import { defaultIntakeBounds, type IntakeBounds, withinBounds } from './bounds.ts';
import type { DecisionPolicy } from './decisions.ts';
import { UnsignedGate } from './unsigned-gate.ts';

/** Makes of a draft what only a look at earlier events can tell: a message that is told again with other content was edited. */
export type Refine = (app: string, told: ToldEvent) => ToldEvent;

/** One app's end of its vendor's callbacks. */
export interface CallbackApp {
  readonly name: string;
  readonly contract: CallbackContract<unknown>;
  readonly config: unknown;
  /** The unguessable part of the path. */
  readonly token: string;
  /** Addresses or networks that callbacks may come from; any when left out. */
  readonly allowFrom?: readonly string[] | undefined;
  /** Answers the vendor's questions; null for a vendor that asks none. */
  readonly policy: DecisionPolicy | null;
}

/** The two parts of a callback's path, and where it came from. */
export interface CallbackAddress {
  readonly app: string;
  readonly token: string;
  readonly remoteAddress: string;
}

export type CallbackArrival = CallbackRequest & CallbackAddress;

export interface IntakeOptions {
  readonly apps: readonly CallbackApp[];
  readonly log: EventLog;
  readonly clock: Clock;
  readonly refine: Refine;
  /** Fulfilled when what was sent from here is known of that events may tell; nothing is waited for when left out. */
  readonly settled?: (app: string, events: readonly ToldEvent[]) => Promise<void>;
  readonly activity: CallbackActivity;
  readonly bounds?: IntakeBounds;
  /** Called with every callback that is not taken; `app` is null for a path that no app has. */
  readonly onRefused: (error: RefusedCallback, app: string | null, remoteAddress: string) => void;
  /** Called when a verdict was given and the log could not take its record. */
  readonly onLost: (error: AppError, app: string) => void;
}

/** What is known of a callback besides what it says. */
interface Taking {
  readonly seal: Seal | undefined;
  readonly isUnsigned: boolean;
  readonly startedAt: number;
}

/**
 * Takes callbacks: tells them true, reads them, and acknowledges only what the log has. Those that ask are answered at once, and
 * the verdict is logged right after. Unknown apps and wrong tokens are answered alike. Repeats are acknowledged and appended once.
 */
export class CallbackIntake {
  readonly #apps: ReadonlyMap<string, CallbackApp>;
  readonly #networks = new Map<string, Networks>();
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #refine: Refine;
  readonly #settled: NonNullable<IntakeOptions['settled']>;
  readonly #activity: CallbackActivity;
  readonly #answered: AnsweredQuestions;
  readonly #bounds: IntakeBounds;
  readonly #gate: UnsignedGate;
  readonly #onRefused: IntakeOptions['onRefused'];
  readonly #onLost: IntakeOptions['onLost'];

  constructor(options: IntakeOptions) {
    const { apps, log, clock, refine, settled, activity, bounds = defaultIntakeBounds, onRefused, onLost } = options;
    this.#apps = new Map(apps.map((app) => [app.name, app]));
    for (const app of apps) if (app.allowFrom) this.#networks.set(app.name, networksOf(app.allowFrom));
    this.#log = log;
    this.#clock = clock;
    this.#refine = refine;
    this.#settled = settled ?? (() => Promise.resolve());
    this.#activity = activity;
    this.#answered = new AnsweredQuestions(clock);
    this.#bounds = bounds;
    this.#gate = new UnsignedGate(bounds.unsigned, clock);
    this.#onRefused = onRefused;
    this.#onLost = onLost;
  }

  /** What a callback that its path or its source address speak against is answered; null for one whose body may be read. */
  admit(address: CallbackAddress): CallbackAnswer | null {
    const place = this.#placeOf(address);
    return place instanceof RefusedCallback ? this.#refused(place, address, this.#clock.ticks()) : null;
  }

  /** Never rejects. What is not taken is answered as `callbackRefusals` says. */
  async receive(arrival: CallbackArrival): Promise<CallbackAnswer> {
    const startedAt = this.#clock.ticks();
    const place = this.#placeOf(arrival);
    if (place instanceof RefusedCallback) return this.#refused(place, arrival, startedAt);
    try {
      const verified = place.contract.verify(arrival, place.config, this.#clock.now());
      const seal = sealOf(place.contract, verified, arrival);
      const question = place.contract.decisions?.read(arrival, place.config);
      if (question) return await this.#decide(place, question, arrival, seal);
      if (verified.isUnsigned) this.#gate.check(place.name, arrival.body);
      return await this.#take(place, arrival, { seal, isUnsigned: verified.isUnsigned === true, startedAt });
    } catch (thrown) {
      return this.#refused(asRefusal(thrown), arrival, startedAt);
    }
  }

  /** Takes note of a callback that was refused before its body was read; for the path's own faults first. */
  refuse(arrival: CallbackAddress, error: RefusedCallback): void {
    const place = this.#placeOf(arrival);
    this.#refused(place instanceof RefusedCallback ? place : error, arrival, this.#clock.ticks());
  }

  /** The app that an address is one of, or why it is none's. */
  #placeOf({ app: name, token, remoteAddress }: CallbackAddress): CallbackApp | RefusedCallback {
    const app = this.#apps.get(name);
    // Compared for unknown apps too, so that the time of the answer does not tell which names exist.
    const isKnown = isSame(token, app?.token ?? '') && app !== undefined;
    if (!isKnown)
      return new RefusedCallback('UNKNOWN_PATH', 'No app has this path: check the app and the token in it.');
    if (this.#mayComeFrom(name, remoteAddress)) return app;
    return new RefusedCallback('SOURCE_ADDRESS', 'The callback comes from an address that is not in allowFrom.');
  }

  #refused(error: RefusedCallback, { app: name, remoteAddress }: CallbackAddress, startedAt: number): CallbackAnswer {
    const { reason, code } = error;
    // A name that no app has is the caller's own text, and may be a secret that was put at the wrong place.
    const app = this.#apps.has(name) ? name : null;
    const latencyMs = this.#clock.ticks() - startedAt;
    if (app !== null) this.#activity.note({ ...unread, app, outcome: 'REFUSED', code, reason, latencyMs });
    this.#onRefused(error, app, remoteAddress);
    const { status, says } = callbackRefusals[reason];
    return { status, contentType: 'text/plain; charset=utf-8', body: says };
  }

  /**
   * Reads once more what came with an event, as it is understood now, and gives the events that are new: those of a callback that was
   * not understood before. Throws `NOT_FOUND` when the log has it not any more.
   */
  async replay(stream: string, at: Position): Promise<readonly StoredEvent[]> {
    const app = this.#apps.get(appOf(stream));
    const raw = app && (await this.#log.raw(stream, at));
    if (!app || !raw) throw new AppError('NOT_FOUND', 'What the vendor sent for the event is not kept any more.');
    const { events: before } = await this.#log.read(stream, { ...at, offset: at.offset - 1 }, 1);
    const known = before[0]?.draft;
    if (known?.payload.type !== 'UNKNOWN') return [];
    const { id, events } = this.#read(app, requestOf(raw), isUnsigned(stream));
    const drafts = events.map((event) => {
      const draft = this.#draft(app.name, event, id);
      const isUnderstood = draft.payload.type !== 'UNKNOWN' && draft.dedupeKey === known.dedupeKey;
      // What was not understood has taken the key.
      return isUnderstood ? { ...draft, dedupeKey: `understood|${draft.dedupeKey}` } : draft;
    });
    return this.#append(stream, drafts, { raw });
  }

  #read({ contract, config }: CallbackApp, request: CallbackRequest, unsigned: boolean): ReadCallback {
    return withinBounds(contract.read(request, config), unsigned ? this.#bounds.unsigned : this.#bounds);
  }

  async #take(
    app: CallbackApp,
    arrival: CallbackArrival,
    { seal, isUnsigned: unsigned, startedAt }: Taking,
  ): Promise<CallbackAnswer> {
    const { id, events } = this.#read(app, arrival, unsigned);
    if (unsigned) this.#gate.spend(app.name, arrival.body, events.length);
    await this.#settled(app.name, events);
    const drafts = events.map((event) => this.#draft(app.name, event, id));
    const kept = arrivalOf(app.contract, arrival, id, this.#clock.now(), seal);
    const { length: eventCount } = await this.#append(unsigned ? unsignedOf(app.name) : app.name, drafts, kept);
    this.#activity.note({
      ...unread,
      app: app.name,
      callback: id,
      outcome: eventCount === 0 && drafts.length > 0 ? 'REPEATED' : 'ACCEPTED',
      latencyMs: this.#clock.ticks() - startedAt,
      occurredAt: drafts[0]?.occurredAt ?? null,
      eventCount,
    });
    return app.contract.acknowledgement;
  }

  /** The vendor waits: the answer goes first, and what became of it to the log. A log that fails then loses the record, not the verdict. */
  async #decide(
    app: CallbackApp,
    question: MessageQuestion,
    arrival: CallbackArrival,
    seal: Seal | undefined,
  ): Promise<CallbackAnswer> {
    const { contract, policy, name } = app;
    if (!contract.decisions || !policy) throw new AppError('INTERNAL_SERVER_ERROR', 'A question without a policy.');
    if (seal) await this.#log.check(name, seal).catch(refuseForgery);
    const decided = await this.#answered.of(JSON.stringify([name, question.dedupeKey]), () =>
      policy.decide(name, question),
    );
    const { verdict, latencyMs, ...made } = decided;
    const { signedAt = question.occurredAt } = question;
    const isLate = made.isLate || isTooLate(signedAt, policy.vendorWaitMs, this.#clock.now());
    const { answer, decision } = contract.decisions.answer(verdict, question, app.config);
    const { id, dedupeKey, occurredAt, message } = question;
    const replacement = decision === 'REPLACE' ? (verdict.text ?? null) : null;
    const payload = {
      type: 'MESSAGE_DECIDED',
      source: 'CLIENT',
      message,
      decision,
      ...made,
      isLate,
      latencyMs,
      replacement,
    } as const;
    const draft = {
      dedupeKey: `decided|${dedupeKey}`,
      occurredAt,
      payload,
      subjects: subjectsOf(payload),
      callback: id,
    };
    const note = { ...unread, app: name, callback: id, decision, isLate, latencyMs, occurredAt };
    this.#append(name, [draft], arrivalOf(contract, arrival, id, this.#clock.now(), seal)).then(
      ({ length: eventCount }) => this.#activity.note({ ...note, outcome: 'DECIDED', eventCount }),
      (error: unknown) => this.#onLost(toAppError(error), name),
    );
    return answer;
  }

  #draft(app: string, event: ToldEvent, callback: string | null): DraftEvent {
    const { isKindGuessed: _, ...told } = this.#refine(app, event);
    return { ...told, subjects: subjectsOf(told.payload), callback };
  }

  async #append(stream: string, events: readonly DraftEvent[], arrival: Arrival): Promise<readonly StoredEvent[]> {
    try {
      return await this.#log.append(stream, events, arrival);
    } catch (cause) {
      refuseForgery(cause);
      throw new RefusedCallback('LOG_UNAVAILABLE', 'The event log cannot take the event.', cause);
    }
  }

  #mayComeFrom(app: string, remoteAddress: string): boolean {
    return this.#networks.get(app)?.(remoteAddress) ?? true;
  }
}

/** Throws `UNAUTHENTICATED` for a signature that came before with another callback. Other failures are the caller's. */
function refuseForgery(cause: unknown): void {
  if (cause instanceof SealError)
    throw new RefusedCallback('REUSED_SIGNATURE', 'The signature came before with another callback.', cause);
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given.padEnd(128).slice(0, 128));
  const b = Buffer.from(expected.padEnd(128).slice(0, 128));
  return a.length === b.length && timingSafeEqual(a, b) && given.length === expected.length && expected !== '';
}

/** What a vendor's part throws, by its code; anything else is a fault of this server. */
function asRefusal(thrown: unknown): RefusedCallback {
  if (thrown instanceof RefusedCallback) return thrown;
  const { code, message } = toAppError(thrown);
  if (code === 'UNAUTHENTICATED') return new RefusedCallback('SIGNATURE', message, thrown);
  if (code === 'BAD_USER_INPUT') return new RefusedCallback('MALFORMED', message, thrown);
  return new RefusedCallback('SERVER_FAULT', message, thrown);
}

/** What is known of a callback before it is read. */
const unread = {
  callback: null,
  code: null,
  reason: null,
  decision: null,
  isLate: false,
  occurredAt: null,
  eventCount: 0,
};
