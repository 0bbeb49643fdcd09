import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type { FastifyInstance } from 'fastify';
import { lexicographicSortSchema } from 'graphql';
import { AppError } from '../errors.ts';
import { bearerOf } from './auth.ts';
import type { ServerOptions } from './options.ts';

/**
 * Gives the schema as text at `/schema.graphql`, with the directives that say who may use what, to those who may read it by
 * introspection.
 */
export function serveSchema(
  http: FastifyInstance,
  { schema, introspection, verifyToken }: Pick<ServerOptions, 'schema' | 'introspection' | 'verifyToken'>,
): void {
  if (introspection === false) return;
  const text = `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
  http.get('/schema.graphql', async (request, reply) => {
    if (introspection === 'token') {
      const token = bearerOf(request.raw.rawHeaders);
      if (token === null) throw new AppError('UNAUTHENTICATED');
      await verifyToken(token);
    }
    return reply.type('application/graphql; charset=utf-8').send(text);
  });
}
