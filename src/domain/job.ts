import type { ErrorCode } from '../errors.ts';
import type { ImportedMessage } from './message.ts';
import type { NewUser } from './user.ts';

/** What each kind of job does item by item. */
export interface JobInputs {
  readonly MESSAGE_IMPORT: ImportedMessage;
  readonly USER_REGISTRATION: NewUser;
}

export type JobKind = keyof JobInputs;
/** `PAUSED` and `CANCELING` jobs are not over: the one goes on by itself, the other ends when what is under way is settled. */
export type JobStatus = 'WAITING' | 'RUNNING' | 'PAUSED' | 'CANCELING' | 'FINISHED' | 'CANCELED';

/** Mass work that goes on by itself. */
export interface Job {
  readonly id: string;
  readonly app: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  /** When it was done with, or canceled. */
  readonly finishedAt: Date | null;
  /** How many items it was given, and how many of them worked and failed so far. */
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Why it is paused; null unless it is. */
  readonly pauseCause: JobError | null;
}

/** Why an item failed, as it is kept. */
export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly vendorCode: string | null;
}

export interface JobFailure {
  /** The item's place in the list given, from 0. */
  readonly index: number;
  readonly target: string;
  readonly error: JobError;
}

/** An item as it is given: what it is called in reports, and what is to be done. */
export interface JobItem<K extends JobKind = JobKind> {
  readonly target: string;
  readonly input: JobInputs[K];
}

export interface NewJob<K extends JobKind = JobKind> {
  readonly app: string;
  readonly kind: K;
  readonly items: readonly JobItem<K>[];
  /** Whose keys are meant: the token's subject. */
  readonly owner: string;
  /** The same value of one owner within 24 hours gives the same job. */
  readonly idempotencyKey?: string | undefined;
}

export const isOver = ({ status }: Pick<Job, 'status'>): boolean => status === 'FINISHED' || status === 'CANCELED';
