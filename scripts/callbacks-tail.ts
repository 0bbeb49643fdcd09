import { parseArgs } from 'node:util';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/**
 * Shows the vendors' callbacks as a running server handles them, a line each, until it is interrupted:
 * `npm run callbacks:tail -- --token <token with chat:read> [--url http://127.0.0.1:4000] [--app zim-eu]`.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000' },
    token: { type: 'string', default: process.env['SWITCHBOARD_TOKEN'] ?? '' },
    app: { type: 'string', multiple: true },
  },
});

interface Shown {
  readonly app: { readonly name: string };
  readonly callback: string | null;
  readonly outcome: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly decision: string | null;
  readonly receivedAt: string;
  readonly latencyMs: number;
  readonly lagMs: number | null;
  readonly eventCount: number;
}

const query = /* GraphQL */ `
  subscription ($appIds: [ID!]) {
    callbacks(appIds: $appIds) {
      app { name }
      callback
      outcome
      code
      reason
      decision
      receivedAt
      latencyMs
      lagMs
      eventCount
    }
  }
`;

const lineOf = ({
  app,
  callback,
  outcome,
  code,
  reason,
  decision,
  receivedAt,
  latencyMs,
  lagMs,
  eventCount,
}: Shown): string => {
  const what = reason ?? code ?? decision ?? `${eventCount} event${eventCount === 1 ? '' : 's'}`;
  const lag = lagMs === null ? '' : `  lag ${lagMs} ms`;
  return `${receivedAt}  ${app.name.padEnd(16)}  ${outcome.padEnd(8)}  ${what.padEnd(12)}  ${latencyMs.toFixed(1)} ms${lag}  ${callback ?? '-'}`;
};

if (values.token === '') {
  process.stderr.write(
    'Give a token with chat:read: --token <token>, or SWITCHBOARD_TOKEN. `npm start` prints one for the demo.\n',
  );
  process.exit(2);
}

const client = createClient({
  url: `${values.url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${values.token}` },
  retryAttempts: 1_000,
  shouldRetry: () => true,
  on: {
    connected: () => process.stderr.write(`listening at ${values.url}; what came before is not shown\n`),
    closed: (event) => {
      const { code, reason } = event as { readonly code?: number; readonly reason?: string };
      process.stderr.write(`connection closed${code ? ` (${code} ${reason ?? ''})` : ''}\n`);
      // The token is not good: trying again would not help.
      if (code === 4401 || code === 4403) process.exit(1);
    },
  },
});

for await (const { data, errors } of client.iterate<{ callbacks: Shown }>({
  query,
  variables: { appIds: values.app?.map((name) => `App:${name}`) ?? null },
})) {
  if (errors) {
    process.stderr.write(`${errors.map(({ message }) => message).join('\n')}\n`);
    process.exit(1);
  }
  if (data) process.stdout.write(`${lineOf(data.callbacks)}\n`);
}
