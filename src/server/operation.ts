import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Bounds } from '../bounds.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { EventOccasion } from '../gateway/access.ts';
import { checkDocument } from './document-bounds.ts';
import { extensionsOf } from './extensions.ts';
import { type MaskOptions, maskRefusals, maskResult, maskThrown } from './mask.ts';
import type { ServerOptions } from './options.ts';
import { planAnswer } from './plan-answer.ts';
import type { Wishes } from './wishes.ts';

/** A document that may run, and the operation of it that was asked for. */
export interface Prepared {
  readonly kind: 'prepared';
  /** The very same text for every asker as long as the document is remembered. */
  readonly text: string;
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

/** An open subscription: its events, and the answer to one of them in the context that it was opened in. */
export interface OpenSource {
  readonly source: AsyncIterable<unknown>;
  readonly answer: (event: unknown) => Promise<ExecutionResult>;
}

/** Thrown where a response has no data: nothing ran. The errors may be shown. */
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
  readonly #valid: LRUCache<string, { readonly text: string; readonly document: DocumentNode }>;

  constructor(options: OperationsOptions) {
    this.#options = options;
    const { documents, documentChars } = options.bounds;
    this.#valid = new LRUCache({
      max: documents,
      maxSize: documentChars,
      sizeCalculation: (_, text) => text.length + 1,
    });
  }

  /** Never throws. What was refused before is looked at again; what was valid is remembered. */
  prepare(text: string, operationName: string | null | undefined, requestId: string): Prepared | Refused {
    const known = this.#valid.get(text);
    const document = known?.document ?? this.#read(text, requestId);
    if ('isOverBound' in document) return document;
    if (!known) this.#valid.set(text, { text, document });
    const operation = getOperationAST(document, operationName);
    if (operation && this.#options.schema.getRootType(operation.operation)) {
      return { kind: 'prepared', text: known?.text ?? text, document, operation };
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
    return presented(await execute(args), args.contextValue, this.#masking(request.requestId));
  }

  /** The one answer to a query or mutation. Throws `RequestRefused` where nothing ran. */
  async *answer(prepared: Prepared, request: RunRequest): AsyncGenerator<ExecutionResult, void, void> {
    const result = await this.run(prepared, request);
    if (!('data' in result)) throw new RequestRefused(result.errors ?? []);
    yield result;
  }

  /**
   * The source of a subscription's events, as its root field gives it, and what to answer each event with. Throws
   * `RequestRefused` where nothing ran and a masked error when it fails.
   */
  async open(prepared: Prepared, request: RunRequest): Promise<OpenSource> {
    const masking = this.#masking(request.requestId);
    try {
      const args = this.#arguments(prepared, request, request.signal);
      const source = await createSourceEventStream(args);
      if (!isStream(source)) throw new RequestRefused(maskResult(source, masking).errors ?? []);
      return { source, answer: (event) => this.#answer(args, event, masking) };
    } catch (error) {
      throw error instanceof RequestRefused ? error : maskThrown(error, masking);
    }
  }

  /** The answer to one event, in a context of its own. Never rejects. */
  async answerEvent(prepared: Prepared, request: RunRequest, event: unknown, occasion: EventOccasion) {
    const masking = this.#masking(request.requestId);
    try {
      return await this.#answer(this.#arguments(prepared, request, request.signal, occasion), event, masking);
    } catch (error) {
      return { errors: [maskThrown(error, masking)], data: null };
    }
  }

  /** What is thrown by a source, as it may be shown. */
  mask(error: unknown, requestId: string): Error {
    return error instanceof RequestRefused ? error : maskThrown(error, this.#masking(requestId));
  }

  async #answer(args: ExecutionArgs, event: unknown, masking: MaskOptions): Promise<ExecutionResult> {
    return presented(await execute({ ...args, rootValue: event }), args.contextValue, masking);
  }

  #arguments(prepared: Prepared, { variables, ...request }: RunRequest, signal: AbortSignal, event?: EventOccasion) {
    const { schema, makeContext } = this.#options;
    const { viewer, requestId, wishes } = request;
    return {
      schema: schema satisfies GraphQLSchema,
      document: prepared.document,
      operationName: prepared.operation.name?.value,
      variableValues: variables ?? {},
      contextValue: makeContext({ viewer, requestId, signal, ...wishes, event }),
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

/** What a caller sees of an execution: its masked result, with what the context has to say besides. */
function presented(result: ExecutionResult, context: unknown, masking: MaskOptions): ExecutionResult {
  const extensions = extensionsOf(context);
  const plan = extensions?.['plan'];
  if (typeof plan === 'object' && plan !== null) return planAnswer(result, plan, masking);
  const masked = maskResult(result, masking);
  return extensions ? { ...masked, extensions: { ...masked.extensions, ...extensions } } : masked;
}

function isStream(source: ExecutionResult | AsyncIterable<unknown>): source is AsyncIterable<unknown> {
  return Symbol.asyncIterator in source;
}
