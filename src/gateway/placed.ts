import { AppError } from '../errors.ts';

/** Whose failure it is, and of what: the schema coordinate where no vendor call was made. */
interface Place {
  readonly app: string;
  readonly vendor: string;
  readonly operation: string;
}

/**
 * A failure with its place. A parameter of a vendor's call is no argument of this API: one out of its bounds is told as the
 * whole input of a change, and as none of a read's arguments; the message names it.
 */
export function placed(error: AppError, place: Place): AppError {
  const { input, ...details } = error.details;
  const isOfCall = input !== undefined && details.operation !== undefined && details.vendorCode === undefined;
  if (!isOfCall) return error.with(place);
  const own = place.operation.startsWith('Mutation.') ? { input: 'input' } : {};
  return new AppError(error.code, error.message, { ...details, ...own, cause: error.cause }).with(place);
}
