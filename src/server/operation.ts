import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Bounds } from '../bounds.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { EventOccasion } from '../gateway/access.ts';
import { jsonBytes } from '../json-bytes.ts';
import { AnswerBudget } from './answer-budget.ts';
import { type Asker, Documents, type Prepared, type Refused } from './documents.ts';
import { extensionsOf, underWayOf } from './extensions.ts';
import { IntrospectionAnswers, introspectionKey } from './introspection-answers.ts';
import { LoopShare } from './loop-share.ts';
import { type MaskOptions, maskResult, maskThrown } from './mask.ts';
import { meteredSchema, setMeter } from './metered-schema.ts';
import type { ServerOptions } from './options.ts';
import { planAnswer } from './plan-answer.ts';
import { plannedCost } from './planned-cost.ts';
import { refusedArguments, refusedVariables } from './refused-inputs.ts';
import { withRepeats } from './repeats.ts';
import { type OperationMemory, RunningBytes } from './running-bytes.ts';
import { StreamHoldings } from './stream-holdings.ts';
import type { Wishes } from './wishes.ts';

/** Who runs an operation, and with what. */
export interface RunRequest {
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly wishes: Wishes;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Resolves when the answer is sent, which is held in memory until then; left out, it is not counted after it is given. */
  readonly sent?: Promise<void> | undefined;
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
 * choice of the operation, execution within its budget, masking.
 */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #schema: GraphQLSchema;
  readonly #documents: Documents;
  readonly #introspected: IntrospectionAnswers;
  readonly #share = new LoopShare();
  readonly #running: RunningBytes;
  readonly #streams: StreamHoldings;

  constructor(options: OperationsOptions) {
    this.#options = options;
    this.#schema = meteredSchema(options.schema);
    this.#documents = new Documents(options);
    this.#introspected = new IntrospectionAnswers(options.bounds.introspectionBytes);
    this.#running = new RunningBytes(options.bounds);
    this.#streams = new StreamHoldings(this.#running);
  }

  /** Never throws. */
  prepare(text: string, operationName: string | null | undefined, asker: Asker): Prepared | Refused {
    return this.#documents.prepare(text, operationName, asker);
  }

  /** Resolves when it is the caller's turn to have something done: at once, unless the event loop is held by other work. */
  turn(viewer: Viewer | null): Promise<void> {
    return this.#share.enter(callerOf(viewer));
  }

  /** Whether work that can wait has to: this turn of the event loop has had its time. See `turn`. */
  get isLoopUsed(): boolean {
    return this.#share.isUsed();
  }

  /**
   * Counts what a stream holds as long as it is open; gives the function that ends the count, to be called once. Throws
   * `TOO_MANY_OPERATIONS` when its caller, or all together, hold too much.
   */
  holdStream(prepared: Prepared, { viewer, variables }: Pick<RunRequest, 'viewer' | 'variables'>): () => void {
    return this.#streams.open(callerOf(viewer), prepared, variableBytes(variables));
  }

  /**
   * Runs a query or mutation and gives the masked answer; without `data` in it nothing ran. Never rejects. After
   * `operationMs` the context's signal is aborted, and shortly after that the answer is an error whatever still runs; at once when
   * the answer grows beyond its bounds.
   */
  async run(prepared: Prepared, request: RunRequest): Promise<ExecutionResult> {
    const { bounds, clock } = this.#options;
    const masking = this.#masking(request);
    const stop = new AbortController();
    const tooLate = timeoutError(prepared.operation, bounds.operationMs);
    const { promise: ended, reject: end } = Promise.withResolvers<never>();
    let cancelGrace = () => {};
    const cancelTimeout = clock.schedule(bounds.operationMs, () => {
      stop.abort(tooLate);
      cancelGrace = clock.schedule(bounds.operationGraceMs, () => end(tooLate));
    });
    const onEnd = (error: AppError) => {
      const shown = afterwards(error, prepared.operation);
      stop.abort(shown);
      end(shown);
    };
    let holding: OperationMemory | undefined;
    try {
      const refused = this.#refused(prepared, request, masking);
      if (refused) return refused;
      const bytes = operationBytes + prepared.bytes + variableBytes(request.variables);
      holding = this.#running.open(callerOf(request.viewer), bytes);
      const signal = AbortSignal.any([request.signal, stop.signal]);
      return await Promise.race([this.#execute(prepared, request, signal, holding, onEnd), ended]);
    } catch (error) {
      return { errors: [maskThrown(error, masking)], ...(holding && { data: null }) };
    } finally {
      cancelTimeout();
      cancelGrace();
      const { sent = Promise.resolve() } = request;
      void sent.then(() => holding?.release());
    }
  }

  /** Why an operation is not begun: its variables are wrong, or its answer could be too large, errors included. */
  #refused({ operation, fragments }: Prepared, { variables }: RunRequest, masking: MaskOptions) {
    const { schema, bounds } = this.#options;
    const inputs = variables ?? {};
    const ofVariables = refusedVariables(schema, operation, inputs);
    if (ofVariables.length > 0) return maskResult({ errors: ofVariables }, masking);
    const planned = plannedCost(schema, operation, fragments, inputs);
    if (planned > bounds.plannedFields) {
      const refusal = new AppError(
        'ANSWER_TOO_LARGE',
        `The answer could have ${planned} fields, more than ${bounds.plannedFields}. Ask for smaller pages, or for fewer at once.`,
      );
      return { errors: [maskThrown(refusal, masking)] };
    }
    const { errors, isCostly } = refusedArguments(schema, operation, fragments, inputs);
    const isTooMuch = errors.length > 0 && (isCostly || planned > bounds.answerErrors);
    return isTooMuch ? maskResult({ errors }, masking) : null;
  }

  async #execute(
    prepared: Prepared,
    request: RunRequest,
    signal: AbortSignal,
    holding: OperationMemory,
    onEnd: (error: AppError) => void,
  ): Promise<ExecutionResult> {
    const key = request.wishes.explain === 'none' ? introspectionKey(prepared, request.variables) : null;
    const known = key === null ? undefined : this.#introspected.get(key);
    if (known) return known;
    const args = this.#arguments(prepared, { ...request, signal });
    const budget = this.#meter(args, request, holding, onEnd);
    const result = await this.#executed(args, budget, this.#masking(request));
    if (key !== null) this.#introspected.set(key, result, budget.heldBytes);
    return result;
  }

  async #executed(args: ExecutionArgs, budget: AnswerBudget, masking: MaskOptions): Promise<ExecutionResult> {
    await this.#share.enter(budget.caller);
    const result = await execute(args);
    // Errors are long to make presentable.
    if (result.errors) await this.#share.enter(budget.caller);
    return presented(withRepeats(result, budget.repeats, budget), args.contextValue, masking);
  }

  #meter(
    { contextValue }: ExecutionArgs,
    { viewer, signal: gone }: RunRequest,
    holding: OperationMemory,
    onEnd: (error: AppError) => void,
  ): AnswerBudget {
    const budget = new AnswerBudget({ caller: callerOf(viewer), bounds: this.#options.bounds, holding, gone, onEnd });
    setMeter(contextValue, { budget, share: this.#share, underWay: underWayOf(contextValue) });
    return budget;
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
    const masking = this.#masking(request);
    try {
      const refused = this.#refused(prepared, request, masking);
      if (refused) throw new RequestRefused(refused.errors ?? []);
      const args = this.#arguments(prepared, request);
      const source = await createSourceEventStream(args);
      if (!isStream(source)) throw new RequestRefused(maskResult(source, masking).errors ?? []);
      return { source, answer: (event) => this.#answer(args, request, event) };
    } catch (error) {
      throw error instanceof RequestRefused ? error : maskThrown(error, masking);
    }
  }

  /** The answer to one event, in a context of its own. Never rejects. */
  async answerEvent(prepared: Prepared, request: RunRequest, event: unknown, occasion: EventOccasion) {
    try {
      return await this.#answer(this.#arguments(prepared, request, occasion), request, event);
    } catch (error) {
      return { errors: [maskThrown(error, this.#masking(request))], data: null };
    }
  }

  /** What is thrown by a source, as it may be shown. */
  mask(error: unknown, request: Pick<RunRequest, 'requestId' | 'viewer'>): Error {
    return error instanceof RequestRefused ? error : maskThrown(error, this.#masking(request));
  }

  async #answer(args: ExecutionArgs, request: RunRequest, event: unknown): Promise<ExecutionResult> {
    const masking = this.#masking(request);
    const { promise: ended, reject: onEnd } = Promise.withResolvers<never>();
    const holding = this.#running.open(callerOf(request.viewer), operationBytes);
    try {
      const budget = this.#meter(args, request, holding, onEnd);
      return await Promise.race([this.#executed({ ...args, rootValue: event }, budget, masking), ended]);
    } catch (error) {
      return { errors: [maskThrown(error, masking)], data: null };
    } finally {
      holding.release();
    }
  }

  #arguments(prepared: Prepared, request: RunRequest, event?: EventOccasion): ExecutionArgs {
    const { viewer, requestId, wishes, variables, signal } = request;
    return {
      schema: this.#schema,
      document: prepared.document,
      operationName: prepared.operation.name?.value ?? null,
      variableValues: variables ?? {},
      contextValue: this.#options.makeContext({ viewer, requestId, signal, ...wishes, event }),
    };
  }

  #masking({ requestId, viewer }: Pick<RunRequest, 'requestId' | 'viewer'>): MaskOptions {
    const hideSuggestions = !this.#documents.mayIntrospect(viewer);
    return { requestId, log: this.#options.log, hideSuggestions };
  }
}

/** What an operation takes whatever it asks for: its context, its loaders, its timers. */
const operationBytes = 4096;

/** What variables take in memory, about: twice their JSON. */
const variableBytes = (variables: RunRequest['variables']) => 2 * jsonBytes(variables ?? null);

/** Who an operation is counted for: all callers without a token are one. */
const callerOf = (viewer: Viewer | null) => viewer?.subject ?? '';

/** A change of a mutation that ran out of its budget may have happened. */
function afterwards(error: AppError, { operation }: OperationDefinitionNode): AppError {
  return operation === 'mutation'
    ? new AppError('OUTCOME_UNKNOWN', `${error.message} What was changed stays so.`)
    : error;
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
