import type { Call } from '../domain/call.ts';
import type { Access, Conversations } from '../domain/context.ts';
import { isFor, type Message, type MessageKey } from '../domain/message.ts';
import { type AnyNode, keyOfSpace, type MessageNode, type SpaceNode, spaceOfConversation } from '../domain/node.ts';
import { type Audience, hearing } from '../domain/subject.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { RequestAppView } from './app-view.ts';

/**
 * Whether a token opens an app: one that names apps opens those, an operator's that names none opens all. An operator's carries
 * at least one scope of this server; scopes of other services are not among the viewer's.
 */
export function mayUseApp(viewer: Viewer, app: string): boolean {
  return viewer.accounts.has(app) || (viewer.accounts.size === 0 && viewer.scopes.size > 0);
}

/** An event of a stream that is being answered, perhaps once for many viewers. */
export interface EventOccasion {
  readonly app: string;
  /** Whose events the stream is let hear: what takes part in them is seen without being asked about. */
  readonly granted: readonly Audience[];
  /** The messages that the event tells of: whoever has the event, they are for. */
  readonly told: readonly Message[];
  /** Whether the answer is for every viewer with the same scopes. */
  readonly isShared: boolean;
  /** Called when the answer depends on who the viewer is, beyond its scopes. */
  readonly onViewerRead: () => void;
}

/** The rules of who may see and do what, for one request. Memberships are asked once in a request. */
export class RequestAccess implements Access {
  readonly #viewer: Viewer;
  readonly #granted = new Set<string>();
  readonly #told: readonly Message[];
  readonly #view: (app: string) => RequestAppView;
  readonly #findCall: (app: string, callId: string) => Call | undefined;
  readonly #resolve: Conversations['resolve'];
  readonly #onViewerRead: () => void;

  /** `findCall` gives what is known of a call, if anything is; `resolve` is that of `Conversations`. `occasion` is there for an event of a stream. */
  constructor(
    viewer: Viewer,
    view: (app: string) => RequestAppView,
    findCall: (app: string, callId: string) => Call | undefined,
    resolve: Conversations['resolve'],
    occasion?: EventOccasion,
  ) {
    this.#viewer = viewer;
    this.#view = view;
    this.#findCall = findCall;
    this.#resolve = resolve;
    this.#onViewerRead = occasion?.onViewerRead ?? (() => {});
    this.#told = occasion?.told ?? [];
    for (const audience of occasion?.granted ?? []) this.#granted.add(`${occasion?.app} ${audience}`);
  }

  get viewer(): Viewer {
    this.#onViewerRead();
    return this.#viewer;
  }

  has(scope: string): boolean {
    return this.#viewer.scopes.has(scope);
  }

  app(app: string): void {
    this.#view(app);
  }

  accountIn(app: string): string {
    const account = this.viewer.accounts.get(app);
    if (account === undefined) throw forbidden();
    return account;
  }

  async self(node: AnyNode, orScope: string): Promise<void> {
    this.app(node.app);
    if (this.has(orScope)) return;
    if (!this.#isOwn(node)) throw forbidden();
    const space = node.__typename === 'Conversation' ? spaceOfConversation(node) : null;
    if (!space) return;
    await this.participant(space, orScope);
    // What is changed of a conversation changes nothing of this, and need not be asked again after it.
    this.grant(space);
  }

  async sender(app: string, claims: readonly MessageKey[], orScope: string): Promise<void> {
    this.app(app);
    if (this.has(orScope)) return;
    const account = this.accountIn(app);
    // A claim to have sent it is the least: nothing is asked for what says that it is another's.
    if (claims.some(({ senderId }) => senderId !== account)) throw forbidden();
    const messages = await this.#resolve(app, claims);
    if (!claims.every((_, index) => messages[index]?.isFromUser && messages[index].senderId === account))
      throw forbidden();
  }

  async participant(node: AnyNode, orScope: string): Promise<void> {
    this.app(node.app);
    if (this.has(orScope)) return;
    if (node.__typename === 'Message' && !this.#isFor(node)) throw forbidden();
    if (this.#granted.has(`${node.app} ${audienceOf(node)}`)) return;
    const account = this.accountIn(node.app);
    if (!(await this.#takesPart(node, account).catch(notWhenAbsent))) throw forbidden();
  }

  grant(space: SpaceNode): void {
    this.#granted.add(`${space.app} ${audienceOf(space)}`);
  }

  /** Who a message is for is a matter of its own: those who take part in its conversation may not all see it. */
  #isFor({ app, message }: MessageNode): boolean {
    return !message.audience || this.#told.includes(message) || isFor(message, this.accountIn(app));
  }

  #isOwn(node: AnyNode): boolean {
    const account = this.viewer.accounts.get(node.app);
    if (account === undefined) return false;
    switch (node.__typename) {
      case 'User':
        return node.userId === account;
      case 'Conversation':
        return node.ownerId === account;
      case 'Blocklist':
        return node.owner.kind === 'user' && node.owner.id === account;
      case 'Friend':
        return node.ownerId === account;
      case 'Message':
        return node.message.isFromUser && node.message.senderId === account;
      case 'Member':
        return node.member.userId === account;
      case 'Bot':
        return node.botId === account;
      case 'App':
      case 'Broadcast':
      case 'Job':
      case 'Group':
      case 'Chatroom':
      case 'Thread':
      case 'Community':
      case 'Call':
      case 'File':
        return false;
    }
  }

  async #takesPart(node: AnyNode, account: string): Promise<boolean> {
    const view = this.#view(node.app);
    switch (node.__typename) {
      case 'Group':
        return view.isMember({ kind: 'group', id: node.groupId }, account);
      case 'Chatroom':
        return view.isMember({ kind: 'chatroom', id: node.chatroomId }, account);
      case 'Member':
        return view.isMember(node.space, account);
      case 'Message': {
        const { to, senderId } = node.message;
        if (to.kind === 'direct') return senderId === account || to.id === account;
        return view.isMember({ kind: to.kind, id: to.id }, account);
      }
      case 'File': {
        const { groupId, ownerId } = node.file;
        if (ownerId === account) return true;
        return groupId ? view.isMember({ kind: 'group', id: groupId }, account) : false;
      }
      case 'Call':
        return takesPartIn(this.#findCall(node.app, node.callId), account);
      // No read of any vendor tells who is in a thread or community: only what is granted shows.
      case 'Thread':
      case 'Community':
      case 'App':
      case 'User':
      case 'Bot':
      case 'Broadcast':
      case 'Job':
      case 'Conversation':
      case 'Blocklist':
      case 'Friend':
        return this.#isOwn(node);
    }
  }
}

/** Who hears of what happens to a node, where taking part in it means to be one of them. */
function audienceOf(node: AnyNode): Audience | null {
  switch (node.__typename) {
    case 'Group':
    case 'Chatroom':
      return hearing(keyOfSpace(node));
    case 'Thread':
      return `to:thread:${node.threadId}`;
    case 'Call':
      return `to:call:${node.callId}`;
    case 'Member':
      return hearing(node.space);
    case 'Message': {
      const { to } = node.message;
      return to.kind === 'direct' ? null : hearing({ kind: to.kind, id: to.id });
    }
    case 'File':
      return node.file.groupId ? `to:group:${node.file.groupId}` : null;
    case 'Community':
    case 'App':
    case 'User':
    case 'Bot':
    case 'Broadcast':
    case 'Job':
    case 'Conversation':
    case 'Blocklist':
    case 'Friend':
      return null;
  }
}

const takesPartIn = (call: Call | undefined, account: string): boolean =>
  call?.callerId === account || (call?.participants.some(({ userId }) => userId === account) ?? false);

/** Nobody takes part in what is not there, or cannot be. */
function notWhenAbsent(error: unknown): false {
  if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'BAD_USER_INPUT')) return false;
  throw error;
}

/** The same words for what is absent and what is not the viewer's. */
function forbidden(): AppError {
  return new AppError('FORBIDDEN');
}
