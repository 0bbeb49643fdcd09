// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { AskService } from '../../src/callbacks/ask.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import type { MessageQuestion } from '../../src/vendors/vendor.ts';
import { FakeClock } from '../support/fake-clock.ts';

const question = (text: string, more: Partial<MessageQuestion['message']> = {}): MessageQuestion => ({
  id: 'x.callback.message.before',
  dedupeKey: text,
  occurredAt: new Date(0),
  message: {
    to: { kind: 'group', id: 'team' },
    senderId: 'bob',
    key: '1',
    vendorId: null,
    sequence: null,
    isFromUser: true,
    content: { kind: 'TEXT', text, isBarrage: false },
    sentAt: null,
    ...more,
  },
});

const asking = new AskService(systemClock);
const policy = (settings: unknown, clock: Clock = systemClock, vendorWaitMs = 200) =>
  new DecisionPolicy({ settings: decisionsSchema.parse(settings), vendorWaitMs, clock, ask: asking.ask });

const verdictOf = async (settings: unknown, ...asked: Parameters<typeof question>) => {
  const { verdict, rule } = await policy(settings).decide('app', question(...asked));
  return { ...verdict, rule };
};

describe('a policy', () => {
  test('delivers what no rule has an answer to, by default', async () => {
    expect(await verdictOf({}, 'hello')).toMatchObject({ decision: 'DELIVER', rule: null });
    expect(await verdictOf({ default: 'REFUSE' }, 'hello')).toMatchObject({ decision: 'REFUSE', rule: null });
  });

  test('takes the answer of the first rule that has one', async () => {
    const rules = [
      { name: 'staff', senders: ['eve'], then: 'DELIVER' },
      { name: 'words', keywords: ['casino'], then: 'REFUSE', code: 7, reason: 'no gambling' },
      { name: 'all', then: 'DROP' },
    ];
    expect(await verdictOf({ rules }, 'CASINO night')).toMatchObject({ decision: 'REFUSE', rule: 'words', code: 7 });
    expect(await verdictOf({ rules }, 'casino', { senderId: 'eve' })).toMatchObject({
      decision: 'DELIVER',
      rule: 'staff',
    });
    expect(await verdictOf({ rules }, 'hello')).toMatchObject({ decision: 'DROP', rule: 'all' });
  });

  test('that is switched off gives its default always', async () => {
    const settings = { isEnabled: false, default: 'DROP', rules: [{ name: 'a', then: 'DELIVER' }] };
    expect(await verdictOf(settings, 'hi')).toMatchObject({ decision: 'DROP', rule: null });
  });

  test.each([
    ['case and width do not hide a word', 'buy at ＣＡＳＩＮＯ', '***'],
    ['letters that fold to more letters star the whole text', 'ﬁt casino', '*'],
  ])('%s', async (_, text, stars) => {
    const rules = [{ name: 'words', keywords: ['casino'], then: 'REPLACE' }];
    const { decision, text: replaced } = await verdictOf({ rules }, text);
    expect(decision).toBe('REPLACE');
    expect(replaced).toHaveLength(text.length);
    expect(replaced).toContain(stars);
    expect(replaced).not.toMatch(/casino|ＣＡＳＩＮＯ/i);
  });

  test('stars out the words found and nothing else', async () => {
    const rules = [{ name: 'words', keywords: ['a.b', 'foo'], then: 'REPLACE' }];
    expect(await verdictOf({ rules }, 'x a.b y foo axb')).toMatchObject({ text: 'x *** y *** axb' });
  });

  test('goes by place and by kind of content', async () => {
    const rules = [
      { name: 'room', to: ['chatroom'], then: 'DROP' },
      { name: 'team', to: ['group:team'], kinds: ['TEXT'], then: 'REFUSE' },
    ];
    expect(await verdictOf({ rules }, 'hi')).toMatchObject({ rule: 'team' });
    expect(await verdictOf({ rules }, 'hi', { to: { kind: 'chatroom', id: 'team' } })).toMatchObject({ rule: 'room' });
    expect(await verdictOf({ rules }, 'hi', { content: null })).toMatchObject({ rule: null });
  });

  test('refuses what a sender sends beyond its rate, and nobody else’s', async () => {
    const clock = new FakeClock();
    const flood = policy({ rules: [{ name: 'flood', perSender: { count: 2, seconds: 1 }, then: 'DROP' }] }, clock);
    const decide = async (senderId: string) =>
      (await flood.decide('app', question('hi', { senderId }))).verdict.decision;
    expect([await decide('bob'), await decide('bob'), await decide('bob')]).toEqual(['DELIVER', 'DELIVER', 'DROP']);
    expect(await decide('alice')).toBe('DELIVER');
    await clock.advance(1_001);
    expect(await decide('bob')).toBe('DELIVER');
  });

  test('never takes longer than the vendor waits, whatever the operator wrote', () => {
    expect(policy({ deadlineMs: 5_000 }).deadlineMs).toBe(150);
    expect(policy({ deadlineMs: 5_000, vendorWaitMs: 3_000 }).deadlineMs).toBe(2_950);
    expect(policy({ deadlineMs: 100 }).deadlineMs).toBe(100);
  });

  test('answers in well under 20 ms with ten thousand words and a hundred rules', async () => {
    const keywords = Array.from({ length: 10_000 }, (_, index) => `word${index}x`);
    const rules = Array.from({ length: 99 }, (_, index) => ({
      name: `r${index}`,
      senders: [`u${index}`],
      then: 'DROP',
    }));
    const heavy = policy({ rules: [...rules, { name: 'words', keywords, then: 'REFUSE' }] });
    const times: number[] = [];
    for (let index = 0; index < 300; index += 1) {
      const from = performance.now();
      await heavy.decide('app', question(`message ${index} ${'lorem ipsum '.repeat(20)}`));
      times.push(performance.now() - from);
    }
    expect(times.sort((a, b) => a - b)[296]).toBeLessThan(20);
  });
});

describe('a rule that asks a service of the operator', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const serve = async (answer: (request: IncomingMessage, body: string, reply: ServerResponse) => void) => {
    server = createServer(async (request, reply) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      answer(request, body, reply);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/message?key=1`;
  };

  test('gives the app, the callback and the message, and takes the verdict', async () => {
    let got: unknown;
    const ask = await serve((request, body, reply) => {
      got = { url: request.url, ...JSON.parse(body) };
      reply.end('{"decision":"REPLACE","text":"hello"}');
    });
    const decided = await policy({ rules: [{ name: 'review', ask }] }).decide('em-1', question('hallo'));
    expect(decided).toMatchObject({ verdict: { decision: 'REPLACE', text: 'hello' }, rule: 'review', isLate: false });
    expect(got).toMatchObject({
      url: '/message?key=1',
      app: 'em-1',
      callback: 'x.callback.message.before',
      message: { senderId: 'bob', to: { kind: 'group', id: 'team' }, content: { kind: 'TEXT', text: 'hallo' } },
    });
  });

  test.each<[string, (reply: ServerResponse) => void]>([
    ['has no content', (reply) => reply.writeHead(204).end()],
    ['fails', (reply) => reply.writeHead(500).end('{"decision":"DROP"}')],
    ['redirects', (reply) => reply.writeHead(302, { location: 'http://169.254.169.254/' }).end()],
    ['is no JSON', (reply) => reply.end('<html>')],
    ['is of another shape', (reply) => reply.end('{"decision":"MAYBE"}')],
    ['replaces with nothing', (reply) => reply.end('{"decision":"REPLACE"}')],
    ['is larger than a verdict', (reply) => reply.end(`{"decision":"DROP","x":"${'x'.repeat(20_000)}"}`)],
    ['is cut', (reply) => reply.destroy()],
  ])('an answer that %s is no opinion: the next rule decides', async (_, answer) => {
    const ask = await serve((__, ___, reply) => answer(reply));
    const rules = [
      { name: 'review', ask },
      { name: 'next', then: 'REFUSE' },
    ];
    expect(await policy({ rules }).decide('app', question('hi'))).toMatchObject({ rule: 'next', isLate: false });
  });

  test('no answer by the deadline gives the default, and says that it is late', async () => {
    let isCut: () => void = () => {};
    const cut = new Promise<void>((resolve) => {
      isCut = resolve;
    });
    const ask = await serve((request) => request.socket.once('close', isCut));
    const decided = await policy({ deadlineMs: 30, default: 'DROP', rules: [{ name: 'review', ask }] }).decide(
      'app',
      question('hi'),
    );
    expect(decided).toMatchObject({ verdict: { decision: 'DROP' }, rule: null, isLate: true });
    expect(decided.latencyMs).toBeLessThan(150);
    // Nobody waits for the service any more.
    await cut;
  });
});

test('no message makes a policy fail', async () => {
  const rules = [{ name: 'words', keywords: ['a', '.*', '(', '\u0130'], then: 'REPLACE' }];
  const any = policy({ rules });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const { verdict } = await any.decide('app', question(text));
      expect(['DELIVER', 'REPLACE']).toContain(verdict.decision);
    }),
  );
});
