import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, lexicographicSortSchema } from 'graphql';

/** Gives the schema as text at `/schema.graphql`, with the directives that say who may use what. */
export function serveSchema(http: FastifyInstance, schema: GraphQLSchema): void {
  const text = `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
  http.get('/schema.graphql', async (_request, reply) => reply.type('application/graphql; charset=utf-8').send(text));
}
