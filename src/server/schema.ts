import { readdirSync, readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from '../../resolvers/index.ts';
import { withAccessRules } from './access-rules.ts';
import { withCanonicalIds } from './canonical-ids.ts';
import { withSupportRules } from './support-rules.ts';

const folder = new URL('../../schema/', import.meta.url);

/** The public contract with its resolvers, with the rules of its access directives around every field, and ids made canonical. */
export function makeSchema(): GraphQLSchema {
  const typeDefs = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return withCanonicalIds(
    withAccessRules(
      withSupportRules(
        makeExecutableSchema({ typeDefs, resolvers: [...resolvers], inheritResolversFromInterfaces: false }),
      ),
    ),
  );
}
