import { createHash } from 'node:crypto';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { appKeyOf } from './envelope.ts';

/** The server's name in callbacks. */
export const hostName = 'msync@emulator';

/** Signs a body: security = MD5(callId + secret + timestamp), lower-case hex; the body itself is not covered. */
export function outgoing(id: string, body: Readonly<Record<string, unknown>>, app: EmulatedApp): OutgoingCallback {
  const { callbackSecret = '' } = app.credentials;
  const security = createHash('md5').update(`${body['callId']}${callbackSecret}${body['timestamp']}`).digest('hex');
  const text = JSON.stringify({ ...body, appkey: appKeyOf(app), security });
  return {
    id: `easemob.callback.${id}`,
    request: (url) => ({ url, headers: { 'content-type': 'application/json' }, body: text }),
  };
}
