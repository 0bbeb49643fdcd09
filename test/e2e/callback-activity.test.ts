import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** What operators see of the vendors' callbacks. */
let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const counts = `query ($id: ID!) { app(id: $id) {
  callbacks { callback accepted repeated decided refused lastReceivedAt lastLagMs }
  verdicts { decision count late }
  decisionPolicy { isEnabled default deadlineMs rules { name kind } } } }`;

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const send = (id: string, signing = {}) =>
    post(callbackUrl(gateway, slug, app), signers[slug](messageCallback[slug]('hi', id), signing));

  test('counts tell what was accepted, what was a repeat and what was refused', async () => {
    const signed = signers[slug](messageCallback[slug]('hi', '700001'));
    await post(callbackUrl(gateway, slug, app), signed);
    await post(callbackUrl(gateway, slug, app), signed);
    await send('700002', { secret: 'another' });
    const { data } = await gateway.query(operator, counts, { id: `App:${app}` });
    const [told, refused] = [
      data.app.callbacks.find((each: { callback: string | null }) => each.callback !== null),
      data.app.callbacks.find((each: { callback: string | null }) => each.callback === null),
    ];
    expect(told).toMatchObject({ accepted: 1, repeated: 1, refused: 0 });
    expect(Date.now() - Date.parse(told.lastReceivedAt)).toBeLessThan(10_000);
    expect(refused).toMatchObject({ accepted: 0, refused: 1 });
  });

  test('each is shown live as it is handled, refused ones too', async () => {
    const stream = gateway.subscribe(
      operator,
      'subscription ($ids: [ID!]) { callbacks(appIds: $ids) { app { name } callback outcome code eventCount latencyMs } }',
      { ids: [`App:${app}`] },
    );
    await stream.isConnected;
    // Nothing is kept: what is sent before the stream has begun is not shown.
    let first: { data: { callbacks: Record<string, unknown> } } | undefined;
    const shown = stream.next().then((value) => {
      first = value;
    });
    for (let id = 710_000; first === undefined; id += 1) {
      await send(String(id));
      await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    expect(first.data.callbacks).toMatchObject({ app: { name: app }, outcome: 'ACCEPTED', code: null, eventCount: 1 });
    await send('719999', { secret: 'another' });
    let next: Record<string, unknown> | undefined;
    while (next?.['outcome'] !== 'REFUSED') next = (await stream.next()).data.callbacks;
    expect(next).toMatchObject({ code: 'UNAUTHENTICATED', callback: null, eventCount: 0 });
    await stream.close();
  });
});

test('/metrics has them by app, callback and outcome', async () => {
  const reply = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${operator}` } });
  const text = await reply.text();
  expect(text).toMatch(
    /switchboard_callbacks_total\{app="zim-eu",callback="zim\.callback\.message\.sent",outcome="ACCEPTED"\} \d/,
  );
  expect(text).toMatch(/switchboard_callbacks_total\{app="em-1",callback="unknown",outcome="REFUSED"\} \d/);
  expect(text).toMatch(/switchboard_live_streams \d/);
  expect(text).toMatch(/switchboard_callback_lag_seconds_count\{app="rc-cn"\} \d/);
});

test('a viewer sees neither counts nor live callbacks', async () => {
  const viewer = await gateway.token();
  const { errors } = await gateway.query(viewer, counts, { id: 'App:zim-eu' });
  expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['FORBIDDEN']));
  const stream = gateway.subscribe(viewer, 'subscription { callbacks { callback } }');
  expect((await stream.next()).errors[0].extensions.code).toBe('FORBIDDEN');
});

test('callbacks:tail shows a line for each in a terminal', async () => {
  const { app, slug } = chatApps[0] ?? { app: '', slug: 'zim' as const };
  const tail = spawn(process.execPath, ['scripts/callbacks-tail.ts', '--url', gateway.url, '--token', operator]);
  try {
    let shown = '';
    tail.stdout.on('data', (chunk) => {
      shown += String(chunk);
    });
    await new Promise<void>((resolve) => tail.stderr.once('data', () => resolve()));
    for (let id = 720_000; !shown.includes('\n'); id += 1) {
      await post(callbackUrl(gateway, slug, app), signers[slug](messageCallback[slug]('hi', String(id))));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(shown.split('\n')[0]).toMatch(/Z {2}\S+ +ACCEPTED +1 event +[\d.]+ ms .*callback\.message/);
  } finally {
    tail.kill();
  }
});
