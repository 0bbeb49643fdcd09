import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';

/** What every operation of the adapter is made from. */
export type Context = AppContext<Config>;

/** A choice that the vendor lacks; `input` is the argument's path. */
export const notSupported = (input: string, why: string): AppError => new AppError('NOT_SUPPORTED', why, { input });

/** A thing that cannot be, or that the vendor's answer leaves out. */
export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `There is no such ${what}.`);
