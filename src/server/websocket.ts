import type { IncomingMessage, Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Bounds } from '../bounds.ts';
import { sleep } from '../clock.ts';
import { AppError, errorTable } from '../errors.ts';
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
import { SocketConnection } from './socket-connection.ts';
import { SocketHolding } from './socket-holding.ts';
import { makeProtocol } from './socket-protocol.ts';

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
    try {
      const token = admit(request, options);
      socket.once('close', places.beginStream(request));
      sockets.handleUpgrade(request, socket, head, (opened) => {
        const holding = new SocketHolding(places.newBytes(request), socket);
        const unsent = places.newBytes(request);
        const connection = new SocketConnection(opened, { stream: socket, token, holding, unsent }, shared);
        connections.add(connection);
        opened.once('close', () => connections.delete(connection));
      });
    } catch (error) {
      refuseRaw(socket, asRefusal(error));
    }
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

/** Lets a handshake pass. Gives the token of its headers, null where they have none; throws a `Refusal`, or 401 for a bad header. */
function admit(request: IncomingMessage, { corsOrigins, lifecycle }: WebSocketOptions): string | null {
  if (lifecycle.phase === 'stopping') throw new Refusal(503, 'The server is stopping.');
  if ((request.url ?? '').split('?', 1)[0] !== '/graphql') throw new Refusal(404, 'There is nothing at this path.');
  if (!isOriginAllowed(request.headers.origin, request.headers.host, corsOrigins)) {
    throw new Refusal(403, 'Pages of this origin may not call.');
  }
  return bearerOf(request.rawHeaders);
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AppError) return new Refusal(errorTable[error.code].http, error.message);
  throw error;
}
