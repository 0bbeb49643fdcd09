import type { EmulatedEvent, EmulatedSpace } from '../../../emulator/state.ts';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { hostName, outgoing } from './callback-signing.ts';
import { appKeyOf } from './envelope.ts';
import { newMessageId } from './message.ts';

interface LegacyOperation {
  readonly operation: string;
  readonly from: string;
  readonly to: string;
  /** `presence` and `absence` have none. */
  readonly hasStatus: boolean;
  readonly reason?: string;
}

/** The older callbacks of groups and rooms: chat_type muc, payload.operation says what happened. */
function muc(
  space: EmulatedSpace,
  { operation, from, to, hasStatus, reason }: LegacyOperation,
  app: EmulatedApp,
): OutgoingCallback {
  const now = app.state.now();
  const id = newMessageId(app.state.nextId(), now);
  const appKey = appKeyOf(app);
  return outgoing(
    `muc.${operation}`,
    {
      callId: `${appKey}_${id}`,
      eventType: 'chat',
      chat_type: 'muc',
      group_id: space.id,
      from: `${appKey}_${from}@easemob.com`,
      to,
      msg_id: id,
      timestamp: now,
      host: hostName,
      payload: {
        muc_id: `${appKey}_${space.id}@conference.easemob.com`,
        is_chatroom: space.kind === 'chatroom',
        operation,
        ...(reason !== undefined && { reason }),
        ...(hasStatus && { status: { description: '', error_code: 'ok' } }),
      },
    },
    app,
  );
}

/** create is sent for groups only, destroy has no reason for rooms; leaving by one's own will comes with absence in front. */
export function legacyCallbacks(event: EmulatedEvent, app: EmulatedApp): OutgoingCallback[] {
  switch (event.type) {
    case 'space.created': {
      const { space, by } = event;
      if (space.kind === 'chatroom') return [];
      return [muc(space, { operation: 'create', from: by, to: space.owner, hasStatus: true, reason: '' }, app)];
    }
    case 'space.deleted': {
      const { space, by } = event;
      const reason = space.kind === 'group' ? { reason: '' } : {};
      return [muc(space, { operation: 'destroy', from: by, to: space.owner, hasStatus: true, ...reason }, app)];
    }
    case 'members.joined':
      return event.userIds.map((id) =>
        muc(event.space, { operation: 'presence', from: id, to: event.space.id, hasStatus: false }, app),
      );
    case 'members.left':
      return event.userIds.flatMap((id) => memberLeft(event, id, app));
    default:
      return [];
  }
}

function memberLeft(
  event: Extract<EmulatedEvent, { userIds: unknown }>,
  id: string,
  app: EmulatedApp,
): OutgoingCallback[] {
  const { space, by, cause } = event;
  if (cause === undefined && id === by) {
    return [
      muc(space, { operation: 'absence', from: id, to: space.id, hasStatus: false }, app),
      muc(space, { operation: 'leave', from: id, to: id, hasStatus: true }, app),
    ];
  }
  const operation = cause === 'BLOCK' ? 'ban' : 'kick';
  return [muc(space, { operation, from: by, to: id, hasStatus: true }, app)];
}
