import { z } from 'zod';
import type { EventPayloads, PresenceCause } from '../../../domain/event.ts';
import { id, moment, type Reader, reading, text, whole } from './fields.ts';

const actionSchema = z.object({
  user_id: id,
  action: whole,
  // A text; the sample of the system has a space behind it.
  os: text.transform((os) => os?.trim() || null),
  session_id: text,
  relogin: text,
  login_time: moment,
  logout_time: moment,
  offline_time: moment,
});

type Action = z.output<typeof actionSchema>;
type Presence = EventPayloads['PRESENCE_CHANGED'];

const presence = (action: Action, isOnline: boolean, cause: PresenceCause): Presence => ({
  userId: action.user_id,
  isOnline,
  cause,
  platform: action.os,
  sessionId: action.session_id,
});

/** A device came online (0), was logged out (1) or lost its connection (2). */
export const readAction: Reader = reading(actionSchema, (action) => {
  const type = 'PRESENCE_CHANGED';
  switch (action.action) {
    case 0: {
      const cause = action.relogin === '1' ? 'RECONNECT' : 'LOGIN';
      return { payload: { type, ...presence(action, true, cause) }, occurredAt: action.login_time };
    }
    case 1:
      return { payload: { type, ...presence(action, false, 'LOGOUT') }, occurredAt: action.logout_time };
    case 2:
      return { payload: { type, ...presence(action, false, 'DISCONNECT') }, occurredAt: action.offline_time };
    default:
      return undefined;
  }
});
