import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Request, type Response } from 'graphql-sse';
import { z } from 'zod';
import type { Bounds } from '../bounds.ts';
import { sleep } from '../clock.ts';
import type { Viewer } from '../domain/viewer.ts';
import { bearerOf } from './auth.ts';
import { checkEncoding, depthOf, readContentType } from './body.ts';
import type { JoinedWrites } from './joined-writes.ts';
import { readJsonBodies } from './json-bodies.ts';
import type { Ending, Lifecycle } from './lifecycle.ts';
import type { LiveGroups } from './live-groups.ts';
import type { Operations } from './operation.ts';
import type { ServerOptions } from './options.ts';
import { isOriginAllowed } from './origin.ts';
import type { Places } from './places.ts';
import { Refusal } from './refusal.ts';
import { nameOf, type RequestLog } from './request-log.ts';
import { SseStream } from './sse-stream.ts';
import { wishesOf } from './wishes.ts';

export type SseOptions = Pick<ServerOptions, 'verifyToken' | 'log' | 'clock' | 'corsOrigins'> & {
  readonly operations: Operations;
  readonly groups: LiveGroups | undefined;
  readonly writes: JoinedWrites;
  readonly bounds: Bounds;
  readonly lifecycle: Lifecycle;
  readonly places: Places;
  readonly requests: RequestLog;
};

/** Who asks, and the stream that it gets. */
interface Visit {
  readonly viewer: Viewer | null;
  readonly stream: SseStream;
}

const path = '/graphql/stream';
const closeWithinMs = 1000;
const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

/**
 * Serves GraphQL over server-sent events at `/graphql/stream`, by graphql-sse in its distinct connections mode: one operation is
 * one response. A stop ends responses without the event `complete`.
 */
export async function serveEventStreams(http: FastifyInstance, options: SseOptions): Promise<Ending> {
  const { places } = options;
  const streams = new Set<SseStream>();
  const handle = createHandler<FastifyRequest, Visit>({
    // No token of a stream: the mode in which one connection carries several operations is not served.
    authenticate: () => null,
    onSubscribe: async ({ method, raw, context }, params) => {
      const { operations } = options;
      await operations.turn(context.viewer);
      const prepared = operations.prepare(params.query, params.operationName, {
        viewer: context.viewer,
        requestId: raw.id,
      });
      if (prepared.kind === 'refused') return refused(prepared.errors);
      options.requests.ran(raw, nameOf(prepared.operation));
      if (prepared.operation.operation === 'mutation' && method === 'GET') return methodNotAllowed;
      const request = {
        variables: params.variables,
        viewer: context.viewer,
        requestId: raw.id,
        wishes: wishesOf(params.extensions ?? {}, wishesOf(headersOf(raw))),
      };
      return context.stream.start(prepared, request);
    },
    // graphql-sse keeps what it is given until it is read, so that a slow reader must be waited for here.
    onNext: (_context, { context }) => context.stream.drained(),
  });
  await http.register((scope, _options, done) => {
    readJsonBodies(scope, options);
    scope.addHook('onRequest', async (request, reply) => {
      checkRequest(request, options);
      reply.raw.once('close', places.beginStream(request.raw));
    });
    scope.route({
      method: ['GET', 'POST'],
      url: path,
      exposeHeadRoute: false,
      async handler(request, reply) {
        const token = bearerOf(request.raw.rawHeaders);
        const viewer = token === null ? null : await options.verifyToken(token);
        const stream = new SseStream(reply.raw, places.newBytes(request.raw), options);
        const [body, init] = await handle(requestOf(request, { viewer, stream }));
        if (body === null || typeof body === 'string') {
          stream.end();
          return answer(reply, body, init);
        }
        reply.hijack();
        streams.add(stream);
        if (stream.isSubscription) {
          options.lifecycle.finish(request.raw);
          places.endRequest(request.raw);
          const holding = places.bytesOf(request.raw);
          holding.set(variablesSize(request, holding.amount));
        }
        reply.raw.once('close', () => streams.delete(stream));
        stream.serve(body, { ...Object.fromEntries(kept(reply)), ...streamHeaders }, viewer?.expiresAt ?? null);
        return reply;
      },
    });
    done();
  });
  return {
    close() {
      for (const stream of streams) if (stream.isSubscription) stream.close();
    },
    async cut() {
      const closed = Promise.all([...streams].map((stream) => stream.closed));
      for (const stream of streams) stream.close();
      await Promise.race([closed, sleep(options.clock, closeWithinMs)]);
    },
  };
}

/** What is checked before a body is read. */
function checkRequest(request: FastifyRequest, { corsOrigins, lifecycle, bounds }: SseOptions): void {
  const { headers } = request;
  if (!isOriginAllowed(headers.origin, headers.host, corsOrigins)) {
    throw new Refusal(403, 'Pages of this origin may not call.');
  }
  if (!/(^|,)\s*(text\/event-stream|text\/\*|\*\/\*)\s*(;|,|$)/i.test(headers.accept ?? '*/*')) {
    throw new Refusal(406, 'Expected an Accept of text/event-stream.');
  }
  if (request.method === 'POST') {
    const type = readContentType(headers['content-type']);
    if (type?.essence !== 'application/json') throw new Refusal(415, 'Expected a Content-Type of application/json.');
    checkEncoding(type.charset, headers['content-encoding']);
  }
  for (const value of Object.values(request.query as Record<string, unknown>)) {
    if (depthOf(String(value), bounds.jsonDepth) > bounds.jsonDepth) {
      throw new Refusal(400, `The JSON nests deeper than ${bounds.jsonDepth} levels.`);
    }
  }
  if (lifecycle.phase === 'stopping') throw new Refusal(503, 'The server is stopping.');
}

/** About how many bytes a subscription holds as long as it runs: all that was asked but the document, which is kept once for all. */
function variablesSize({ method, url, body, query }: FastifyRequest, held: number): number {
  const asked = method === 'POST' ? held : url.length;
  const { query: text } = z
    .object({ query: z.string() })
    .catch({ query: '' })
    .parse(body ?? query);
  return asked - text.length;
}

function requestOf(request: FastifyRequest, visit: Visit): Request<FastifyRequest, Visit> {
  const { method, url, headers } = request;
  const contentType = headers['content-type'];
  return {
    method,
    url,
    // What was accepted before it gets here.
    headers: {
      get: (name) => (name === 'accept' ? 'text/event-stream' : name === 'content-type' ? contentType : null),
    },
    body: (request.body as Record<string, unknown> | undefined) ?? null,
    raw: request,
    context: visit,
  };
}

/** An answer of graphql-sse that is no stream, in our own words where it is a refusal. */
function answer(reply: FastifyReply, body: string | null, { status, headers }: Response[1]): FastifyReply {
  if (status === 405) throw new Refusal(405, 'A mutation cannot be made by GET.', { allow: 'POST' });
  if (status >= 400) throw new Refusal(status, messageOf(body) ?? 'The request is malformed.');
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}

function messageOf(body: string | null): string | undefined {
  const { errors } = JSON.parse(body ?? '{}') as { readonly errors?: readonly { readonly message?: string }[] };
  return errors?.[0]?.message;
}

const methodNotAllowed: Response = [null, { status: 405, statusText: 'Method Not Allowed' }];

async function* refused(errors: NonNullable<ExecutionResult['errors']>): AsyncGenerator<ExecutionResult> {
  yield { errors };
}

const headersOf = ({ headers }: FastifyRequest) => ({
  explain: headers['switchboard-explain'],
  priority: headers['switchboard-priority'],
});

/** What hooks have put on the answer: the request id, and who may read it. */
function kept(reply: FastifyReply): [string, string][] {
  return Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]);
}
