import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSourceEventStream, type ExecutionResult, execute, parse } from 'graphql';
import { handleProtocols } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import pino from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { defaultBounds } from '../src/bounds.ts';
import { systemClock } from '../src/clock.ts';
import type { Context } from '../src/domain/context.ts';
import type { EventPayload } from '../src/domain/event.ts';
import { subjectsOf } from '../src/domain/subject.ts';
import type { Viewer } from '../src/domain/viewer.ts';
import { AppError } from '../src/errors.ts';
import { EventHub } from '../src/events/hub.ts';
import { MemoryLog } from '../src/events/memory-log.ts';
import { AppRuntime } from '../src/gateway/app-runtime.ts';
import { contextMaker } from '../src/gateway/request-context.ts';
import { Metrics } from '../src/server/metrics.ts';
import { makeSchema } from '../src/server/schema.ts';
import { startServer } from '../src/server/server.ts';

/**
 * One contender in a process of its own: told by IPC which, it answers `{url, callbackUrl}`. `usage` is answered with what the process has
 * used so far. Callbacks come in by the server's own route in all of them; what differs is the way from the log to the sockets.
 */
export interface FanoutOrder {
  readonly contender: 'switchboard' | 'plain ws' | 'stock graphql-ws';
  /** The document that the plain broadcast sends the answers of. */
  readonly query: string;
}

export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** The heap, and what is outside of it for buffers. */
  readonly heapBytes: number;
  readonly subscribed: number;
}

const app = 'bench';
const viewer: Viewer = { subject: 'bench', scopes: new Set(['chat:read']), accounts: new Map(), expiresAt: null };
const log = new MemoryLog({ clock: systemClock, maxEvents: 1000 });
const hub = new EventHub(log, () => systemClock.now());
const schema = makeSchema();
const runtime = new AppRuntime({
  name: app,
  vendor: 'RONGCLOUD',
  ignoresCase: false,
  region: null,
  adapter: { operations: {}, inputs: {} as never },
  health: () => ({ status: 'UP', since: new Date(0), errorRate: 0, medianLatencyMs: null }),
  rateLimits: async () => [],
  merge: () => ({ load: async () => null, plan: async () => undefined }),
  expectedWaitMs: async () => 0,
});
const nothing = () => {
  throw new AppError('NOT_SUPPORTED');
};
const makeContext = contextMaker({
  runtimes: [runtime],
  clock: systemClock,
  bounds: defaultBounds,
  viewers: { addMembers: false },
  userTokens: { operatorSeconds: 1, endless: false },
  explainToAll: false,
  makeConversations: () => ({}) as never,
  makeJobs: () => ({}) as never,
  subscribe: (wanted, after, caller) => hub.open(wanted, after, caller),
  pastEvents: nothing,
  rawEvent: nothing,
  replayCallback: nothing,
  createBackup: nothing,
  decisionPolicy: nothing,
  activity: {} as never,
  handledCallbacks: nothing,
  findCall: () => undefined,
  departuresSeen: () => hub.departures.sequence,
  noteMembership: () => Promise.resolve(),
  noteCall: () => {},
  decide: () => Promise.resolve({ decision: 'DELIVER' }),
});
const contextOf = (): Context =>
  makeContext({
    viewer,
    requestId: 'bench',
    signal: new AbortController().signal,
    explain: 'none',
    priority: 'interactive',
  });

let received = 0;
/** A callback whose body is the text of a message to the team. */
async function receive(text: string): Promise<void> {
  received += 1;
  const payload: EventPayload = {
    type: 'MESSAGE_SENT',
    source: 'CLIENT',
    message: {
      to: { kind: 'group', id: 'team' },
      senderId: 'alice',
      key: `${received}`,
      vendorId: `${received}`,
      sequence: received,
      isFromUser: true,
      content: { kind: 'TEXT', text } as never,
      sentAt: new Date(),
    },
  };
  await log.append(app, [{ dedupeKey: `${received}`, occurredAt: new Date(), subjects: subjectsOf(payload), payload }]);
}

const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  schema,
  makeContext,
  hub,
  verifyToken: async () => viewer,
  admitCallback: () => null,
  refuseCallback: () => {},
  async receiveCallback({ body }) {
    await receive(body);
    return { status: 200, contentType: 'text/plain', body: 'ok' };
  },
  metrics: new Metrics(async () => []),
  isReady: () => true,
  log: pino({ level: 'silent' }),
  clock: systemClock,
  introspection: false,
  landingPage: false,
  corsOrigins: [],
  // All clients have one address.
  bounds: {
    wsSocketsPerAddress: 50_000,
    wsSockets: 50_000,
    connectionsPerAddress: 50_000,
    connections: 50_000,
    heldBytesPerAddress: 2 ** 30,
    heldBytes: 2 ** 30,
  },
});

async function listen(http: Server): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** Sockets that get every answer as one broadcast, whatever they ask. */
async function plain(query: string): Promise<{ url: string; subscribed: () => number }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols });
  const subscribed = new Set<WebSocket>();
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (String(data).includes('connection_init')) socket.send('{"type":"connection_ack"}');
      else subscribed.add(socket);
    });
  });
  const args = { schema, document: parse(query), contextValue: contextOf() };
  const source = await createSourceEventStream(args);
  void (async () => {
    for await (const event of source as AsyncIterable<unknown>) {
      const result: ExecutionResult = await execute({ ...args, contextValue: contextOf(), rootValue: event });
      const frame = Buffer.from(JSON.stringify({ id: '1', type: 'next', payload: result }));
      for (const socket of subscribed) socket.send(frame, { binary: false });
    }
  })();
  return { url: await listen(http), subscribed: () => subscribed.size };
}

/** As its documentation shows it: one execution for each subscriber. */
async function stock(): Promise<{ url: string; subscribed: () => number }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  let count = 0;
  useServer(
    {
      schema,
      context: contextOf,
      onOperation() {
        count += 1;
      },
    },
    sockets,
    // No pings: the clients here do not answer them, and would be dropped.
    0,
  );
  return { url: await listen(http), subscribed: () => count };
}

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

process.once('message', async ({ contender, query }: FanoutOrder) => {
  const { url, subscribed } =
    contender === 'switchboard'
      ? { url: server.url, subscribed: () => server.groups().members }
      : await (contender === 'stock graphql-ws' ? stock() : plain(query));
  process.on('message', () => {
    collect();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const usage: Usage = {
      cpuMs: (user + system) / 1000,
      rssBytes: rss,
      heapBytes: heapUsed + external,
      subscribed: subscribed(),
    };
    process.send?.(usage);
  });
  process.send?.({ url, callbackUrl: `${server.url}/callbacks/${app}/token` });
});
process.once('disconnect', () => process.exit(0));
