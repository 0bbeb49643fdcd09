import { createHash } from 'node:crypto';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { messagesTold } from '../domain/node.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { Feed } from '../events/feed.ts';
import type { Channel, EventHub } from '../events/hub.ts';
import type { Prepared } from './documents.ts';
import { LiveGroup, type LiveMember } from './live-group.ts';
import type { Operations, RunRequest } from './operation.ts';

/** What a stream runs, and for whom. */
export type LiveRequest = Omit<RunRequest, 'signal'>;

const maxKeysRemembered = 10_000;

/**
 * Finds the group for a stream that has reached the live end: of those with the same events, document, operation, variables
 * and rights. Viewers share as long as nothing that was answered depended on who they are.
 */
export class LiveGroups {
  readonly hub: EventHub;
  readonly #operations: Operations;
  readonly #schema: GraphQLSchema;
  readonly #clock: Clock;
  readonly #groups = new Map<Channel, Map<string, LiveGroup>>();
  readonly #variables = new WeakMap<DocumentNode, readonly string[]>();
  /** What depended on the viewer once is executed for each viewer from then on. */
  readonly #ofViewers = new LRUCache<string, true>({ max: maxKeysRemembered });

  constructor(hub: EventHub, operations: Operations, schema: GraphQLSchema, clock: Clock) {
    this.hub = hub;
    this.#clock = clock;
    this.#operations = operations;
    this.#schema = schema;
  }

  /** Groups and the streams in them. */
  get counts(): { readonly groups: number; readonly members: number } {
    const groups = [...this.#groups.values()].flatMap((each) => [...each.values()]);
    return { groups: groups.length, members: groups.reduce((sum, { size }) => sum + size, 0) };
  }

  /**
   * Takes a stream in whose feed has given everything the log has; undefined when there is something left to give. The feed is not used
   * any more then.
   */
  join(member: LiveMember, feed: Feed, prepared: Prepared, request: LiveRequest): LiveGroup | undefined {
    if (!feed.isAtEnd) return undefined;
    const { wanted, cursor } = feed;
    const channel = this.hub.channel(wanted);
    const groups = this.#groups.get(channel) ?? new Map<string, LiveGroup>();
    const shared = this.#key(prepared, request);
    const rememberedAs = digest([shared, channel.key]);
    const isOfOne = this.#ofViewers.has(rememberedAs);
    const key = isOfOne ? digest([shared, member.identity]) : shared;
    const group = groups.get(key) ?? this.#make(channel, groups, key, isOfOne, rememberedAs, prepared, request);
    group.add(member, { sequence: this.hub.sequence, cursor });
    void feed.return();
    return group;
  }

  #make(
    channel: Channel,
    groups: Map<string, LiveGroup>,
    key: string,
    isOfOne: boolean,
    rememberedAs: string,
    prepared: Prepared,
    request: LiveRequest,
  ): LiveGroup {
    const group: LiveGroup = new LiveGroup({
      channel,
      departures: this.hub.departures,
      clock: this.#clock,
      isOfOne,
      answer: async ({ node, granted }, signal) => {
        let dependsOnViewer = false;
        const result = await this.#operations.answerEvent(prepared, { ...request, signal }, node, {
          app: node?.app ?? '',
          granted,
          told: messagesTold(node),
          isShared: true,
          onViewerRead: () => {
            dependsOnViewer = true;
          },
        });
        return { result, dependsOnViewer };
      },
      onGiven: ({ stored }) => this.hub.given(stored),
      onEnd: (dependsOnViewer) => {
        if (dependsOnViewer) this.#ofViewers.set(rememberedAs, true);
        groups.delete(key);
        if (groups.size === 0) this.#groups.delete(channel);
      },
    });
    groups.set(key, group);
    this.#groups.set(channel, groups);
    return group;
  }

  /** A digest, so that a key holds no document: equal for streams whose answers to an event are the same, as far as they do not depend on who asks. */
  #key(prepared: Prepared, { variables, viewer, wishes }: LiveRequest): string {
    const used = this.#variablesOf(prepared.document).map((name) => [name, variables?.[name] ?? null]);
    const scopes = [...(viewer?.scopes ?? [])].sort();
    return digest([
      prepared.operation.name?.value ?? null,
      used,
      viewer ? scopes : null,
      wishes.priority,
      prepared.text,
    ]);
  }

  /** The variables used below the root field. Those of its own arguments say which events are wanted, and nothing else. */
  #variablesOf(document: DocumentNode): readonly string[] {
    const known = this.#variables.get(document);
    if (known) return known;
    const names = new Set<string>();
    const types = new TypeInfo(this.#schema);
    const root = this.#schema.getSubscriptionType();
    const visitor = visitWithTypeInfo(types, {
      Argument: () => (types.getParentType() === root && !types.getDirective() ? false : undefined),
      VariableDefinition: () => false,
      Variable: ({ name }) => void names.add(name.value),
    });
    visit(document, visitor);
    const used = [...names].sort();
    this.#variables.set(document, used);
    return used;
  }
}

const digest = (parts: readonly unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64');

/** Who a viewer is, beyond its scopes. */
export function identityOf(viewer: Viewer | null): string {
  return viewer ? JSON.stringify([viewer.subject, [...viewer.accounts].sort()]) : '';
}
