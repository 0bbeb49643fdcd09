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
