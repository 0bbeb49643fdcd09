import { readdirSync, readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from '../../resolvers/index.ts';
import { withAccessRules } from './access-rules.ts';

const folder = new URL('../../schema/', import.meta.url);

/** The public contract with its resolvers, and with the rules of its access directives around every field. */
export function makeSchema(): GraphQLSchema {
  const typeDefs = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return withAccessRules(
    makeExecutableSchema({ typeDefs, resolvers: [...resolvers], inheritResolversFromInterfaces: false }),
  );
}
