import { createHash, randomUUID } from 'node:crypto';
import { type Attack, ensure, graphql, inParallel, send, tally } from './kit.ts';

const json = { 'content-type': 'application/json' };

/** Easemob's signature of a callback (its documentation, "callback"): MD5 of the call's id, the secret and the time. */
function signed(fields: Readonly<Record<string, unknown>>): string {
  const callId = `demo-org#switchboard_${randomUUID()}`;
  const timestamp = Date.now();
  const security = createHash('md5').update(`${callId}demo-em-callback-secret${timestamp}`).digest('hex');
  return JSON.stringify({ callId, timestamp, security, appkey: 'demo-org#switchboard', ...fields });
}

/** A callback of reactions, which the vendor does not sign, with so many changes in it. */
function reactions(changes: number): string {
  const op = Array.from({ length: changes }, () => ({ reactionType: 'create', operator: 'u2' }));
  return JSON.stringify({
    chat_type: 'notify',
    eventType: 'chat',
    appkey: 'demo-org#switchboard',
    host: 'h',
    from: 'u1',
    to: 'alice',
    msg_id: randomUUID(),
    timestamp: Date.now(),
    payload: {
      type: 'reaction',
      channel_type: 'chat',
      num: 1,
      data: [
        {
          messageId: '990000032',
          from: 'u2',
          to: 'alice',
          channel_type: 'chat',
          ts: Date.now(),
          reactions: [{ reaction: 'b', userList: ['u2'], count: 1, op }],
        },
      ],
    },
  });
}

export const vendorAttacks: readonly Attack[] = [
  {
    name: 'an unsigned callback of ten thousand events',
    source: 'S3',
    async run({ callback, isShort }) {
      const body = reactions(10_000);
      const replies = await inParallel(isShort ? 4 : 20, 2, () => send(callback('em-1'), body, json));
      ensure(
        replies.every(({ status }) => status !== 0 && status < 500),
        () => tally(replies.map(({ status }) => status)),
      );
      return `${Math.round(body.length / 1024)} KiB each: ${tally(replies.map(({ status }) => status))}`;
    },
  },
  {
    name: 'callbacks with wrong signatures and to wrong paths',
    source: 'reliability.md 4, rows 38-40',
    async run({ url, callback, isShort }) {
      const body = signed({
        eventType: 'chat',
        chat_type: 'chat',
        from: 'bob',
        to: 'alice',
        payload: { bodies: [{ type: 'txt', msg: 'x'.repeat(100_000) }] },
      });
      const forged = body.replace(/"security":"./, '"security":"g');
      const statuses = await inParallel(isShort ? 200 : 3000, 16, async (index) => {
        const isPathWrong = index % 2 === 0;
        const { status } = await send(
          isPathWrong ? `${url}/callbacks/em-1/${'x'.repeat(24)}` : callback('em-1'),
          forged,
          json,
        );
        ensure(
          status === (isPathWrong ? 404 : 401) || status === 429 || status === 0,
          () => `${isPathWrong}: ${status}`,
        );
        return status;
      });
      return tally(statuses);
    },
  },
  {
    name: 'long texts against long word lists',
    source: 'P7',
    keywords: 10_000,
    async run({ callback, isShort }) {
      const waits: number[] = [];
      const statuses = await inParallel(isShort ? 30 : 200, 4, async (index) => {
        const msg = `${index} ${'qzxjkvbpygfwmucldrhsnioate '.repeat(4800)}`;
        const body = signed({
          eventType: 'chat',
          chat_type: 'chat',
          from: 'bob',
          to: 'alice',
          msg_id: String(990_000_000_000 + index),
          payload: { bodies: [{ type: 'txt', msg }], ext: {}, type: 'chat' },
        });
        const startedAt = performance.now();
        const { status } = await send(callback('em-1'), body, json);
        waits.push(performance.now() - startedAt);
        return status;
      });
      waits.sort((a, b) => a - b);
      return `${tally(statuses)}; p99 ${Math.round(waits[Math.floor(waits.length * 0.99)] ?? 0)} ms for 128,000 characters`;
    },
  },
  {
    name: 'twenty viewers resume over a hundred thousand events',
    source: 'P2',
    eventsBefore: 100_000,
    async run({ url, token }) {
      const bearer = await token('alice');
      const operator = await token('operator', ['chat:read', 'chat:admin'], {});
      const first = await graphql(url, operator, { query: '{ events(first: 1) { edges { cursor } } }' });
      const cursor = /"cursor":"([^"]+)"/.exec(first.text)?.[1];
      ensure(cursor !== undefined, () => `no cursor in ${first.text}`);
      const resume = JSON.stringify({
        query: 'subscription ($after: String) { viewerEvents(after: $after) { __typename cursor } }',
        variables: { after: cursor },
      });
      const streams = await inParallel(20, 20, async () => {
        const abort = new AbortController();
        const headers = { ...json, accept: 'text/event-stream', authorization: `Bearer ${bearer}` };
        const reply = await fetch(`${url}/graphql/stream`, {
          method: 'POST',
          headers,
          body: resume,
          signal: abort.signal,
        });
        const drained = (async () => {
          let bytes = 0;
          for await (const chunk of reply.body ?? []) bytes += chunk.length;
          return bytes;
        })().catch(() => 0);
        return { status: reply.status, abort, drained };
      });
      const filters = Array.from(
        { length: 20 },
        (_, i) =>
          `e${i}: events(filter: { userIds: ["User:zim-eu:nobody${i}"] }, first: 50) { edges { cursor } pageInfo { hasNextPage } }`,
      );
      const queries = await inParallel(4, 2, () => graphql(url, operator, { query: `{ ${filters.join(' ')} }` }));
      await new Promise((resolve) => setTimeout(resolve, 3000));
      for (const { abort } of streams) abort.abort();
      await Promise.all(streams.map(({ drained }) => drained));
      return `streams ${tally(streams.map(({ status }) => status))}; queries ${tally(queries.map(({ status }) => status))}`;
    },
  },
  {
    name: 'a vendor whose answers never end',
    source: 'reliability.md 4, row 41',
    async run({ url, token, isShort }) {
      const bearer = await token('alice', [], { liar: 'alice' });
      const query = '{ viewer { accounts { name blocklist { blocks { nodes { user { name } } } } } } }';
      const replies = await inParallel(isShort ? 20 : 100, 10, () => graphql(url, bearer, { query }));
      const codes = replies.map(({ status, text }) => `${status} ${/"code":"(\w+)"/.exec(text)?.[1]}`);
      ensure(
        replies.every(({ status }) => status === 200 || status === 503),
        () => tally(codes),
      );
      return tally(codes);
    },
  },
  {
    name: 'a viewer who spends the budget of a vendor',
    source: 'S8',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const to = Array.from({ length: 60 }, (_, i) => `User:rc-cn:user${i + 1}`);
      const endsAt = performance.now() + (isShort ? 8000 : 70_000);
      const codes = await inParallel(isShort ? 200 : 3000, 20, async (index) => {
        if (performance.now() >= endsAt) return 'over';
        const content = { text: { text: `flood ${index}` } };
        const { status, text } = await graphql(url, bearer, {
          query:
            'mutation ($to: [ID!]!, $content: MessageContentInput!) { sendMessage(input: { to: $to, content: $content }) { results { ok error { code } } } }',
          variables: { to, content },
        });
        return text.includes('"ok":true') ? 'sent' : `${status} ${/"code":"(\w+)"/.exec(text)?.[1]}`;
      });
      return tally(codes.filter((code) => code !== 'over'));
    },
  },
];
