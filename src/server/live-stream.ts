import type { ExecutionResult } from 'graphql';
import { messagesTold } from '../domain/node.ts';
import { Feed, type FeedItem } from '../events/feed.ts';
import type { Prepared } from './documents.ts';
import type { SharedPayloads } from './frame.ts';
import type { Departure, LiveGroup, LiveMember, OwnWanted } from './live-group.ts';
import { identityOf, type LiveGroups, type LiveRequest } from './live-groups.ts';
import type { OpenSource, Operations } from './operation.ts';
import { callerIsGone } from './operation-stream.ts';

/** Where the answers of streams go that are written without being pulled: one for all streams of a connection. */
export interface LiveSink {
  /** `prefix` says which stream it is. False when too much of what was written before is still unsent. */
  write(prefix: string, payloads: SharedPayloads): boolean;
  /** Fulfilled when all that was written is sent, or cannot be sent any more. */
  drained(): Promise<void>;
  /** Called once for a stream, whatever its end. */
  ended(stream: LiveStream): void;
}

/** What all streams share. */
export interface LiveSetting {
  readonly operations: Operations;
  /** Where streams meet at the live end; without it each goes its own way. */
  readonly groups: LiveGroups | undefined;
}

type Result = IteratorResult<ExecutionResult, void>;

/**
 * The answers of a subscription. Whoever consumes it pulls what is in the log already, at its own pace. Once it has everything, the
 * stream joins those that get the same answers, and the next answer that is pulled stays away while a group writes to the
 * sink: until the sink does not keep up, when it is pulled again from where it stopped. It can be stopped at any time, at
 * once. Throws `RequestRefused` where nothing ran and a masked error when it fails.
 */
export class LiveStream implements AsyncGenerator<ExecutionResult, void, void>, LiveMember {
  readonly #setting: LiveSetting;
  readonly #prepared: Prepared;
  readonly #request: LiveRequest;
  readonly #sink: LiveSink;
  readonly #prefix: string;
  #abort: AbortController | null = null;
  #source: Feed | AsyncIterator<unknown> | null = null;
  #answer: OpenSource['answer'] | null = null;
  #own: OwnWanted = {};
  #group: LiveGroup | null = null;
  #waiting: { resolve(result: Result): void; reject(error: unknown): void } | null = null;
  #release = () => {};
  #hasEnded = false;

  /** `prefix` is what the sink knows it by. */
  constructor(setting: LiveSetting, prepared: Prepared, request: LiveRequest, sink: LiveSink, prefix: string) {
    this.#setting = setting;
    this.#prepared = prepared;
    this.#request = request;
    this.#sink = sink;
    this.#prefix = prefix;
  }

  get identity(): string {
    return identityOf(this.#request.viewer);
  }

  get own(): OwnWanted {
    return this.#own;
  }

  /** One at a time, as `for await` does it. */
  next(): Promise<Result> {
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      void this.#advance();
    });
  }

  return(): Promise<Result> {
    const source = this.#source;
    this.#abort?.abort(callerIsGone());
    this.#end();
    source?.return?.().catch((error: unknown) => this.#mask(error));
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<Result> {
    return this.return().then(() => Promise.reject(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  write(payloads: SharedPayloads): boolean {
    return this.#sink.write(this.#prefix, payloads);
  }

  leave(departure: Departure): void {
    const { groups } = this.#setting;
    const wanted = this.#group?.wanted;
    this.#group = null;
    if ('error' in departure) this.fail(departure.error);
    else if (groups && wanted) {
      const caller = this.#request.viewer?.subject ?? '';
      this.#source = groups.hub.open({ ...wanted, ...this.#own }, departure.cursor, caller);
      // Before it may join again: else nothing would hold back what is written to a sink that is full.
      void this.#sink.drained().then(() => this.#advance());
    }
  }

  /** Settles what waits for the next answer, unless the stream has joined a group. */
  async #advance(): Promise<void> {
    if (this.#hasEnded) return;
    try {
      const value = await this.#pull();
      if (this.#hasEnded || this.#group) return;
      if (!value) return this.#end();
      this.#waiting?.resolve({ done: false, value });
    } catch (error) {
      this.fail(error);
    }
  }

  /** The next answer; null at the end, and when it has joined a group. */
  async #pull(): Promise<ExecutionResult | null> {
    this.#abort ??= new AbortController();
    this.#source ??= await this.#open(this.#abort.signal);
    if (this.#hasEnded) return null;
    const source = this.#source;
    if (source instanceof Feed) return this.#pullFeed(source);
    const { done, value } = await source.next();
    return done || !this.#answer ? null : this.#answer(value);
  }

  async #open(signal: AbortSignal): Promise<Feed | AsyncIterator<unknown>> {
    const { operations } = this.#setting;
    this.#release = operations.holdStream(this.#prepared, this.#request);
    const { source, answer } = await operations.open(this.#prepared, { ...this.#request, signal });
    const iterator = source instanceof Feed ? source : source[Symbol.asyncIterator]();
    // It may have ended while it was opened.
    if (this.#hasEnded) void iterator.return?.();
    if (iterator instanceof Feed) {
      const { membership, reader } = iterator.wanted;
      this.#own = { membership, reader };
    } else this.#answer = answer;
    return iterator;
  }

  async #pullFeed(feed: Feed): Promise<ExecutionResult | null> {
    const { groups } = this.#setting;
    const prepared = this.#prepared;
    const request = this.#request;
    for (;;) {
      const item = await feed.poll();
      if (this.#hasEnded) return null;
      if (item) return this.#answerItem(item);
      if (!groups || request.wishes.explain !== 'none') await feed.more();
      else {
        this.#group = groups.join(this, feed, prepared, request) ?? null;
        if (!this.#group) continue;
        // What it was opened with is not needed any more.
        this.#source = null;
        this.#abort = null;
        return null;
      }
      if (this.#hasEnded) return null;
    }
  }

  #answerItem({ node, granted }: FeedItem): Promise<ExecutionResult> {
    const signal = this.#abort?.signal ?? AbortSignal.abort();
    const occasion = { app: node.app, granted, told: messagesTold(node), isShared: false, onViewerRead: () => {} };
    return this.#setting.operations.answerEvent(this.#prepared, { ...this.#request, signal }, node, occasion);
  }

  /** Ends it with an error, at once. */
  fail(error: unknown): void {
    const waiting = this.#waiting;
    const source = this.#source;
    if (this.#hasEnded) return;
    this.#waiting = null;
    this.#abort?.abort(callerIsGone());
    this.#end();
    source?.return?.().catch((failed: unknown) => this.#mask(failed));
    waiting?.reject(this.#mask(error));
  }

  #mask(error: unknown): Error {
    return this.#setting.operations.mask(error, this.#request);
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#release();
    this.#group?.delete(this);
    this.#group = null;
    this.#source = null;
    this.#waiting?.resolve({ done: true, value: undefined });
    this.#sink.ended(this);
  }
}
