import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { Bounds } from './bounds.ts';
import { checkDocument } from './document-bounds.ts';
import { extensionsOf } from './extensions.ts';
import { type MaskOptions, maskRefusals, maskResult, maskThrown } from './mask.ts';
import type { ServerOptions } from './options.ts';
import type { Wishes } from './wishes.ts';

/** A document that may run, and the operation of it that was asked for. */
export interface Prepared {
  readonly kind: 'prepared';
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** A document that may not run. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
  /** Whether it is too large, and not only wrong. */
  readonly isOverBound: boolean;
}

/** Who runs an operation, and with what. */
export interface RunRequest {
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly wishes: Wishes;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** Thrown by `results` where a response has no data: nothing ran. The errors may be shown. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super('the request was refused');
    this.errors = errors;
  }
}

export type OperationsOptions = Pick<ServerOptions, 'schema' | 'makeContext' | 'log' | 'clock' | 'introspection'> & {
  readonly bounds: Bounds;
};

/**
 * The one way from a document's text to an answer that may be shown, whatever it came by: parsing, bounds, validation,
 * choice of the operation, execution, masking.
 */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #valid: LRUCache<string, DocumentNode>;

  constructor(options: OperationsOptions) {
    this.#options = options;
    const { documents, documentChars } = options.bounds;
    this.#valid = new LRUCache({ max: documents, maxSize: documentChars, sizeCalculation: (_, text) => text.length });
  }

  /** Never throws. What was refused before is looked at again; what was valid is remembered. */
  prepare(text: string, operationName: string | null | undefined, requestId: string): Prepared | Refused {
    const known = this.#valid.get(text);
    const document = known ?? this.#read(text, requestId);
    if ('isOverBound' in document) return document;
    if (!known && text !== '') this.#valid.set(text, document);
    const operation = getOperationAST(document, operationName);
    if (operation && this.#options.schema.getRootType(operation.operation)) {
      return { kind: 'prepared', document, operation };
    }
    return this.#refuse([new GraphQLError(whyNoOperation(operation, operationName))], 'BAD_REQUEST', requestId);
  }

  #read(text: string, requestId: string): DocumentNode | Refused {
    const { schema, bounds, introspection } = this.#options;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: bounds.maxTokens });
    } catch (error) {
      const syntaxError = error instanceof GraphQLError ? error : new GraphQLError('The document cannot be parsed.');
      const isOverBound = /Document contains more tha[nt]/.test(syntaxError.message);
      return this.#refuse([syntaxError], 'GRAPHQL_PARSE_FAILED', requestId, isOverBound);
    }
    // Before validation, whose work may grow with the square of what it is given.
    const beyond = checkDocument(document, bounds);
    if (beyond.length > 0) return this.#refuse(beyond, 'GRAPHQL_VALIDATION_FAILED', requestId, true);
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const wrong = validate(schema, document, rules, { maxErrors: 50, hideSuggestions: !introspection });
    return wrong.length > 0 ? this.#refuse(wrong, 'GRAPHQL_VALIDATION_FAILED', requestId) : document;
  }

  #refuse(
    errors: readonly GraphQLError[],
    code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'BAD_REQUEST',
    requestId: string,
    isOverBound = false,
  ): Refused {
    return { kind: 'refused', errors: maskRefusals(errors, code, this.#masking(requestId)), isOverBound };
  }

  /**
   * Runs a query or mutation and gives the masked answer; without `data` in it nothing ran. Never rejects. After
   * `operationMs` the context's signal is aborted, and shortly after that the answer is an error whatever still runs.
   */
  async run(prepared: Prepared, request: RunRequest): Promise<ExecutionResult> {
    const { bounds, clock } = this.#options;
    const masking = this.#masking(request.requestId);
    const timeout = new AbortController();
    const tooLate = timeoutError(prepared.operation, bounds.operationMs);
    const { promise: expired, reject: expire } = Promise.withResolvers<never>();
    let cancelGrace = () => {};
    const cancelTimeout = clock.schedule(bounds.operationMs, () => {
      timeout.abort(tooLate);
      cancelGrace = clock.schedule(bounds.operationGraceMs, () => expire(tooLate));
    });
    try {
      const signal = AbortSignal.any([request.signal, timeout.signal]);
      return await Promise.race([this.#execute(prepared, request, signal), expired]);
    } catch (error) {
      return { errors: [maskThrown(error, masking)], data: null };
    } finally {
      cancelTimeout();
      cancelGrace();
    }
  }

  async #execute(prepared: Prepared, request: RunRequest, signal: AbortSignal): Promise<ExecutionResult> {
    const args = this.#arguments(prepared, request, signal);
    const result = maskResult(await execute(args), this.#masking(request.requestId));
    return withExtensions(result, args.contextValue);
  }

  /**
   * The answers to any operation: one to a query or mutation, as many as there are events to a subscription. Throws
   * `RequestRefused` where nothing ran and a masked error when a stream fails. The source of a subscription is
   * returned as soon as the request's signal is aborted.
   */
  async *results(prepared: Prepared, request: RunRequest): AsyncGenerator<ExecutionResult, void, void> {
    if (prepared.operation.operation !== 'subscription') {
      const result = await this.run(prepared, request);
      if (!('data' in result)) throw new RequestRefused(result.errors ?? []);
      yield result;
      return;
    }
    const masking = this.#masking(request.requestId);
    let close = () => {};
    try {
      const args = this.#arguments(prepared, request, request.signal);
      const source = await subscribe(args);
      if (!isStream(source)) throw new RequestRefused(maskResult(source, masking).errors ?? []);
      close = () => void source.return(undefined).catch((error: unknown) => maskThrown(error, masking));
      request.signal.addEventListener('abort', close, { once: true });
      if (request.signal.aborted) return close();
      for await (const event of source) yield withExtensions(maskResult(event, masking), args.contextValue);
    } catch (error) {
      throw error instanceof RequestRefused ? error : maskThrown(error, masking);
    } finally {
      request.signal.removeEventListener('abort', close);
    }
  }

  #arguments(prepared: Prepared, { variables, ...request }: RunRequest, signal: AbortSignal) {
    const { schema, makeContext } = this.#options;
    const { viewer, requestId, wishes } = request;
    return {
      schema: schema satisfies GraphQLSchema,
      document: prepared.document,
      operationName: prepared.operation.name?.value,
      variableValues: variables ?? {},
      contextValue: makeContext({ viewer, requestId, signal, ...wishes }),
    };
  }

  #masking(requestId: string): MaskOptions {
    return { requestId, log: this.#options.log, hideSuggestions: !this.#options.introspection };
  }
}

function whyNoOperation(
  operation: OperationDefinitionNode | null | undefined,
  operationName: string | null | undefined,
): string {
  if (operation) return `The schema has no ${operation.operation} type.`;
  if (operationName) return 'The document has no operation of the name that operationName gives.';
  return 'The document needs one operation, or operationName to say which one is meant.';
}

function timeoutError({ operation }: OperationDefinitionNode, afterMs: number): AppError {
  const code = operation === 'mutation' ? 'OUTCOME_UNKNOWN' : 'VENDOR_UNAVAILABLE';
  return new AppError(code, `The operation was not done within ${afterMs / 1000} s.`);
}

function withExtensions(result: ExecutionResult, context: unknown): ExecutionResult {
  const extensions = extensionsOf(context);
  // A plan ran nothing: what its fields failed with is no answer.
  if (extensions && 'plan' in extensions) return { data: null, extensions };
  return extensions ? { ...result, extensions: { ...result.extensions, ...extensions } } : result;
}

function isStream(
  source: ExecutionResult | AsyncGenerator<ExecutionResult, void, void>,
): source is AsyncGenerator<ExecutionResult, void, void> {
  return Symbol.asyncIterator in source;
}
