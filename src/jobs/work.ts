import type { JobInputs, JobKind } from '../domain/job.ts';
import type { ImportedMessage } from '../domain/message.ts';
import type { Adapter, OperationName } from '../domain/operations.ts';
import { conversationSubject } from '../domain/subject.ts';
import { AppError, failed, type Outcome, toAppError } from '../errors.ts';
import type { RequestOptions } from '../request-options.ts';

/** How jobs of a kind are done. */
interface Work<K extends JobKind> {
  readonly operation: OperationName;
  /** How many items are in flight at once. */
  readonly atOnce: number;
  /** Whether an item whose fate is not known can be done again, so that a crash leaves nothing open. */
  readonly isRepeatable: boolean;
  /** The order in which items are to be done; that given when left out. */
  readonly compare?: (one: JobInputs[K], other: JobInputs[K]) => number;
  readonly run: (
    adapter: Adapter,
    items: readonly JobInputs[K][],
    options: RequestOptions,
  ) => Promise<readonly Outcome<unknown>[]>;
}

export const works: { readonly [K in JobKind]: Work<K> } = {
  MESSAGE_IMPORT: {
    operation: 'Mutation.importMessages',
    atOnce: 20,
    // A second import makes a second message.
    isRepeatable: false,
    compare: (one, other) => one.sentAt.getTime() - other.sentAt.getTime(),
    run: importMessages,
  },
  USER_REGISTRATION: {
    operation: 'Mutation.registerUsers',
    atOnce: 100,
    // Who is registered already is told, and stays as it is.
    isRepeatable: true,
    run: async ({ operations }, users, options) => {
      const register = operations['Mutation.registerUsers'];
      return register ? settled(register(users, options), users.length) : users.map(() => failed(notServed()));
    },
  },
};

/** Conversations side by side, each with its messages in their order. */
async function importMessages({ operations }: Adapter, messages: readonly ImportedMessage[], options: RequestOptions) {
  const run = operations['Mutation.importMessages'];
  if (!run) return messages.map(() => failed(notServed()));
  const conversations = Map.groupBy(messages.keys(), (index) => {
    const message = messages[index];
    return message ? conversationSubject(message.to, message.senderId) : '';
  });
  const outcomes: Outcome<unknown>[] = messages.map(() => failed(new AppError('OUTCOME_UNKNOWN')));
  await Promise.all(
    [...conversations.values()].map(async (indexes) => {
      const own = indexes.flatMap((index) => messages[index] ?? []);
      const results = await settled(run(own, options), own.length);
      for (const [place, index] of indexes.entries())
        outcomes[index] = results[place] ?? failed(new AppError('OUTCOME_UNKNOWN'));
    }),
  );
  return outcomes;
}

/** What fails as a whole, fails each. */
const settled = (answer: Promise<readonly Outcome<unknown>[]>, count: number): Promise<readonly Outcome<unknown>[]> =>
  answer.catch((error: unknown) => Array.from({ length: count }, () => failed(toAppError(error))));

const notServed = () => new AppError('NOT_SUPPORTED');
