import type { EmulatorVendor } from '../../../emulator/vendor.ts';
import type { Catalogue, CatalogueEndpoint } from '../../../net/catalogue.ts';
import { catalogue as documented } from '../catalogue.ts';
import { authenticate, tokenHandlers } from './auth.ts';
import { blocklistHandlers } from './blocklist.ts';
import { blockHandlers } from './blocks.ts';
import { makeCallback } from './callback-samples.ts';
import { callbackStorageHandlers, keepLost } from './callback-storage.ts';
import { callbackPolicy, callbacksFor } from './callbacks.ts';
import { chatroomHandlers } from './chatroom.ts';
import { sendAsClient } from './client.ts';
import { conversationHandlers } from './conversation.ts';
import { seedDemo } from './demo-seed.ts';
import { succeed } from './envelope.ts';
import { internalError, overLimit, refuseParams, unauthorized } from './failures.ts';
import { follow } from './follow.ts';
import { groupHandlers } from './group.ts';
import { memberHandlers } from './members.ts';
import { messageHandlers } from './message.ts';
import { checkParams } from './message-checks.ts';
import { asks, question } from './pre-send.ts';
import { presenceHandlers } from './presence.ts';
import { relationHandlers } from './relation.ts';
import { choose, findApp, prepare, unknownEndpoints } from './routing.ts';
import { chatroomWords, groupWords } from './spaces.ts';
import { userHandlers } from './user.ts';
import { userIdOf } from './values.ts';

/** HTTP calls are counted in front of the messages: the 21st group call in a second is 429 (easemob.yaml, message.group.calls). */
function callsFirst(catalogue: Catalogue): Catalogue {
  const counts = new Set(catalogue.limits.filter((limit) => limit.unit === 'messages').map((limit) => limit.id));
  const order = (endpoint: CatalogueEndpoint) =>
    endpoint.limits.toSorted((a, b) => Number(counts.has(a.bucket)) - Number(counts.has(b.bucket)));
  return { ...catalogue, endpoints: catalogue.endpoints.map((endpoint) => ({ ...endpoint, limits: order(endpoint) })) };
}

const catalogue = callsFirst(documented);

/**
 * Easemob's server API. Console switches: `open-registration`, `presence-closed`, `recall-closed`, `user-metadata-closed`, `own-ids-closed`,
 * `callback-legacy` and `callback-both` (formats of group callbacks), `callback-env-<env>` (a rule for that env),
 * `callback-storage-closed`; `pre-send` (a rule that asks), `pre-send-wait-3000`, `pre-send-drops-unanswered`, `pre-send-silent`.
 */
export const emulator: EmulatorVendor = {
  catalogue,
  lists: { brackets: false, comma: true },
  findApp,
  choose,
  prepare,
  authenticate,
  unknownEndpoint: unknownEndpoints(catalogue.endpoints),
  refuseParams,
  checkParams,
  overLimit,
  internalError,
  unauthorized,
  succeed,
  // A call that starts below the message count goes through, whatever it adds (easemob.yaml, quirks).
  scopeOf: userIdOf,
  admits: (limit) => (limit.unit === 'messages' ? 'below' : 'within'),
  handlers: {
    ...tokenHandlers,
    ...userHandlers,
    ...presenceHandlers,
    ...blocklistHandlers,
    ...groupHandlers,
    ...chatroomHandlers,
    ...memberHandlers(groupWords),
    ...memberHandlers(chatroomWords),
    ...blockHandlers(groupWords),
    ...blockHandlers(chatroomWords),
    ...messageHandlers,
    ...conversationHandlers,
    ...relationHandlers,
    ...callbackStorageHandlers,
  },
  callbacksFor,
  makeCallback,
  asks,
  question,
  keepLost,
  follow,
  callbackPolicy,
  sendAsClient,
  seedDemo,
};
