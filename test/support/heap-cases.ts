import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pino from 'pino';
import { defaultBounds } from '../../src/bounds.ts';
import { systemClock } from '../../src/clock.ts';
import { SqliteConversationStore } from '../../src/conversations/sqlite-store.ts';
import { AppError, failed } from '../../src/errors.ts';
import { Once } from '../../src/gateway/once.ts';
import { type Asker, Documents } from '../../src/server/documents.ts';
import { makeSchema } from '../../src/server/schema.ts';
import { startLiveShell } from './live-shell.ts';
import { connectWs } from './ws-client.ts';

/** What a case holds: what it says itself that it has, in bytes, beside what the heap has grown by. */
export interface HeapUse {
  readonly counted: number;
  readonly grown: number;
}

/** Fills something that is bounded far beyond its bound; gives what it counts, and keeps it alive. */
type HeapCase = () => Promise<{ readonly counted: number; readonly holder: unknown; readonly before?: number }>;

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

  'large documents': () => prepared(40, alice, largeText),
  'small documents': () => prepared(900, alice, (index) => `{ apps { id name } } #${index}${'x'.repeat(7000)}`),
  'documents without a token': () => prepared(200, { ...alice, viewer: null }, largeText),

  'ended streams of many documents': endedStreams,

  async 'messages on their way to a file'() {
    const folder = mkdtempSync(join(tmpdir(), 'conversations-'));
    const store = new SqliteConversationStore({ clock: systemClock, file: join(folder, 'file'), keepMs: 1e9 });
    for (let key = 0; key < 3000; key += 1) {
      const text = Buffer.alloc(32_000, String(key)).toString('latin1');
      const content = { kind: 'TEXT', text, isBarrage: false } as const;
      const ids = { key: String(key), vendorId: null, sequence: null, senderId: 'bob', isFromUser: true };
      const ref = { app: 'app', conversation: 'group:team' } as const;
      store.putMessage(ref, { ...ids, to: { kind: 'group', id: 'team' }, content, sentAt: new Date(key) });
    }
    rmSync(folder, { recursive: true });
    return { counted: 0, holder: store };
  },

  async 'short answers of idempotency keys'() {
    const once = new Once(systemClock, bounds);
    for (let viewer = 0; viewer < 40_000; viewer += 1)
      await once.run(`viewer ${viewer}`, 'send', 'k', { input: viewer, run: async () => [] });
    return { counted: once.bytes, holder: once };
  },
};

const makeDocuments = () =>
  new Documents({
    schema: makeSchema(),
    log: pino({ level: 'silent' }),
    introspection: true,
    bounds: { ...defaultBounds, documentBytes: 8 * 1024 * 1024 },
  });

const alice = {
  viewer: { subject: 'alice', scopes: new Set<string>(), accounts: new Map(), expiresAt: null },
  requestId: 'r',
};

/** Prepares documents of a text's kind, each of them another one; gives what is counted for them. */
async function prepared(count: number, asker: Asker, textOf: (index: number) => string) {
  const documents = makeDocuments();
  // What graphql-js keeps of a schema that it has seen is not of the documents.
  documents.prepare(textOf(-1), null, asker);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < count; index += 1) {
    const { kind } = documents.prepare(textOf(index), null, asker);
    if (kind === 'refused') throw new Error(`document ${index} is refused`);
  }
  return { counted: documents.bytes, holder: documents, before };
}

const largeText = (index: number) =>
  `{ ${Array.from({ length: 19 }, (_, root) => `r${root}: apps { ${'id name vendor health { status } '.repeat(10)} }`).join(' ')} } #${index}`;

/** Streams one after the other, each with another document of 50 KB, whose answers depend on who asks. */
async function endedStreams() {
  const shell = await startLiveShell({ bounds: { documentBytes: 1, documents: 1 }, log: pino({ level: 'silent' }) });
  const client = await connectWs(shell.url);
  const streamed = async (index: number) => {
    const id = String(index);
    client.subscribe(id, `subscription { happened { whose } } #${index}${'x'.repeat(50_000)}`);
    while (shell.groups().members === 0) await nextTurn();
    await shell.happen(id);
    await client.hears('next', id);
    client.send({ type: 'complete', id });
    while (shell.groups().members > 0) await nextTurn();
    client.heard.length = 0;
  };
  for (let index = 0; index < 20; index += 1) await streamed(index);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 20; index < 220; index += 1) await streamed(index);
  client.socket.terminate();
  return { counted: 0, holder: shell, before };
}

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
const { counted, holder, before: begun = before } = await run();
globalThis.gc();
const use: HeapUse = { counted, grown: process.memoryUsage().heapUsed - begun };
process.stdout.write(JSON.stringify(use));
// Alive until here, so that what it holds was counted; what it serves does not keep the process.
process.exit(holder === undefined ? 1 : 0);
