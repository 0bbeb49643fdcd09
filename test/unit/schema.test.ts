import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..', '..', 'schema');
const typeDefs = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const schema = makeExecutableSchema({ typeDefs });

interface Described {
  readonly coordinate: string;
  readonly description: string | null | undefined;
}

/** The type itself and everything in it that can carry a description. */
function describedIn(type: GraphQLNamedType): Described[] {
  const found: Described[] = [{ coordinate: type.name, description: type.description }];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      found.push({ coordinate: `${type.name}.${field.name}`, description: field.description });
      for (const { name, description } of field.args) {
        found.push({ coordinate: `${type.name}.${field.name}(${name}:)`, description });
      }
    }
  } else if (isInputObjectType(type)) {
    for (const { name, description } of Object.values(type.getFields())) {
      found.push({ coordinate: `${type.name}.${name}`, description });
    }
  } else if (isEnumType(type)) {
    for (const { name, description } of type.getValues()) {
      found.push({ coordinate: `${type.name}.${name}`, description });
    }
  }
  return found;
}

it('is a valid schema with all three roots', () => {
  expect(validateSchema(schema)).toEqual([]);
  expect(schema.getQueryType()?.name).toBe('Query');
  expect(schema.getMutationType()?.name).toBe('Mutation');
  expect(schema.getSubscriptionType()?.name).toBe('Subscription');
});

it('describes every type, field, argument, input field and enum value', () => {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const described = own.flatMap(describedIn);
  expect(described.length).toBeGreaterThan(500);
  expect(described.filter(({ description }) => !description).map(({ coordinate }) => coordinate)).toEqual([]);
});

it('describes its own directives', () => {
  const own = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  expect(own.map(({ name }) => name).sort()).toEqual([
    'authenticated',
    'key',
    'participant',
    'requiresScopes',
    'self',
    'shareable',
  ]);
  expect(own.filter(({ description }) => !description)).toEqual([]);
});
