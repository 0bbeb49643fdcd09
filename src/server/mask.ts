import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { AppError, type ErrorCode } from '../errors.ts';

/** Codes of failures that GraphQL itself, or its transport, reports besides those of `errorTable`. */
type RequestCode = 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';

/** Why a document is refused. */
export type RefusalCode = RequestCode | 'BAD_REQUEST' | 'TOO_MANY_OPERATIONS';

/** For whom errors are made presentable. */
export interface MaskOptions {
  readonly requestId: string;
  readonly log: Logger;
  /** Drops "Did you mean …", which tells names of a schema that is not open. */
  readonly hideSuggestions: boolean;
}

/**
 * What callers see of an execution's result. Failures of the application keep their code and details, refused arguments
 * and variables become `BAD_USER_INPUT`, everything else is a fault of this server: its cause is logged once, and the caller
 * learns the request id only.
 */
export function maskResult(result: ExecutionResult, options: MaskOptions): ExecutionResult {
  if (!result.errors) return result;
  const hasNoData = !('data' in result);
  const logged = new Set<unknown>();
  const errors = result.errors.map((error) => {
    // Without data and without a path it is no field that failed, but the variables that were refused.
    const isOfVariables = hasNoData && error.path === undefined;
    return maskError(error, options, { isOfVariables, logged });
  });
  return { ...result, errors };
}

/** GraphQL's own refusals of a document, with the code that tells why. */
export function maskRefusals(
  errors: readonly GraphQLError[],
  code: RefusalCode,
  options: MaskOptions,
): readonly GraphQLError[] {
  return errors.map((error) => shown(error, error.message, { code, requestId: options.requestId }, options));
}

/** What callers see of anything thrown outside a field. Logs the cause when it is a fault of this server. */
export function maskThrown(thrown: unknown, options: MaskOptions): GraphQLError {
  const error = thrown instanceof GraphQLError ? thrown : new GraphQLError('', { originalError: asError(thrown) });
  return maskError(error, options, { isOfVariables: false, logged: new Set() });
}

interface Occasion {
  readonly isOfVariables: boolean;
  readonly logged: Set<unknown>;
}

function maskError(error: GraphQLError, options: MaskOptions, { isOfVariables, logged }: Occasion): GraphQLError {
  const cause = rootOf(error);
  const { requestId } = options;
  if (isOfVariables || isArgumentError(cause)) {
    const details = cause instanceof AppError ? extensionsOfError(cause) : { code: 'BAD_USER_INPUT' };
    return shown(error, error.message, { ...details, requestId }, options);
  }
  if (cause instanceof AppError && cause.code !== 'INTERNAL_SERVER_ERROR') {
    return shown(error, cause.message, { ...extensionsOfError(cause), requestId }, options);
  }
  if (!logged.has(cause)) {
    logged.add(cause);
    const err = cause instanceof AppError ? (cause.cause ?? cause) : cause;
    options.log.error({ requestId, path: error.path?.join('.'), err }, 'a fault of this server');
  }
  const extensions = { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode, requestId };
  return shown(error, 'Internal server error', extensions, options);
}

/** The failure of the application below GraphQL's wrappers, or the innermost error of GraphQL. */
export function rootOf(error: GraphQLError): Error {
  let root: Error = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

/** Whether graphql-js refused what the caller gave for an argument: those errors alone begin so and stand on a node. */
function isArgumentError(root: Error): boolean {
  return root instanceof GraphQLError && root.nodes !== undefined && /^Argument "/.test(root.message);
}

function extensionsOfError(error: AppError): Record<string, unknown> {
  const known = Object.entries(error.details).filter(([, value]) => value !== undefined);
  return { code: error.code, ...Object.fromEntries(known) };
}

/** Characters of a message that are shown: names and literals of the caller's may be in it. */
const maxMessageLength = 1000;

const cut = (message: string) =>
  message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;

function shown(
  error: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
  { hideSuggestions }: MaskOptions,
): GraphQLError {
  return new GraphQLError(cut(hideSuggestions ? message.replace(/ Did you mean .*$/s, '') : message), {
    nodes: error.nodes ?? null,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions,
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
}
