import { AppError } from '../../errors.ts';

/** A choice that the vendor lacks. Takes the path of the argument. */
export const notSupported = (input: string, message = "The app's vendor has no such choice."): AppError =>
  new AppError('NOT_SUPPORTED', message, { input });

/** An argument out of bounds. Takes its path, and what is wrong with it. */
export const badInput = (input: string, message: string): AppError =>
  new AppError('BAD_USER_INPUT', `${input} ${message}`, { input });
