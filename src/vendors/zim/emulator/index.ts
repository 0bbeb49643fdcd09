import type { EmulatorVendor, Handler } from '../../../emulator/vendor.ts';
import { catalogue } from '../catalogue.ts';
import { attributeHandlers } from './attribute.ts';
import { audioHandlers, licenseEnvelope } from './audio.ts';
import { authenticate, findApp, unknownEndpoint } from './auth.ts';
import { blocklistHandlers } from './blocklist.ts';
import { botHandlers } from './bot.ts';
import { checkParams } from './bounds.ts';
import { callHandlers } from './call.ts';
import { callbackPolicy, callbacksFor } from './callbacks.ts';
import { hangUp } from './calls.ts';
import { chatroomHandlers } from './chatroom.ts';
import { sendAsClient } from './client.ts';
import { communityHandlers } from './community.ts';
import { conversationHandlers } from './conversation.ts';
import { settingsHandlers } from './conversation-settings.ts';
import { copyHandlers } from './copies.ts';
import { editHandlers } from './edit.ts';
import { codes, envelope, overLimit } from './failures.ts';
import { groupHandlers } from './group.ts';
import { itemByItem } from './items.ts';
import { remember } from './memory.ts';
import { sendHandlers } from './message.ts';
import { muteHandlers } from './mute.ts';
import { asks, question } from './question.ts';
import { recallHandlers } from './recall.ts';
import { relationHandlers } from './relation.ts';
import { makeCallback } from './sample.ts';
import { seedDemo } from './seed.ts';
import { userHandlers } from './user.ts';
import { object } from './values.ts';

const byItem = (handlers: Readonly<Record<string, Handler>>): Readonly<Record<string, Handler>> =>
  Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, itemByItem(handler)]));

/** The ZIM server API as its catalogue has it; independent of our client on purpose. */
export const emulator: EmulatorVendor = {
  catalogue,
  lists: { brackets: true, comma: false },
  findApp,
  authenticate,
  unknownEndpoint,
  checkParams,
  refuseParams: () => envelope(codes.badParameter),
  overLimit,
  internalError: () => envelope(codes.internal),
  unauthorized: () => envelope(codes.signatureMismatch),
  succeed: (payload, { endpoint }) => (endpoint.host ? licenseEnvelope(payload) : envelope(0, object(payload))),
  handlers: byItem({
    ...userHandlers,
    ...relationHandlers,
    ...blocklistHandlers,
    ...botHandlers,
    ...communityHandlers,
    ...audioHandlers,
    ...groupHandlers,
    ...muteHandlers,
    ...chatroomHandlers,
    ...attributeHandlers,
    ...sendHandlers,
    ...recallHandlers,
    ...editHandlers,
    ...copyHandlers,
    ...conversationHandlers,
    ...settingsHandlers,
    ...callHandlers,
  }),
  callbacksFor(event, app) {
    remember(event, app.state);
    return callbacksFor(event, app);
  },
  follow(event, { state }) {
    if (event.type === 'user.offline') hangUp(event.user, state);
  },
  makeCallback,
  asks,
  question,
  callbackPolicy,
  sendAsClient,
  seedDemo,
};
