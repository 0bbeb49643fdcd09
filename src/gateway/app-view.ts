import type { BlocklistOwner } from '../domain/blocklist.ts';
import type {
  AppView,
  BatchName,
  Connection,
  InputOf,
  ItemOf,
  KeyOf,
  ListKeyOf,
  ListName,
  MembersWanted,
  PageArgs,
  ResultOf,
  RunName,
  ValueOf,
} from '../domain/context.ts';
import type { Group } from '../domain/group.ts';
import type { NewMessage, SentMessage } from '../domain/message.ts';
import { type GroupNode, keyOfSpace, type MemberNode, type SpaceNode } from '../domain/node.ts';
import type { ChoiceInput, OperationName } from '../domain/operations.ts';
import type { Lister, Page } from '../domain/page.ts';
import type { SpaceKey } from '../domain/space.ts';
import { AppError, type Outcome, toAppError } from '../errors.ts';
import { Planned, type RequestOptions } from '../request-options.ts';
import type { AppRuntime } from './app-runtime.ts';
import { mapConnection, readConnection } from './connection.ts';
import type { Explanation } from './explanation.ts';
import { ListSearch } from './list-search.ts';
import { Loaders, notSupported } from './loaders.ts';
import { placed } from './placed.ts';
import type { Quiet } from './quiet.ts';
import { sendForViewer } from './send-for-viewer.ts';

/** The pages of a list that are read to look for one entry, before the answer is "not there". */
const maxPagesSearched = 20;
/** The pages of a user's groups that are read to prove a membership, before the group itself is asked. */
const maxGroupPages = 3;

/** What of a group some vendors tell by a read of its own, not with its name. */
const ownReads: { readonly [F in keyof Group]?: 'Group.announcement' | 'Group.owner' } = {
  announcement: 'Group.announcement',
  ownerId: 'Group.owner',
};

/** One app during one request. */
export class RequestAppView implements AppView {
  readonly #runtime: AppRuntime;
  readonly #quiet: Quiet;
  readonly #options: RequestOptions;
  readonly #explanation: Explanation;
  readonly #loaders: Loaders;
  readonly #memberPages = new Map<string, Promise<Connection<MemberNode>>>();
  readonly #memberships = new Map<string, Promise<boolean>>();
  readonly #userGroups = new Map<
    string,
    Promise<{ readonly groups: ReadonlyMap<string, Group>; readonly isWhole: boolean }>
  >();
  readonly #seenGroups = new Map<string, Group>();
  readonly #searches = new Map<string, ListSearch<unknown>>();
  readonly #blocklists = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(runtime: AppRuntime, quiet: Quiet, options: RequestOptions, explanation: Explanation) {
    this.#runtime = runtime;
    this.#quiet = quiet;
    this.#options = options;
    this.#explanation = explanation;
    this.#loaders = new Loaders(runtime, quiet, options, explanation);
  }

  get name() {
    return this.#runtime.source.name;
  }

  get vendor() {
    return this.#runtime.source.vendor;
  }

  get ignoresCase() {
    return this.#runtime.source.ignoresCase;
  }

  get region() {
    return this.#runtime.source.region;
  }

  supports(coordinate: string) {
    return this.#runtime.capabilities.has(coordinate);
  }

  mustSupport(coordinate: string): void {
    if (!this.supports(coordinate)) throw notSupported(this.#runtime, coordinate);
  }

  capabilities() {
    return [...this.#runtime.capabilities.values()];
  }

  health() {
    return this.#runtime.source.health();
  }

  rateLimits() {
    return this.#runtime.source.rateLimits();
  }

  has(operation: OperationName): boolean {
    return this.#runtime.source.adapter.operations[operation] !== undefined;
  }

  needs(operation: OperationName): void {
    if (!this.has(operation)) throw notSupported(this.#runtime, operation);
  }

  load<K extends BatchName>(operation: K, key: KeyOf<K>): Promise<ValueOf<K>> {
    return this.#loaders.load(operation, key);
  }

  loadIfAny<K extends BatchName>(operation: K, key: KeyOf<K>): Promise<ValueOf<K> | null> {
    return this.#loaders.has(operation) ? this.load(operation, key) : Promise.resolve(null);
  }

  list<K extends ListName>(operation: K, key: ListKeyOf<K>, page: PageArgs): Promise<Connection<ItemOf<K>>> {
    return this.readList(`${operation} ${this.name} ${JSON.stringify(key)}`, page, operation, key);
  }

  /** As `list`, for lists that carry another name than their operation and key. */
  readList<K extends ListName>(
    listId: string,
    page: PageArgs,
    operation: K,
    key: ListKeyOf<K>,
  ): Promise<Connection<ItemOf<K>>> {
    return readConnection(listId, page, (request) => this.page(operation, key, request));
  }

  /** One page as the vendor gives it. */
  page<K extends ListName>(
    operation: K,
    key: ListKeyOf<K>,
    request: { position?: string | undefined; limit: number },
  ): Promise<Page<ItemOf<K>>> {
    // `Operations` ties the name to its key and item.
    const lister = this.#runtime.source.adapter.operations[operation] as Lister<ListKeyOf<K>, ItemOf<K>> | undefined;
    if (!lister) return Promise.reject(notSupported(this.#runtime, operation));
    return this.#ask(operation, lister(key, request, this.#options));
  }

  find<K extends ListName>(
    operation: K,
    key: ListKeyOf<K>,
    fits: (item: ItemOf<K>) => boolean,
  ): Promise<ItemOf<K> | null> {
    const listId = `${operation} ${JSON.stringify(key)}`;
    const known = this.#searches.get(listId) ?? new ListSearch((request) => this.page(operation, key, request));
    this.#searches.set(listId, known);
    // `Operations` ties the operation in the list's name to its items.
    return (known as ListSearch<ItemOf<K>>).find(fits);
  }

  async run<K extends RunName>(operation: K, input: InputOf<K>): Promise<ResultOf<K>> {
    const change = this.#changeOf(operation);
    try {
      return await this.#ask(operation, change(input, this.#options));
    } finally {
      this.#forget();
    }
  }

  sendForViewer(message: NewMessage): Promise<readonly Outcome<SentMessage>[]> {
    return sendForViewer(this, message, this.#runtime.source.adapter.sendsPastBlocklists === true);
  }

  /** Fails as a change would before its first call, so that nothing is asked for one that cannot be made. */
  async refuseEarly<K extends RunName>(operation: K, input: InputOf<K>): Promise<void> {
    try {
      await this.#changeOf(operation)(input, { ...this.#options, isPlan: true });
    } catch (error) {
      if (!(error instanceof Planned))
        throw placed(toAppError(error), { app: this.name, vendor: this.vendor, operation });
    }
  }

  takes(type: ChoiceInput, value: object | null | undefined, path: string): void {
    const supported: readonly string[] | undefined = this.#runtime.source.adapter.inputs[type];
    if (!supported || !value) return;
    for (const [field, given] of Object.entries(value)) {
      if (given === undefined || given === null || supported.includes(field)) continue;
      throw notSupported(this.#runtime, type, `${path}.${field}`);
    }
  }

  async groupField<F extends keyof Omit<Group, 'groupId'>>(node: GroupNode, field: F): Promise<Group[F] | null> {
    const known = node.known?.[field] ?? this.#seenGroups.get(node.groupId)?.[field];
    if (known !== undefined) return known;
    const own: 'Group.announcement' | 'Group.owner' | undefined = ownReads[field];
    // `ownReads` ties the field to a read of its value.
    if (own && this.#loaders.has(own)) return (await this.load(own, node.groupId)) as Group[F] | null;
    return (await this.load('Group.name', node.groupId))[field] ?? null;
  }

  async memberCount(space: SpaceNode): Promise<number | null> {
    if (typeof space.known?.memberCount === 'number') return space.known.memberCount;
    // Sibling fields may be about to read the members, whose page tells the count too.
    await new Promise((resolve) => setImmediate(resolve));
    const id = keyOfSpace(space).id;
    const listed = await this.#memberPages.get(`${space.__typename} ${id}`)?.catch(() => undefined);
    if (typeof listed?.totalCount === 'number') return listed.totalCount;
    if (space.__typename === 'Chatroom') {
      if (this.#loaders.has('Chatroom.memberCount')) return this.load('Chatroom.memberCount', id);
      return (await this.load('Chatroom.name', id)).memberCount ?? null;
    }
    const seen = this.#seenGroups.get(id)?.memberCount;
    if (typeof seen === 'number') return seen;
    if (this.#loaders.has('Group.memberCount')) return this.load('Group.memberCount', id);
    return (await this.load('Group.name', id)).memberCount ?? null;
  }

  members(space: SpaceNode, page: PageArgs, { withRoles, role }: MembersWanted): Promise<Connection<MemberNode>> {
    const key = keyOfSpace(space);
    const operation = space.__typename === 'Group' ? 'Group.members' : 'Chatroom.members';
    const listId = [operation, this.name, key.id, ...(role ? [role] : [])].join(' ');
    const reading = readConnection(listId, page, async (request) => {
      const got = await this.page(operation, { spaceId: key.id, withRoles }, request);
      if (!role) return got;
      return { ...got, items: got.items.filter((member) => member.role === role), totalCount: undefined };
    }).then((connection) =>
      mapConnection(connection, (member): MemberNode => ({ __typename: 'Member', app: this.name, space: key, member })),
    );
    if (!page.after && !role) this.#memberPages.set(`${space.__typename} ${key.id}`, reading);
    return reading;
  }

  async member(space: SpaceNode, userId: string, withRoles: boolean): Promise<MemberNode | null> {
    const key = keyOfSpace(space);
    const operation = key.kind === 'group' ? 'Group.member' : 'Chatroom.member';
    const member = await this.load(operation, { spaceId: key.id, userId, withRoles });
    return member && { __typename: 'Member', app: this.name, space: key, member };
  }

  /** Whether a user is in a space now, asked once in a request, in the way that costs the vendor least. */
  isMember(space: SpaceKey, userId: string): Promise<boolean> {
    const key = `${space.kind} ${space.id} ${userId}`;
    const known = this.#memberships.get(key);
    if (known !== undefined) return known;
    const asking =
      space.kind === 'group' ? this.#isGroupMember(space.id, userId) : this.#isIn('Chatroom.member', space.id, userId);
    this.#memberships.set(key, asking);
    return asking;
  }

  /** The groups of a user as its list tells them, the first pages of it; what it tells of each group is remembered. */
  userGroups(userId: string): Promise<{ readonly groups: ReadonlyMap<string, Group>; readonly isWhole: boolean }> {
    const known = this.#userGroups.get(userId);
    if (known !== undefined) return known;
    const reading = this.#readUserGroups(userId);
    this.#userGroups.set(userId, reading);
    return reading;
  }

  async isBlocked(owner: BlocklistOwner, userId: string): Promise<boolean> {
    if (owner.kind === 'user' && this.#loaders.has('Blocklist.contains'))
      return this.load('Blocklist.contains', { owner, userId });
    const key = `${owner.kind} ${owner.id}`;
    const reading = this.#blocklists.get(key) ?? this.#readBlocklist(owner);
    this.#blocklists.set(key, reading);
    return (await reading).has(userId);
  }

  /** What was read before a change may be otherwise after it, whether it is known to have worked or not. */
  #forget(): void {
    this.#loaders.clear();
    for (const kept of [
      this.#memberPages,
      this.#memberships,
      this.#userGroups,
      this.#seenGroups,
      this.#blocklists,
      this.#searches,
    ])
      kept.clear();
  }

  /** Throws `NOT_SUPPORTED` where the adapter has no such change. */
  #changeOf<K extends RunName>(operation: K): (input: InputOf<K>, options: RequestOptions) => Promise<ResultOf<K>> {
    const change = this.#runtime.source.adapter.operations[operation];
    if (!change) throw notSupported(this.#runtime, operation);
    // `Operations` ties the name to its input and result.
    return change as (input: InputOf<K>, options: RequestOptions) => Promise<ResultOf<K>>;
  }

  async #isGroupMember(groupId: string, userId: string): Promise<boolean> {
    const { adapter } = this.#runtime.source;
    if (adapter.operations['User.groups']) {
      const { groups, isWhole } = await this.userGroups(userId);
      if (groups.has(groupId) || isWhole) return groups.has(groupId);
    }
    return this.#isIn('Group.member', groupId, userId);
  }

  async #isIn(operation: 'Group.member' | 'Chatroom.member', spaceId: string, userId: string): Promise<boolean> {
    return (await this.load(operation, { spaceId, userId, withRoles: false })) !== null;
  }

  async #readUserGroups(userId: string) {
    const groups = new Map<string, Group>();
    let position: string | undefined;
    for (let page = 0; page < maxGroupPages; page += 1) {
      const got = await this.page('User.groups', userId, { position, limit: 100 });
      for (const group of got.items) {
        groups.set(group.groupId, group);
        this.#seenGroups.set(group.groupId, group);
      }
      position = got.next;
      if (position === undefined) return { groups, isWhole: true };
    }
    return { groups, isWhole: false };
  }

  async #readBlocklist(owner: BlocklistOwner): Promise<ReadonlySet<string>> {
    const operation = ({ user: 'User.blocklist', group: 'Group.blocklist', chatroom: 'Chatroom.blocklist' } as const)[
      owner.kind
    ];
    const found = new Set<string>();
    let position: string | undefined;
    for (let page = 0; page < maxPagesSearched; page += 1) {
      const got = await this.page(operation, owner.id, { position, limit: 100 });
      for (const block of got.items) found.add(block.userId);
      position = got.next;
      if (position === undefined) return found;
    }
    throw new AppError('LIMIT_REACHED', 'The blocklist is too long to be searched.', {
      app: this.name,
      vendor: this.vendor,
    });
  }

  async #ask<T>(operation: string, answer: Promise<T>): Promise<T> {
    try {
      return await this.#quiet.during(answer);
    } catch (error) {
      if (this.#options.signal?.aborted) throw error;
      if (error instanceof Planned) await this.#explanation.plan(this.#runtime, error);
      if (error instanceof Planned) throw error;
      throw placed(toAppError(error), { app: this.name, vendor: this.vendor, operation });
    }
  }
}
