import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { RuleFinding } from '../domain/decision.ts';
import type { Decided } from './evaluation.ts';

/** Vendors ask again within seconds. */
const keptMs = 5 * 60_000;
const maxKept = 20_000;
/** What is kept may take so many bytes; of a replaced text all of it is kept. */
const maxBytes = 16 * 1024 * 1024;

const bytesOf = ({ rule, matchedKeywords }: RuleFinding): number =>
  matchedKeywords.reduce((sum, each) => sum + 2 * each.length, 200 + 2 * rule.length);

/** Gives the first answer again when a vendor asks the same question again, so that nobody's messages are counted twice and its event stays true. */
export class AnsweredQuestions {
  readonly #running = new Map<string, Promise<Decided>>();
  readonly #kept: LRUCache<string, Decided>;

  constructor(clock: Clock) {
    this.#kept = new LRUCache<string, Decided>({
      max: maxKept,
      maxSize: maxBytes,
      ttl: keptMs,
      perf: { now: () => clock.ticks() },
      sizeCalculation: ({ verdict, findings }, key) =>
        400 + 2 * (key.length + (verdict.text?.length ?? 0)) + findings.reduce((sum, each) => sum + bytesOf(each), 0),
    });
  }

  /** What was decided on the question of that name, or what `decide` comes to. */
  async of(name: string, decide: () => Promise<Decided>): Promise<Decided> {
    const known = this.#kept.get(name) ?? this.#running.get(name);
    if (known !== undefined) return known;
    const deciding = decide();
    this.#running.set(name, deciding);
    try {
      const decided = await deciding;
      this.#kept.set(name, decided);
      return decided;
    } finally {
      this.#running.delete(name);
    }
  }
}

/** Some vendors sign with whole seconds. */
const secondMs = 1000;

/** Whether a vendor that signed at a moment, by its clock, has certainly stopped waiting at `now`. A moment that is not known has not passed. */
export function isTooLate(signedAt: Date, waitMs: number, now: number): boolean {
  const at = signedAt.getTime();
  const spareMs = at % secondMs === 0 ? secondMs - 1 : 0;
  return at > 0 && now - at - spareMs > waitMs;
}
