import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Bounds } from '../bounds.ts';
import { AppError, errorTable } from '../errors.ts';
import { plainJson } from './accept.ts';
import type { Lifecycle } from './lifecycle.ts';
import { maskThrown } from './mask.ts';
import type { ServerOptions } from './options.ts';
import { isCorsAllowed } from './origin.ts';
import { createBoundedServer } from './pipelines.ts';
import type { Places } from './places.ts';
import { refuseMalformed } from './raw-answer.ts';
import { Refusal, refusalOf, retryAfterSeconds } from './refusal.ts';
import type { RequestLog } from './request-log.ts';

/** Methods of paths that exist, for answering the others with 405. */
const methodsByPath: readonly (readonly [RegExp, string])[] = [
  [/^\/graphql(\/stream)?$/, 'GET, POST'],
  [/^\/callbacks\/[^/]+\/[^/]+$/, 'POST'],
  [/^\/(livez|readyz|healthz|schema\.graphql)$/, 'GET'],
];
const pathsForPages = /^\/(graphql(\/stream)?|schema\.graphql)$/;
const exposedHeaders = ['x-request-id', 'retry-after'];
/** Asked by balancers and orchestrators, which must be answered however much is under way. */
const isHealth = (url: string) => /^\/(livez|readyz|healthz)(\?|$)/.test(url);
const htmlHeaders = {
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
};

type HttpOptions = Pick<ServerOptions, 'log' | 'corsOrigins'> & {
  bounds: Bounds;
  lifecycle: Lifecycle;
  places: Places;
  requests: RequestLog;
};

/** Makes an HTTP server without routes that has what all of them share: bounds, request ids, CORS, errors and a log. */
export function makeHttp({ log, corsOrigins, bounds, lifecycle, places, requests }: HttpOptions): FastifyInstance {
  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, headers, body } = describe(error, request.id, log);
    void reply
      .code(status)
      .headers({ ...headersOfAll(request), ...headers })
      .type(plainJson)
      .send(body);
  };
  const http = fastify({ ...settingsOf(bounds), frameworkErrors: fail });
  http.setErrorHandler(fail);
  http.setNotFoundHandler((request, reply) => fail(notFound(request), request, reply));
  http.addHook('onRequest', async (request, reply) => {
    requests.begin(request);
    void reply.headers(headersOfAll(request));
    if (!isHealth(request.url)) places.beginRequest(request.raw);
    lifecycle.begin(request.raw);
    reply.raw.once('close', () => {
      lifecycle.finish(request.raw);
      places.endRequest(request.raw);
      places.bytesOf(request.raw).end();
    });
    checkTarget(request);
  });
  void http.register(cors, {
    delegator: (request: FastifyRequest, done: (error: Error | null, options: FastifyCorsOptions) => void) =>
      done(null, corsFor(request, corsOrigins)),
  });
  http.addHook('onSend', async (request, reply, payload) => {
    // Until the caller has taken it.
    if (typeof payload === 'string') places.bytesOf(request.raw).set(payload.length);
    if (lifecycle.phase !== 'serving') void reply.header('connection', 'close');
    if (String(reply.getHeader('content-type')).startsWith('text/html')) void reply.headers(htmlHeaders);
    return payload;
  });
  http.addHook('onResponse', async (request, reply) => requests.end(request, reply));
  return http;
}

function settingsOf(bounds: Bounds) {
  return {
    logger: false,
    genReqId: (raw: IncomingMessage) => requestId(raw.headers['x-request-id']),
    bodyLimit: bounds.bodyBytes,
    serverFactory: (handle: RequestListener) => serverOf(bounds, handle),
    clientErrorHandler: refuseMalformed,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle' as const,
  };
}

function serverOf(bounds: Bounds, handle: RequestListener): Server {
  const options = {
    headersTimeout: Math.min(bounds.headersMs, bounds.requestMs),
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.keepAliveMs,
    connectionsCheckingInterval: bounds.checkMs,
    shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
  };
  const server = createBoundedServer(options, bounds.requestsPerConnection, handle);
  // Where nothing moves for so long, an answer is not taken.
  server.setTimeout(bounds.operationMs + bounds.operationGraceMs + bounds.requestMs);
  return server;
}

/** What every answer has: the id to find it in the log by, and that it is what its type says. */
const headersOfAll = ({ id }: FastifyRequest) => ({ 'x-request-id': id, 'x-content-type-options': 'nosniff' });

/** The caller's request id when it is one, or a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

/** A target must be a path, and the host, which HTTP/1.0 may leave out, one that a URL can have; neither is used for anything else. */
function checkTarget(request: FastifyRequest): void {
  const target = request.raw.url ?? '';
  if (!target.startsWith('/')) throw new Refusal(400, 'Expected a path as the request target.');
  if (target.startsWith('//')) throw new Refusal(404, 'There is nothing at this path.');
  request.raw.headers.host ??= 'localhost';
  if (!URL.canParse(`http://${request.host}/`)) throw new Refusal(400, 'The Host header is malformed.');
}

/**
 * What pages of other origins may do. Any request header is allowed: tracing and client libraries add their own, and without cookies
 * a header gives a page nothing that its origin did not.
 */
function corsFor({ url, headers: { origin } }: FastifyRequest, origins: readonly string[]): FastifyCorsOptions {
  const path = url.split('?', 1)[0] ?? '';
  const isAllowed = origin !== undefined && pathsForPages.test(path) && isCorsAllowed(origin, origins);
  return { origin: isAllowed, methods: ['GET', 'POST'], exposedHeaders, maxAge: 600 };
}

function notFound(request: FastifyRequest): Refusal {
  const path = request.url.split('?', 1)[0] ?? '';
  const allow = methodsByPath.find(([pattern]) => pattern.test(path))?.[1];
  if (allow === undefined || allow.split(', ').includes(request.method))
    return new Refusal(404, 'There is nothing at this path.');
  return new Refusal(405, `Expected one of these methods: ${allow}.`, { allow });
}

/** What a failure outside GraphQL is answered with. Logs it when it is a fault of this server. */
function describe(error: unknown, id: string, log: ServerOptions['log']) {
  const known = error instanceof AppError ? error : refusalOf(error);
  if (known && known.code !== 'INTERNAL_SERVER_ERROR') {
    const status = known instanceof Refusal ? known.status : errorTable[known.code].http;
    const { retryAfterMs } = known.details;
    return {
      status,
      headers: {
        ...(known instanceof Refusal ? known.headers : {}),
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...(retryAfterMs === undefined ? {} : { 'retry-after': retryAfterSeconds(retryAfterMs) }),
        // What is left of the request is not read.
        ...(status === 413 || status === 415 ? { connection: 'close' } : {}),
      },
      body: JSON.stringify({
        errors: [{ message: known.message, extensions: { code: known.code, retryAfterMs, requestId: id } }],
      }),
    };
  }
  const masked = maskThrown(error, { requestId: id, log, hideSuggestions: true });
  return { status: 500, headers: {}, body: JSON.stringify({ errors: [masked] }) };
}
