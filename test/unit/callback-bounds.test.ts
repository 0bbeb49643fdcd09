import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { CallbackIntake, type IntakeOptions } from '../../src/callbacks/intake.ts';
import { unsignedOf } from '../../src/domain/stream.ts';
import type { EventLog, StoredEvent } from '../../src/events/log.ts';
import { MemoryLog, type MemoryLogOptions } from '../../src/events/memory-log.ts';
import { vendors } from '../../src/vendors/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type CallbackSlug, messageCallback, type SignedCallback, signers } from '../support/signed-callbacks.ts';

const token = 'a-path-token-of-the-tests';

function vendorOf(slug: string) {
  const vendor = vendors.find((each) => each.slug === slug);
  if (!vendor) throw new Error(slug);
  return { vendor, config: vendor.config.parse(vendor.demo.config) };
}

function start(slug: string, options: { log?: Partial<MemoryLogOptions>; bounds?: IntakeOptions['bounds'] } = {}) {
  const clock = new FakeClock();
  const { vendor, config } = vendorOf(slug);
  const log = new MemoryLog({ clock, ...options.log });
  const intake = new CallbackIntake({
    apps: ['app', 'other'].map((name) => ({ name, contract: vendor.callbacks, config, token, policy: null })),
    log,
    clock,
    refine: (_, told) => told,
    activity: new CallbackActivity(clock),
    ...(options.bounds && { bounds: options.bounds }),
    onRefused: () => {},
    onLost: () => {},
  });
  const receive = async ({ query, contentType, body }: SignedCallback, app = 'app') => {
    const address = { app, token, remoteAddress: '192.0.2.1' };
    const headers = { 'content-type': contentType };
    const request = { method: 'POST', query: new URLSearchParams(query), headers, body };
    return (await intake.receive({ ...address, ...request })).status;
  };
  return { clock, log, intake, receive };
}

async function eventsIn(log: EventLog, stream: string): Promise<readonly StoredEvent[]> {
  return (await log.read(stream, { ...log.top(stream), offset: 0 }, 1_000_000)).events;
}

const json = (fields: object): SignedCallback => ({
  query: '',
  contentType: 'application/json',
  body: JSON.stringify(fields),
});

/** A reaction as the vendor sends it, without a signature: so many users reacted to one message. */
const reaction = (at: number, count: number, serial = 0) =>
  json({
    chat_type: 'notify',
    eventType: 'chat',
    from: 'bob',
    to: 'alice',
    msg_id: `77${serial}`,
    timestamp: at,
    payload: {
      type: 'reaction',
      data: [
        {
          messageId: `9${serial}`,
          from: 'bob',
          to: 'alice',
          channel_type: 'chat',
          reactions: [
            {
              reaction: 'like',
              count,
              op: Array.from({ length: count }, (_, index) => ({
                reactionType: 'create',
                operator: `u${index}`,
              })),
            },
          ],
        },
      ],
    },
  });

/** Callbacks that tell many things at once, of every vendor that has some: `count` things in one body. */
const manyAtOnce: Readonly<
  Record<string, { readonly slug: CallbackSlug; of(count: number, at: number): SignedCallback }>
> = {
  'reactions, signed': {
    slug: 'easemob',
    of: (count, at) => signers.easemob(JSON.parse(reaction(at, count).body), { at }),
  },
  'members of a group': {
    slug: 'easemob',
    of: (count, at) =>
      signers.easemob(
        {
          event: 'group_op_event',
          operation: 'LEAVE',
          type: 'GROUP',
          id: '101010',
          operator: '@ppAdmin',
          payload: { type: 'KICK', member: Array.from({ length: count }, (_, index) => `user${index}`) },
        },
        { at },
      ),
  },
  'messages of the webhook': {
    slug: 'rongcloud',
    of: (count, at) => ({
      ...signers.rongcloud({}, { at }),
      contentType: 'application/json',
      body: JSON.stringify({
        type: 'message:send',
        id: 'webhook-1',
        data: Array.from({ length: count }, (_, index) => ({
          userId: 'bob',
          channelId: 'alice',
          channelType: 'PERSON',
          messageId: `AAAA-${index}`,
          messageType: 'RC:TxtMsg',
          content: '{"content":"hi"}',
          time: at,
        })),
      }),
    }),
  },
  'messages of the webhook, without its id': {
    slug: 'rongcloud',
    of: (count, at) => {
      const { body, ...rest } = manyAtOnce['messages of the webhook']?.of(count, at) ?? json({});
      const { id: _, ...fields } = JSON.parse(body);
      return { ...rest, body: JSON.stringify(fields) };
    },
  },
  'users coming online': {
    slug: 'rongcloud',
    of: (count, at) => ({
      ...signers.rongcloud({}, { at }),
      contentType: 'application/json',
      body: JSON.stringify(
        Array.from({ length: count }, (_, index) => ({ userid: `u${index}`, status: '0', os: 'iOS', time: at })),
      ),
    }),
  },
  'receivers of a message': {
    slug: 'zim',
    of: (count, at) => {
      const { conv_id: _, ...fields } = messageCallback.zim('hi', '1');
      const user_list = Array.from({ length: count }, (_each, index) => ({
        UserId: `u${index}`,
        MsgId: `88${index}`,
        MsgSeq: index + 1,
      }));
      return signers.zim({ ...fields, user_list }, { at });
    },
  },
};

describe.each(Object.entries(manyAtOnce))('a callback that tells many things at once: %s', (_, { slug, of }) => {
  const { vendor, config } = vendorOf(slug);
  const read = ({ query, contentType, body }: SignedCallback) =>
    vendor.callbacks.read(
      { method: 'POST', query: new URLSearchParams(query), headers: { 'content-type': contentType }, body },
      config,
    ).events;

  test('is an event for each, and what the vendor sent is kept once', async () => {
    const { clock, log, receive } = start(slug);
    const callback = of(50, clock.now());
    expect(await receive(callback)).toBe(200);
    const events = await eventsIn(log, 'app');
    expect(events).toHaveLength(50);
    expect(new Set(events.map(({ draft }) => draft.payload.type))).not.toContain('UNKNOWN');
    for (const { offset } of events)
      expect((await log.raw('app', { ...log.top('app'), offset }))?.body).toBe(callback.body);
  });

  test('makes events of as many bytes as the body has, whatever their number', () => {
    const bytesFor = (count: number) =>
      read(of(count, 1_700_000_000_000)).reduce((sum, event) => sum + serialize(event).byteLength, 0) / count;
    expect(bytesFor(1000)).toBeLessThan(bytesFor(100) * 1.1);
  });

  test('takes time by the length of the body', () => {
    const cpuFor = (count: number) => {
      const callback = of(count, 1_700_000_000_000);
      const before = process.cpuUsage();
      read(callback);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    cpuFor(100);
    // By the square of it, it would be 10 s and more.
    expect(cpuFor(8000)).toBeLessThan(2000);
  });

  test('that is beyond the bound is kept whole, as one event that is not understood', async () => {
    const { clock, log, receive } = start(slug);
    const callback = of(1001, clock.now());
    expect(await receive(callback)).toBe(200);
    const events = await eventsIn(log, 'app');
    expect(events.map(({ draft }) => draft.payload.type)).toEqual(['UNKNOWN']);
    expect((await log.raw('app', log.top('app')))?.body).toBe(callback.body);
    expect(await receive(callback)).toBe(200);
    expect(await eventsIn(log, 'app')).toHaveLength(1);
  });
});

test('a text that stands in every event of a callback cannot make much of little', async () => {
  const { clock, log, receive } = start('easemob');
  const long = 'x'.repeat(200_000);
  const fields = JSON.parse(reaction(clock.now(), 900).body);
  for (const change of [
    { msg_id: long },
    { payload: { ...fields.payload, data: [{ ...fields.payload.data[0], messageId: long }] } },
    { payload: { ...fields.payload, data: [{ ...fields.payload.data[0], from: long }] } },
    {
      payload: {
        ...fields.payload,
        data: [{ ...fields.payload.data[0], reactions: [{ ...fields.payload.data[0].reactions[0], reaction: long }] }],
      },
    },
  ]) {
    const { offset: before } = log.top('app');
    const signed = signers.easemob({ ...fields, ...change }, { at: clock.now(), nonce: `n${before}` });
    expect(await receive(signed)).toBe(200);
    const events = (await eventsIn(log, 'app')).slice(before);
    const bytes = events.reduce((sum, { draft }) => sum + serialize(draft).byteLength, 0);
    expect(bytes).toBeLessThan(2_000_000);
    // Not even before it is bounded.
    const { vendor, config } = vendorOf('easemob');
    const request = { method: 'POST', query: new URLSearchParams(), headers: {}, body: signed.body };
    const told = vendor.callbacks.read(request, config).events;
    for (const event of told.slice(0, 5)) expect(serialize(event).byteLength).toBeLessThan(2_000);
  }
});

describe('what no signature proves', () => {
  test('is refused where its body is larger than such a one may be', async () => {
    const { clock, log, receive } = start('easemob');
    expect(await receive(reaction(clock.now(), 9000))).toBe(413);
    expect(await eventsIn(log, unsignedOf('app'))).toEqual([]);
  });

  test('is kept whole, as one event that is not understood, where it tells more than such a one may', async () => {
    const { clock, log, receive } = start('easemob');
    expect(await receive(reaction(clock.now(), 100))).toBe(200);
    expect(await receive(reaction(clock.now(), 101, 1))).toBe(200);
    const types = (await eventsIn(log, unsignedOf('app'))).map(({ draft }) => draft.payload.type);
    expect(types).toEqual([...Array.from({ length: 100 }, () => 'REACTIONS_CHANGED'), 'UNKNOWN']);
  });

  test('is answered 429 when more of it came in a minute than is taken, of that app, and taken again later', async () => {
    const { clock, receive } = start('easemob');
    let serial = 0;
    const send = (app?: string) => {
      serial += 1;
      return receive(reaction(clock.now(), 100, serial), app);
    };
    for (let index = 0; index < 60; index += 1) expect(await send()).toBe(200);
    expect(await send()).toBe(429);
    expect(await send('other')).toBe(200);
    const message = signers.easemob(messageCallback.easemob('hi', '7'), { at: clock.now() });
    expect(await receive(message)).toBe(200);
    await clock.advance(60_000);
    expect(await send()).toBe(200);
  });

  test('is answered 429 when it brought more bytes in a minute than are taken', async () => {
    const { clock, receive } = start('easemob');
    const big = (serial: number) => {
      const { body } = reaction(clock.now(), 1, serial);
      return json({ ...JSON.parse(body), padding: 'x'.repeat(60_000) });
    };
    let serial = 0;
    while ((await receive(big(serial))) === 200) serial += 1;
    expect(serial).toBeGreaterThan(250);
    expect(serial).toBeLessThan(280);
  });

  test('pushes out nothing that was signed: neither its events nor their keys', async () => {
    const unsigned = { maxEvents: 50, maxBytes: 1_000_000 };
    const { clock, log, receive } = start('easemob', { log: { maxEvents: 100, maxKeys: 200, unsigned } });
    const signed = Array.from({ length: 20 }, (_, index) =>
      signers.easemob(messageCallback.easemob(`hi ${index}`, String(index)), { at: clock.now(), nonce: `n${index}` }),
    );
    for (const each of signed) expect(await receive(each)).toBe(200);
    for (let serial = 0; serial < 100; serial += 1) {
      expect(await receive(reaction(clock.now(), 100, serial))).toBe(200);
      await clock.advance(2_000);
    }
    expect(await eventsIn(log, 'app')).toHaveLength(20);
    for (const each of signed) expect(await receive(each)).toBe(200);
    expect(await eventsIn(log, 'app')).toHaveLength(20);
    expect((await eventsIn(log, unsignedOf('app'))).length).toBeLessThanOrEqual(60);
  });
});
