import type { Conversations, Jobs } from '../domain/context.ts';
import { NotPlannable } from '../request-options.ts';
import type { GatewayOptions } from './request-context.ts';

/**
 * The same for operations that are only planned: what reads stays, what would change something of this server throws `NotPlannable`.
 * Vendor calls need nothing here: `isPlan` keeps them back.
 */
export function withoutChanges(options: GatewayOptions): GatewayOptions {
  return {
    ...options,
    makeConversations: (view, read) => readOnlyConversations(options.makeConversations(view, read)),
    makeJobs: (owner, read) => readOnlyJobs(options.makeJobs(owner, read)),
    // Rules count messages and ask services.
    decide: () => Promise.resolve({ decision: 'DELIVER' }),
    replayCallback: refuse('CHANGES_THIS_SERVER', 'A callback that is read once more changes the event log.'),
    createBackup: refuse('CHANGES_THIS_SERVER', 'A backup writes files.'),
    noteMembership: refuse('CHANGES_THIS_SERVER', 'Streams of those who leave end.'),
    noteCall: refuse('CHANGES_THIS_SERVER', 'What is known of a call changes.'),
  };
}

function readOnlyConversations(conversations: Conversations): Conversations {
  const keep = refuse('CHANGES_THIS_SERVER', 'What this server keeps of conversations changes.');
  return {
    list: (...args) => conversations.list(...args),
    find: (node) => conversations.find(node),
    messages: (...args) => conversations.messages(...args),
    spaceMessages: (...args) => conversations.spaceMessages(...args),
    lastMessage: (node) => conversations.lastMessage(node),
    message: (...args) => conversations.message(...args),
    resolve: (...args) => conversations.resolve(...args),
    unreadCount: (node) => conversations.unreadCount(node),
    sending: (_app, _message, send) => send(),
    sent: keep,
    markRead: keep,
    pin: keep,
    set: keep,
    edited: keep,
    acknowledged: keep,
    remove: keep,
    recalled: keep,
  };
}

function readOnlyJobs(jobs: Jobs): Jobs {
  return {
    start: refuse('RUNS_LATER', 'A job makes its calls later, piece by piece.'),
    find: (...args) => jobs.find(...args),
    list: (...args) => jobs.list(...args),
    failures: (...args) => jobs.failures(...args),
    cancel: refuse('CHANGES_THIS_SERVER', 'The job would end.'),
    progress: (job) => jobs.progress(job),
  };
}

const refuse =
  (...why: ConstructorParameters<typeof NotPlannable>) =>
  (): never => {
    throw new NotPlannable(...why);
  };
