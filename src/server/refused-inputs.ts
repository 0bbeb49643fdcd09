import {
  type ArgumentNode,
  coerceInputValue,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Errors of one request's variables that are told, as in graphql-js. */
const maxErrors = 50;
/** Characters of a text that an error shows. */
const shownLength = 100;
/** Characters of a literal that may stand in the error of each field that has it as an argument. */
const shortLiteral = 200;

/**
 * Why an operation is refused for the values of its variables; empty when they are good. graphql-js would say the same when it executes,
 * but with the whole value in every error, so that 256 KiB of variables make 10 MB of errors.
 */
export function refusedVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputs: Variables,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  const report = (node: VariableDefinitionNode, message: string) => {
    if (errors.length >= maxErrors) throw new TooManyErrors();
    errors.push(new GraphQLError(message, { nodes: node }));
  };
  try {
    for (const definition of variableDefinitions) refuseVariable(schema, definition, inputs, report);
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    errors.push(new GraphQLError('Too many errors processing variables, error limit reached. Execution aborted.'));
  }
  return errors;
}

class TooManyErrors extends Error {}

function refuseVariable(
  schema: GraphQLSchema,
  node: VariableDefinitionNode,
  inputs: Variables,
  report: (node: VariableDefinitionNode, message: string) => void,
): void {
  const name = node.variable.name.value;
  const type = typeFromAST(schema, node.type);
  if (!isInputType(type)) return;
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (value === undefined && !Object.hasOwn(inputs, name)) {
    if (!node.defaultValue && isNonNullType(type))
      report(node, `Variable "$${cut(name)}" of required type "${type}" was not provided.`);
    return;
  }
  if (value === null && isNonNullType(type)) {
    report(node, `Variable "$${cut(name)}" of non-null type "${type}" must not be null.`);
    return;
  }
  coerceInputValue(value, type, (path, wrong, { message }) => {
    const place = path.length > 0 ? ` at "${cut(name)}${path.map(printKey).join('')}"` : '';
    report(node, `Variable "$${cut(name)}" got invalid value ${brief(wrong)}${place}; ${cut(message)}`);
  });
}

const printKey = (key: string | number) => (typeof key === 'number' ? `[${key}]` : `.${key}`);

const cut = (text: string) => (text.length > shownLength ? `${text.slice(0, shownLength)}…` : text);

/** A value as an error shows it: no more of it than the caller needs to find it. */
function brief(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  return cut(typeof value === 'string' ? JSON.stringify(value.slice(0, shownLength + 1)) : String(value));
}

/**
 * The arguments of an operation that are wrong with its variables: a null, in a place that takes none, of a variable that has a default.
 * graphql-js fails every field that has such an argument, and puts the whole literal into each error; `isCostly` says whether
 * that is too much, so that nothing is to be run.
 */
export function refusedArguments(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  inputs: Variables,
): { readonly errors: readonly GraphQLError[]; readonly isCostly: boolean } {
  const given = argumentsWithVariables(schema, operation, fragments);
  if (given.length === 0) return { errors: [], isCostly: false };
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 1 }).coerced ?? {};
  const wrong = given.filter(({ node, argument }) => !isGood(node, argument, values));
  return {
    errors: wrong.map(
      ({ node }) =>
        new GraphQLError(`Argument "${node.name.value}" has an invalid value: a variable in it must not be null.`, {
          nodes: node,
        }),
    ),
    isCostly: wrong.some(({ node }) => (node.loc ? node.loc.end - node.loc.start : 0) > shortLiteral),
  };
}

interface GivenArgument {
  readonly node: ArgumentNode;
  readonly argument: GraphQLArgument;
}

function isGood({ value }: ArgumentNode, { type }: GraphQLArgument, values: Record<string, unknown>): boolean {
  if (value.kind === Kind.VARIABLE) return !(values[value.name.value] === null && isNonNullType(type));
  return valueFromAST(value, type, values) !== undefined;
}

const known = new WeakMap<OperationDefinitionNode, readonly GivenArgument[]>();

/** The arguments, of the operation and of the fragments that it spreads, in which a variable stands. */
function argumentsWithVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly GivenArgument[] {
  const remembered = known.get(operation);
  if (remembered) return remembered;
  const found: GivenArgument[] = [];
  const spread = new Set<string>();
  const look = (definition: OperationDefinitionNode | FragmentDefinitionNode): void => {
    const types = new TypeInfo(schema);
    visit(
      definition,
      visitWithTypeInfo(types, {
        FragmentSpread: ({ name }) => void spread.add(name.value),
        Argument(node) {
          const argument = types.getArgument();
          if (argument && hasVariable(node)) found.push({ node, argument });
          return false;
        },
      }),
    );
  };
  look(operation);
  // Those that fragments spread are added while the set is walked.
  for (const name of spread) {
    const fragment = fragments.get(name);
    if (fragment) look(fragment);
  }
  known.set(operation, found);
  return found;
}

function hasVariable(node: ArgumentNode): boolean {
  let isFound = false;
  visit(node, {
    Variable() {
      isFound = true;
      return undefined;
    },
  });
  return isFound;
}
