import type { ExecutionResult, GraphQLError } from 'graphql';
import { AppError } from '../errors.ts';
import { NotPlannable, Planned } from '../request-options.ts';
import { type MaskOptions, maskResult, rootOf } from './mask.ts';

/**
 * The answer to a planned operation: no data, since nothing ran. What its fields would have called is in `plan`; fields that cannot be
 * planned are listed in `plan.notPlanned`, and those that would have been refused are errors as usual.
 */
export function planAnswer(result: ExecutionResult, plan: object, masking: MaskOptions): ExecutionResult {
  // Nothing was planned either: the variables were refused.
  if (!('data' in result)) return maskResult(result, masking);
  const failures = (result.errors ?? []).filter((error) => !isPlanned(error));
  const notPlanned = failures.flatMap((error) => {
    const cause = rootOf(error);
    return cause instanceof NotPlannable ? [{ path: error.path, code: cause.code, message: cause.message }] : [];
  });
  const refused = failures.filter((error) => !(rootOf(error) instanceof NotPlannable));
  const { errors = [] } = maskResult({ ...result, errors: refused }, masking);
  return { data: null, ...(errors.length > 0 && { errors }), extensions: { plan: { ...plan, notPlanned } } };
}

/** Whether a field failed only because its first vendor call was noted in place of being made. */
function isPlanned(error: GraphQLError): boolean {
  const root = rootOf(error);
  return root instanceof Planned || (root instanceof AppError && root.cause instanceof Planned);
}
