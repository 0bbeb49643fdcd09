import type { Context } from '../src/domain/context.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import type { Job, JobError } from '../src/domain/job.ts';
import type { JobNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { importedMessage } from './message-change.ts';
import { appNode, mapNodes } from './nodes.ts';
import { itemError } from './results.ts';
import { newUsers } from './user.ts';

const maxItems = 10_000;

const jobNode = (job: Job): JobNode => ({ __typename: 'Job', app: job.app, jobId: job.id, known: job });

/** The job of an id. Throws `NOT_FOUND`. */
function jobOf(id: string, input: string, context: Context): Job {
  const { app, key } = decodeId(id, ['Job'], input);
  context.access.app(app);
  const found = context.jobs.find(app, key[0] ?? '');
  if (!found) throw new AppError('NOT_FOUND', 'There is no such job.', { input });
  return found;
}

const known = ({ app, jobId, known: job }: JobNode, context: Context): Job => {
  const found = job ?? context.jobs.find(app, jobId);
  if (!found) throw new AppError('NOT_FOUND', 'There is no such job.');
  return found;
};

const errorNode = ({ code, message, vendorCode }: JobError) =>
  itemError(new AppError(code, message, { vendorCode: vendorCode ?? undefined }));

const pausedFor = ({ pauseCause }: Job) => pauseCause && errorNode(pauseCause);

/** A field of the job. */
const field =
  <F extends keyof Job>(name: F) =>
  (node: JobNode, _: unknown, context: Context): Job[F] =>
    known(node, context)[name];

function checkItems(count: number, input: string): void {
  if (count >= 1 && count <= maxItems) return;
  throw new AppError('BAD_USER_INPUT', `${input} must hold 1 to ${maxItems} items, and holds ${count}.`, { input });
}

function keyIn({ idempotencyKey }: { readonly idempotencyKey?: string | null }): string | undefined {
  const input = 'input.idempotencyKey';
  if (idempotencyKey === null || idempotencyKey === undefined) return undefined;
  if (idempotencyKey.length >= 1 && idempotencyKey.length <= 64) return idempotencyKey;
  throw new AppError('BAD_USER_INPUT', `${input} must have 1 to 64 characters.`, { input });
}

export const job = {
  Query: {
    job: (_, { id }, context) => jobNode(jobOf(id, 'id', context)),
  },
  App: {
    async jobs({ app }, page, context) {
      return mapNodes(await context.jobs.list(app, page), jobNode);
    },
  },
  Job: {
    id: idOf,
    app: (node) => appNode(node.app),
    kind: field('kind'),
    status: field('status'),
    createdAt: field('createdAt'),
    startedAt: field('startedAt'),
    finishedAt: field('finishedAt'),
    total: field('total'),
    succeeded: field('succeeded'),
    failed: field('failed'),
    pauseCause: (node, _, context) => pausedFor(known(node, context)),
    failures: (node, page, context) => context.jobs.failures(known(node, context), page),
  },
  JobFailure: {
    error: ({ error }) => errorNode(error),
  },
  Mutation: {
    startMessageImport(_, { input }, context) {
      const { app } = decodeId(input.appId, ['App'], 'input.appId');
      context.app(app).needs('Mutation.importMessages');
      checkItems(input.messages.length, 'input.messages');
      const items = input.messages.map((each, index) => ({
        target: String(index),
        input: importedMessage(each, `input.messages[${index}]`, app, context),
      }));
      const idempotencyKey = keyIn(input);
      return { job: jobNode(context.jobs.start({ app, kind: 'MESSAGE_IMPORT', items, idempotencyKey })) };
    },
    startUserRegistration(_, { input }, context) {
      const { app } = decodeId(input.appId, ['App'], 'input.appId');
      context.app(app).needs('Mutation.registerUsers');
      checkItems(input.users.length, 'input.users');
      const users = newUsers(input.users, context.app(app));
      const items = users.map((user) => ({ target: user.userId, input: user }));
      const idempotencyKey = keyIn(input);
      return { job: jobNode(context.jobs.start({ app, kind: 'USER_REGISTRATION', items, idempotencyKey })) };
    },
    cancelJob: (_, { input }, context) => ({
      job: jobNode(context.jobs.cancel(jobOf(input.jobId, 'input.jobId', context))),
    }),
  },
  Subscription: {
    jobProgress: {
      subscribe: (_, { jobId }, context) => context.jobs.progress(jobOf(jobId, 'jobId', context)) as never,
      resolve: (moved: Job) => jobNode(moved) as never,
    },
  },
} satisfies Resolvers;
