import type { Call } from '../domain/call.ts';
import type { Access } from '../domain/context.ts';
import { idOf } from '../domain/id.ts';
import type { AnyNode, SpaceNode } from '../domain/node.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import type { RequestAppView } from './app-view.ts';

/** Whether a token opens an app: one that names apps opens those, an operator's that names none opens all. */
export function mayUseApp(viewer: Viewer, app: string): boolean {
  return viewer.accounts.has(app) || (viewer.accounts.size === 0 && viewer.scopes.size > 0);
}

/** The rules of who may see and do what, for one request. Memberships are asked once in a request. */
export class RequestAccess implements Access {
  readonly viewer: Viewer;
  readonly #granted = new Set<string>();
  readonly #view: (app: string) => RequestAppView;
  readonly #findCall: (app: string, callId: string) => Call | undefined;

  /** `findCall` gives what is known of a call, if anything is. */
  constructor(
    viewer: Viewer,
    view: (app: string) => RequestAppView,
    findCall: (app: string, callId: string) => Call | undefined,
  ) {
    this.viewer = viewer;
    this.#view = view;
    this.#findCall = findCall;
  }

  has(scope: string): boolean {
    return this.viewer.scopes.has(scope);
  }

  app(app: string): void {
    this.#view(app);
  }

  accountIn(app: string): string {
    const account = this.viewer.accounts.get(app);
    if (account === undefined) throw forbidden();
    return account;
  }

  self(node: AnyNode, orScope: string): void {
    this.app(node.app);
    if (!this.#isOwn(node) && !this.has(orScope)) throw forbidden();
  }

  async participant(node: AnyNode, orScope: string): Promise<void> {
    this.app(node.app);
    if (this.has(orScope)) return;
    if (this.#granted.has(idOf(node))) return;
    const account = this.accountIn(node.app);
    if (!(await this.#takesPart(node, account).catch(notWhenAbsent))) throw forbidden();
  }

  grant(space: SpaceNode): void {
    this.#granted.add(idOf(space));
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
      case 'Message':
        return node.message.isFromUser && node.message.senderId === account;
      case 'Member':
        return node.member.userId === account;
      case 'Bot':
        return node.botId === account;
      case 'App':
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
      case 'Conversation':
      case 'Blocklist':
        return this.#isOwn(node);
    }
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
