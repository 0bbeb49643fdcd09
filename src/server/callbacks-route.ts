import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Bounds } from '../bounds.ts';
import { type CallbackRefusal, RefusedCallback } from '../domain/callback-refusal.ts';
import type { Networks } from '../networks.ts';
import { checkEncoding, readBody, readContentType } from './body.ts';
import type { CallbackHttpAddress, CallbackHttpReply, CallbackHttpRequest, ServerOptions } from './options.ts';
import type { Places } from './places.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { remoteAddress } from './remote-address.ts';

type RouteOptions = Pick<ServerOptions, 'admitCallback' | 'receiveCallback' | 'refuseCallback'> & {
  bounds: Bounds;
  proxies: Networks;
  places: Places;
};

/**
 * Takes the vendors' callbacks at `/callbacks/<app>/<token>` and hands them on unparsed. Where they come from and go to is checked before
 * their bodies are read. Those that are refused for their form, and those to other paths below `/callbacks`, are handed on as refused.
 */
export async function serveCallbacks(http: FastifyInstance, options: RouteOptions): Promise<void> {
  const { admitCallback, receiveCallback, refuseCallback, bounds, proxies, places } = options;
  await http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
      (request: FastifyRequest, payload: IncomingMessage) =>
        readBody(request, payload, { limit: bounds.callbackBytes, holding: places.bytesOf(request.raw) }),
    );
    scope.setErrorHandler<Error>((error, request) => {
      refuseCallback(addressOf(request, proxies), new RefusedCallback(reasonOf(error), error.message));
      throw error;
    });
    scope.addHook('onRequest', async ({ headers }) => {
      checkEncoding(readContentType(headers['content-type'])?.charset ?? null, headers['content-encoding']);
    });
    const answer = (reply: FastifyReply, { status, contentType, body }: CallbackHttpReply) =>
      reply.code(status).type(contentType).send(body);
    scope.post(
      '/callbacks/:app/:token',
      {
        async onRequest(request, reply) {
          const refused = admitCallback(addressOf(request, proxies));
          // The body is not read.
          if (refused) return answer(reply.header('connection', 'close'), refused);
        },
      },
      async (request, reply) => answer(reply, await receiveCallback(callbackOf(request, proxies))),
    );
    for (const url of ['/callbacks', '/callbacks/*']) scope.post(url, () => Promise.reject(nothingHere()));
    done();
  });
}

const nothingHere = () => new Refusal(404, 'There is nothing at this path.');

/** Why the shell refuses a callback, by the status of its refusal. */
function reasonOf(error: Error): CallbackRefusal {
  const status = refusalOf(error)?.status ?? 500;
  if (status === 404) return 'UNKNOWN_PATH';
  if (status === 413) return 'TOO_LARGE';
  if (status === 429 || status === 503) return 'OVERLOADED';
  return status < 500 ? 'MALFORMED' : 'SERVER_FAULT';
}

type CallbackHttp = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'params' | 'body' | 'raw'>;

const pathSchema = z.object({ app: z.string(), token: z.string() }).catch({ app: '', token: '' });

function addressOf({ params, raw }: Pick<CallbackHttp, 'params' | 'raw'>, proxies: Networks): CallbackHttpAddress {
  return { ...pathSchema.parse(params), remoteAddress: remoteAddress(raw, proxies) };
}

function callbackOf(request: CallbackHttp, proxies: Networks): CallbackHttpRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const queryAt = request.url.indexOf('?');
  return {
    ...addressOf(request, proxies),
    method: request.method,
    query: new URLSearchParams(queryAt < 0 ? '' : request.url.slice(queryAt + 1)),
    headers,
    body: typeof request.body === 'string' ? request.body : '',
  };
}
