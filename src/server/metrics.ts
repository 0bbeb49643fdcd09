import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FailedRule } from '../callbacks/evaluation.ts';
import type { CountedVerdict, HandledCallback } from '../domain/callback.ts';
import type { CallbackRefusal } from '../domain/callback-refusal.ts';
import type { RateLimit } from '../domain/context.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError, errorTable, toAppError } from '../errors.ts';
import type { VendorAttempt, VendorCall } from '../request-options.ts';
import { bearerOf } from './auth.ts';
import type { KeyFetch } from './issuer-keys.ts';
import type { Held } from './places.ts';

/** How the limits of every app stand, asked when the metrics are read. */
export type ReadLimits = () => Promise<readonly { readonly app: string; readonly limits: readonly RateLimit[] }[]>;

/** How much a server has to do at a moment. */
export type ServerCounts = Held & { readonly groups: number; readonly members: number };

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts vendor calls and callbacks, and shows them and the limits in the form that Prometheus reads. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls = this.#counter(
    'switchboard_vendor_calls_total',
    'Requests to vendors, each attempt counted, by how they ended.',
    ['app', 'endpoint', 'outcome'],
  );
  readonly #operations = this.#counter(
    'switchboard_vendor_operations_total',
    'What was wanted of vendors, by how it ended, waits and retries included.',
    ['app', 'endpoint', 'outcome'],
  );
  readonly #items = this.#counter('switchboard_vendor_items_total', 'Items that calls to vendors carried.', [
    'app',
    'endpoint',
  ]);
  readonly #waits = this.#histogram('switchboard_vendor_wait_seconds', 'How long calls waited for rate limits.');
  readonly #durations = this.#histogram(
    'switchboard_vendor_call_seconds',
    'How long calls took, waits and retries included.',
  );

  readonly #readLimits: ReadLimits;
  readonly #limits = this.#gauge('switchboard_limit_units', 'Units that a window of a rate limit allows.', [
    'unit',
    'window_seconds',
    'source',
  ]);
  readonly #used = this.#gauge('switchboard_limit_used_units', 'Units used in the window now.', ['window_seconds']);
  readonly #waiting = this.#gauge('switchboard_limit_waiting_calls', 'Calls that wait for a rate limit.');
  readonly #wait = this.#gauge(
    'switchboard_limit_estimated_wait_seconds',
    'How long a call that comes now would wait.',
  );
  readonly #share = this.#gauge('switchboard_limit_share', 'The share of a limit in use: below 1 after refusals.');
  readonly #refusals = this.#gauge('switchboard_limit_refusals', 'Refusals by the vendor since the start.');

  readonly #callbacks = this.#counter('switchboard_callbacks_total', 'Callbacks of vendors, by what became of them.', [
    'app',
    'callback',
    'outcome',
  ]);
  readonly #refused = this.#counter(
    'switchboard_callbacks_refused_total',
    'Callbacks that were not taken, by reason.',
    ['app', 'reason'],
  );
  readonly #answers = this.#timing('switchboard_callback_seconds', 'How long callbacks waited for their answer.');
  readonly #lags = this.#timing(
    'switchboard_callback_lag_seconds',
    "How long after the vendor's moment callbacks came.",
  );
  /** Bounded as the labels are: by the apps and the catalogues. */
  readonly #series = new Map<
    string,
    {
      readonly count: Counter.Internal;
      readonly answer: Histogram.Internal<string>;
      readonly lag: Histogram.Internal<string>;
    }
  >();
  readonly #verdicts = this.#counter(
    'switchboard_verdicts_total',
    "Verdicts on messages: answers to vendors' questions, and on what is sent and edited through this API.",
    ['app', 'decision', 'is_late'],
  );

  readonly #keyFetches = new Counter({
    name: 'switchboard_issuer_key_fetches_total',
    help: "Fetches of the token issuer's key set, by how they ended.",
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #keysUsable = this.#plainGauge(
    'switchboard_issuer_keys_usable_seconds',
    'How long known keys of the token issuer may be used if it stays out of reach, as of the last fetch.',
  );

  readonly #ruleFailures = this.#counter(
    'switchboard_decision_failures_total',
    'Rules of decision policies that could not decide, by reason.',
    ['app', 'rule', 'failure'],
  );

  readonly #streams = this.#plainGauge('switchboard_live_streams', 'Streams at the live end of the log.');
  readonly #groups = this.#plainGauge('switchboard_live_groups', 'Groups of streams that share each execution.');

  readonly #connections = this.#plainGauge('switchboard_connections', 'Connections that are open.');
  readonly #requests = this.#plainGauge('switchboard_http_requests', 'HTTP requests without their answer.');
  readonly #longLived = this.#plainGauge('switchboard_streams', 'WebSockets and event streams that are open.');
  readonly #heldBytes = this.#plainGauge(
    'switchboard_held_bytes',
    'Bytes of requests under way and of answers that are not sent yet.',
  );

  constructor(readLimits: ReadLimits) {
    this.#readLimits = readLimits;
  }

  observeKeyFetch({ status, usableMs }: KeyFetch): void {
    this.#keyFetches.inc({ outcome: status === 'current' ? 'ok' : 'failed' });
    this.#keysUsable.set(usableMs / 1000);
  }

  observeServer({ groups, members, connections, requests, streams, bytes }: ServerCounts): void {
    this.#streams.set(members);
    this.#groups.set(groups);
    this.#connections.set(connections);
    this.#requests.set(requests);
    this.#longLived.set(streams);
    this.#heldBytes.set(bytes);
  }

  observeAttempt({ app, endpoint, outcome }: VendorAttempt): void {
    this.#calls.inc({ app, endpoint, outcome });
  }

  observe({ app, endpoint, items, waitMs, durationMs, outcome }: VendorCall): void {
    this.#operations.inc({ app, endpoint, outcome });
    this.#items.inc({ app, endpoint }, items);
    this.#waits.observe({ app, endpoint }, waitMs / 1000);
    this.#durations.observe({ app, endpoint }, durationMs / 1000);
  }

  observeCallback({ app, callback, outcome, decision, isLate, latencyMs, lagMs }: HandledCallback): void {
    const { count, answer, lag } = this.#callbackSeries(app, callback ?? 'unknown', outcome);
    count.inc();
    answer.observe(latencyMs / 1000);
    if (lagMs !== null) lag.observe(Math.max(0, lagMs) / 1000);
    if (decision !== null) this.observeVerdict({ app, decision, isLate });
  }

  observeVerdict({ app, decision, isLate }: CountedVerdict): void {
    this.#verdicts.inc({ app, decision, is_late: String(isLate) });
  }

  observeRuleFailure({ app, rule, failure }: FailedRule): void {
    this.#ruleFailures.inc({ app, rule, failure });
  }

  /** `app` is null for a path that no app has. */
  observeRefusal(reason: CallbackRefusal, app: string | null): void {
    this.#refused.inc({ app: app ?? 'unknown', reason });
  }

  /** The series of one kind of callback, kept: to find them by their labels costs more than to count. */
  #callbackSeries(app: string, callback: string, outcome: string) {
    const name = `${app} ${callback} ${outcome}`;
    const known = this.#series.get(name) ?? {
      count: this.#callbacks.labels({ app, callback, outcome }),
      answer: this.#answers.labels({ app }),
      lag: this.#lags.labels({ app }),
    };
    this.#series.set(name, known);
    return known;
  }

  async read(): Promise<string> {
    for (const { app, limits } of await this.#readLimits()) for (const limit of limits) this.#show(app, limit);
    return this.#registry.metrics();
  }

  #show(app: string, limit: RateLimit): void {
    const labels = { app, bucket: limit.name, scope: limit.scope };
    for (const { seconds: length, limit: units, used } of limit.windows) {
      const window_seconds = String(length);
      this.#limits.set({ ...labels, unit: limit.unit, window_seconds, source: limit.source }, units);
      this.#used.set({ ...labels, window_seconds }, used);
    }
    this.#waiting.set(labels, limit.waiting);
    this.#wait.set(labels, limit.estimatedWaitMs / 1000);
    this.#share.set(labels, limit.share);
    this.#refusals.set(labels, limit.refusals);
  }

  #counter(name: string, help: string, labelNames: string[]) {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #plainGauge(name: string, help: string) {
    return new Gauge({ name, help, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, more: string[] = []) {
    return new Gauge({ name, help, labelNames: ['app', 'bucket', 'scope', ...more], registers: [this.#registry] });
  }

  #timing(name: string, help: string) {
    return this.#histogram(name, help, ['app']);
  }

  #histogram(name: string, help: string, labelNames: string[] = ['app', 'endpoint']) {
    return new Histogram({
      name,
      help,
      labelNames,
      buckets: seconds,
      registers: [this.#registry],
    });
  }
}

/** Serves the metrics at `/metrics` to holders of `chat:admin`: they tell which endpoints are used, and how much. */
export function serveMetrics(
  http: FastifyInstance,
  metrics: Metrics,
  verifyToken: (token: string) => Promise<Viewer>,
  counts: () => ServerCounts,
): void {
  http.get('/metrics', async (request, reply) => {
    try {
      const token = bearerOf(request.raw.rawHeaders);
      const viewer = token === null ? null : await verifyToken(token);
      if (!viewer?.scopes.has('chat:admin')) throw new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      metrics.observeServer(counts());
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.read());
    } catch (error) {
      const { code } = toAppError(error);
      return reply.code(errorTable[code].http).send({ error: code });
    }
  });
}
