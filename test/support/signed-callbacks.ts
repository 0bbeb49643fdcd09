import { createHash, randomUUID } from 'node:crypto';
import type { TestGateway } from './gateway.ts';

const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

/** What signs a callback, each part replaceable; `seconds` and `ms` are the time that is signed. */
export interface Signing {
  readonly secret?: string;
  readonly at?: number;
  readonly nonce?: string;
  /** In place of the digest. */
  readonly signature?: unknown;
  /** In place of the time, as it stands on the wire. */
  readonly timestamp?: string | number;
}

export interface SignedCallback {
  /** What follows the callback URL. */
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
}

/** How each vendor signs, by its own documents and not by our code; `fields` are what the callback says. */
export const signers = {
  zim(fields: Readonly<Record<string, unknown>>, signing: Signing = {}): SignedCallback {
    const {
      secret = 'demo-zim-callback-secret',
      at = Date.now(),
      nonce = String(Math.floor(Math.random() * 1e9)),
    } = signing;
    const timestamp = signing.timestamp ?? Math.floor(at / 1000);
    const signature = signing.signature ?? hex('sha1', [secret, String(timestamp), nonce].sort().join(''));
    const body = JSON.stringify({ appid: '1001', nonce, signature, timestamp, ...fields });
    return { query: '', contentType: 'application/json', body };
  },
  rongcloud(fields: Readonly<Record<string, unknown>>, signing: Signing = {}): SignedCallback {
    const { secret = 'demo-rc-app-secret', at = Date.now(), nonce = randomUUID().slice(0, 8) } = signing;
    const timestamp = signing.timestamp ?? at;
    const signature = String(signing.signature ?? hex('sha1', `${secret}${nonce}${timestamp}`));
    const query = new URLSearchParams({ appKey: 'demo-rc-app-key', nonce, timestamp: String(timestamp), signature });
    const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    return { query: `?${query}`, contentType: 'application/x-www-form-urlencoded', body: form.toString() };
  },
  easemob(fields: Readonly<Record<string, unknown>>, signing: Signing = {}): SignedCallback {
    const { secret = 'demo-em-callback-secret', at = Date.now() } = signing;
    const timestamp = signing.timestamp ?? at;
    const callId = signing.nonce ?? `demo-org#switchboard_${randomUUID()}`;
    const security = signing.signature ?? hex('md5', `${callId}${secret}${timestamp}`);
    const body = JSON.stringify({ callId, timestamp, security, appkey: 'demo-org#switchboard', ...fields });
    return { query: '', contentType: 'application/json', body };
  },
} as const;

/** A message from bob to alice in the words of each vendor. */
export const messageCallback = {
  zim: (text: string, id: string) => ({
    event: 'send_msg',
    from_user_id: 'bob',
    conv_type: 0,
    conv_id: 'alice',
    msg_type: 1,
    msg_body: text,
    msg_id: `88000000000${id}`,
    msg_seq: Number(id),
    msg_time: Date.now(),
    send_result: 0,
  }),
  rongcloud: (text: string, id: string) => ({
    fromUserId: 'bob',
    toUserId: 'alice',
    objectName: 'RC:TxtMsg',
    content: JSON.stringify({ content: text }),
    channelType: 'PERSON',
    msgTimestamp: Date.now(),
    msgUID: `AAAA-${id}`,
    source: 'iOS',
  }),
  easemob: (text: string, id: string) => ({
    eventType: 'chat',
    chat_type: 'chat',
    from: 'bob',
    to: 'alice',
    msg_id: `99000000000${id}`,
    payload: { bodies: [{ type: 'txt', msg: text }], ext: {} },
  }),
} as const;

/** A callback that no vendor has, as it could look at each. */
export const strangeCallback = {
  zim: () => ({ event: 'brand_new', number: randomUUID() }),
  rongcloud: () => ({ type: 'brand_new', number: randomUUID() }),
  easemob: () => ({ eventType: 'brand_new', chat_type: 'brand_new', number: randomUUID() }),
} as const;

export type CallbackSlug = keyof typeof signers;

/** Where a vendor calls back for an app. */
export function callbackUrl(gateway: TestGateway, slug: string, app: string): string {
  const url = gateway.emulators.get(slug)?.apps.find((each) => each.name === app)?.callbackUrl;
  if (!url) throw new Error(`${app} has no callback URL`);
  return url;
}

export function post(
  url: string,
  { query, contentType, body }: SignedCallback,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}${query}`, { method: 'POST', headers: { 'content-type': contentType, ...headers }, body });
}
