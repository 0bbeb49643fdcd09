import { LRUCache } from 'lru-cache';
import type { Call, CallDone, CallParticipant, CallParticipantState } from '../domain/call.ts';
import type { EventPayload, ToldEvent } from '../domain/event.ts';

const maxCalls = 20_000;
const maxParticipants = 1_000;
/** Memory of all calls. */
const maxBytes = 16 * 1024 * 1024;

/** What events told of calls, which no vendor can be asked for; in memory and bounded, the oldest forgotten first. */
export class CallIndex {
  readonly #calls = new LRUCache<string, Call>({
    max: maxCalls,
    maxSize: maxBytes,
    sizeCalculation: ({ participants }) => 400 + 200 * participants.length,
  });

  find(app: string, callId: string): Call | undefined {
    return this.#calls.get(`${app} ${callId}`);
  }

  /** Names who is in the call that an event is about: most callbacks name its id and who did something. */
  refine(app: string, told: ToldEvent): ToldEvent {
    const { payload } = told;
    const call = isOfCall(payload) ? this.find(app, payload.callId) : undefined;
    if (!call || !isOfCall(payload)) return told;
    const participantIds = call.participants.map(({ userId }) => userId);
    return { ...told, payload: { ...payload, callerId: payload.callerId ?? call.callerId, participantIds } };
  }

  /** Moves on by an event of an app. */
  apply(app: string, payload: EventPayload, at: Date): void {
    switch (payload.type) {
      case 'CALL_STARTED': {
        const { createdAt, expiresAt } = payload;
        this.#change(app, payload, payload.inviteeIds, 'RINGING', at, { createdAt, expiresAt });
        return;
      }
      case 'CALL_EXTENDED':
        this.#change(app, payload, payload.inviteeIds, 'RINGING', at);
        return;
      case 'CALL_ACCEPTED':
        this.#change(app, payload, [payload.userId], 'ACCEPTED', at);
        return;
      case 'CALL_REJECTED':
        this.#change(app, payload, [payload.userId], 'REJECTED', at);
        return;
      case 'CALL_CANCELED':
        this.#change(app, payload, payload.inviteeIds, 'CANCELED', at);
        return;
      case 'CALL_TIMED_OUT':
        this.#change(app, payload, payload.userIds, 'TIMED_OUT', at);
        return;
      default:
        return;
    }
  }

  /** Callbacks come in no promised order: an answer stands, whatever older event is told after it. */
  #change(
    app: string,
    { callId, callerId }: { readonly callId: string; readonly callerId: string | null },
    userIds: readonly string[],
    state: CallParticipantState,
    at: Date,
    times: Partial<Pick<Call, 'createdAt' | 'expiresAt'>> = {},
  ): void {
    const known = this.find(app, callId);
    const participants = new Map((known?.participants ?? []).map((each) => [each.userId, each]));
    for (const userId of userIds) {
      const had = participants.get(userId);
      if (isNewer(had, state, at) && (had || participants.size < maxParticipants))
        participants.set(userId, { userId, state, updatedAt: at });
    }
    this.#calls.set(`${app} ${callId}`, {
      callId,
      callerId: known?.callerId ?? callerId,
      participants: [...participants.values()],
      // Who started it knows its times to the millisecond, and before the callback.
      createdAt: known?.createdAt ?? times.createdAt ?? null,
      expiresAt: known?.expiresAt ?? times.expiresAt ?? null,
    });
  }
}

const isOfCall = (payload: EventPayload): payload is CallDone => payload.type.startsWith('CALL_');

function isNewer(had: CallParticipant | undefined, state: CallParticipantState, at: Date): boolean {
  if (!had || had.state === 'RINGING') return true;
  return state !== 'RINGING' && (had.updatedAt?.getTime() ?? 0) <= at.getTime();
}
