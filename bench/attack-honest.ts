import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/**
 * An honest client in a process of its own, so that what it waits for is the server and not the attacker's loop. Sent by IPC
 * `{url, token}`, it reads every 50 ms, asks for `/livez` as a balancer would, sends a message every 2 s and holds a stream that must
 * bring each of those messages; sent `'stop'`, it answers with what it saw.
 */
export interface HonestReport {
  /** Milliseconds of every read and every `/livez`. */
  readonly waits: readonly number[];
  /** Milliseconds from each send to its event on the stream. */
  readonly deliveries: readonly number[];
  readonly sends: number;
  /** What went wrong, at most 20 of them. */
  readonly failures: readonly string[];
  readonly failureCount: number;
}

const timeoutMs = 20_000;
const query = '{ viewer { accounts { id app { name vendor } } } }';
const send = `mutation ($text: String!) { sendMessage(input: { to: ["User:rc-cn:bob"], content: { text: { text: $text } } }) {
  results { ok error { code message } } } }`;
const follow =
  'subscription { viewerEvents { ... on MessageEvent { message { content { ... on TextContent { text } } } } } }';

process.once('message', ({ url, token }: { readonly url: string; readonly token: string }) => {
  const waits: number[] = [];
  const deliveries: number[] = [];
  const failures: string[] = [];
  let failureCount = 0;
  let sends = 0;
  let isOver = false;
  const sentAt = new Map<string, number>();
  const fail = (what: string) => {
    failureCount += 1;
    if (failures.length < 20) failures.push(what.slice(0, 300));
  };

  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const post = async (body: unknown) => {
    const reply = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: reply.status, text: await reply.text() };
  };
  const timed = async (what: string, task: () => Promise<string | undefined>) => {
    const startedAt = performance.now();
    const wrong = await task().catch((error: unknown) => String(error));
    waits.push(performance.now() - startedAt);
    if (wrong !== undefined && !isOver) fail(`${what}: ${wrong}`);
  };
  const every = async (ms: number, task: () => Promise<unknown>) => {
    while (!isOver) {
      const startedAt = performance.now();
      await task();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - (performance.now() - startedAt))));
    }
  };

  const read = () =>
    timed('a read', async () => {
      const { status, text } = await post({ query });
      return status === 200 && !text.includes('"errors"') ? undefined : `${status} ${text}`;
    });
  const live = () =>
    timed('/livez', async () => {
      const reply = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(timeoutMs) });
      await reply.text();
      return reply.status === 200 ? undefined : String(reply.status);
    });
  const write = async () => {
    sends += 1;
    const text = `honest ${sends}`;
    sentAt.set(text, performance.now());
    const { status, text: answer } = await post({ query: send, variables: { text } }).catch((error: unknown) => ({
      status: 0,
      text: String(error),
    }));
    if (!(status === 200 && answer.includes('"ok":true')) && !isOver) {
      sentAt.delete(text);
      fail(`a send: ${status} ${answer}`);
    }
  };

  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const streaming = (async () => {
    const stream = client.iterate<{ viewerEvents?: { message?: { content?: { text?: string } } } }>({ query: follow });
    for await (const { data } of stream) {
      const text = data?.viewerEvents?.message?.content?.text;
      const at = text === undefined ? undefined : sentAt.get(text);
      if (text === undefined || at === undefined) continue;
      sentAt.delete(text);
      deliveries.push(performance.now() - at);
    }
  })().catch((error: unknown) => {
    if (!isOver) fail(`the stream ended: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
  });
  // The first requests of a process are slow, attacked or not.
  const warm = async () => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.all([read(), live()]);
    await write();
    waits.length = 0;
    return [every(50, read), every(100, live), every(2000, write)];
  };
  const running = warm();

  process.once('message', async () => {
    // What was sent last is on its way.
    for (let turn = 0; turn < 100 && sentAt.size > 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    if (sentAt.size > 0) fail(`${sentAt.size} messages never came on the stream`);
    isOver = true;
    await Promise.all(await running);
    await client.dispose();
    await streaming;
    process.send?.({ waits, deliveries, sends, failures, failureCount } satisfies HonestReport);
  });
  void running.then(() => process.send?.('started'));
});
process.once('disconnect', () => process.exit(0));
