import type { Outcome } from '../errors.ts';
import type { EventPayload } from './event.ts';
import type { PushOptions } from './message.ts';

export type CallParticipantState = 'RINGING' | 'ACCEPTED' | 'REJECTED' | 'TIMED_OUT' | 'CANCELED';

export interface CallParticipant {
  readonly userId: string;
  readonly state: CallParticipantState;
  readonly updatedAt: Date | null;
}

/** What is known of a call, from its events. Null where no event told. */
export interface Call {
  readonly callId: string;
  readonly callerId: string | null;
  /** Those invited, without the caller. */
  readonly participants: readonly CallParticipant[];
  readonly createdAt: Date | null;
  readonly expiresAt: Date | null;
}

/** A call to be started, with 1-9 users. */
export interface NewCall {
  readonly callerId: string;
  readonly inviteeIds: readonly string[];
  readonly timeoutSeconds: number;
  readonly data?: string | undefined;
  readonly push?: PushOptions | undefined;
}

/** A call that was started. */
export interface StartedCall {
  readonly callId: string;
  readonly createdAt: Date | null;
  /** One outcome for each user invited. */
  readonly invitees: readonly Outcome[];
}

/** How a user answers an invitation. */
export interface CallAnswer {
  readonly callId: string;
  readonly userId: string;
  readonly data?: string | undefined;
}

/** What was done to a call. */
export type CallDone = Extract<EventPayload, { readonly type: `CALL_${string}` }>;
