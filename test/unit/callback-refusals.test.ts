import { describe, expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { CallbackIntake } from '../../src/callbacks/intake.ts';
import type { CallbackRefusal, RefusedCallback } from '../../src/domain/callback-refusal.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { vendors } from '../../src/vendors/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { chatApps } from '../support/messages.ts';
import { messageCallback, type SignedCallback, type Signing, signers } from '../support/signed-callbacks.ts';

const token = 'a-path-token-of-the-tests';
const clock = new FakeClock();

/** A log whose disk is full. */
class FullLog extends MemoryLog {
  override append(): Promise<never> {
    return Promise.reject(new Error('ENOSPC: no space left on device'));
  }
}

/** One app of a vendor, and what it refused. */
function start(slug: string, LogClass: typeof MemoryLog = MemoryLog) {
  const vendor = vendors.find((each) => each.slug === slug);
  if (!vendor) throw new Error(slug);
  const refused: { reason: CallbackRefusal; message: string; app: string | null; remoteAddress: string }[] = [];
  const activity = new CallbackActivity(clock);
  const config = vendor.config.parse({
    ...vendor.demo.config,
    ...(slug === 'easemob' && { callbackMaxAgeSeconds: 300 }),
  });
  const intake = new CallbackIntake({
    apps: [{ name: 'app', contract: vendor.callbacks, config, token, allowFrom: ['192.0.2.0/24'], policy: null }],
    log: new LogClass({ clock }),
    clock,
    refine: (_, told) => told,
    activity,
    onRefused: ({ reason, message }: RefusedCallback, app, remoteAddress) =>
      refused.push({ reason, message, app, remoteAddress }),
    onLost: () => {},
  });
  const receive = async ({ query, contentType, body }: SignedCallback, more: object = {}) => {
    const arrival = {
      app: 'app',
      token,
      remoteAddress: '192.0.2.1',
      method: 'POST',
      query: new URLSearchParams(query),
      headers: { 'content-type': contentType },
      body,
      ...more,
    };
    return (await intake.receive(arrival)).status;
  };
  return { intake, activity, refused, receive };
}

let serial = 100_000;

describe.each(chatApps)('a callback of $slug that is not taken', ({ slug }) => {
  const message = (signing: Signing = {}) => {
    serial += 1;
    return signers[slug](messageCallback[slug]('hi', String(serial)), { at: clock.now(), ...signing });
  };

  test.each<[CallbackRefusal, number, string, () => SignedCallback, object]>([
    ['UNKNOWN_PATH', 404, 'another token', () => message(), { token: 'another-path-token' }],
    ['UNKNOWN_PATH', 404, 'an empty token', () => message(), { token: '' }],
    ['SOURCE_ADDRESS', 404, 'an address outside allowFrom', () => message(), { remoteAddress: '198.51.100.7' }],
    ['SIGNATURE', 401, 'another secret', () => message({ secret: 'another' }), {}],
    ['SIGNATURE', 401, 'no signature', () => ({ query: '', contentType: 'application/json', body: '{}' }), {}],
    ['SIGNATURE', 401, 'another secret, long ago', () => message({ secret: 'another', at: clock.now() - 400_000 }), {}],
    ['TIME', 401, 'a clock five minutes behind', () => message({ at: clock.now() - 301_000 }), {}],
    ['TIME', 401, 'a clock five minutes ahead', () => message({ at: clock.now() + 302_000 }), {}],
  ])('is counted as %s with %i: %s', async (reason, status, _, sign, more) => {
    const { activity, refused, receive } = start(slug);
    expect(await receive(sign(), more)).toBe(status);
    expect(refused.map((each) => [each.reason, each.app])).toEqual([[reason, 'app']]);
    expect(activity.counts('app')).toMatchObject([{ callback: null, refused: 1, refusals: [{ reason, count: 1 }] }]);
  });

  test.each([
    [-400_000, /time is 400 s behind this server's clock, more than the 300 s allowed/],
    [400_000, /time is 400 s ahead of this server's clock, more than the 300 s allowed/],
  ])('whose signature fits and whose time is off by %i ms says so', async (offset, says) => {
    const { refused, receive } = start(slug);
    await receive(message({ at: clock.now() + offset }));
    expect(refused[0]?.message).toMatch(says);
  });

  test('since its signature came with another body is a reused signature', async () => {
    const { refused, receive } = start(slug);
    const first = message();
    const other = { ...first, body: first.body.replace('hi', 'ho') };
    expect([await receive(first), await receive(other)]).toEqual(slug === 'easemob' ? [200, 200] : [200, 401]);
    expect(refused.map(({ reason }) => reason)).toEqual(slug === 'easemob' ? [] : ['REUSED_SIGNATURE']);
  });

  test('since the log rejects it is answered 503, so that it comes again', async () => {
    const { activity, refused, receive } = start(slug, FullLog);
    expect(await receive(message())).toBe(503);
    expect(refused.map(({ reason }) => reason)).toEqual(['LOG_UNAVAILABLE']);
    expect(activity.counts('app')).toMatchObject([{ accepted: 0, refused: 1 }]);
  });

  test('counts each reason for itself', async () => {
    const { activity, receive } = start(slug);
    for (const secret of ['a', 'b', 'c']) await receive(message({ secret }));
    await receive(message({ at: clock.now() - 1_000_000 }));
    await receive(message());
    expect(activity.counts('app').find(({ callback }) => callback === null)?.refusals).toEqual([
      { reason: 'SIGNATURE', count: 3 },
      { reason: 'TIME', count: 1 },
    ]);
  });
});

test('the name of an app that is not there is kept nowhere: it may be a secret at the wrong place', async () => {
  const { activity, refused, receive } = start('zim');
  const name = 'not-an-app-but-a-token';
  expect(await receive(signers.zim(messageCallback.zim('hi', '1')), { app: name })).toBe(404);
  expect(refused).toEqual([
    { reason: 'UNKNOWN_PATH', message: expect.any(String), app: null, remoteAddress: '192.0.2.1' },
  ]);
  expect(JSON.stringify(refused)).not.toContain(name);
  expect(activity.counts(name)).toEqual([]);
});
