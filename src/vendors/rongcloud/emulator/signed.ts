import { randomUUID } from 'node:crypto';
import type { CallbackRequest, EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { catalogue } from '../catalogue.ts';
import { digest } from './auth.ts';

/** The one callback whose signature stands in headers. */
const signedInHeaders = 'rongcloud.callback.moderation.audit';

/** A callback of the catalogue. Throws on an id that it does not have. */
export function documented(id: string) {
  const found = catalogue.callbacks.find((each) => each.id === id);
  if (!found) throw new Error(`no callback ${id}`);
  return found;
}

/** Secret, nonce and timestamp (milliseconds), anew for each attempt; the body is not signed. */
function claimOf(app: EmulatedApp, now: number) {
  const nonce = randomUUID().slice(0, 8);
  const timestamp = String(now);
  const signature = digest(app.credentials['appSecret'] ?? '', nonce, timestamp);
  return { appKey: app.credentials['appKey'] ?? '', nonce, timestamp, signature };
}

/** Our own URL with `appKey`, `nonce`, `timestamp` and `signature` appended. */
function inQuery(url: string, app: EmulatedApp, now: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(claimOf(app, now))}`;
}

function inHeaders(app: EmulatedApp, now: number): Readonly<Record<string, string>> {
  const { appKey, nonce, timestamp, signature } = claimOf(app, now);
  return { 'app-key': appKey, nonce, timestamp, signature };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Lists are repeated keys. */
function asForm(fields: Params): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) form.append(name, textOf(each));
  return form.toString();
}

/** A callback that says this, in the encoding that the catalogue has for it. Throws on an id that it does not have. */
export function sending(id: string, says: unknown, app: EmulatedApp): OutgoingCallback {
  const isForm = documented(id).encoding === 'form';
  const body = isForm ? asForm(Object(says)) : JSON.stringify(says);
  const type = `application/${isForm ? 'x-www-form-urlencoded' : 'json'}; charset=utf-8`;
  const request = (url: string, now: number): CallbackRequest =>
    id === signedInHeaders
      ? { url, headers: { 'content-type': type, ...inHeaders(app, now) }, body }
      : { url: inQuery(url, app, now), headers: { 'content-type': type }, body };
  return { id, request };
}

/** Whether the vendor tells several things in one such callback. */
export const isList = (id: string): boolean => documented(id).example.startsWith('[');

/** A callback that tells of one thing: a list with nothing else, where the vendor has lists. */
export const callback = (id: string, fields: Params, app: EmulatedApp): OutgoingCallback =>
  sending(id, isList(id) ? [fields] : fields, app);
