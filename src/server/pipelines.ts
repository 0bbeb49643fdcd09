import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/**
 * An HTTP server that closes a connection on which more than `maxUnanswered` requests came before their answers. Node takes up every
 * request of what it reads at once, 2,000 small ones in 64 KiB, before anybody else has a turn; clients and proxies send one
 * after the other.
 */
export function createBoundedServer(options: ServerOptions, maxUnanswered: number, handle: RequestListener): Server {
  const unanswered = new WeakMap<Socket, number>();
  const countOf = (socket: Socket) => unanswered.get(socket) ?? 0;
  return createServer(options, (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    if (countOf(socket) >= maxUnanswered) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, countOf(socket) + 1);
    response.once('close', () => unanswered.set(socket, countOf(socket) - 1));
    handle(request, response);
  });
}
