import type { JobInputs, JobKind } from '../domain/job.ts';
import type { ImportedMessage } from '../domain/message.ts';
import type { Adapter, OperationName } from '../domain/operations.ts';
import { conversationSubject } from '../domain/subject.ts';
import { AppError, type ErrorCode, failed, type Outcome, toAppError } from '../errors.ts';
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
  ) => Promise<readonly ItemOutcome[]>;
}

/** What became of an item; null for one that was not begun, since the vendor was in trouble already. */
export type ItemOutcome = Outcome<unknown> | null;

/** Failures that may say more of the vendor, or of our account there, than of an item. */
export const isTrouble = ({ code }: AppError): boolean => troubles.has(code);

const troubles: ReadonlySet<ErrorCode> = new Set([
  'RATE_LIMITED',
  'VENDOR_UNAVAILABLE',
  'VENDOR_MISCONFIGURED',
  'VENDOR_BAD_RESPONSE',
  'OUTCOME_UNKNOWN',
]);

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
    // Who is registered already is CONFLICT, and stays as it is.
    isRepeatable: true,
    run: async ({ operations }, users, options) => {
      const register = operations['Mutation.registerUsers'];
      return register ? settled(register(users, options), users.length) : users.map(() => failed(notServed()));
    },
  },
};

/**
 * Conversations side by side, each with its messages in their order. After the first sign of trouble nothing more is begun: what is under way
 * when a vendor fails may be lost, what waits is not.
 */
async function importMessages({ operations }: Adapter, messages: readonly ImportedMessage[], options: RequestOptions) {
  const run = operations['Mutation.importMessages'];
  if (!run) return messages.map(() => failed(notServed()));
  const conversations = Map.groupBy(messages, ({ to, senderId }) => conversationSubject(to, senderId));
  const outcomes = new Map<ImportedMessage, Outcome<unknown>>();
  let isTroubled = false;
  await Promise.all(
    [...conversations.values()].map(async (own) => {
      for (const message of own) {
        if (isTroubled) return;
        const [outcome = failed(new AppError('OUTCOME_UNKNOWN'))] = await settled(run([message], options), 1);
        outcomes.set(message, outcome);
        isTroubled ||= !outcome.ok && isTrouble(outcome.error);
      }
    }),
  );
  return messages.map((message) => outcomes.get(message) ?? null);
}

/** What fails as a whole, fails each. */
const settled = (answer: Promise<readonly Outcome<unknown>[]>, count: number): Promise<readonly Outcome<unknown>[]> =>
  answer.catch((error: unknown) => Array.from({ length: count }, () => failed(toAppError(error))));

const notServed = () => new AppError('NOT_SUPPORTED');
