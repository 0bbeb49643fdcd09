import type { Bucket } from '../../src/limits/bucket.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { type AcquireOptions, Scheduler } from '../../src/limits/scheduler.ts';
import type { LimitOptions } from '../../src/limits/window-use.ts';
import { FakeClock } from './fake-clock.ts';

export const bucket = (id: string, ...windows: Bucket['windows']): Bucket => ({
  id,
  unit: 'calls',
  scope: 'app',
  windows,
  source: 'test',
});
export const charge = (id: string, cost = 1, scope = '') => ({ bucket: id, scope, cost });

/** A scheduler on a clock of its own. `call` makes calls that are answered after `answerMs`; `done` notes when they left. */
export function setUpScheduler(buckets: readonly Bucket[], options: Partial<LimitOptions> = {}, answerMs = 5) {
  const clock = new FakeClock();
  const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock, options), clock);
  const done: { name: string; at: number; cost: number }[] = [];
  const call = (name: string, charges: ReturnType<typeof charge>[], given: Partial<AcquireOptions> = {}) => {
    const granted = scheduler.acquire(charges, { deadline: clock.ticks() + 60_000, ...given }).then((grant) => {
      done.push({ name, at: clock.now(), cost: charges[0]?.cost ?? 0 });
      clock.schedule(answerMs, () => void scheduler.settle(grant, clock.ticks()));
    });
    granted.catch(() => {});
    return granted;
  };
  return { clock, scheduler, done, call, names: () => done.map(({ name }) => name) };
}

/** The most units that any window of the length holds, at any phase. */
export function busiest(seen: readonly { readonly at: number; readonly cost: number }[], lengthMs: number): number {
  return Math.max(
    0,
    ...seen.map(({ at }) =>
      seen.reduce((sum, each) => (each.at >= at && each.at < at + lengthMs ? sum + each.cost : sum), 0),
    ),
  );
}
