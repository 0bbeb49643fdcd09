import type { AnyNode } from '../src/domain/node.ts';
import type { AppError, Outcome } from '../src/errors.ts';
import type { ErrorCode, ItemError, ResolversTypes } from '../src/generated/graphql.ts';
import { userNode } from './nodes.ts';

/** The codes that items report; the others are failures of a whole request. */
const itemCodes: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  TOO_MANY_OPERATIONS: 'RATE_LIMITED',
};

/** Each item's fate, in the order given. `nodeOf` makes the node of an item that worked. */
export function itemResults<T>(
  targets: readonly string[],
  outcomes: readonly (Outcome<T> | undefined)[],
  nodeOf: (value: T, index: number) => AnyNode | null = () => null,
): ResolversTypes['ItemResult'][] {
  return targets.map((target, index) => {
    const outcome = outcomes[index];
    if (outcome?.ok) return { target, ok: true, node: nodeOf(outcome.value, index), error: null };
    return { target, ok: false, node: null, error: outcome ? itemError(outcome.error) : missing };
  });
}

/** As `itemResults`, where each item is a user of the app. */
export const userResults = (
  targets: readonly string[],
  outcomes: readonly Outcome<unknown>[],
  app: string,
  userIds: readonly string[],
) => itemResults(targets, outcomes, (_, index) => userNode(app, userIds[index] ?? ''));

/** Why an item failed, for the client. */
export function itemError(error: AppError): ItemError {
  const isFault = error.code === 'INTERNAL_SERVER_ERROR';
  return {
    code: itemCodes[error.code] ?? (error.code as ErrorCode),
    message: isFault ? 'A fault of this server.' : error.message,
    vendorCode: error.details.vendorCode ?? null,
    retryAfterMs: error.details.retryAfterMs ?? null,
  };
}

const missing: ItemError = {
  code: 'VENDOR_BAD_RESPONSE',
  message: "The vendor's answer does not tell what became of this item.",
  vendorCode: null,
  retryAfterMs: null,
};
