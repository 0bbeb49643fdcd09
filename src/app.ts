import type { Logger } from 'pino';
import { Backups } from './backup/backups.ts';
import { CallbackActivity } from './callbacks/activity.ts';
import { type Ask, AskService } from './callbacks/ask.ts';
import { DecisionPolicy } from './callbacks/decisions.ts';
import type { FailedRule } from './callbacks/evaluation.ts';
import { handledStream } from './callbacks/handled-stream.ts';
import { CallbackIntake } from './callbacks/intake.ts';
import { Proposals } from './callbacks/proposals.ts';
import { CallIndex } from './calls/call-index.ts';
import { type Clock, systemClock } from './clock.ts';
import { decisionsSchema } from './config/decisions.ts';
import type { AppConfig, Config } from './config.ts';
import { ConversationIndex } from './conversations/index.ts';
import { MemoryConversationStore } from './conversations/memory-store.ts';
import { MessageSources } from './conversations/message-sources.ts';
import { RequestConversations } from './conversations/request-conversations.ts';
import { RestrictedSends } from './conversations/restricted-sends.ts';
import { SentMessages } from './conversations/sent-messages.ts';
import { SqliteConversationStore } from './conversations/sqlite-store.ts';
import type { ConversationStore } from './conversations/store.ts';
import type { RateLimit } from './domain/context.ts';
import type { PolicySettings } from './domain/decision.ts';
import { departedBy } from './domain/membership.ts';
import type { AppError } from './errors.ts';
import { encodeEventCursor } from './events/cursor.ts';
import { eventNode } from './events/event-node.ts';
import { EventHub } from './events/hub.ts';
import type { EventLog, Position, StoredEvent } from './events/log.ts';
import { MemoryLog } from './events/memory-log.ts';
import { OwnChanges } from './events/own-changes.ts';
import { pastEvents } from './events/past.ts';
import { PacedReads } from './events/reads.ts';
import { dayMs } from './events/retention.ts';
import { SqliteLog } from './events/sqlite-log.ts';
import { foldAccounts, foldIds } from './fold-ids.ts';
import { AppRuntime } from './gateway/app-runtime.ts';
import { contextMaker } from './gateway/request-context.ts';
import { MemoryJobStore } from './jobs/memory-store.ts';
import { RequestJobs } from './jobs/request-jobs.ts';
import { JobRunner } from './jobs/runner.ts';
import { SqliteJobStore } from './jobs/sqlite-store.ts';
import type { JobStore } from './jobs/store.ts';
import type { Bucket } from './limits/bucket.ts';
import { Merger } from './limits/merger.ts';
import type { BucketUsage } from './limits/scheduler.ts';
import { defaultLimitOptions } from './limits/window-use.ts';
import { LiveFile } from './live-file.ts';
import { Client } from './net/client.ts';
import { KeySets } from './net/key-sets.ts';
import { OperatorLog } from './operator-log.ts';
import type { VendorAttempt, VendorCall } from './request-options.ts';
import { RuleReload } from './rule-reload.ts';
import { makeTokenVerifier } from './server/auth.ts';
import { logKeyFetch } from './server/issuer-keys.ts';
import { makeLog } from './server/log.ts';
import { Metrics } from './server/metrics.ts';
import { makeSchema } from './server/schema.ts';
import { startServer } from './server/server.ts';
import { vendors } from './vendors/index.ts';
import type { Vendor } from './vendors/vendor.ts';

export interface AppOptions {
  readonly config: Config;
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Hears of every vendor call. */
  readonly report?: (call: VendorCall) => void;
  /** Hears of every event that a subscriber takes. */
  readonly onGiven?: (event: StoredEvent) => void;
}

export interface RunningApp {
  readonly url: string;
  readonly intake: CallbackIntake;
  /** Has the rules of another configuration hold. Never rejects; the log says what became of it. */
  reload(read: () => Config): Promise<void>;
  stop(): Promise<void>;
}

/** Builds every object once, from the configuration down, and serves. */
export async function startApp({
  config,
  clock = systemClock,
  log = makeLog(config.log.level),
  report,
  onGiven,
}: AppOptions): Promise<RunningApp> {
  const metrics = new Metrics(() =>
    Promise.all(apps.map(async ({ runtime: { source } }) => ({ app: source.name, limits: await source.rateLimits() }))),
  );
  const operatorLog = new OperatorLog(log, clock);
  const hear = (call: VendorCall, error?: AppError) => {
    metrics.observe(call);
    operatorLog.vendorCall(call, error);
    report?.(call);
  };
  const asking = new AskService(clock);
  const keySets = new KeySets(clock);
  const onRuleFailure = (failed: FailedRule) => {
    metrics.observeRuleFailure(failed);
    operatorLog.failedRule(failed);
  };
  const parts = {
    clock,
    report: hear,
    reportAttempt: (attempt: VendorAttempt) => metrics.observeAttempt(attempt),
    ask: asking.ask,
    onRuleFailure,
  };
  const apps = Object.entries(config.apps).map(([name, app]) => connect(name, app, parts));
  const eventLog = openLog(config, clock, log);
  const conversations = openConversations(config, clock);
  const index = new ConversationIndex(conversations);
  const sent = new SentMessages();
  const sources = new MessageSources(sent);
  const restricted = new RestrictedSends(conversations, clock);
  const calls = new CallIndex();
  const learn = (event: StoredEvent) => {
    index.apply(event);
    sources.apply(event.app, event.draft.payload);
    calls.apply(event.app, event.draft.payload, event.draft.occurredAt);
  };
  for (const { runtime } of apps) {
    const { name } = runtime.source;
    const applied = conversations.applied(name);
    // After a restore both files are of the life that they were copied from.
    const adopted = applied && eventLog.adopt(name, applied);
    if (adopted && adopted !== applied) conversations.setApplied(name, adopted);
    await remember(eventLog, name, adopted, learn);
    eventLog.onAppend(name, (events) => {
      try {
        events.forEach(learn);
      } catch (error) {
        // What the log has is safe: the next start makes the indexes from it.
        log.error({ app: name, err: error }, 'an index could not be moved on');
      }
    });
  }
  const jobs = openJobs(config);
  const runner = new JobRunner({
    store: jobs,
    clock,
    adapterOf: (name) => apps.find(({ runtime }) => runtime.source.name === name)?.runtime.source.adapter,
    onFailure: (err, job) => log.error({ err, app: job.app, job: job.id }, 'a job could not go on'),
  });
  runner.resume();
  const backups = new Backups({
    folder: config.events.backupFolder,
    kept: config.events.backupsKept,
    files: [eventLog, conversations, jobs].flatMap((store) =>
      'liveFile' in store && store.liveFile instanceof LiveFile ? [store.liveFile] : [],
    ),
    clock,
  });
  const activity = new CallbackActivity(clock);
  activity.onHandled((handled) => metrics.observeCallback(handled));
  const onLost = (err: AppError, app: string) =>
    log.error({ app, err }, 'the log could not take the record of what was done');
  const policyOf = (name: string) => apps.find(({ runtime }) => runtime.source.name === name)?.policy ?? null;
  const proposals = new Proposals({
    policyOf,
    log: eventLog,
    clock,
    onLost,
    onVerdict(verdict) {
      activity.noteVerdict(verdict);
      metrics.observeVerdict(verdict);
    },
  });
  const intake = new CallbackIntake({
    apps: apps.flatMap(({ callbacks }) => callbacks ?? []),
    log: eventLog,
    clock,
    refine: (app, told) => restricted.refine(app, sources.refine(app, calls.refine(app, index.refine(app, told)))),
    settled: (app, events) => restricted.settled(app, events),
    activity,
    bounds: config.events,
    onRefused(error, app, remoteAddress) {
      metrics.observeRefusal(error.reason, app);
      operatorLog.refusedCallback(error, app, remoteAddress);
    },
    onLost,
  });
  const ownChanges = new OwnChanges({
    log: eventLog,
    clock,
    isUntold: (name, kind) =>
      apps.find(({ runtime }) => runtime.source.name === name)?.untoldSpaces.includes(kind) ?? false,
    onLost,
  });
  const reads = new PacedReads(eventLog, config.events);
  const hub = new EventHub(eventLog, () => clock.now(), onGiven, reads);
  const makeContext = contextMaker({
    runtimes: apps.map(({ runtime }) => runtime),
    clock,
    bounds: config.server.bounds,
    viewers: config.viewers,
    userTokens: config.userTokens,
    explainToAll: config.demo,
    makeConversations: (view, read) => new RequestConversations(index, sent, restricted, view, read),
    makeJobs: (owner, read) => new RequestJobs(runner, jobs, owner, read),
    subscribe: (wanted, after, caller, seen) => hub.open(wanted, after, caller, seen),
    departuresSeen: () => hub.departures.sequence,
    async noteMembership(app, change) {
      await ownChanges.note(app, change);
      const departed = departedBy(change);
      if (!departed) return;
      const userIds = departed.userIds && foldIds(app, departed.userIds, config);
      index.left(app, departed.space, userIds);
      hub.departures.note({ app, space: departed.space, userIds });
    },
    pastEvents: (wanted, page, period, caller) => pastEvents(reads.of(caller), wanted, page, period),
    rawEvent: ({ stream, ...place }) => eventLog.raw(stream, place),
    createBackup: (note) => backups.create(note),
    async replayCallback({ stream, ...place }) {
      const events = await intake.replay(stream, place);
      return events.map((event) => eventNode(event, encodeEventCursor(new Map([[stream, event]]))));
    },
    findCall: (app, callId) => calls.find(app, callId),
    noteCall: (app, done) => calls.apply(app, done, new Date(clock.now())),
    decide: (app, proposed, isOperator) => proposals.decide(app, proposed, isOperator),
    decisionPolicy: policyOf,
    activity,
    handledCallbacks: (names) => handledStream(activity, names),
  });
  // Requests go on where code forgot to handle a promise: one request must not end those of everybody else.
  const onUnhandled = (err: unknown) => log.error({ err }, 'a promise was rejected, and nobody handled it');
  process.on('unhandledRejection', onUnhandled);
  const { drainDelayMs, drainMs, bounds, ...listening } = config.server;
  const server = await startServer({
    ...listening,
    bounds: { ...bounds, drainDelayMs, drainMs },
    schema: makeSchema(),
    makeContext,
    hub,
    verifyToken: foldAccounts(
      makeTokenVerifier(config.auth, clock, {
        readKeys: keySets.read,
        report(fetch) {
          metrics.observeKeyFetch(fetch);
          logKeyFetch(log, fetch);
        },
      }),
      config,
    ),
    admitCallback: (address) => intake.admit(address),
    receiveCallback: (request) => intake.receive(request),
    refuseCallback: (request, error) => intake.refuse(request, error),
    metrics,
    isReady: () => eventLog.isWritable,
    log,
    clock,
  });
  operatorLog.started(server.url, config);
  const onRules = (name: string, settings: PolicySettings) => {
    const { contract } = apps.find(({ runtime }) => runtime.source.name === name) ?? {};
    operatorLog.rulesInForce(name, settings, contract?.decisions?.withoutContent ?? []);
  };
  for (const { runtime, policy } of apps) if (policy) onRules(runtime.source.name, policy.settings);
  const rules = new RuleReload({ config, policyOf, onRules, log });
  const endWatch = operatorLog.watchHealth(() =>
    apps.flatMap(({ runtime: { source }, policy }) => {
      const app = source.name;
      const services = policy?.services.map(({ rule, health }) => ({ app, rule, health })) ?? [];
      return [{ app, health: source.health }, ...services];
    }),
  );
  return {
    url: server.url,
    intake,
    reload: (read) => rules.reload(read),
    async stop() {
      endWatch();
      log.info({ drainDelayMs, drainMs }, 'stopping');
      await server.stop();
      await runner.stop();
      process.off('unhandledRejection', onUnhandled);
      await Promise.all([asking.close(), keySets.close(), ...apps.map(({ client }) => client.close())]);
      jobs.close();
      conversations.close();
      eventLog.close();
      log.info('stopped');
    },
  };
}

function openLog({ events }: Config, clock: Clock, log: Logger): EventLog {
  const { file, maxAgeDays, backupFolder: _, backupsKept: __, ...bounds } = events;
  const onFailure = (err: unknown) => log.error({ err }, 'who hears of events failed');
  const options = { clock, ...bounds, maxAgeMs: maxAgeDays * dayMs, onFailure };
  return file === undefined ? new MemoryLog(options) : new SqliteLog({ ...options, file });
}

function openConversations({ events: { file }, conversations: { keepDays } }: Config, clock: Clock): ConversationStore {
  if (file === undefined || file === ':memory:') return new MemoryConversationStore();
  return new SqliteConversationStore({ clock, file: `${file}-conversations`, keepMs: keepDays * 24 * 3600 * 1000 });
}

function openJobs({ events: { file } }: Config): JobStore {
  return file === undefined || file === ':memory:' ? new MemoryJobStore() : new SqliteJobStore(`${file}-jobs`);
}

/** The newest events are always looked at, for the calls: they are kept in memory only. */
const eventsOfCalls = 20_000;

/** Makes the indexes from what the log still has of an app, as it was before the process ended. */
async function remember(
  eventLog: EventLog,
  app: string,
  applied: Position | undefined,
  learn: (event: StoredEvent) => void,
): Promise<void> {
  const { epoch, offset: top } = eventLog.top(app);
  const known = applied?.epoch === epoch ? applied.offset : 0;
  for (let offset = Math.max(0, Math.min(known, top - eventsOfCalls)); offset < top; ) {
    const { events } = await eventLog.read(app, { epoch, offset }, 500);
    events.forEach(learn);
    offset = events.at(-1)?.offset ?? top;
  }
}

const vendorOf = (slug: string): Vendor => {
  const found = vendors.find((vendor) => vendor.slug === slug);
  if (!found) throw new Error(`no such vendor: ${slug}`);
  return found;
};

/** What every app is connected with. */
interface Parts {
  readonly clock: Clock;
  readonly report: (call: VendorCall, error?: AppError) => void;
  readonly reportAttempt: (attempt: VendorAttempt) => void;
  readonly ask: Ask;
  readonly onRuleFailure: (failed: FailedRule) => void;
}

function connect(name: string, app: AppConfig, { clock, report, reportAttempt, ask, onRuleFailure }: Parts) {
  const vendor = vendorOf(app.vendor);
  const limitOptions = {
    viewerShare: app.viewerShare ?? defaultLimitOptions.viewerShare,
    leastRoundTripMs: app.leastRoundTripMs ?? defaultLimitOptions.leastRoundTripMs,
  };
  const client = new Client({
    app: name,
    vendor: vendor.name,
    clock,
    limits: vendor.limits.map((bucket) => inForce(bucket, app, vendor.dayOffsetMinutes?.(app.config) ?? 0)),
    limitOptions,
    report,
    reportAttempt,
    makeWire: (call) => vendor.makeWire({ config: app.config, baseUrls: app.baseUrls, clock, call }),
  });
  const adapter = vendor.makeAdapter({ config: app.config, baseUrls: app.baseUrls, clock, call: client.call });
  const runtime = new AppRuntime({
    name,
    vendor: vendor.name,
    ignoresCase: vendor.ignoresCase === true,
    region: vendor.region(app.config),
    adapter,
    health() {
      const { since, ...health } = client.health();
      return { ...health, since: new Date(since) };
    },
    rateLimits: async () => (await client.scheduler.usage()).map((usage) => rateLimit(usage, limitOptions.viewerShare)),
    merge: (batch) => new Merger(batch, client.scheduler, clock),
    expectedWaitMs: (charges) => client.scheduler.expectedWaitMs(charges),
  });
  const contract = vendor.callbacks;
  const policy = contract.decisions
    ? new DecisionPolicy({
        settings: decisionsSchema.parse(app.decisions ?? {}),
        vendorWaitMs: contract.decisions.waitMs,
        clock,
        ask,
        ignoresCase: vendor.ignoresCase,
        onFailure: onRuleFailure,
      })
    : null;
  const callbacks = app.callbacks && { name, contract, config: app.config, policy, ...app.callbacks };
  return { client, runtime, callbacks, contract, policy, untoldSpaces: contract.untoldSpaces?.(app.config) ?? [] };
}

/** A bucket as it holds for an app: the operator's windows in place of the catalogue's, days that begin where the app lives. */
function inForce(bucket: Bucket, app: AppConfig, dayOffsetMinutes: number): Bucket {
  const own = app.limits?.[bucket.id];
  if (own) return { ...bucket, windows: own.windows, source: 'configuration' };
  const windows = bucket.windows.map((window) =>
    window.dayOffsetMinutes === undefined ? window : { ...window, dayOffsetMinutes },
  );
  return { ...bucket, windows };
}

function rateLimit({ bucket, used, scale, ...rest }: BucketUsage, viewerShare: number): RateLimit {
  const windows = bucket.windows.map(({ count, seconds }, index) => {
    const units = used[index] ?? 0;
    return { seconds, limit: count, used: units, remaining: Math.max(0, Math.floor(count * scale) - units) };
  });
  const { waiting, estimatedWaitMs, refusals } = rest;
  return {
    name: bucket.id,
    unit: bucket.unit,
    scope: bucket.scope,
    source: bucket.source,
    windows,
    waiting,
    estimatedWaitMs,
    refusals,
    share: scale,
    viewerShare,
  };
}
