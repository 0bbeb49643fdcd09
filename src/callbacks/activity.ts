import type { Clock } from '../clock.ts';
import type { CallbackCount, CountedVerdict, HandledCallback, VerdictCount } from '../domain/callback.ts';
import type { CallbackRefusal } from '../domain/callback-refusal.ts';
import type { ActivityView } from '../domain/context.ts';
import type { MessageDecision } from '../domain/event.ts';

type Listener = (handled: HandledCallback) => void;

const counted = { ACCEPTED: 'accepted', REPEATED: 'repeated', DECIDED: 'decided', REFUSED: 'refused' } as const;

/** Counts what comes in, for operators. Callback ids are those of the catalogues, so it is bounded. */
export class CallbackActivity implements ActivityView {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Map<string | null, CallbackCount>>();
  readonly #verdicts = new Map<string, Map<MessageDecision, VerdictCount>>();
  readonly #listeners = new Set<Listener>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(handled: Omit<HandledCallback, 'receivedAt' | 'lagMs'> & { readonly occurredAt: Date | null }): void {
    const { occurredAt, ...rest } = handled;
    const now = this.#clock.now();
    const lagMs = occurredAt === null ? null : now - occurredAt.getTime();
    const whole: HandledCallback = { ...rest, receivedAt: new Date(now), lagMs };
    this.#count(whole);
    for (const listener of this.#listeners) listener(whole);
  }

  counts(app: string): readonly CallbackCount[] {
    return [...(this.#counts.get(app)?.values() ?? [])];
  }

  verdicts(app: string): readonly VerdictCount[] {
    return [...(this.#verdicts.get(app)?.values() ?? [])];
  }

  /** Calls `listener` for every callback handled from now on; gives the function that ends it. */
  onHandled(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #count({ app, callback, outcome, reason, decision, isLate, receivedAt, lagMs }: HandledCallback): void {
    const counts = this.#counts.get(app) ?? new Map<string | null, CallbackCount>();
    this.#counts.set(app, counts);
    const known = counts.get(callback) ?? { callback, accepted: 0, repeated: 0, decided: 0, refused: 0, refusals: [] };
    const name = counted[outcome];
    const refusals = reason === null ? known.refusals : oneMore(known.refusals, reason);
    counts.set(callback, { ...known, [name]: known[name] + 1, refusals, lastReceivedAt: receivedAt, lastLagMs: lagMs });
    if (decision !== null) this.noteVerdict({ app, decision, isLate });
  }

  /** Counts a verdict. */
  noteVerdict({ app, decision, isLate }: CountedVerdict): void {
    const verdicts = this.#verdicts.get(app) ?? new Map<MessageDecision, VerdictCount>();
    this.#verdicts.set(app, verdicts);
    const { count, late } = verdicts.get(decision) ?? { count: 0, late: 0 };
    verdicts.set(decision, { decision, count: count + 1, late: late + Number(isLate) });
  }
}

/** The counts with one more of a reason. */
function oneMore(refusals: CallbackCount['refusals'], reason: CallbackRefusal): CallbackCount['refusals'] {
  const known = refusals.find((each) => each.reason === reason);
  if (!known) return [...refusals, { reason, count: 1 }];
  return refusals.map((each) => (each === known ? { reason, count: each.count + 1 } : each));
}
