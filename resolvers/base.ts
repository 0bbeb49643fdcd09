import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { findNode } from './nodes.ts';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function wrong(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

function parseDate(value: unknown): Date {
  const date = typeof value === 'string' && rfc3339.test(value) ? new Date(value) : undefined;
  if (!date || Number.isNaN(date.getTime()))
    throw wrong('DateTime must be RFC 3339 text with a time zone, such as 2026-03-01T08:30:00.000Z.');
  return date;
}

function parseLong(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw wrong('Long must be a whole number from 0 to 2^53 - 1.');
  return value;
}

const maxUrlLength = 2048;

function parseUrl(value: unknown): string {
  const isUrl =
    typeof value === 'string' &&
    value.length <= maxUrlLength &&
    URL.canParse(value) &&
    /^[a-z][a-z0-9+.-]*:/i.test(value);
  if (!isUrl) throw wrong(`URL must be an absolute URL of at most ${maxUrlLength} characters.`);
  return value;
}

/** A JSON value written in a document. Like in variables, integers beyond 2^53 are read as decimal text. */
function jsonLiteral(node: ValueNode, variables?: Readonly<Record<string, unknown>> | null): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : node.value;
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.LIST:
      return node.values.map((item) => jsonLiteral(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.flatMap(({ name, value }) => {
          const read = jsonLiteral(value, variables);
          return read === undefined ? [] : [[name.value, read]];
        }),
      );
    case Kind.VARIABLE:
      return variables?.[node.name.value];
  }
}

const text = (name: string) =>
  new GraphQLScalarType<string, string>({
    name,
    parseValue(value) {
      if (typeof value !== 'string') throw wrong(`${name} must be text.`);
      return value;
    },
  });

export const base = {
  Query: {
    node: (_, { id }, context) => findNode(id, context),
    nodes(_, { ids }, context) {
      if (ids.length < 1 || ids.length > 100)
        throw new AppError('BAD_USER_INPUT', 'ids must hold 1 to 100 ids.', { input: 'ids' });
      const found = new Map<string, ReturnType<typeof findNode>>();
      for (const id of ids) if (!found.has(id)) found.set(id, findNode(id, context));
      // A node that may not be seen fails alone.
      return ids.map((id) => found.get(id)) as never;
    },
  },
  Node: { __resolveType: (node) => node.__typename },
  BulkPayload: {
    __resolveType: () => {
      throw new Error('payloads are given by their own type');
    },
  },
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
    parseValue: parseDate,
  }),
  Long: new GraphQLScalarType<number, number>({ name: 'Long', serialize: parseLong, parseValue: parseLong }),
  URL: new GraphQLScalarType<string, string>({
    name: 'URL',
    // What a vendor holds is passed on as it is, also when it is no URL.
    serialize: String,
    parseValue: parseUrl,
  }),
  JSON: new GraphQLScalarType<unknown, unknown>({
    name: 'JSON',
    parseValue: (value) => value,
    parseLiteral: jsonLiteral,
  }),
  Scope: text('Scope'),
  FieldSet: text('FieldSet'),
} satisfies Resolvers;
