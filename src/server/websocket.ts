import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Bounds } from '../bounds.ts';
import { sleep } from '../clock.ts';
import { AppError } from '../errors.ts';
import { bearerOf } from './auth.ts';
import type { JoinedWrites } from './joined-writes.ts';
import type { Ending, Lifecycle } from './lifecycle.ts';
import type { LiveGroups } from './live-groups.ts';
import type { Operations } from './operation.ts';
import type { ServerOptions } from './options.ts';
import { isOriginAllowed } from './origin.ts';
import type { Places } from './places.ts';
import { refuseRaw } from './raw-answer.ts';
import { Refusal } from './refusal.ts';
import { makeProtocol, SocketConnection } from './socket-connection.ts';

type WebSocketOptions = Pick<ServerOptions, 'schema' | 'verifyToken' | 'log' | 'clock' | 'corsOrigins'> & {
  readonly operations: Operations;
  readonly groups: LiveGroups | undefined;
  readonly bounds: Bounds;
  readonly lifecycle: Lifecycle;
  readonly places: Places;
  readonly writes: JoinedWrites;
};

const closeWithinMs = 1000;
const goingAway = [1001, 'Going away'] as const;
const pingsInOneTurn = 200;

/**
 * Serves GraphQL over WebSocket at `/graphql`, by the protocol graphql-transport-ws. A stop closes sockets with 1001 (going away),
 * which clients answer by connecting again.
 */
export function serveWebSockets(server: Server, options: WebSocketOptions): Ending {
  const { bounds, clock, places } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: bounds.wsPayloadBytes,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols,
  });
  const protocol = makeProtocol(options);
  const shared = { ...options, protocol };
  const connections = new Set<SocketConnection>();
  // One timer for all: thousands of sockets stay open, and most of them idle.
  let isStopping = false;
  let cancelPing = () => {};
  const schedulePing = () => {
    if (!isStopping) cancelPing = clock.schedule(bounds.wsPingMs, () => void pingAll(connections).then(schedulePing));
  };
  schedulePing();

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {
      // The other side has gone; `close` follows.
    });
    const address = places.addressOf(request);
    const token = admit(request, socket, options, places.refusal(address));
    if (token === undefined) return;
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const leave = places.take(address);
      const connection = new SocketConnection(opened, socket, token, shared);
      connections.add(connection);
      opened.once('close', () => {
        connections.delete(connection);
        leave();
      });
    });
  });

  return {
    close() {
      isStopping = true;
      cancelPing();
      for (const connection of connections) connection.closeWhenIdle(...goingAway);
    },
    async cut() {
      const closed = Promise.all([...connections].map((connection) => connection.closed));
      for (const connection of connections) connection.close(...goingAway);
      await Promise.race([closed, sleep(clock, closeWithinMs)]);
      for (const connection of connections) connection.drop();
      sockets.close();
    },
  };
}

async function pingAll(connections: ReadonlySet<SocketConnection>): Promise<void> {
  let count = 0;
  for (const connection of connections) {
    connection.ping();
    count += 1;
    if (count % pingsInOneTurn === 0) await nextTurn();
  }
}

/** Lets a handshake pass, or answers it with a status. Gives the token of its headers, if any, and undefined when refused. */
function admit(
  request: IncomingMessage,
  socket: Duplex,
  { corsOrigins, lifecycle }: WebSocketOptions,
  isFull: ReturnType<Places['refusal']>,
): string | null | undefined {
  if (lifecycle.phase === 'stopping') return refuse(socket, 503, 'The server is stopping.');
  if ((request.url ?? '').split('?', 1)[0] !== '/graphql') return refuse(socket, 404, 'There is nothing at this path.');
  if (!isOriginAllowed(request.headers.origin, request.headers.host, corsOrigins)) {
    return refuse(socket, 403, 'Pages of this origin may not call.');
  }
  if (isFull) return refuse(socket, isFull, 'There are too many connections.');
  try {
    return bearerOf(request.rawHeaders);
  } catch (error) {
    if (error instanceof AppError) return refuse(socket, 401, error.message);
    throw error;
  }
}

function refuse(socket: Duplex, status: number, message: string): undefined {
  refuseRaw(socket, new Refusal(status, message));
  return undefined;
}
