import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { appKeyOf } from './envelope.ts';
import { serverOperator } from './spaces.ts';
import type { Fields } from './values.ts';

/** A change of a group or room as both formats tell it. */
interface SpaceChange {
  /** The newer format's callback, such as `update.info`, and its payload. */
  readonly name: string;
  readonly payload: Fields;
  /** The older format's operation; one callback for each user concerned, or one about the space. */
  readonly operation?: string;
  readonly users?: readonly string[];
  readonly reason?: unknown;
}

/** Tells of what a server did to a group or room. Which of the formats leaves is for the console's rule. */
export function tellSpace(app: EmulatedApp, space: EmulatedSpace, change: SpaceChange): void {
  const { state } = app;
  const { name, payload, operation, users = [space.id], reason } = change;
  const [verb = '', kind] = name.split('.');
  state.tell(`easemob.callback.groupOp.${name}`, {
    id: space.id,
    type: space.kind === 'group' ? 'GROUP' : 'CHATROOM',
    operation: verb.toUpperCase(),
    operator: serverOperator,
    payload: { ...payload, ...(kind && { type: kind.toUpperCase() }) },
  });
  if (operation === undefined) return;
  for (const to of users) {
    state.tell(`easemob.callback.muc.${operation}`, {
      group_id: space.id,
      from: prefixed(serverOperator, app),
      to,
      'payload.is_chatroom': space.kind === 'chatroom',
      'payload.muc_id': `${appKeyOf(app)}_${space.id}@conference.easemob.com`,
      'payload.reason': reason ?? '',
    });
  }
}

/** Tells of what was done to a user's contacts or blocklist. */
export function tellRoster(app: EmulatedApp, operation: string, from: string, to: string): void {
  app.state.tell(`easemob.callback.roster.${operation}`, { from: prefixed(from, app), to });
}

const prefixed = (name: string, app: EmulatedApp) => `${appKeyOf(app)}_${name}@easemob.com`;
