import type { EmulatorVendor } from '../../../emulator/vendor.ts';
import type { WireReply, WireRequest } from '../../../emulator/wire.ts';
import { catalogue } from '../catalogue.ts';
import { authenticate, findApp, unauthorized, unknownPath } from './auth.ts';
import { blocklistHandlers } from './blocklist.ts';
import { checkParams } from './bounds.ts';
import { callbacksFor } from './callbacks.ts';
import { chatroomHandlers } from './chatroom.ts';
import { chatroomBlockHandlers } from './chatroom-block.ts';
import { sendAsClient } from './client.ts';
import { conversationHandlers } from './conversation.ts';
import { seedDemo } from './demo.ts';
import { failure } from './failures.ts';
import { groupHandlers } from './group.ts';
import { hostedGroupHandlers } from './hosted-group.ts';
import { hostedMemberHandlers } from './hosted-member.ts';
import { messageHandlers } from './message.ts';
import { profileHandlers } from './profile.ts';
import { asks, question } from './question.ts';
import { isRecord } from './read.ts';
import { makeCallback } from './sample.ts';
import { userHandlers } from './user.ts';
import { prepare } from './variants.ts';

const paths: ReadonlySet<string> = new Set(catalogue.endpoints.map((endpoint) => endpoint.path));

/** Paths are known for one method only; another one is 405 (newer pages). */
function unknownEndpoint(request: WireRequest): WireReply {
  return paths.has(request.path) ? failure(request.path, 405, 'method not supported.') : unknownPath(request);
}

/** `X-Request-ID`, 36 characters at most, comes back in the answer's header. */
function finish(reply: WireReply, request: WireRequest): WireReply {
  const id = request.headers['x-request-id'];
  if (id === undefined || id.length > 36) return reply;
  return { ...reply, headers: { ...reply.headers, 'x-request-id': id } };
}

/**
 * RongCloud's server API, from the facts of `catalogue.json`. Credentials: `appKey`, `appSecret`. Switches of an app:
 * `hosted` entrusted groups and hosted profiles; `cn-list` the paths only the Chinese list names; `sync-server` server API
 * sends are routed; `recall-as-message` no message.operation service; `pre-messaging` and `webhook-pre-messaging` we are
 * asked before a client's message is delivered; `msg-random` repeats are refused; `overseas` local times are UTC;
 * `development` 100 users at most; `locked` the app is locked.
 */
export const emulator: EmulatorVendor = {
  catalogue,
  lists: { brackets: false, comma: false },
  anyCaseBooleans: true,
  findApp,
  authenticate,
  unknownEndpoint,
  prepare,
  checkParams,
  refuseParams: ({ reason, ...problem }, endpoint, request) => {
    if (request.body.length === 0) return failure(endpoint.path, 1003, 'no POST data.');
    if (!('param' in problem)) return failure(endpoint.path, 1002, 'the body is not JSON.');
    return failure(
      endpoint.path,
      1002,
      `${problem.param.name} ${reason === 'missing' ? 'is required' : 'has a wrong type'}`,
    );
  },
  overLimit: (endpoint) => failure(endpoint.path, 1008, 'request frequency exceeds the limit.'),
  internalError: (endpoint) => failure(endpoint.path, 1000, 'internal server error.'),
  unauthorized,
  succeed: (payload) => ({ status: 200, body: { code: 200, ...(isRecord(payload) && payload) } }),
  finish,
  handlers: {
    ...userHandlers,
    ...profileHandlers,
    ...blocklistHandlers,
    ...groupHandlers,
    ...hostedGroupHandlers,
    ...hostedMemberHandlers,
    ...chatroomHandlers,
    ...chatroomBlockHandlers,
    ...messageHandlers,
    ...conversationHandlers,
  },
  callbacksFor,
  makeCallback,
  asks,
  question,
  // Three attempts; the pause between them is not documented.
  callbackPolicy: { timeoutMs: 5000, retryDelaysMs: [1000, 1000], accepts: (status) => status === 200 },
  sendAsClient,
  seedDemo,
};
