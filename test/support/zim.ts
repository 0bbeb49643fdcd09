import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import { type EmulatedAppOptions, type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatedApp } from '../../src/emulator/vendor.ts';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { FakeClock } from './fake-clock.ts';

/** Our own values of the catalogue's worked examples. */
export const zimCredentials = {
  appId: '1001',
  serverSecret: 'emulator-server-secret-012345678',
  callbackSecret: 'emulator-callback-secret',
};

/** The five common parameters, signed as the catalogue's `auth` says: md5 of AppId, nonce, secret and seconds, joined. */
export function zimSignature(clock: Clock, appId = zimCredentials.appId): URLSearchParams {
  const nonce = randomBytes(8).toString('hex');
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createHash('md5')
    .update(`${appId}${nonce}${zimCredentials.serverSecret}${timestamp}`)
    .digest('hex');
  return new URLSearchParams({
    AppId: appId,
    SignatureNonce: nonce,
    Timestamp: timestamp,
    SignatureVersion: '2.0',
    Signature: signature,
  });
}

export interface ZimReply extends Record<string, unknown> {
  readonly Code: number;
}

export interface ZimBench {
  readonly emulator: Emulator;
  readonly app: EmulatedApp;
  readonly clock: FakeClock;
  /** A GET with these business parameters; lists get their brackets. */
  get(action: string, params?: Record<string, string | number | readonly string[]>): Promise<ZimReply>;
  post(action: string, body: unknown): Promise<ZimReply>;
  /** The answer's text, for what a parser would hide. */
  postText(action: string, body: unknown): Promise<string>;
}

/** Starts the emulator with one app on any free port. */
export async function startZim(
  options: Partial<EmulatedAppOptions> & { demo?: boolean; limits?: boolean } = {},
): Promise<ZimBench> {
  const { demo = false, limits = false, ...appOptions } = options;
  const clock = new FakeClock();
  const apps = [{ name: 'main', credentials: zimCredentials, ...appOptions }];
  const emulator = await startEmulator(vendor, { apps, clock, demo, limits });
  const [app] = emulator.apps;
  if (!app) throw new Error('no app');
  const target = (action: string) => `${emulator.url}/?Action=${action}&${zimSignature(clock)}`;
  const postText = async (action: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(target(action), { method: 'POST', headers, body: JSON.stringify(body) });
    return reply.text();
  };
  return {
    emulator,
    app,
    clock,
    async get(action, params = {}) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(params)) {
        if (typeof value === 'object') for (const each of value) query.append(`${name}[]`, each);
        else query.append(name, String(value));
      }
      const reply = await fetch(`${target(action)}&${query}`);
      return JSON.parse(await reply.text());
    },
    post: async (action, body) => JSON.parse(await postText(action, body)),
    postText,
  };
}
