import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { plannedCost } from '../../src/server/planned-cost.ts';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Query { me: User nodes(ids: [ID!]!): [Node] users(first: Int = 20, last: Int): UserConnection! tags: [Tag!]! }
  type UserConnection { nodes: [User!]! edges: [UserEdge!]! total: Int }
  type UserEdge { node: User! }
  type User implements Node { id: ID! name: String friends(first: Int = 20): UserConnection! tags: [Tag!]! words: [String!]! }
  type Tag { text: String }
  type Mutation { add(input: AddInput!): Added }
  input AddInput { users: [ID!]! }
  type Added { results: [Tag!]! }
`);

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  return plannedCost(schema, document.definitions[0] as OperationDefinitionNode, fragments, variables);
}

describe('the planned cost of an operation', () => {
  it.each([
    ['counts each field once', '{ me { id name } }', {}, 3],
    ['multiplies what is below a connection by its page', '{ users(first: 5) { nodes { id name } total } }', {}, 17],
    [
      'multiplies aliases, pages and levels',
      '{ users(first: 5) { nodes { a: friends(first: 3) { nodes { id } } b: name } } }',
      {},
      46,
    ],
    ['takes the default of the schema for a page', '{ users { nodes { id } } }', {}, 41],
    ['takes the page of edges too', '{ users(first: 5) { edges { node { id } } } }', {}, 16],
    ['reads variables', 'query ($n: Int) { users(first: $n) { nodes { id } } }', { n: 7 }, 15],
    ['reads defaults of variables', 'query ($n: Int = 4) { users(first: $n) { nodes { id } } }', {}, 9],
    ['takes a page from the end', '{ users(last: 3) { nodes { id } } }', {}, 41],
    [
      'counts a list of ids by its length',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['a', 'b', 'c'] },
      6,
    ],
    ['counts ids in the document too', '{ nodes(ids: ["a", "b"]) { id } }', {}, 4],
    [
      'counts the results of a change by the longest list of its input',
      'mutation ($i: AddInput!) { add(input: $i) { results { text } } }',
      { i: { users: ['a', 'b'] } },
      5,
    ],
    ['takes ten items for a list of which nothing says how long it is', '{ tags { text } }', {}, 20],
    ['counts a list of plain values once', '{ me { words } }', {}, 2],
    [
      'follows fragments',
      '{ users(first: 2) { ...Page } } fragment Page on UserConnection { nodes { ... on User { id name } } }',
      {},
      7,
    ],
    ['leaves introspection out', '{ __schema { types { name } } }', {}, 1],
  ])('%s', (_, text, variables, cost) => {
    expect(costOf(text, variables)).toBe(cost);
  });
});
