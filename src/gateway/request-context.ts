import type { Clock } from '../clock.ts';
import type {
  AppView,
  Connection,
  Context,
  Conversations,
  EventWanted,
  Jobs,
  PageArgs,
  PastPeriod,
  ReadConnection,
} from '../domain/context.ts';
import { canonicalId, type EventPlace, placeOfEvent } from '../domain/id.ts';
import type { EventNode } from '../domain/node.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { Priority } from '../request-options.ts';
import { type EventOccasion, mayUseApp, RequestAccess } from './access.ts';
import type { AppRuntime } from './app-runtime.ts';
import { RequestAppView } from './app-view.ts';
import { readConnection } from './connection.ts';
import { type Explain, Explanation } from './explanation.ts';
import { Once, type OnceBounds } from './once.ts';
import { withoutChanges } from './plan-ports.ts';
import { Quiet } from './quiet.ts';

/** What requests are answered with, besides the apps. */
export interface GatewayOptions {
  readonly runtimes: readonly AppRuntime[];
  readonly clock: Clock;
  readonly bounds: OnceBounds;
  readonly viewers: Context['viewers'];
  readonly userTokens: Context['userTokens'];
  /** Whether every token may be told of vendor calls: in the demo. */
  readonly explainToAll: boolean;
  makeConversations(view: (app: string) => AppView, read: ReadConnection): Conversations;
  makeJobs(owner: string, read: ReadConnection): Jobs;
  /** `seen` is what `departuresSeen` gave before the viewer's memberships were asked for. */
  subscribe(
    wanted: EventWanted,
    after: string | null | undefined,
    caller: string,
    seen: number,
  ): AsyncIterable<EventNode>;
  departuresSeen(): number;
  noteMembership: Context['noteMembership'];
  pastEvents(wanted: EventWanted, page: PageArgs, period: PastPeriod, caller: string): Promise<Connection<EventNode>>;
  rawEvent(place: EventPlace): Promise<unknown>;
  replayCallback(place: EventPlace): Promise<readonly EventNode[]>;
  createBackup: Context['createBackup'];
  findCall: Context['findCall'];
  noteCall: Context['noteCall'];
  decide: Context['decide'];
  decisionPolicy: Context['decisionPolicy'];
  readonly activity: Context['activity'];
  handledCallbacks: Context['handledCallbacks'];
}

export interface ContextRequest {
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly explain: Explain;
  readonly priority: Priority;
  /** There for an event of a stream. */
  readonly event?: EventOccasion | undefined;
}

/** Makes what resolvers see, once for each operation: its own loaders over what the process shares. */
export function contextMaker(options: GatewayOptions): (request: ContextRequest) => Context {
  const runtimes = new Map(options.runtimes.map((runtime) => [runtime.source.name, runtime]));
  const ignoresCase = (app: string) => runtimes.get(app)?.source.ignoresCase === true;
  const once = new Once(options.clock, options.bounds);
  const planning = withoutChanges(options);
  return ({ viewer, requestId, signal, explain, priority, event }) => {
    if (explain !== 'none' && !options.explainToAll && !viewer?.scopes.has('chat:read')) {
      throw new AppError('FORBIDDEN', 'To be told of vendor calls needs chat:read.');
    }
    const isPlan = explain === 'plan';
    const ports = isPlan ? planning : options;
    const quiet = new Quiet();
    const explanation = new Explanation(explain);
    // What is read for many is read in the app's own name.
    const callOptions = explanation.options(signal, event?.isShared ? '' : (viewer?.subject ?? ''), priority);
    const views = new Map<string, RequestAppView>();
    const view = (app: string): RequestAppView => {
      if (app !== event?.app) event?.onViewerRead();
      const runtime = runtimes.get(app);
      // An app that is not configured and one that is not the token's are refused alike.
      if (!runtime || !viewer || !mayUseApp(viewer, app)) throw new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      const known = views.get(app) ?? new RequestAppView(runtime, quiet, callOptions, explanation);
      views.set(app, known);
      return known;
    };
    const conversations = ports.makeConversations(view, readConnection);
    const seen = options.departuresSeen();
    const access = viewer
      ? new RequestAccess(viewer, view, options.findCall, (app, claims) => conversations.resolve(app, claims), event)
      : null;
    return {
      requestId,
      signal,
      get viewer() {
        event?.onViewerRead();
        return viewer;
      },
      get access() {
        if (!access)
          throw new AppError('UNAUTHENTICATED', 'This needs a token: send it as "Authorization: Bearer <token>".');
        return access;
      },
      app: view,
      apps() {
        event?.onViewerRead();
        return [...runtimes.keys()].filter((name) => viewer !== null && mayUseApp(viewer, name)).map(view);
      },
      conversations,
      jobs: ports.makeJobs(viewer?.subject ?? '', readConnection),
      viewers: options.viewers,
      userTokens: options.userTokens,
      // A plan is neither remembered for a key nor answered by what was sent with it.
      once: (scope, key, change) => (isPlan ? change.run() : once.run(viewer?.subject ?? '', scope, key, change)),
      subscribe: (wanted, after) => options.subscribe(wanted, after, viewer?.subject ?? '', seen),
      noteMembership: ports.noteMembership,
      pastEvents: (...args) => options.pastEvents(...args, viewer?.subject ?? ''),
      rawEvent(id) {
        const place = placeOfEvent(id);
        view(place.app);
        return options.rawEvent(place);
      },
      replayCallback(eventId) {
        const place = placeOfEvent(eventId, 'input.eventId');
        view(place.app);
        return ports.replayCallback(place);
      },
      canonicalId: (id) => canonicalId(id, ignoresCase),
      createBackup: (note) => ports.createBackup(note),
      findCall: options.findCall,
      noteCall: ports.noteCall,
      decide: ports.decide,
      decisionPolicy: options.decisionPolicy,
      activity: options.activity,
      handledCallbacks: options.handledCallbacks,
      now: () => options.clock.now(),
      underWay: (work) => quiet.during(work),
      responseExtensions: () => explanation.extensions(),
    };
  };
}
