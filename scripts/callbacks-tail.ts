import { parseArgs } from 'node:util';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';
import { environment, fail, localUrl, readOptions } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { vendors } from '../src/vendors/index.ts';

const usage = `Usage: npm run callbacks:tail -- --token <token> [options]

Shows the vendors' callbacks as a running server handles them, a line each, until it is interrupted.

  --token <token>   a token with the scope chat:read; also SWITCHBOARD_TOKEN. npm run token -- --scope chat:read makes one
  --url <url>       the server; default: the address of the configuration in force, http://127.0.0.1:4000 without one
  --app <name>      shows the callbacks of this app only; may be repeated
`;

const env = environment();
const { values } = readOptions(usage, () =>
  parseArgs({
    options: {
      url: { type: 'string' },
      token: { type: 'string', default: env['SWITCHBOARD_TOKEN'] ?? '' },
      app: { type: 'string', multiple: true },
    },
  }),
);

const ownUrl = () => localUrl(readConfig({ env, argv: [], vendors }).server);
const url = readOptions(usage, () => values.url ?? ownUrl()).replace(/\/(graphql\/?)?$/, '');

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
  fail(
    'Give a token with chat:read: --token <token>, or SWITCHBOARD_TOKEN. `npm run token -- --scope chat:read` makes one.',
  );
}

const client = createClient({
  url: `${url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${values.token}` },
  retryAttempts: 1_000,
  shouldRetry: () => true,
  on: {
    connected: () => process.stderr.write(`listening at ${url}; what came before is not shown\n`),
    closed: (event) => {
      const { code, reason } = event as { readonly code?: number; readonly reason?: string };
      process.stderr.write(`connection closed${code ? ` (${code} ${reason ?? ''})` : ''}\n`);
      // The token is not good: trying again would not help.
      if (code === 4401 || code === 4403) process.exit(1);
    },
  },
});

const errorsSchema = z.array(z.object({ message: z.string() })).min(1);

/** The server's reasons for refusing the subscription, or why there is no connection. */
function reasonOf(error: unknown): string {
  const refused = errorsSchema.safeParse(error);
  if (refused.success) return refused.data.map(({ message }) => message).join('\n');
  return error instanceof Error ? error.message : 'The connection ended.';
}

const variables = { appIds: values.app?.map((name) => `App:${name}`) ?? null };
try {
  for await (const { data, errors } of client.iterate<{ callbacks: Shown }>({ query, variables })) {
    if (errors) fail(reasonOf(errors));
    if (data) process.stdout.write(`${lineOf(data.callbacks)}\n`);
  }
} catch (error) {
  fail(reasonOf(error));
}
