import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** The operation that a request asked for, as log lines name it. */
interface RanOperation {
  readonly operationType: `${OperationTypeNode}`;
  /** Null for one without a name. */
  readonly operationName: string | null;
}

const longestName = 100;
const longestPath = 200;
/** The unguessable part of a callback's path has at least so many characters; nothing that this server serves has. */
const secretLength = 16;

/**
 * Writes a line at `debug` for every request that was answered: its own method, path, status, duration, operation and id. Queries are
 * never written, nor any part of a path that could be a secret.
 */
export class RequestLog {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #startedAt = new WeakMap<FastifyRequest, number>();
  readonly #operations = new WeakMap<FastifyRequest, RanOperation>();

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  begin(request: FastifyRequest): void {
    this.#startedAt.set(request, this.#clock.ticks());
  }

  ran(request: FastifyRequest, operation: RanOperation): void {
    this.#operations.set(request, operation);
  }

  end(request: FastifyRequest, reply: FastifyReply): void {
    const { id: requestId, method } = request;
    const now = this.#clock.ticks();
    const durationMs = Math.round((now - (this.#startedAt.get(request) ?? now)) * 10) / 10;
    const operation = this.#operations.get(request);
    this.#log.debug(
      {
        requestId,
        method,
        path: withoutSecrets(request.url),
        status: reply.statusCode,
        durationMs,
        ...operation,
      },
      'request',
    );
  }
}

/** An operation's type and name; a long name is cut. */
export const nameOf = ({ operation, name }: OperationDefinitionNode): RanOperation => ({
  operationType: operation,
  operationName: name?.value.slice(0, longestName) ?? null,
});

/** The path of a target with stars for every part that could be a callback's token, whatever the path was meant to be. */
function withoutSecrets(target: string): string {
  const path = target.split(/[?#;]/, 1)[0] ?? '';
  return path
    .split('/')
    .map((part) => (part.length >= secretLength ? '***' : part))
    .join('/')
    .slice(0, longestPath);
}
