import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Bounds } from '../bounds.ts';
import { AppError, errorTable } from '../errors.ts';
import { plainJson } from './accept.ts';
import type { Lifecycle } from './lifecycle.ts';
import { maskThrown } from './mask.ts';
import type { ServerOptions } from './options.ts';
import { isCorsAllowed } from './origin.ts';
import { Refusal, refusalOf, retryAfterSeconds } from './refusal.ts';
import type { RequestLog } from './request-log.ts';

/** Methods of paths that exist, for answering the others with 405. */
const methodsByPath: readonly (readonly [RegExp, string])[] = [
  [/^\/graphql(\/stream)?$/, 'GET, POST'],
  [/^\/callbacks\/[^/]+\/[^/]+$/, 'POST'],
  [/^\/(livez|readyz|healthz|schema\.graphql)$/, 'GET'],
];
const pathsForPages = /^\/(graphql(\/stream)?|schema\.graphql)$/;
const corsHeaders = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers':
    'content-type, authorization, apollo-require-preflight, x-apollo-operation-name, x-request-id, switchboard-explain, switchboard-priority',
  'access-control-max-age': '600',
};
const htmlHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
};

type HttpOptions = Pick<ServerOptions, 'log' | 'corsOrigins'> & {
  bounds: Bounds;
  lifecycle: Lifecycle;
  requests: RequestLog;
};

/** Makes an HTTP server without routes that has what all of them share: bounds, request ids, CORS, errors and a log. */
export function makeHttp({ log, corsOrigins, bounds, lifecycle, requests }: HttpOptions): FastifyInstance {
  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, headers, body } = describe(error, request.id, log);
    void reply.code(status).headers(headers).type(plainJson).send(body);
  };
  const http = fastify({ ...settingsOf(bounds), frameworkErrors: fail });
  http.setErrorHandler(fail);
  http.setNotFoundHandler((request, reply) => fail(notFound(request), request, reply));
  http.addHook('onRequest', async (request, reply) => {
    requests.begin(request);
    lifecycle.begin(request.raw);
    reply.raw.once('close', () => lifecycle.finish(request.raw));
    void reply.header('x-request-id', request.id);
    checkTarget(request);
    return allowPages(request, reply, corsOrigins);
  });
  http.addHook('onSend', async (_request, reply, payload) => {
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
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.keepAliveMs,
    http: {
      headersTimeout: Math.min(bounds.headersMs, bounds.requestMs),
      requestTimeout: bounds.requestMs,
      connectionsCheckingInterval: bounds.checkMs,
      shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle' as const,
  };
}

/** The caller's request id when it is one, or a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

/** A target must be a path, and the host one that a URL can have; neither is used for anything else. */
function checkTarget(request: FastifyRequest): void {
  const target = request.raw.url ?? '';
  if (!target.startsWith('/')) throw new Refusal(400, 'Expected a path as the request target.');
  if (target.startsWith('//')) throw new Refusal(404, 'There is nothing at this path.');
  if (!URL.canParse(`http://${request.host}/`)) throw new Refusal(400, 'The Host header is malformed.');
}

/** Answers a page's preflight request, and lets pages of listed origins read what they get. */
function allowPages(
  request: FastifyRequest,
  reply: FastifyReply,
  origins: readonly string[],
): FastifyReply | undefined {
  const { origin } = request.headers;
  const path = request.url.split('?', 1)[0] ?? '';
  if (origins.length === 0 || !pathsForPages.test(path)) return undefined;
  void reply.header('vary', 'Origin');
  if (origin === undefined || !isCorsAllowed(origin, origins)) return undefined;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
  });
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  return isPreflight ? reply.code(204).headers(corsHeaders).send() : undefined;
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
