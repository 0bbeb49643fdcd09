import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AskService, type Service } from '../../src/callbacks/ask.ts';
import { systemClock } from '../../src/clock.ts';
import { makeQuestion } from '../support/questions.ts';

const question = (text: string, dedupeKey = text) => ({ ...makeQuestion(text), dedupeKey });

/** As docs/bounds.md says. */
const maxQuestions = 256;

let asking: AskService;
const servers: Server[] = [];
beforeEach(() => {
  asking = new AskService(systemClock);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await asking.close().catch(() => undefined);
});

type Respond = (request: IncomingMessage, body: string, reply: ServerResponse) => void;

async function serve(respond: Respond): Promise<string> {
  const server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    respond(request, body, reply);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/message?key=1`;
}

/** Asks once; the services of these tests are given all the time they need, unless a test says otherwise. */
const ask = (
  url: string,
  more: Partial<Service> = {},
  asked = question('hallo'),
  signal = new AbortController().signal,
) => asking.ask({ url, timeoutMs: 30_000, ...more }, 'em-1', asked, signal);

test('gives the app, the callback, the message and an id, and takes the verdict', async () => {
  let got: Record<string, unknown> = {};
  const url = await serve((request, body, reply) => {
    got = { url: request.url, ...JSON.parse(body) };
    reply.end('{"decision":"REPLACE","text":"hello"}');
  });
  expect(await ask(url)).toEqual({ verdict: { decision: 'REPLACE', text: 'hello' } });
  expect(got).toMatchObject({
    id: expect.stringMatching(/^msg_[\w-]{32}$/),
    url: '/message?key=1',
    app: 'em-1',
    callback: 'x.callback.message.before',
    message: { senderId: 'bob', to: { kind: 'group', id: 'team' }, content: { kind: 'TEXT', text: 'hallo' } },
  });
});

test('the id is the same for a question that the vendor asks again, and another for every other', async () => {
  const ids: string[] = [];
  const url = await serve((_, body, reply) => {
    ids.push(JSON.parse(body).id);
    reply.writeHead(204).end();
  });
  for (const key of ['one', 'one', 'two']) await ask(url, {}, question('hi', key));
  await asking.ask({ url, timeoutMs: 30_000 }, 'another-app', question('hi', 'one'), new AbortController().signal);
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
});

describe('a question with a secret', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const taken = async (more: Partial<Service>) => {
    const got: { headers: Record<string, string>; body: string }[] = [];
    const url = await serve((request, body, reply) => {
      const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
      got.push({ headers: Object.fromEntries(headers), body });
      reply.writeHead(204).end();
    });
    await ask(url, more);
    return got[0] ?? { headers: {}, body: '' };
  };

  test('is signed so that the library of Standard Webhooks takes it, and no other body under it', async () => {
    const { headers, body } = await taken({ secret });
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ app: 'em-1', id: headers['webhook-id'] });
    expect(() => new Webhook(secret).verify(body.replace('hallo', 'other'), headers)).toThrow();
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
  });

  test('may have its key without the prefix', async () => {
    const { headers, body } = await taken({ secret: secret.slice('whsec_'.length) });
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ app: 'em-1' });
  });

  test('carries the headers of the rule', async () => {
    const { headers } = await taken({ headers: { Authorization: 'Basic bWU6c2VjcmV0', 'x-tenant': 'one' } });
    expect(headers).toMatchObject({ authorization: 'Basic bWU6c2VjcmV0', 'x-tenant': 'one' });
    expect(headers['webhook-signature']).toBeUndefined();
  });
});

test.each([
  { decision: 'REFUSE', code: 0, reason: '' },
  { decision: 'REFUSE', code: 2_147_483_647, reason: 'x'.repeat(256) },
  { decision: 'REPLACE', text: 'x'.repeat(5_000), code: 7, reason: 'Not here' },
  { decision: 'REPLACE', text: '' },
  { decision: 'DROP' },
  { decision: 'DELIVER' },
])('takes a verdict whole, with what it says besides: %j', async (verdict) => {
  const url = await serve((_, __, reply) => reply.end(JSON.stringify({ ...verdict, more: 'left out' })));
  expect(await ask(url)).toEqual({ verdict });
});

test.each([
  { decision: 'REFUSE', code: -1 },
  { decision: 'REFUSE', code: 1.5 },
  { decision: 'REFUSE', code: 2_147_483_648 },
  { decision: 'REFUSE', reason: 'x'.repeat(257) },
  { decision: 'REPLACE', text: 'x'.repeat(5_001) },
  { decision: 'REPLACE', text: 7 },
])('takes no verdict that is beyond the bounds of one', async (verdict) => {
  const url = await serve((_, __, reply) => reply.end(JSON.stringify(verdict)));
  expect(await ask(url)).toMatchObject({ failure: 'SERVICE_ANSWER_INVALID' });
});

test('says of a verdict that cannot be what is wrong with it first', async () => {
  const url = await serve((_, __, reply) => reply.end('{"decision":"MAYBE","code":-1}'));
  expect(await ask(url)).toEqual({
    failure: 'SERVICE_ANSWER_INVALID',
    detail: expect.stringContaining('"DELIVER"|"REPLACE"'),
  });
});

describe('a service that does not answer as agreed', () => {
  test('has no opinion with 204', async () => {
    expect(await ask(await serve((_, __, reply) => reply.writeHead(204).end()))).toBeUndefined();
  });

  test.each<[string, string, (reply: ServerResponse) => void]>([
    ['status 502', 'SERVICE_REFUSED', (reply) => reply.writeHead(502).end('{"decision":"DROP"}')],
    ['status 201', 'SERVICE_REFUSED', (reply) => reply.writeHead(201).end('{"decision":"DROP"}')],
    ['a redirect', 'SERVICE_REFUSED', (reply) => reply.writeHead(302, { location: 'http://169.254.169.254/' }).end()],
    ['no JSON', 'SERVICE_ANSWER_INVALID', (reply) => reply.end('<html>')],
    ['nothing', 'SERVICE_ANSWER_INVALID', (reply) => reply.end()],
    ['another shape', 'SERVICE_ANSWER_INVALID', (reply) => reply.end('{"decision":"MAYBE"}')],
    ['a replacement without text', 'SERVICE_ANSWER_INVALID', (reply) => reply.end('{"decision":"REPLACE"}')],
    ['5 MB', 'SERVICE_ANSWER_INVALID', (reply) => reply.end(`{"decision":"DROP","x":"${'x'.repeat(5_000_000)}"}`)],
    [
      'half an answer',
      'SERVICE_UNREACHABLE',
      (reply) => {
        reply.writeHead(200, { 'content-length': '100' });
        reply.write('{"decision":', () => reply.destroy());
      },
    ],
    ['a cut connection', 'SERVICE_UNREACHABLE', (reply) => reply.destroy()],
  ])('%s is the failure %s', async (_, failure, respond) => {
    const url = await serve((__, ___, reply) => respond(reply));
    expect(await ask(url)).toMatchObject({ failure });
  });

  test('nobody at the address is SERVICE_UNREACHABLE', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ failure: 'SERVICE_UNREACHABLE' });
  });

  test('no answer within the rule’s time is SERVICE_TIMED_OUT', async () => {
    expect(await ask(await serve(() => {}), { timeoutMs: 30 })).toMatchObject({ failure: 'SERVICE_TIMED_OUT' });
  });

  test('no answer before the policy’s deadline is DEADLINE, and nobody waits for it any more', async () => {
    const { promise: came, resolve: come } = Promise.withResolvers<void>();
    const { promise: cut, resolve: cutOff } = Promise.withResolvers<void>();
    const url = await serve((request) => {
      request.socket.once('close', () => cutOff());
      come();
    });
    const abort = new AbortController();
    const asked = ask(url, {}, question('hi'), abort.signal);
    await came;
    abort.abort();
    expect(await asked).toEqual({ failure: 'DEADLINE' });
    await cut;
  });
});

describe('questions under way at once', () => {
  /** A service that answers when it is let go. */
  async function held() {
    let isHeld = true;
    const waiting: ServerResponse[] = [];
    const url = await serve((_, __, reply) => {
      if (isHeld) waiting.push(reply);
      else reply.writeHead(204).end();
    });
    const letGo = () => {
      isHeld = false;
      for (const reply of waiting.splice(0)) reply.writeHead(204).end();
    };
    return { url, letGo };
  }

  test(`are ${maxQuestions} at most: one more is not asked, and is a failure at once`, async () => {
    const { url, letGo } = await held();
    const asked = Array.from({ length: maxQuestions }, (_, index) => ask(url, {}, question(`${index}`)));
    expect(await ask(url)).toMatchObject({ failure: 'SERVICE_BUSY' });
    letGo();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]));
    expect(await ask(url)).toBeUndefined();
  });

  test.each<[string, (url: string) => Promise<unknown>]>([
    ['answered', (url) => ask(url)],
    ['refused', (url) => ask(url.replace('/message', '/refused'))],
    ['cut', (url) => ask(url.replace('/message', '/cut'))],
    ['late', (url) => ask(url.replace('/message', '/hang'), { timeoutMs: 1 })],
    ['given up', (url) => ask(url.replace('/message', '/hang'), {}, question('hi'), AbortSignal.abort())],
    ['asked at no URL', () => ask('no url')],
  ])('count no more when they were %s', async (_, one) => {
    const url = await serve((request, __, reply) => {
      if (request.url?.startsWith('/refused')) reply.writeHead(500).end();
      else if (request.url?.startsWith('/cut')) reply.destroy();
      else if (!request.url?.startsWith('/hang')) reply.writeHead(204).end();
    });
    for (let count = 0; count < maxQuestions + 10; count += 64)
      await Promise.all(Array.from({ length: 64 }, () => one(url)));
    expect(await ask(url)).toBeUndefined();
  });
});
