import { randomBytes } from 'node:crypto';
import { type RunningApp, startApp } from './app.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { demoApps, demoConfig, sendCallbacksTo, startEmulators } from './demo.ts';
import { scopes } from './domain/viewer.ts';
import { signDemoToken } from './server/auth.ts';

/** A week: long enough to try things, and the secret is gone with the process anyway. */
const expiresInSeconds = 7 * 24 * 3600;

/** Starts the gateway over emulators of every vendor, with demo data, and says how to use it. */
export async function startDemo(settings: Config): Promise<RunningApp> {
  const emulators = await startEmulators();
  const apps = demoConfig(emulators);
  const secret = settings.auth.secret ?? randomBytes(32).toString('hex');
  const config: Config = { ...settings, auth: { ...settings.auth, secret }, apps };
  const running = await startApp({ config });
  sendCallbacksTo(running.url, emulators, apps);
  const accounts = Object.fromEntries(demoApps.map(({ name }) => [name, 'alice']));
  const viewer = await signDemoToken(secret, { subject: 'alice', accounts, expiresInSeconds }, systemClock);
  const operator = await signDemoToken(secret, { subject: 'operator', scopes, expiresInSeconds }, systemClock);
  const urls = [...emulators].map(([slug, emulator]) => `${slug} ${emulator.url}`);
  process.stdout.write(welcome(running.url, viewer, operator, urls));
  return {
    ...running,
    async stop() {
      await running.stop();
      await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
    },
  };
}

const line = '─'.repeat(100);

function welcome(url: string, viewer: string, operator: string, emulators: readonly string[]): string {
  return `
${line}
  THIS IS THE DEMO: emulated vendors, made-up people, memory only. Nothing here reaches a real vendor.
  To serve real apps, name a configuration file: SWITCHBOARD_CONFIG=switchboard.yaml npm start
${line}

  GraphQL, WebSocket and Apollo Sandbox   ${url}/graphql

  The emulated vendors                    ${emulators.join('\n                                          ')}

  A viewer's token (alice at every vendor):

${viewer}

  An operator's token (every scope):

${operator}

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
