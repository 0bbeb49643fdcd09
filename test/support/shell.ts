import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType } from 'graphql';
import pino from 'pino';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { AppError } from '../../src/errors.ts';
import { makeTokenVerifier, signDemoToken } from '../../src/server/auth.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.ts';

export const secret = 'a secret of the tests, 32 bytes or more';

/** What resolvers of the test's schema see and tell. */
interface ShellContext {
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly explain: string;
  responseExtensions?(): Record<string, unknown>;
}

/** What the test's schema counts, so that a test can tell what ran. */
export interface Counts {
  mutations: number;
  /** Streams that are open. */
  ticking: number;
  /** Streams that were opened ever. */
  ticked: number;
  aborted: number;
  /** Answers of `slow` that are waited for. */
  slow: number;
  /** Events that `ticks` was asked for. */
  pulled: number;
}

const typeDefs = `
  scalar Word
  type Query {
    "A greeting."
    hello: String!
    me: String
    echo(first: Int, word: Word, text: String, ids: [Int!], filter: Filter): String
    fail: String
    misconfigured: String
    secretField: String
    slow(ms: Int!): String
    list(size: Int!): [Node!]!
    "Items that fail a moment later."
    failing(size: Int!): [Node]
    node: Node!
    lists: [[Node!]!]!
  }
  input Filter { name: String, nested: Filter }
  type Node { id: ID!, later: String!, name: String, next: Node!, nodes: [Node!]! }
  type Mutation { count(by: Int = 1): Int! }
  type Subscription { ticks(everyMs: Int = 5, until: Int = 1000000, size: Int = 1): String!, stuck: Int!, refused: Int, broken: Int }
`;

/** A small schema with one field for each thing that can happen. */
export function makeShellSchema(counts: Counts) {
  const node = {
    id: '1',
    later: () => new Promise((resolve) => setTimeout(resolve, 5, 'later')),
    name: 'one',
    next: () => node,
    nodes: () => [{ ...node }, { ...node }],
  };
  return makeExecutableSchema<ShellContext>({
    typeDefs,
    resolvers: {
      Word: new GraphQLScalarType({
        name: 'Word',
        parseValue(value) {
          if (typeof value === 'string' && /^\w+$/.test(value)) return value;
          throw new AppError('BAD_USER_INPUT', 'expected one word');
        },
      }),
      Query: {
        hello: () => 'hello',
        me: (_, _args, { viewer }) => viewer?.subject ?? Promise.reject(new AppError('UNAUTHENTICATED')),
        echo: (_, args: unknown) => JSON.stringify(args),
        fail() {
          throw new Error('SELECT * FROM users in /srv/app.js');
        },
        misconfigured() {
          throw new AppError('VENDOR_MISCONFIGURED', 'The app key is not known.', {
            app: 'zim-eu',
            vendorCode: '660000002',
          });
        },
        secretField: () => 'secret',
        slow: (_, { ms }: { ms: number }, { signal }) => slow(ms, signal, counts),
        list: (_, { size }: { size: number }) => Array.from({ length: size }, () => ({ ...node })),
        failing: async (_, { size }: { size: number }) =>
          Array.from(
            { length: size },
            () => new Promise((_, reject) => setTimeout(reject, 5, new AppError('FORBIDDEN'))),
          ),
        node: () => node,
        lists: () => [[node]],
      },
      Mutation: {
        count(_, { by }: { by: number }) {
          counts.mutations += by;
          return counts.mutations;
        },
      },
      Subscription: {
        ticks: { subscribe: (_, args: TicksArguments, { signal }) => ticks(args, signal, counts) },
        stuck: { subscribe: () => stuck(counts) },
        refused: { subscribe: () => Promise.reject(new AppError('FORBIDDEN')) },
        broken: { subscribe: () => broken() },
      },
    },
  });
}

function slow(ms: number, signal: AbortSignal, counts: Counts): Promise<string> {
  return new Promise((resolve, reject) => {
    counts.slow += 1;
    const timer = setTimeout(() => {
      counts.slow -= 1;
      resolve('slow');
    }, ms);
    signal.addEventListener('abort', () => {
      counts.aborted += 1;
      counts.slow -= 1;
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

interface TicksArguments {
  readonly everyMs: number;
  readonly until: number;
  readonly size: number;
}

async function* ticks({ everyMs, until, size }: TicksArguments, signal: AbortSignal, counts: Counts) {
  counts.ticking += 1;
  counts.ticked += 1;
  try {
    for (let tick = 0; tick < until && !signal.aborted; tick += 1) {
      counts.pulled += 1;
      yield { ticks: String(tick).padStart(size, '.') };
      if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  } finally {
    counts.ticking -= 1;
  }
}

/** A source that never gives anything, and ends only when it is returned. */
function stuck(counts: Counts): AsyncGenerator<{ stuck: number }> {
  counts.ticking += 1;
  return {
    next: () => new Promise(() => {}),
    async return(value: unknown) {
      counts.ticking -= 1;
      return { done: true, value };
    },
    throw: (error: unknown) => Promise.reject(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function* broken() {
  yield { broken: 1 };
  throw new Error('the log at /var/lib/events is gone');
}

/** A server with the test's schema on a free port, what it logged, and how to get a token for it. */
export interface Shell extends RunningServer {
  readonly counts: Counts;
  /** One entry for each line of the log. */
  readonly logged: string[];
  token(subject?: string, expiresInSeconds?: number): Promise<string>;
}

/** Starts a shell; `options` replace what it would be given. */
export async function startShell(options: Partial<ServerOptions> = {}): Promise<Shell> {
  const counts: Counts = { mutations: 0, ticking: 0, ticked: 0, aborted: 0, slow: 0, pulled: 0 };
  const logged: string[] = [];
  const clock: Clock = options.clock ?? systemClock;
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    schema: makeShellSchema(counts),
    makeContext: (request) => ({
      ...request,
      ...(request.explain !== 'none' ? { responseExtensions: () => ({ cost: 1 }) } : {}),
    }),
    verifyToken: makeTokenVerifier({ secret }, clock),
    admitCallback: () => null,
    receiveCallback: async () => ({ status: 200, contentType: 'text/plain', body: 'ok' }),
    refuseCallback: () => {},
    metrics: new Metrics(async () => []),
    isReady: () => true,
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    clock,
    introspection: true,
    landingPage: true,
    corsOrigins: ['https://app.example'],
    ...options,
  });
  return {
    ...server,
    counts,
    logged,
    token: (subject = 'alice', expiresInSeconds = 3600) =>
      signDemoToken(
        secret,
        { subject, expiresInSeconds, scopes: ['chat:read'], accounts: { 'zim-eu': subject } },
        clock,
      ),
  };
}
