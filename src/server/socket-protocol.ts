import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CloseCode, makeServer, type Server } from 'graphql-ws';
import type { Bounds } from '../bounds.ts';
import { AppError } from '../errors.ts';
import { exactInteger } from '../net/json.ts';
import { LiveStream } from './live-stream.ts';
import { maskRefusals, maskThrown } from './mask.ts';
import { type Operations, RequestRefused } from './operation.ts';
import { OperationStream } from './operation-stream.ts';
import type { ServerOptions } from './options.ts';
import { nameOf } from './request-log.ts';
import type { SocketConnection } from './socket-connection.ts';

/** The protocol, shared by all connections; a connection is what it knows of each. */
export type Protocol = Server<SocketConnection>;

type ProtocolOptions = Pick<ServerOptions, 'schema' | 'verifyToken' | 'log'> & {
  readonly operations: Operations;
  readonly bounds: Bounds;
};

/** RFC 6455's registry: clients of graphql-ws connect again after it, and give up after 4500. */
export const tryAgainLater = 1013;

/** graphql-ws with every document run by `operations`. */
export function makeProtocol({ schema, verifyToken, log, operations, bounds }: ProtocolOptions): Protocol {
  const streamOf = ({ contextValue }: { contextValue?: unknown }) => {
    if (contextValue instanceof OperationStream || contextValue instanceof LiveStream) return contextValue;
    throw new Error('an operation without its stream');
  };
  return makeServer<Record<string, unknown>, SocketConnection>({
    schema,
    connectionInitWaitTimeout: bounds.wsInitMs,
    jsonMessageReviver: exactInteger,
    async onConnect({ extra: connection, connectionParams }) {
      const token = tokenOf(connectionParams) ?? connection.token;
      if (token === null) return true;
      try {
        connection.admit(await verifyToken(token));
        return true;
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false;
        throw error;
      }
    },
    onSubscribe({ extra: connection }, id, payload) {
      const requestId = randomUUID();
      const masking = { requestId, log, hideSuggestions: true };
      if (id.length > bounds.wsIdLength) {
        connection.close(CloseCode.BadRequest, 'The id is too long');
        return [new GraphQLError('The id is too long.')];
      }
      const refusal = connection.refusal();
      if (refusal !== null) return maskRefusals([new GraphQLError(refusal)], 'TOO_MANY_OPERATIONS', masking);
      const prepared = operations.prepare(payload.query, payload.operationName, {
        viewer: connection.viewer,
        requestId,
      });
      if (prepared.kind === 'refused') return prepared.errors;
      log.debug({ requestId, ...nameOf(prepared.operation) }, 'operation over WebSocket');
      const contextValue = connection.start(prepared, id, payload, requestId);
      // A stream stays for long: the text of its document is kept once for all.
      Object.assign(payload, { query: prepared.text });
      return { schema, document: prepared.document, operationName: prepared.operation.name?.value, contextValue };
    },
    execute: streamOf,
    subscribe: streamOf,
    onError: (_context, _id, _payload, errors) => errors.flatMap((error) => shownErrors(error, log)),
  });
}

/** What a stream's failure looks like to the client. */
function shownErrors(error: GraphQLError, log: ServerOptions['log']): readonly GraphQLFormattedError[] {
  const { originalError } = error;
  if (originalError instanceof RequestRefused) return originalError.errors.map((refusal) => refusal.toJSON());
  if (originalError instanceof GraphQLError) return [originalError.toJSON()];
  if (!originalError) return [error.toJSON()];
  return [maskThrown(originalError, { requestId: randomUUID(), log, hideSuggestions: true }).toJSON()];
}

/** The token of a `connection_init`: `authorization`, with or without `Bearer`, or `token`. */
function tokenOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const found = Object.entries(params ?? {}).find(([name]) => /^(authorization|token)$/i.test(name))?.[1];
  if (typeof found !== 'string') return null;
  const token = found.replace(/^bearer +/i, '').trim();
  return token === '' ? null : token;
}
