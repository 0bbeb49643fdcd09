import pino from 'pino';
import { startApp } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { decisionsSchema } from '../src/config/decisions.ts';
import { readConfig } from '../src/config.ts';
import { demoApps } from '../src/demo.ts';
import { signDemoToken } from '../src/server/auth.ts';
import { vendors } from '../src/vendors/index.ts';

/**
 * The gateway of the moderation bench, in a process of its own: an app at each vendor with the same rules, over the log in `file`. By IPC it
 * takes a `ModerationOrder` and answers with `Moderated`; then other `decisions`, which are to hold from then on, and answers when they do.
 */
export interface ModerationOrder {
  readonly file: string;
  /** Where the vendors are, by slug; calls to those left out fail. */
  readonly urls: Readonly<Record<string, string>>;
  /** The `decisions` of every app, as a configuration file has them. */
  readonly decisions: unknown;
  readonly token: string;
  readonly viewers: number;
  /** The app that the viewers are users `p0`, `p1`, ... of. */
  readonly viewersOf: string;
}

export interface Moderated {
  readonly url: string;
  readonly operator: string;
  readonly viewers: readonly string[];
}

const secret = 'a secret of the bench, long enough for HS256';

process.once('message', async ({ file, urls, decisions, token, viewers, viewersOf }: ModerationOrder) => {
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  const configOf = (rules: unknown) => ({
    ...settings,
    demo: false,
    auth: { ...settings.auth, secret },
    apps: Object.fromEntries(
      demoApps.map(({ name, vendor: slug, config }) => [
        name,
        {
          vendor: slug,
          config: vendors.find((each) => each.slug === slug)?.config.parse(config),
          baseUrls: [urls[slug] ?? 'http://127.0.0.1:9'],
          callbacks: { token },
          decisions: decisionsSchema.parse(rules),
        },
      ]),
    ),
    events: { ...settings.events, file },
  });
  const { url, reload } = await startApp({ config: configOf(decisions), log: pino({ level: 'warn' }) });
  const sign = (subject: string, accounts: Record<string, string>, scopes: readonly string[]) =>
    signDemoToken(secret, { subject, accounts, scopes, expiresInSeconds: 3600 }, systemClock);
  const answer: Moderated = {
    url,
    operator: await sign('operator', {}, ['chat:read', 'chat:admin']),
    viewers: await Promise.all(
      Array.from({ length: viewers }, (_, index) => sign(`p${index}`, { [viewersOf]: `p${index}` }, [])),
    ),
  };
  process.on('message', async (rules) => {
    await reload(() => configOf(rules));
    process.send?.({});
  });
  process.send?.(answer);
});
process.once('disconnect', () => process.exit(0));
