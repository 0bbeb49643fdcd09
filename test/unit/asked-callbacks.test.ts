import { describe, expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { CallbackIntake } from '../../src/callbacks/intake.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { vendors } from '../../src/vendors/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type SignedCallback, type Signing, signers } from '../support/signed-callbacks.ts';

const token = 'a-path-token-of-the-tests';

/** A log that takes nothing. */
class FullLog extends MemoryLog {
  override append(): Promise<never> {
    return Promise.reject(new Error('ENOSPC: no space left on device'));
  }
}

/** The vendor's question about a message of this text, in the form of the catalogue's example. */
function questionOf(slug: 'zim' | 'rongcloud', text: string, signing: Signing): SignedCallback {
  const catalogue = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
  const example = catalogue.callbacks.find(({ kind }) => kind === 'decision')?.example ?? '';
  if (slug === 'zim') {
    const { signature: _, nonce: __, timestamp: ___, appid: ____, ...fields } = JSON.parse(example);
    return signers.zim({ ...fields, msg_body: text }, signing);
  }
  const fields = Object.fromEntries(new URLSearchParams(example));
  return signers.rongcloud({ ...fields, content: JSON.stringify({ content: text }) }, signing);
}

function start(slug: string, LogClass: typeof MemoryLog = MemoryLog) {
  const clock = new FakeClock();
  const vendor = vendors.find((each) => each.slug === slug);
  if (!vendor?.callbacks.decisions) throw new Error(slug);
  const config = vendor.config.parse(vendor.demo.config);
  let asked = 0;
  class CountedPolicy extends DecisionPolicy {
    override decide(...args: Parameters<DecisionPolicy['decide']>) {
      asked += 1;
      return super.decide(...args);
    }
  }
  const policy = new CountedPolicy({
    settings: decisionsSchema.parse({ default: 'REFUSE' }),
    vendorWaitMs: vendor.callbacks.decisions.waitMs,
    clock,
    ask: () => Promise.reject(new Error('nobody is asked')),
  });
  const lost: string[] = [];
  const refused: string[] = [];
  const intake = new CallbackIntake({
    apps: [{ name: 'app', contract: vendor.callbacks, config, token, policy }],
    log: new LogClass({ clock }),
    clock,
    refine: (_, told) => told,
    activity: new CallbackActivity(clock),
    onRefused: ({ reason }) => refused.push(reason),
    onLost: (_, app) => lost.push(app),
  });
  const receive = ({ query, contentType, body }: SignedCallback) =>
    intake.receive({
      app: 'app',
      token,
      remoteAddress: '192.0.2.1',
      method: 'POST',
      query: new URLSearchParams(query),
      headers: { 'content-type': contentType },
      body,
    });
  return { clock, receive, asked: () => asked, refused, lost };
}

describe.each(['zim', 'rongcloud'] as const)('a question of %s', (slug) => {
  test('under a signature that came with another message is 401, and nobody is asked', async () => {
    const { clock, receive, asked, refused } = start(slug);
    const signing = { at: clock.now(), nonce: '123456789' };
    const first = await receive(questionOf(slug, 'hello', signing));
    expect([first.status, asked()]).toEqual([200, 1]);
    const forged = await receive(questionOf(slug, 'forged', signing));
    expect([forged.status, asked(), refused]).toEqual([401, 1, ['REUSED_SIGNATURE']]);
    expect(forged.body).not.toBe(first.body);
  });

  test('that comes again as it was is answered again', async () => {
    const { clock, receive } = start(slug);
    const question = questionOf(slug, 'hello', { at: clock.now(), nonce: '123456789' });
    const [one, other] = [await receive(question), await receive(question)];
    expect([one.status, other]).toEqual([200, one]);
  });

  test('is answered though the log takes nothing, and that its record was lost is told', async () => {
    const { clock, receive, lost } = start(slug, FullLog);
    const answer = await receive(questionOf(slug, 'hello', { at: clock.now() }));
    expect(answer.status).toBe(200);
    await expect.poll(() => lost).toEqual(['app']);
  });
});
