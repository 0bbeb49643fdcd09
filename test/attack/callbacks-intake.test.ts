import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { chatApps } from '../support/messages.ts';
import { rawHttp } from '../support/raw-http.ts';
import {
  type CallbackSlug,
  callbackUrl,
  messageCallback,
  post,
  type SignedCallback,
  type Signing,
  signers,
} from '../support/signed-callbacks.ts';

/** Rows 38-40 of the design's table of bad inputs, through the whole server. */

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  // The demo's Easemob app lets older callbacks in than others do, for its history.
  const apps = demoApps.map((each) =>
    each.vendor === 'easemob' ? variant('easemob', each.name, { callbackMaxAgeSeconds: 300 }) : each,
  );
  gateway = await startGateway({ retell: false, apps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const selection =
  '__typename id cursor occurredAt ... on UnknownEvent { name } ... on MessageEvent { message { content { ... on TextContent { text } } } }';
const events = `subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { ${selection} } }`;

let serial = 1_000_000;
function nextId(): string {
  serial += 1;
  return String(serial);
}

/** The texts of messages that an app has told so far, in their order: sends one more and reads up to it. */
async function toldAt(app: string, slug: CallbackSlug): Promise<Followed> {
  const stream = await follow(gateway, [app], operator, events, { filter: { appIds: [`App:${app}`] } });
  const text = `mark ${nextId()}`;
  expect(
    (await post(callbackUrl(gateway, slug, app), signers[slug](messageCallback[slug](text, nextId())))).status,
  ).toBe(200);
  await stream.until((event) => event.message?.content?.text === text);
  await stream.close();
  return stream;
}
const textsOf = ({ seen }: Followed): string[] => seen.flatMap((event) => event.message?.content?.text ?? []);

const seconds = (offset: number) => Date.now() + offset * 1000;

/** The time now in a unit that each vendor's callbacks never have. RongCloud's have both seconds and milliseconds. */
const otherUnits: Readonly<Record<string, () => number>> = {
  zim: () => Date.now(),
  rongcloud: () => Date.now() * 1000,
  easemob: () => Math.floor(Date.now() / 1000),
};

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const send = (text: string, signing?: Signing) =>
    post(callbackUrl(gateway, slug, app), signers[slug](messageCallback[slug](text, nextId()), signing));
  const digits = slug === 'easemob' ? 32 : 40;

  // Made when it is sent: the time is part of it.
  const badSignatures: readonly [string, () => Signing][] = [
    ['an empty signature', () => ({ signature: '' })],
    ['a wrong signature', () => ({ signature: 'a'.repeat(digits) })],
    ['the signature of another secret', () => ({ secret: 'another' })],
    ['half a signature', () => ({ signature: 'a'.repeat(digits / 2) })],
    ['a longer signature', () => ({ signature: 'a'.repeat(digits * 2) })],
    ['an array as signature', () => ({ signature: ['a', 'b'] })],
    ['a number as signature', () => ({ signature: 12 })],
    ['an object as signature', () => ({ signature: { $ne: null } })],
    ['a signature beyond ASCII', () => ({ signature: 'é'.repeat(digits) })],
    ['a time 301 s ago', () => ({ at: seconds(-301) })],
    ['a time in 302 s', () => ({ at: seconds(302) })],
    ['a time of no number', () => ({ timestamp: 'now' })],
    ['a time of a unit that the vendor never writes', () => ({ timestamp: otherUnits[slug]?.() ?? 0 })],
    ['a negative time', () => ({ timestamp: -1 })],
    ['a time of many digits', () => ({ timestamp: '9'.repeat(400) })],
  ];

  test.each(badSignatures)('%s is 401, and tells nothing', async (title, sign) => {
    const text = `forged: ${title} at ${app}`;
    const reply = await send(text, sign());
    expect(reply.status).toBe(401);
    expect(await reply.text()).toBe('the signature is not good');
    expect(textsOf(await toldAt(app, slug))).not.toContain(text);
  });

  test('an upper-case signature is 401', async () => {
    const callback = signers[slug](messageCallback[slug]('shouted', nextId()));
    const shout = (part: string) => part.replace(new RegExp(`[0-9a-f]{${digits}}`), (digest) => digest.toUpperCase());
    const reply = await post(callbackUrl(gateway, slug, app), {
      ...callback,
      query: shout(callback.query),
      body: shout(callback.body),
    });
    expect(reply.status).toBe(401);
  });

  test('a time 299 s ago or in 298 s is good', async () => {
    for (const at of [seconds(-299), seconds(298)]) expect((await send('in time', { at })).status).toBe(200);
  });

  test('nonce and time split anew under the same digest are 401', async () => {
    // What is signed is joined without a separator: the last digit of one part may stand as the first of the next.
    const now = String(slug === 'zim' ? Math.floor(Date.now() / 1000) : Date.now());
    const callback =
      slug === 'zim'
        ? { nonce: '912345', timestamp: now }
        : { nonce: `${'1'.repeat(7)}${now.slice(0, 3)}`, timestamp: now };
    const signed = signers[slug](messageCallback[slug]('split anew', nextId()), callback);
    const longer = slug === 'zim' ? `${now}912` : `${callback.nonce.slice(-3)}${now}`;
    const shorter = slug === 'zim' ? '345' : callback.nonce.slice(0, -3);
    const swap = (part: string) => part.replace(now, longer).replace(callback.nonce, shorter);
    if (slug === 'easemob') return; // The secret stands between the two.
    const reply = await post(callbackUrl(gateway, slug, app), {
      ...signed,
      query: swap(signed.query),
      body: swap(signed.body),
    });
    expect(reply.status).toBe(401);
  });

  test('a replay is 200 and tells nothing new, however many at once', async () => {
    const text = `replayed at ${app}`;
    const callback = signers[slug](messageCallback[slug](text, nextId()));
    const url = callbackUrl(gateway, slug, app);
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(url, callback)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(textsOf(await toldAt(app, slug)).filter((each) => each === text)).toHaveLength(1);
  });

  test('a wrong token, an unknown app, and one within the other are the same 404', async () => {
    const url = callbackUrl(gateway, slug, app);
    const callback = signers[slug](messageCallback[slug]('nowhere', nextId()));
    const base = url.slice(0, url.lastIndexOf('/callbacks/'));
    const token = url.split('/').at(-1) ?? '';
    const answers = await Promise.all(
      [
        `${base}/callbacks/${app}/wrong`,
        `${base}/callbacks/${app}/${token.slice(0, -1)}`,
        `${base}/callbacks/${app}/${token}x`,
        `${base}/callbacks/${app}/${'x'.repeat(80)}`,
        `${base}/callbacks/nowhere/${token}`,
        `${base}/callbacks/__proto__/${token}`,
        `${base}/callbacks/${chatApps.find((other) => other.app !== app)?.app}/${token}`,
      ].map(async (each) => {
        const reply = await post(each, callback);
        return [reply.status, await reply.text(), reply.headers.get('content-type')];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
  });

  test('GET is 405 and tells of POST', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const reply = await fetch(callbackUrl(gateway, slug, app), { method });
      expect(reply.status, method).toBe(405);
      expect(reply.headers.get('allow')).toBe('POST');
    }
  });

  test.each([
    ['text/html', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/xml', 415],
    ['application/json; charset=ibm037', 415],
  ])('%s is %i', async (contentType, status) => {
    const callback = signers[slug](messageCallback[slug]('of another type', nextId()));
    expect((await post(callbackUrl(gateway, slug, app), { ...callback, contentType })).status).toBe(status);
  });

  test('a body of more than a megabyte is 413', async () => {
    const callback = signers[slug]({ ...messageCallback[slug]('x', nextId()), padding: 'x'.repeat(1_100_000) });
    expect((await post(callbackUrl(gateway, slug, app), callback)).status).toBe(413);
  });

  test.each([
    ['nothing', ''],
    ['an array', '[]'],
    ['an array of objects', '[{"a":1}]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['half of JSON', '{"event":"send_msg",'],
    ['bytes that are no text', '\u0000\u0001\uFFFD'],
    ['a deep nest', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['the prototype', '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'],
  ])('%s as the body is refused or kept, never a fault', async (_, body) => {
    const { query } = signers[slug]({});
    const contentType = 'application/json';
    const reply = await post(callbackUrl(gateway, slug, app), { query, contentType, body });
    expect([200, 400, 401]).toContain(reply.status);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect((await send('good after it')).status).toBe(200);
  });

  test('of repeated fields the last counts, the same way every time', async () => {
    const [first, last] = [`first at ${app}`, `last at ${app}`];
    const id = nextId();
    const callback = signers[slug](messageCallback[slug](last, id));
    const earlier = signers[slug](messageCallback[slug](first, id));
    const doubled =
      slug === 'rongcloud'
        ? { ...callback, body: `${earlier.body}&${callback.body}` }
        : { ...callback, body: `{${earlier.body.slice(1, -1)},${callback.body.slice(1)}` };
    const { status } = await post(callbackUrl(gateway, slug, app), doubled);
    expect(status).toBe(200);
    const told = textsOf(await toldAt(app, slug));
    expect(told).toContain(last);
    expect(told).not.toContain(first);
  });

  test('an event older than the last is kept in the order of arrival', async () => {
    const [newer, older] = [`newer at ${app}`, `older at ${app}`];
    await send(newer);
    const at = Date.now() - 200_000;
    const fields = { ...messageCallback[slug](older, nextId()), msg_time: at, msgTimestamp: at };
    expect((await post(callbackUrl(gateway, slug, app), signers[slug](fields, { at }))).status).toBe(200);
    const told = await toldAt(app, slug);
    const texts = textsOf(told);
    expect(texts.indexOf(older)).toBeGreaterThan(texts.indexOf(newer));
    const event = told.seen.find((each) => each.message?.content?.text === older);
    expect(Math.abs(Date.parse(event.occurredAt) - at)).toBeLessThan(1001);
  });

  test('repeated signature parameters in the query are no good', async () => {
    const callback = signers[slug](messageCallback[slug]('twice signed', nextId()));
    const reply = await post(callbackUrl(gateway, slug, app), {
      ...callback,
      query: `${callback.query || '?x=1'}&signature=aa&signature=bb`,
    });
    expect(reply.status).toBe(slug === 'rongcloud' ? 401 : 200);
  });

  const swapped = (callback: SignedCallback, original: string, id: string) => {
    const swap = (text: string) => text.replaceAll(original, 'forged').replaceAll(id, String(Number(id) + 5_000_000));
    return { ...callback, body: swap(callback.body) };
  };

  test(
    slug === 'easemob'
      ? 'another body under a signature that was used is 200, and tells nothing: its callId is the key, and is signed'
      : 'another body under a signature that was used is 401, and tells nothing',
    async () => {
      const [original, id] = [`original-${slug}`, nextId()];
      const one = signers[slug](messageCallback[slug](original, id));
      const forged = swapped(one, original, id);
      expect(forged.body).not.toBe(one.body);
      const url = callbackUrl(gateway, slug, app);
      expect((await post(url, one)).status).toBe(200);
      expect((await post(url, forged)).status).toBe(slug === 'easemob' ? 200 : 401);
      expect((await post(url, one)).status).toBe(200);
      const told = textsOf(await toldAt(app, slug));
      expect(told.filter((text) => text === original)).toHaveLength(1);
      expect(told).not.toContain('forged');
    },
  );

  test('of two bodies that come at once under one signature, one is taken where signatures are made anew', async () => {
    const [original, id] = [`raced-${slug}`, nextId()];
    const one = signers[slug](messageCallback[slug](original, id));
    const url = callbackUrl(gateway, slug, app);
    const replies = await Promise.all([post(url, one), post(url, swapped(one, original, id))]);
    expect(replies.map(({ status }) => status).sort()).toEqual(slug === 'easemob' ? [200, 200] : [200, 401]);
  });

  test('a target that is no callback of ours is 404 or 400', async () => {
    const { host, pathname } = new URL(callbackUrl(gateway, slug, app));
    for (const target of [
      `${pathname}/more`,
      `/callbacks/${app}`,
      `/callbacks//${app}`,
      `/callbacks/%00/x`,
      `/callbacks/${app}/..%2f..%2fgraphql`,
      `/callbacks/%zz/x`,
    ]) {
      const head = `POST ${target} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`;
      const reply = await rawHttp(gateway.url, head);
      expect([400, 404], target).toContain(reply.status);
    }
  });
});

test('a time of ten digits split anew into one of thirteen has the same signature, which was used: 401', async () => {
  const now = Math.floor(Date.now() / 1000);
  const url = callbackUrl(gateway, 'zim', 'zim-eu');
  const nonce = '912345';
  const one = signers.zim(messageCallback.zim('split in two', nextId()), { at: now * 1000, nonce });
  expect((await post(url, one)).status).toBe(200);
  const { signature } = JSON.parse(one.body);
  const again = signers.zim(
    { event: 'group_dismissed', group_id: 'forged' },
    { timestamp: Number(`${now}912`), nonce: '345', signature },
  );
  const { signature: own } = JSON.parse(signers.zim({}, { timestamp: Number(`${now}912`), nonce: '345' }).body);
  expect(own).toBe(signature);
  expect((await post(url, again)).status).toBe(401);
});
