import { makeExecutableSchema } from '@graphql-tools/schema';
import { systemClock } from '../../src/clock.ts';
import type { EventWanted } from '../../src/domain/context.ts';
import type { DraftEvent } from '../../src/domain/event.ts';
import type { EventNode } from '../../src/domain/node.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { EventHub } from '../../src/events/hub.ts';
import type { EventLog } from '../../src/events/log.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import type { EventOccasion } from '../../src/gateway/access.ts';
import type { ServerOptions } from '../../src/server/options.ts';
import { type Shell, startShell } from './shell.ts';

interface LiveContext {
  readonly viewer: Viewer | null;
  readonly event?: EventOccasion;
}

const typeDefs = `
  type Query { hello: String! }
  type Subscription { happened(in: String = "g", after: String, member: String): Happening }
  type Happening {
    cursor: String!
    name: String
    "Depends on who asks."
    whose: String
    padded(to: Int!): String
    "Answered when the test says so."
    held: String
    fail: String
  }
`;

/** A shell over a log, whose one subscription is of a group's events, and what ran in it. */
export interface LiveShell extends Shell {
  readonly hub: EventHub;
  readonly log: EventLog;
  /** How often the events' names were asked for: once for each execution. */
  readonly executions: { count: number };
  /** Holds answers with `held` back until it is called. */
  hold(): () => void;
  /** Appends an event named so to the group. */
  happen(name: string, group?: string): Promise<void>;
  /** A user leaves the group. */
  leave(user: string, group?: string): Promise<void>;
}

export interface LiveShellOptions extends Partial<ServerOptions> {
  /** Another log than one in memory. */
  readonly eventLog?: EventLog;
}

export const happened = /* GraphQL */ `subscription ($after: String) { happened(after: $after) { cursor name } }`;

/** Starts a shell whose streams meet in groups. */
export async function startLiveShell({ eventLog, ...options }: LiveShellOptions = {}): Promise<LiveShell> {
  const log = eventLog ?? new MemoryLog({ clock: systemClock });
  const hub = new EventHub(log, Date.now);
  const executions = { count: 0 };
  let held: Promise<void> | null = null;
  let keys = 0;
  const nameOf = ({ payload }: EventNode) => (payload.type === 'UNKNOWN' ? payload.callback : payload.type);
  const subscribe = (_: unknown, args: { in: string; after?: string; member?: string }) => {
    const wanted: EventWanted = {
      apps: ['a'],
      subjects: new Map([['a', [`to:group:${args.in}` as Subject]]]),
      ...(args.member && { membership: { app: 'a', space: { kind: 'group', id: args.in }, userId: args.member } }),
    };
    return hub.open(wanted, args.after, 'reader');
  };
  const schema = makeExecutableSchema<LiveContext>({
    typeDefs,
    resolvers: {
      Query: { hello: () => 'hello' },
      Subscription: { happened: { subscribe, resolve: (node: EventNode) => node } },
      Happening: {
        name(node: EventNode) {
          executions.count += 1;
          return nameOf(node);
        },
        whose(_, __, { viewer, event }) {
          event?.onViewerRead();
          return viewer?.subject ?? 'nobody';
        },
        padded: (node: EventNode, { to }: { to: number }) => nameOf(node)?.padEnd(to, '.'),
        held: (node: EventNode) => (held ?? Promise.resolve()).then(() => nameOf(node)),
        fail() {
          throw new Error('the log at /var/lib/events is gone');
        },
      },
    },
  });
  const append = async (payload: DraftEvent['payload'], subjects: readonly Subject[]) => {
    keys += 1;
    await log.append('a', [{ dedupeKey: `${keys}`, occurredAt: new Date(0), subjects, payload }]);
  };
  const shell = await startShell({ schema, hub, ...options });
  return {
    ...shell,
    hub,
    log,
    executions,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    happen: (name, group = 'g') => append({ type: 'UNKNOWN', callback: name }, [`to:group:${group}`]),
    leave: (user, group = 'g') =>
      append(
        {
          type: 'MEMBERS_LEFT',
          space: { kind: 'group', id: group },
          actorId: null,
          userIds: [user],
          cause: 'LEFT',
          memberCount: null,
        },
        [`to:group:${group}`, `to:user:${user}`],
      ),
  };
}
