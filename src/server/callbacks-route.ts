import type { BlockList } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bounds } from '../bounds.ts';
import { checkEncoding, decode, readContentType } from './body.ts';
import type { CallbackHttpRequest, ServerOptions } from './options.ts';
import { remoteAddress } from './remote-address.ts';

type RouteOptions = Pick<ServerOptions, 'receiveCallback'> & { bounds: Bounds; proxies: BlockList };

/** Takes the vendors' callbacks at `/callbacks/<app>/<token>` and hands them on unparsed. */
export async function serveCallbacks(http: FastifyInstance, options: RouteOptions): Promise<void> {
  const { receiveCallback, bounds, proxies } = options;
  await http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
      { parseAs: 'buffer', bodyLimit: bounds.callbackBytes },
      async (_request: unknown, body: Buffer) => decode(body),
    );
    scope.addHook('onRequest', async ({ headers }) => {
      checkEncoding(readContentType(headers['content-type'])?.charset ?? null, headers['content-encoding']);
    });
    scope.post<{ Params: { app: string; token: string } }>(
      '/callbacks/:app/:token',
      { bodyLimit: bounds.callbackBytes },
      async (request, reply) => {
        const { status, contentType, body } = await receiveCallback(callbackOf(request, request.params, proxies));
        return reply.code(status).type(contentType).send(body);
      },
    );
    done();
  });
}

function callbackOf(
  request: Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body' | 'raw'>,
  { app, token }: { app: string; token: string },
  proxies: BlockList,
): CallbackHttpRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const queryAt = request.url.indexOf('?');
  return {
    app,
    token,
    method: request.method,
    query: new URLSearchParams(queryAt < 0 ? '' : request.url.slice(queryAt + 1)),
    headers,
    body: typeof request.body === 'string' ? request.body : '',
    remoteAddress: remoteAddress(request.raw.socket.remoteAddress, headers['x-forwarded-for'], proxies),
  };
}
