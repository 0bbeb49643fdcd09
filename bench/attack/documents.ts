import { type Attack, ensure, graphql, inParallel, RawSocket, requestHead, send, sleep, tally } from './kit.ts';

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');

/** A document of about `bytes` bytes that is valid and like no other. */
const distinct = (index: number, bytes: number) =>
  `${`query q${index} { ${times(Math.floor(bytes / 21), (i) => (i % 29 === 0 ? `x${i}: __typename` : '__typename'))} }`.slice(
    0,
    bytes - 2,
  )} }`;

/** Requests that are wrong in one way each, with the status that each gets. */
const badRequests: readonly (readonly [string, number])[] = [
  ['', 400],
  ['null', 400],
  ['[]', 400],
  ['"x"', 400],
  ['{"query":', 400],
  [`[${times(2000, () => '{"query":"{__typename}"}').replaceAll(' ', ',')}]`, 400],
  ['{"query":{"kind":"Document"}}', 400],
  ['{"query":"{__typename}","variables":"x"}', 400],
  [`{"query":"{__typename}","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`, 400],
  [JSON.stringify({ query: `{ ${times(40_000, () => 'a')} }` }), 400],
  [JSON.stringify({ query: `{ __typename ${times(5000, () => '@skip(if: false)')} }` }), 400],
  [JSON.stringify({ query: `{ ${times(1000, (i) => `a${i}: __typename`)} }` }), 400],
  [JSON.stringify({ query: `{ ${times(1900, () => 'viewer { __typename }')} }` }), 400],
  [JSON.stringify({ query: `{ ${'viewer { accounts { app { '.repeat(30)}__typename${' } } }'.repeat(30)} }` }), 400],
  [
    JSON.stringify({
      query: `{ ...f0 } ${times(25, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f25 on Query { __typename }`,
    }),
    400,
  ],
  [
    JSON.stringify({
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: 10_000 }, () => ({})) },
    }),
    400,
  ],
];

export const documentAttacks: readonly Attack[] = [
  {
    name: 'wrong requests, by the thousand',
    source: 'reliability.md 4, rows 5-16',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const statuses = await inParallel(badRequests.length * (isShort ? 10 : 100), 16, async (index) => {
        const [body, wanted] = badRequests[index % badRequests.length] ?? ['', 400];
        const headers = {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          authorization: `Bearer ${bearer}`,
        };
        const { status, text } = await send(`${url}/graphql`, body, headers);
        ensure(status === wanted, () => `${body.slice(0, 80)} got ${status} ${text.slice(0, 200)}`);
        return status;
      });
      return tally(statuses);
    },
  },
  {
    name: 'bodies without an end',
    source: 'reliability.md 4, row 9',
    async run({ url }) {
      const large = await send(`${url}/graphql`, 'x'.repeat(257 * 1024), { 'content-type': 'application/json' });
      ensure(large.status === 413 || large.status === 0, () => `257 KiB got ${large.status}`);
      const sockets = Array.from({ length: 20 }, () => {
        const raw = new RawSocket(url);
        raw.write(
          'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        return raw;
      });
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      for (let round = 0; round < 64 && sockets.some((raw) => !raw.isClosed); round += 1) {
        for (const raw of sockets) raw.write(chunk);
        await sleep(10);
      }
      await sleep(500);
      ensure(
        sockets.every((raw) => raw.isClosed && (raw.status === 413 || raw.status === 0)),
        () => `chunked bodies: ${tally(sockets.map((raw) => `${raw.status} closed ${raw.isClosed}`))}`,
      );
      for (const raw of sockets) raw.close();
      return `413 and closed; ${sockets.length} endless ones too`;
    },
  },
  {
    name: 'introspection without a token, multiplied',
    source: 'S5',
    async run({ url, isShort }) {
      const query = `{ ${times(20, (i) => `s${i}: __schema { types { name kind description fields { name description args { name description type { name kind ofType { name kind } } } type { name kind ofType { name kind } } } } }`)} }`;
      const replies = await inParallel(isShort ? 16 : 80, 8, () => graphql(url, null, { query }));
      const largest = Math.max(...replies.map(({ text }) => text.length));
      ensure(largest < 4_000_000, () => `an answer of ${largest} characters for ${query.length}`);
      return `${tally(replies.map(({ status }) => status))}; largest answer ${Math.round(largest / 1024)} KiB`;
    },
  },
  {
    name: 'one node a hundred times, with thirty aliases of a list',
    source: 'S5',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const ids = Array.from({ length: 100 }, () => 'App:zim-eu');
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on App { ${times(29, (i) => `a${i}: capabilities { operation batchSize condition }`)} } } }`;
      const replies = await inParallel(isShort ? 8 : 40, 4, () => graphql(url, bearer, { query, variables: { ids } }));
      const largest = Math.max(...replies.map(({ text }) => text.length));
      ensure(largest < 4_000_000, () => `an answer of ${largest} characters for ${query.length}`);
      return `${tally(replies.map(({ status }) => status))}; largest answer ${Math.round(largest / 1024)} KiB`;
    },
  },
  {
    name: 'thousands of distinct documents',
    source: 'S6',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const statuses = await inParallel(isShort ? 1000 : 6000, 8, async (index) => {
        const { status } = await graphql(url, index % 2 === 0 ? null : bearer, { query: distinct(index, 6000) });
        return status;
      });
      return tally(statuses);
    },
  },
  {
    name: 'failed sends with keys that are to be remembered',
    source: 'S2',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const to = JSON.stringify(Array.from({ length: 100 }, (_, i) => `User:nowhere:u${i}`));
      const statuses = await inParallel(isShort ? 100 : 500, 8, async (index) => {
        const send = (alias: number) =>
          `m${alias}: sendMessage(input: { idempotencyKey: "${index}-${alias}", to: $to, content: { text: { text: "x" } } }) { results { ok } }`;
        const query = `mutation ($to: [ID!]!) { ${times(20, send)} }`;
        const { status } = await graphql(url, bearer, { query, variables: { to: JSON.parse(to) } });
        return status;
      });
      return tally(statuses);
    },
  },
  {
    name: 'tokens that are none',
    source: 'reliability.md 4, row 23',
    async run({ url, isShort }) {
      const parts = ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', 'x', `${'a'.repeat(4000)}.b.c`, 'a.b.c'];
      const statuses = await inParallel(isShort ? 400 : 4000, 16, async (index) => {
        const { status, text } = await graphql(url, parts[index % parts.length] ?? '', {
          query: '{ viewer { __typename } }',
        });
        ensure(status === 401, () => `${status} ${text}`);
        return status;
      });
      return tally(statuses);
    },
  },
  {
    name: 'log lines that a caller writes',
    source: 'reliability.md 4, row 44',
    async run({ url, token, logged, isShort }) {
      const bearer = await token('alice');
      const before = logged().bytes;
      const evil = `${'\u001b[31m\n{"level":"fatal"}'.repeat(400)}`;
      const count = isShort ? 50 : 500;
      await inParallel(count, 8, (index) =>
        graphql(url, bearer, {
          query: `query ${'q'.repeat(5000)}${index} ($id: ID!) { node(id: $id) { id } }`,
          operationName: `${'q'.repeat(5000)}${index}`,
          variables: { id: `User:zim-eu:${evil}` },
        }),
      );
      const raw = new RawSocket(url);
      raw.write(requestHead(`/${'a'.repeat(8000)}`, 2, { 'x-request-id': 'r'.repeat(4000) }));
      raw.write('{}');
      await sleep(500);
      raw.close();
      const { bytes, longestLine } = logged();
      ensure(longestLine < 16_384, () => `a log line of ${longestLine} bytes`);
      ensure((bytes - before) / count < 4096, () => `${bytes - before} bytes of log for ${count} requests`);
      return `${Math.round((bytes - before) / count)} bytes of log for each request, longest line ${longestLine}`;
    },
  },
];
