import type { BlockList } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Bounds } from '../bounds.ts';
import { type CallbackRefusal, RefusedCallback } from '../domain/callback-refusal.ts';
import { checkEncoding, decode, readContentType } from './body.ts';
import type { CallbackHttpAddress, CallbackHttpRequest, ServerOptions } from './options.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { remoteAddress } from './remote-address.ts';

type RouteOptions = Pick<ServerOptions, 'receiveCallback' | 'refuseCallback'> & { bounds: Bounds; proxies: BlockList };

/**
 * Takes the vendors' callbacks at `/callbacks/<app>/<token>` and hands them on unparsed. Those that are refused for their form, and those to
 * other paths below `/callbacks`, are handed on as refused.
 */
export async function serveCallbacks(http: FastifyInstance, options: RouteOptions): Promise<void> {
  const { receiveCallback, refuseCallback, bounds, proxies } = options;
  await http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
      { parseAs: 'buffer', bodyLimit: bounds.callbackBytes },
      async (_request: unknown, body: Buffer) => decode(body),
    );
    scope.setErrorHandler<Error>((error, request) => {
      refuseCallback(addressOf(request, proxies), new RefusedCallback(reasonOf(error), error.message));
      throw error;
    });
    scope.addHook('onRequest', async ({ headers }) => {
      checkEncoding(readContentType(headers['content-type'])?.charset ?? null, headers['content-encoding']);
    });
    scope.post<{ Params: { app: string; token: string } }>(
      '/callbacks/:app/:token',
      { bodyLimit: bounds.callbackBytes },
      async (request, reply) => {
        const { status, contentType, body } = await receiveCallback(callbackOf(request, proxies));
        return reply.code(status).type(contentType).send(body);
      },
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
  return status < 500 ? 'MALFORMED' : 'SERVER_FAULT';
}

type CallbackHttp = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'params' | 'body' | 'raw'>;

const pathSchema = z.object({ app: z.string(), token: z.string() }).catch({ app: '', token: '' });

function addressOf({ params, headers, raw }: CallbackHttp, proxies: BlockList): CallbackHttpAddress {
  const forwardedFor = headers['x-forwarded-for'];
  const hops = Array.isArray(forwardedFor) ? forwardedFor.join(', ') : forwardedFor;
  return { ...pathSchema.parse(params), remoteAddress: remoteAddress(raw.socket.remoteAddress, hops, proxies) };
}

function callbackOf(request: CallbackHttp, proxies: BlockList): CallbackHttpRequest {
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
