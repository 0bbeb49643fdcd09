import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { expect } from 'vitest';
import type { Data } from './answers.ts';
import type { GraphqlAnswer, TestGateway } from './gateway.ts';
import { type Samples, sampleValue } from './mutation-inputs.ts';
import { SseClient } from './sse-client.ts';

/** One field of the schema with arguments, ready to be asked for among others. */
export interface Step {
  /** `Type.field`. */
  readonly coordinate: string;
  /** The node that the field is asked of, for fields of types with an id. */
  readonly nodeId?: string | undefined;
  readonly samples: Samples;
}

/** What a field was answered with, but for the request's id. */
export interface Outcome {
  readonly data: Data;
  readonly errors: readonly { readonly path: readonly (string | number)[]; readonly [detail: string]: unknown }[];
}

const rootNames = ['Query', 'Mutation', 'Subscription'];

function fieldOf(schema: GraphQLSchema, coordinate: string): GraphQLField<unknown, unknown> {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`the schema has no ${coordinate}`);
  return field;
}

/** The roots' fields and those of every type with an id. */
export function coordinatesOf(schema: GraphQLSchema): string[] {
  const node = schema.getType('Node');
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) &&
      (rootNames.includes(type.name) || (isInterfaceType(node) && type.getInterfaces().includes(node))),
  );
  return types.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
}

export const isOfNode = (coordinate: string) => !rootNames.includes(coordinate.split('.')[0] ?? '');

/** Enough of an answer to see that it was given, whom it names, and what became of each item. */
function selectionOf(type: GraphQLOutputType, depth = 2): string {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return 'getTypes' in named ? '{ __typename }' : '';
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const picked = fields.flatMap(({ name, type: inner }) => {
    const isPart = ['results', 'nodes', 'error'].includes(name);
    if (['id', 'target', 'ok', 'code', 'message'].includes(name) && selectionOf(inner, 0) === '') return [name];
    return depth > 0 && isPart ? [`${name} ${selectionOf(inner, depth - 1)}`] : [];
  });
  return `{ ${['__typename', ...picked].join(' ')} }`;
}

interface Written {
  readonly text: string;
  readonly variables: readonly (readonly [name: string, type: string, value: unknown])[];
}

function write(schema: GraphQLSchema, { coordinate, nodeId, samples }: Step, alias: string): Written {
  const field = fieldOf(schema, coordinate);
  const variables = field.args.flatMap((argument): [string, string, unknown][] => {
    const named = samples[`${coordinate}(${argument.name}:)`];
    if (named === undefined && !isRequiredArgument(argument)) return [];
    return [[argument.name, String(argument.type), sampleValue(argument.type, samples, named)]];
  });
  const given = variables.map(([name]) => `${name}: $${alias}_${name}`).join(', ');
  const asked = `${field.name}${given && `(${given})`} ${selectionOf(field.type)}`;
  const own = variables.map(([name, type, value]) => [`${alias}_${name}`, type, value] as const);
  if (!isOfNode(coordinate)) return { text: `${alias}: ${asked}`, variables: own };
  const [type] = coordinate.split('.');
  return {
    text: `${alias}: node(id: $${alias}_node) { ... on ${type} { ${asked} } }`,
    variables: [[`${alias}_node`, 'ID!', nodeId], ...own],
  };
}

/** One document that asks for all the fields, under the aliases `a0`, `a1` … */
export function documentOf(schema: GraphQLSchema, steps: readonly Step[]) {
  const written = steps.map((step, index) => write(schema, step, `a${index}`));
  const variables = written.flatMap((each) => each.variables);
  const [root = ''] = steps[0]?.coordinate.split('.') ?? [];
  const operation = rootNames.includes(root) ? root.toLowerCase() : 'query';
  const declared = variables.map(([name, type]) => `$${name}: ${type}`).join(' ');
  return {
    query: `${operation} ${declared && `(${declared})`} { ${written.map(({ text }) => text).join(' ')} }`,
    variables: Object.fromEntries(variables.map(([name, , value]) => [name, value])),
  };
}

const atOnce = 20;

/** Asks for the fields, twenty in a document. Subscriptions are opened by `openStream`. */
export async function run(
  gateway: TestGateway,
  schema: GraphQLSchema,
  token: string | null,
  steps: readonly Step[],
  headers?: Readonly<Record<string, string>>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let first = 0; first < steps.length; first += atOnce) {
    const part = steps.slice(first, first + atOnce);
    const { query, variables } = documentOf(schema, part);
    const answer = await gateway.query(token, query, variables, headers);
    const isOfFields = answer.errors?.every(({ path }) => path !== undefined) ?? true;
    if (!('data' in answer) || !isOfFields)
      throw new Error(`a document of the walk was refused: ${JSON.stringify(answer)} ${query}`);
    outcomes.push(...part.map((_, index) => outcomeOf(answer, `a${index}`)));
  }
  return outcomes;
}

function outcomeOf({ data, errors = [] }: GraphqlAnswer<Data>, alias: string): Outcome {
  const own = errors.filter(({ path = [] }) => path[0] === alias);
  return {
    data: data?.[alias] ?? null,
    errors: own.map(({ message, path = [], extensions: { requestId: _, ...details } }) => ({
      path: path.slice(1),
      message,
      ...details,
    })),
  };
}

/** The codes of a field's failures, and of its items'. */
export function codesOf({ data, errors }: Outcome): string[] {
  const items: Data[] = Array.isArray(data?.results) ? data.results : [];
  return [
    ...errors.map(({ code }) => String(code)),
    ...items.flatMap(({ error }) => (error ? [String(error.code)] : [])),
  ];
}

/**
 * What becomes of a stream that somebody opens: `open`, or the codes of the refusal. An open stream says nothing before something
 * happens, so that one that `mayBeOpen` is taken for open when nothing came of it for a while.
 */
export async function openStream(
  gateway: TestGateway,
  schema: GraphQLSchema,
  token: string | null,
  step: Step,
  mayBeOpen: boolean,
): Promise<string> {
  const { query, variables } = documentOf(schema, [step]);
  const client = new SseClient(gateway.url, { query, variables, ...(token !== null && { token }) });
  try {
    await expect.poll(() => client.status, { timeout: 10_000 }).not.toBe(0);
    const told = expect.poll(() => client.isComplete, { timeout: mayBeOpen ? 500 : 10_000 }).toBe(true);
    await told.catch(() => {});
    if (!client.isComplete) return 'open';
    return client.nexts.flatMap(({ errors = [] }) => errors.map(({ extensions }: Data) => extensions.code)).join();
  } finally {
    client.socket.destroy();
  }
}
