import { type RunningApp, startApp } from './app.ts';
import { systemClock } from './clock.ts';
import { demoSecret } from './config/schema.ts';
import type { Config } from './config.ts';
import { demoApps, demoConfig, sendCallbacksTo, startEmulators } from './demo.ts';
import { scopes } from './domain/viewer.ts';
import { type DemoClaims, signDemoToken } from './server/auth.ts';

/** A week: long enough to try things. */
const expiresInSeconds = 7 * 24 * 3600;

/** Starts the gateway over emulators of every vendor, with demo data, and says how to use it. */
export async function startDemo(settings: Config): Promise<RunningApp> {
  const emulators = await startEmulators();
  const apps = demoConfig(emulators);
  const secret = settings.auth.secret ?? demoSecret;
  // Everything can be tried, at every vendor.
  const userTokens = { ...settings.userTokens, endless: true };
  const config: Config = { ...settings, auth: { ...settings.auth, secret }, userTokens, apps };
  const running = await startApp({ config });
  sendCallbacksTo(running.url, emulators, apps);
  const { issuer, audience } = config.auth;
  const sign = (claims: Pick<DemoClaims, 'subject' | 'scopes' | 'accounts'>) =>
    signDemoToken(
      secret,
      { ...claims, expiresInSeconds, ...(issuer && { issuer }), ...(audience && { audience }) },
      systemClock,
    );
  const accountsOf = (userId: string) => Object.fromEntries(demoApps.map(({ name }) => [name, userId]));
  const text = welcome({
    url: running.url,
    emulators: [...emulators].map(([slug, emulator]) => `${slug} ${emulator.url}`),
    alice: await sign({ subject: 'alice', accounts: accountsOf('alice') }),
    bob: await sign({ subject: 'bob', accounts: accountsOf('bob') }),
    operator: await sign({ subject: 'operator', scopes }),
    isPublic: secret === demoSecret,
  });
  process.stdout.write(text);
  return {
    ...running,
    async stop() {
      await running.stop();
      await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
    },
  };
}

interface Welcome {
  readonly url: string;
  readonly emulators: readonly string[];
  readonly alice: string;
  readonly bob: string;
  readonly operator: string;
  readonly isPublic: boolean;
}

const line = '─'.repeat(100);

const publicSecret = `
  WARNING: the secret that signs these tokens is written in the source code, so everybody knows it, and tokens stay good over restarts.
  That is why the demo listens on this machine only. Give SWITCHBOARD_AUTH_SECRET for a secret of your own.
`;

function welcome({ url, emulators, alice, bob, operator, isPublic }: Welcome): string {
  return `
${line}
  THIS IS THE DEMO: emulated vendors, made-up people, memory only. Nothing here reaches a real vendor.
  To serve real apps, name a configuration file: SWITCHBOARD_CONFIG=switchboard.yaml npm start
${isPublic ? publicSecret : ''}${line}

  GraphQL, WebSocket and Apollo Sandbox   ${url}/graphql

  The emulated vendors                    ${emulators.join('\n                                          ')}

  A viewer's token (alice at every vendor):

${alice}

  Another viewer's token (bob at every vendor):

${bob}

  An operator's token (every scope):

${operator}

  Tokens of others: npm run token -- --account ${demoApps[0]?.name}=carol

  Send one of them as the header   authorization: Bearer <token>   and paste this:

  query {
    viewer {
      accounts {
        app { name vendor }
        name
        conversations(first: 5) {
          nodes {
            peer { __typename ... on User { name } ... on Group { name memberCount } }
            lastMessage { sentAt sender { name } content { ... on TextContent { text } } }
          }
        }
      }
    }
  }

${line}
`;
}
