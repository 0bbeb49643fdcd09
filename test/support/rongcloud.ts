import { createHash } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatedApp } from '../../src/emulator/vendor.ts';
import { emulator as vendor } from '../../src/vendors/rongcloud/emulator/index.ts';

export const credentials = { appKey: 'app-key-1', appSecret: 'app-secret-1' };

/** SHA1 over App Secret, Nonce and Timestamp (catalogue: auth), written anew so that the emulator does not check itself. */
export const sha1 = (secret: string, nonce: string, timestamp: string) =>
  createHash('sha1')
    .update(secret + nonce + timestamp)
    .digest('hex');

export function signed(timestamp = '1700000000000', nonce = '14314', secret = credentials.appSecret) {
  return {
    'App-Key': credentials.appKey,
    Nonce: nonce,
    Timestamp: timestamp,
    Signature: sha1(secret, nonce, timestamp),
  };
}

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

export interface Started {
  readonly emulator: Emulator;
  readonly app: EmulatedApp;
  /** Posts a form (text) or JSON (object), signed. */
  call(path: string, body: string | object, headers?: Record<string, string>): Promise<Answer>;
}

interface StartOptions {
  readonly switches?: readonly string[];
  readonly clock?: Clock;
  readonly callbackUrl?: string;
  readonly demo?: boolean;
}

export async function start({
  switches = ['hosted'],
  clock,
  callbackUrl,
  demo = true,
}: StartOptions = {}): Promise<Started> {
  const emulator = await startEmulator(vendor, {
    apps: [{ name: 'one', credentials, switches, callbackUrl: callbackUrl ?? null }],
    demo,
    ...(clock && { clock }),
  });
  const [app] = emulator.apps;
  if (!app) throw new Error('no app');
  return { emulator, app, call: (path, body, headers = signed()) => post(emulator.url + path, body, headers) };
}

async function post(url: string, body: string | object, headers: Record<string, string>): Promise<Answer> {
  const isForm = typeof body === 'string';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json', ...headers },
    body: isForm ? body : JSON.stringify(body),
  });
  const json: Record<string, unknown> = await response.json();
  return { status: response.status, json };
}

/** `a=1&a=2` of pairs; lists are repeated keys. */
export function form(params: Readonly<Record<string, string | number | readonly string[]>>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) fields.append(name, String(each));
  }
  return fields.toString();
}

export const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
