import { createHash } from 'node:crypto';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { documented } from './documented.ts';
import { appKeyOf } from './envelope.ts';

/** The server's name in callbacks. */
export const hostName = 'msync@emulator';

/**
 * Signs a body: security = MD5(callId + secret + timestamp), lower-case hex; the body itself is not covered. Reactions and threads
 * have no callId, and no signature. What is signed is the time of the event, so that a retry is the same to the byte.
 */
export function outgoing(name: string, body: Readonly<Record<string, unknown>>, app: EmulatedApp): OutgoingCallback {
  const id = `easemob.callback.${name}`;
  const { callbackSecret = '' } = app.credentials;
  const { callId, timestamp } = body;
  const security = createHash('md5').update(`${callId}${callbackSecret}${timestamp}`).digest('hex');
  const text = JSON.stringify({
    ...body,
    ...(namesApp(id) && { appkey: appKeyOf(app) }),
    ...(callId !== undefined && !('security' in body) && { security }),
  });
  return {
    id,
    request: (url) => ({ url, headers: { 'content-type': 'application/json' }, body: text }),
  };
}

const namesApp = (id: string) => documented(id).fields.some(({ name }) => name === 'appkey');
