import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { rawHttp } from '../support/raw-http.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** Where callbacks come from and go to, through a proxy that tells so, as gateways of clouds do. */

let gateway: TestGateway;
beforeAll(async () => {
  const allowFrom = ['203.0.113.0/24', '2001:db8:1::/48'];
  gateway = await startGateway({ retell: false, trustedProxies: ['127.0.0.1'], allowFrom });
}, 30_000);
afterAll(() => gateway.stop());

let serial = 1_000_000;
const refusals = 'query ($id: ID!) { app(id: $id) { callbacks { accepted refusals { reason count } } } }';

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const send = async (forwardedFor: string) => {
    serial += 1;
    const callback = signers[slug](messageCallback[slug](`message ${serial}`, String(serial)));
    return (await post(callbackUrl(gateway, slug, app), callback, { 'x-forwarded-for': forwardedFor })).status;
  };
  const counted = async () => {
    const { data } = await gateway.query(await gateway.operator(), refusals, { id: `App:${app}` });
    const all: { accepted: number; refusals: { reason: string; count: number }[] }[] = data.app.callbacks;
    return {
      accepted: all.reduce((sum, { accepted }) => sum + accepted, 0),
      refusals: all.flatMap((each) => each.refusals),
    };
  };

  test('takes callbacks from allowFrom only, with ports or without; the others are 404 and counted', async () => {
    const good = [
      '203.0.113.9',
      '203.0.113.9:4711',
      '2001:db8:1::9',
      '[2001:db8:1::9]:4711',
      '198.51.100.7, 203.0.113.9:1',
    ];
    for (const from of good) expect([from, await send(from)]).toEqual([from, 200]);
    const bad = [
      '198.51.100.7',
      '198.51.100.7:4711',
      '[2001:db8:2::9]:4711',
      '203.0.113.9, 198.51.100.7',
      'unknown',
      '',
    ];
    for (const from of bad) expect([from, await send(from)]).toEqual([from, 404]);
    expect(await counted()).toEqual({
      accepted: good.length,
      refusals: [{ reason: 'SOURCE_ADDRESS', count: bad.length }],
    });
  });

  test('answers before the body is there, alike for a wrong app, a wrong token and a wrong source', async () => {
    const url = new URL(callbackUrl(gateway, slug, app));
    const answers = await Promise.all(
      [
        [url.pathname, '198.51.100.7'],
        [url.pathname.replace(/.$/, '_'), '203.0.113.9'],
        [url.pathname.replace(app, 'nobody'), '203.0.113.9'],
      ].map(([path, from]) =>
        rawHttp(
          gateway.url,
          `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${from}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`,
        ),
      ),
    );
    const shape = ({ status, isClosed, text }: (typeof answers)[number]) => ({
      status,
      isClosed,
      text: text.replace(/x-request-id: [\w-]+|Date: [^\r]+/gi, ''),
    });
    expect(answers.map(shape)).toEqual(
      answers.map(() => ({ ...shape(answers[0] ?? never()), status: 404, isClosed: true })),
    );
  });
});

test('/metrics counts refused callbacks by reason, and what callers hold', async () => {
  const headers = { authorization: `Bearer ${await gateway.operator()}` };
  const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  expect(text).toMatch(/switchboard_callbacks_refused_total\{app="zim-eu",reason="SOURCE_ADDRESS"\} \d/);
  expect(text).toMatch(/switchboard_callbacks_refused_total\{app="unknown",reason="UNKNOWN_PATH"\} 3/);
  expect(text).toMatch(/switchboard_connections [1-9]/);
  expect(text).toMatch(/switchboard_http_requests 1\n/);
  expect(text).toMatch(/switchboard_streams 0\n/);
  expect(text).toMatch(/switchboard_held_bytes \d/);
});

function never(): never {
  throw new Error('no answer');
}
