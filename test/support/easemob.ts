import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { emulator as vendor } from '../../src/vendors/easemob/emulator/index.ts';
import { FakeClock } from './fake-clock.ts';

export const easemobCredentials = {
  orgName: 'org',
  appName: 'app',
  clientId: 'client-id',
  clientSecret: 'client-secret',
  callbackSecret: 'callback-secret',
};

export interface EasemobAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer in a test is read by expectations only
  readonly body: any;
}

export interface EasemobBench {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  /** The app's path, such as `http://127.0.0.1:1/org/app`. */
  readonly base: string;
  readonly token: string;
  /** Sends a call with the app token; an object or array goes as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<EasemobAnswer>;
  /** As many calls at once. */
  burst(count: number, method: string, path: string, body?: unknown): Promise<Record<string, number>>;
}

interface BenchOptions {
  readonly switches?: readonly string[];
  readonly callbackUrl?: string;
  readonly limits?: boolean;
  readonly demo?: boolean;
}

/** An emulator with the demo's cast on a free port, its clock held still, and an app token. */
export async function easemobBench(options: BenchOptions = {}): Promise<EasemobBench> {
  const clock = new FakeClock();
  const { switches = [], callbackUrl = null, limits = true, demo = true } = options;
  const apps = [{ name: 'main', credentials: easemobCredentials, switches, callbackUrl }];
  const emulator = await startEmulator(vendor, { apps, clock, demo, limits });
  const base = `${emulator.url}/org/app`;
  const { clientId: client_id, clientSecret: client_secret } = easemobCredentials;
  const issued = await send(
    'POST',
    `${base}/token`,
    { grant_type: 'client_credentials', client_id, client_secret },
    {},
  );
  const token: string = issued.body.access_token;
  const call: EasemobBench['call'] = (method, path, body, headers) =>
    send(method, `${base}${path}`, body, headers ?? { authorization: `Bearer ${token}` });
  const burst: EasemobBench['burst'] = async (count, method, path, body) => {
    const seen: Record<string, number> = {};
    for (const { status } of await Promise.all(Array.from({ length: count }, () => call(method, path, body)))) {
      seen[status] = (seen[status] ?? 0) + 1;
    }
    return seen;
  };
  return { emulator, clock, base, token, call, burst };
}

async function send(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<EasemobAnswer> {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: { ...(text !== null && { 'content-type': 'application/json' }), ...headers },
    body: text,
  });
  return { status: response.status, body: await response.json() };
}
