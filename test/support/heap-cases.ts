import { defaultBounds } from '../../src/bounds.ts';
import { systemClock } from '../../src/clock.ts';
import { AppError, failed } from '../../src/errors.ts';
import { Once } from '../../src/gateway/once.ts';

/** What a case holds: what it says itself that it has, in bytes, beside what the heap has grown by. */
export interface HeapUse {
  readonly counted: number;
  readonly grown: number;
}

/** Fills something that is bounded far beyond its bound; gives what it counts, and keeps it alive. */
type HeapCase = () => Promise<{ readonly counted: number; readonly holder: unknown }>;

const bounds = {
  ...defaultBounds,
  idempotencyBytesPerViewer: 2 * 1024 * 1024,
  idempotencyBytes: 8 * 1024 * 1024,
};

const cases: Readonly<Record<string, HeapCase>> = {
  async 'idempotency keys'() {
    const once = new Once(systemClock, bounds);
    const input = { text: 'x'.repeat(100) };
    for (let viewer = 0; viewer < 10; viewer += 1)
      for (let key = 0; key < 800; key += 1)
        await once.run(`viewer ${viewer}`, 'send', `key ${key}`, {
          input,
          run: async () => Array.from({ length: 20 }, (_, index) => failure(index, key)),
        });
    return { counted: once.bytes, holder: once };
  },

  async 'short answers of idempotency keys'() {
    const once = new Once(systemClock, bounds);
    for (let viewer = 0; viewer < 40_000; viewer += 1)
      await once.run(`viewer ${viewer}`, 'send', 'k', { input: viewer, run: async () => [] });
    return { counted: once.bytes, holder: once };
  },
};

const failure = (index: number, key: number) =>
  failed(
    new AppError('OUTCOME_UNKNOWN', `The vendor did not answer for ${index}.`, {
      app: 'zim-eu',
      vendorRequestId: `${key} ${index}`,
      cause: new Error('socket hang up', { cause: new Error('ECONNRESET') }),
    }),
  );

const [name = ''] = process.argv.slice(2);
const run = cases[name];
if (!run || !globalThis.gc) throw new Error('expected the name of a case, and --expose-gc');
globalThis.gc();
const before = process.memoryUsage().heapUsed;
const { counted, holder } = await run();
globalThis.gc();
const use: HeapUse = { counted, grown: process.memoryUsage().heapUsed - before };
process.stdout.write(JSON.stringify(use));
// Alive until here, so that what it holds was counted.
if (holder === undefined) throw new Error('the case holds nothing');
