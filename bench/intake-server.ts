import { DatabaseSync } from 'node:sqlite';
import { URLSearchParams } from 'node:url';
import Fastify from 'fastify';
import pino from 'pino';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { vendors } from '../src/vendors/index.ts';

/**
 * One contender of the intake bench in a process of its own. Told by IPC: `{kind, file, token}`; answers `{url}`. Asked anything else,
 * it answers `{cpuMs, rss}`.
 */
export interface IntakeOrder {
  readonly kind: 'switchboard' | 'bare' | 'durable';
  /** The event log's file. */
  readonly file: string;
  readonly token: string;
}

/**
 * What anybody would have to do for a callback: take it, parse its body and answer. `durable` also puts it into SQLite first, in a
 * transaction of its own, as one would write it: still not verified, not read, and not deduplicated.
 */
async function startBare({ kind, file }: IntakeOrder): Promise<string> {
  const http = Fastify();
  const database = new DatabaseSync(kind === 'durable' ? file : ':memory:');
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE callbacks (body TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO callbacks VALUES (?)');
  http.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  http.post('/callbacks/:app/:token', async (request, reply) => {
    if (typeof request.body !== 'object') return reply.code(400).send('');
    if (kind === 'durable') insert.run(JSON.stringify(request.body));
    return reply.type('application/json').send('{"result":0}');
  });
  return http.listen({ host: '127.0.0.1', port: 0 });
}

/** The whole server, as it runs in production. */
async function startWhole({ file, token }: IntakeOrder): Promise<string> {
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  const apps = Object.fromEntries(
    vendors.map(({ slug, demo, config }) => [
      demo.name,
      // No call goes there.
      { vendor: slug, config: config.parse(demo.config), baseUrls: ['http://127.0.0.1:9'], callbacks: { token } },
    ]),
  );
  const config = {
    ...settings,
    demo: false,
    auth: { ...settings.auth, secret: 'a secret of the bench, long enough for HS256' },
    apps,
    events: { ...settings.events, file },
  };
  return (await startApp({ config, log: pino({ level: 'warn' }) })).url;
}

process.once('message', async (order: IntakeOrder) => {
  const url = order.kind === 'switchboard' ? await startWhole(order) : await startBare(order);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() });
  });
  process.send?.({ url });
});
process.once('disconnect', () => process.exit(0));
