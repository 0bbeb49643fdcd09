import { createHash, randomInt } from 'node:crypto';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { catalogue } from '../catalogue.ts';

/** The three strings in byte order, joined and hashed; the rest of the body is not covered (catalogue: callbacks). */
function signatureOf(secret: string, timestamp: string, nonce: string): string {
  const parts = [secret, timestamp, nonce].map((part) => Buffer.from(part)).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(parts)).digest('hex');
}

/** Callbacks whose sample has the timestamp as text (catalogue: callbacks). */
const timestampIsText: readonly string[] = ['zim.callback.group.joined', 'zim.callback.group.destroyed'];

/** A callback of the catalogue. Throws on an id that it does not have. */
export function documented(id: string) {
  const found = catalogue.callbacks.find((each) => each.id === id);
  if (!found) throw new Error(`no callback ${id}`);
  return found;
}

/**
 * A callback with these fields, signed with the time and nonce that they bring or with those of now. Its retries repeat the
 * first attempt's body: the time is part of what identifies an event of a group or room.
 */
export function callback(id: string, fields: Params, app: EmulatedApp): OutgoingCallback {
  const seconds = Math.floor(app.state.now() / 1000);
  const timestamp = fields['timestamp'] ?? (timestampIsText.includes(id) ? String(seconds) : seconds);
  const nonce = fields['nonce'] ?? String(randomInt(1e5, 1e9));
  const body = JSON.stringify({
    appid: app.credentials['appId'],
    event: documented(id).event,
    nonce,
    signature: signatureOf(app.credentials['callbackSecret'] ?? '', String(timestamp), String(nonce)),
    timestamp,
    ...fields,
  });
  const headers = { 'content-type': 'application/json' };
  return { id, request: (url) => ({ url, headers, body }) };
}
