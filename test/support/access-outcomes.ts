import type { GraphQLSchema } from 'graphql';
import { positionsIn } from './access-ids.ts';
import { type Scene, secret } from './access-scene.ts';
import { codesOf, type Outcome, type Step } from './access-steps.ts';

const accessCodes = ['FORBIDDEN', 'UNAUTHENTICATED', 'BAD_USER_INPUT', 'BAD_CURSOR', 'INTERNAL_SERVER_ERROR'];

/** Whether nothing was refused for who asks, or for how: the vendor may still have had no such thing. */
export const isGiven = (outcome: Outcome): boolean => !codesOf(outcome).some((code) => accessCodes.includes(code));

/** Whether nothing was given, as `FORBIDDEN`; where the app lacks the operation or the choice it may say so. */
export function isForbidden(outcome: Outcome, { coordinate }: Step, { supported }: Scene): boolean {
  const [first] = codesOf(outcome);
  if (JSON.stringify(outcome).includes(secret)) return false;
  const isLacking = !supported.has(coordinate) || outcome.errors[0]?.['input'] !== undefined;
  return first === 'FORBIDDEN' || (first === 'NOT_SUPPORTED' && isLacking);
}

/** What was answered otherwise than decided, for a message that tells all of it at once. */
export function wrongAmong(
  schema: GraphQLSchema,
  steps: readonly Step[],
  outcomes: readonly Outcome[],
  isRight: (outcome: Outcome, step: Step) => boolean,
): string[] {
  return steps.flatMap((step, index) => {
    const outcome = outcomes[index] ?? { data: null, errors: [] };
    return isRight(outcome, step) ? [] : [`${nameOf(schema, step)} ${JSON.stringify(outcome)}`];
  });
}

/** A step in a message: its field, and the ids that it gives. */
function nameOf(schema: GraphQLSchema, { coordinate, nodeId, samples }: Step): string {
  const ids = positionsIn(schema, coordinate).flatMap((position) => samples[position] ?? []);
  return [coordinate, nodeId, ...ids].filter((each) => each !== undefined).join(' ');
}
