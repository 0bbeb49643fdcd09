import { AppError, toAppError } from '../errors.ts';
import { callerIsGone } from './operation-stream.ts';
import type { Repeat } from './repeats.ts';
import type { OperationMemory } from './running-bytes.ts';

/** How large one answer may be. */
export interface AnswerBounds {
  /** Fields that are resolved for it. */
  readonly answerFields: number;
  /** Of its JSON, about. */
  readonly answerBytes: number;
  /** Errors in it. */
  readonly answerErrors: number;
}

export interface AnswerBudgetOptions {
  /** Who the execution is for. */
  readonly caller: string;
  readonly bounds: AnswerBounds;
  readonly holding: OperationMemory;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
  /** Called once, when the execution has cost too much, or nobody waits for it any more. */
  readonly onEnd: (error: AppError) => void;
}

/** What a field takes in memory besides its value, as measured on introspection's answer. */
const fieldBytes = 70;
/** What an error takes in memory, with the three that it is made of and their stacks. */
const errorBytes = 4096;
/** What an error takes in JSON besides its message and path. */
const errorFrameBytes = 150;
/** What a field takes while its value is awaited. */
const pendingBytes = 2048;
/** What an item of a list takes while it waits for its turn. */
const waitingBytes = 400;
/** Fields of an answer that is made in one go. */
const smallFields = 2000;
/** Fields of an answer that waits for nobody. */
const shortFields = 200;
/** Bytes are counted for the caller in steps of so many. */
const stepBytes = 16 * 1024;

/**
 * What one execution may still cost. Once it has cost too much, `onEnd` is called, once; whatever would cost more throws the error that
 * says why.
 */
export class AnswerBudget {
  readonly caller: string;
  /** Lists of which equal items are executed once. */
  readonly repeats: Repeat[] = [];
  readonly #bounds: AnswerBounds;
  readonly #holding: OperationMemory;
  readonly #gone: AbortSignal;
  readonly #onEnd: (error: AppError) => void;
  #fields = 0;
  #bytes = 0;
  #errors = 0;
  /** Counted here, and not yet for the caller. */
  #uncounted = 0;
  #hasEnded = false;

  constructor({ caller, bounds, holding, gone, onEnd }: AnswerBudgetOptions) {
    this.caller = caller;
    this.#bounds = bounds;
    this.#holding = holding;
    this.#gone = gone;
    this.#onEnd = onEnd;
  }

  /** Whether it has so many fields that it is to be made in turns with others. */
  get isLarge(): boolean {
    return this.#fields > smallFields;
  }

  /** Whether it has so many fields that it waits for its turn after a wait for something else. */
  get isLong(): boolean {
    return this.#fields > shortFields;
  }

  /** What the answer takes in memory so far, its errors left out. */
  get heldBytes(): number {
    return this.#fields * fieldBytes + this.#bytes;
  }

  /** Whether the execution has cost too much, or nobody waits for it any more: nothing more is resolved. */
  get hasEnded(): boolean {
    if (this.#gone.aborted && !this.#hasEnded) this.#end(callerIsGone());
    return this.#hasEnded;
  }

  /** Counts fields before they are resolved. */
  takeFields(count: number): void {
    this.#fields += count;
    if (this.#fields > this.#bounds.answerFields) this.#spend(`more than ${this.#bounds.answerFields} fields`);
    this.#hold(count * fieldBytes);
  }

  /** Counts what a value adds to the JSON. */
  takeBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.#bounds.answerBytes) this.#spend(`more than ${this.#bounds.answerBytes} bytes`);
    this.#hold(count);
  }

  /** Counts an error of which the message and the path have so many characters. */
  takeError(length: number): void {
    this.#errors += 1;
    if (this.#errors > this.#bounds.answerErrors) this.#spend(`more than ${this.#bounds.answerErrors} errors`);
    this.#hold(errorBytes);
    this.takeBytes(errorFrameBytes + length);
  }

  /** Counts the items of a list that wait for their turn, as long as the execution goes on. */
  takeWaiting(count: number): void {
    this.#hold(count * waitingBytes);
  }

  /** Counts a value that is awaited, until it is there. Never leaves its rejection unhandled. */
  async pending<T>(value: PromiseLike<T>): Promise<T> {
    try {
      this.#hold(pendingBytes);
    } catch (error) {
      value.then(undefined, () => {
        // Nobody awaits it any more: the execution has ended.
      });
      throw error;
    }
    try {
      return await value;
    } finally {
      this.#uncounted -= pendingBytes;
    }
  }

  #hold(bytes: number): void {
    this.#uncounted += bytes;
    if (Math.abs(this.#uncounted) < stepBytes) return;
    const step = this.#uncounted;
    this.#uncounted = 0;
    try {
      this.#holding.add(step);
    } catch (error) {
      throw this.#end(toAppError(error));
    }
  }

  #spend(what: string): never {
    throw this.#end(new AppError('ANSWER_TOO_LARGE', `The answer would have ${what}. Ask for less at once.`));
  }

  #end(error: AppError): AppError {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#onEnd(error);
    }
    return error;
  }
}
