import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeLog } from '../../src/server/log.ts';
import { type Data, give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** What an operator sees of callbacks that are not taken. */
let gateway: TestGateway;
let operator: string;
const lines: Data[] = [];
beforeAll(async () => {
  const log = makeLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
  gateway = await startGateway({ retell: false, log });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => gateway.stop());

const refusalsOf = async (app: string) => {
  const query = 'query ($id: ID!) { app(id: $id) { callbacks { callback refused refusals { reason count } } } }';
  const { callbacks } = (await give(gateway, operator, query, { id: `App:${app}` })).app;
  return callbacks.find((each: Data) => each.callback === null)?.refusals ?? [];
};
const metric = async (app: string, reason: string) => {
  const reply = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${operator}` } });
  const pattern = new RegExp(`^switchboard_callbacks_refused_total\\{app="${app}",reason="${reason}"\\} (\\d+)$`, 'm');
  return Number(pattern.exec(await reply.text())?.[1] ?? 0);
};
const send = (url: string, contentType: string, body: string) =>
  fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body });

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const signed = (signing = {}) => signers[slug](messageCallback[slug]('hi', '800001'), signing);

  test('refused callbacks are counted by reason in the schema and in /metrics, and written once a minute for each', async () => {
    const url = callbackUrl(gateway, slug, app);
    const before = Date.now() - 400_000;
    const statuses = [
      (await post(url, signed({ secret: 'another' }))).status,
      (await post(url, signed({ secret: 'a third' }))).status,
      (await post(url, signed({ secret: 'a fourth' }))).status,
      (await post(`${url}x`, signed())).status,
      (await send(url, 'application/json', 'x'.repeat(2 * 1024 * 1024))).status,
      (await send(url, 'application/xml', '<a/>')).status,
      (await send(url, 'application/json; charset=gbk', '{}')).status,
    ];
    expect(statuses).toEqual([401, 401, 401, 404, 413, 415, 415]);
    // The demo's Easemob app lets older callbacks in than others do.
    const isOld = slug !== 'easemob';
    if (isOld) expect((await post(url, signed({ at: before }))).status).toBe(401);
    const expected = [
      { reason: 'SIGNATURE', count: 3 },
      { reason: 'UNKNOWN_PATH', count: 1 },
      { reason: 'TOO_LARGE', count: 1 },
      { reason: 'MALFORMED', count: 2 },
      ...(isOld ? [{ reason: 'TIME', count: 1 }] : []),
    ];
    expect(await refusalsOf(app)).toEqual(expected);
    for (const { reason, count } of expected) expect(await metric(app, reason), reason).toBe(count);
    expect(lines.map(({ level, msg, app: of, reason, count }) => [level, msg, of, reason, count])).toEqual(
      expected.map(({ reason }) => ['warn', 'callbacks are not taken', app, reason, 1]),
    );
    if (isOld) expect(lines.at(-1).why).toMatch(/time is 40\d s behind this server's clock/);
    const token = url.split('/').at(-1) ?? '';
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  test('a body that is too large or of another type tells nobody without the path that the path is right', async () => {
    const url = `${callbackUrl(gateway, slug, app)}x`;
    const before = await metric(app, 'UNKNOWN_PATH');
    await send(url, 'application/json', 'x'.repeat(2 * 1024 * 1024));
    await send(url, 'application/xml', '<a/>');
    expect(await metric(app, 'UNKNOWN_PATH')).toBe(before + 2);
  });
});

test.each([
  '/callbacks',
  '/callbacks/',
  '/callbacks/zim-eu',
  '/callbacks/zim-eu/a/b',
  '/callbacks/nobody/0123456789abcdef0',
])('a callback to %s is not found, and counted', async (path) => {
  const before = (await metric('unknown', 'UNKNOWN_PATH')) + (await metric('zim-eu', 'UNKNOWN_PATH'));
  expect((await send(`${gateway.url}${path}`, 'application/json', '{}')).status).toBe(404);
  expect((await metric('unknown', 'UNKNOWN_PATH')) + (await metric('zim-eu', 'UNKNOWN_PATH'))).toBe(before + 1);
  expect(JSON.stringify(lines)).not.toContain('0123456789abcdef0');
});
