import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { demoApps, startEmulators } from '../src/demo.ts';

/**
 * The vendors of the attacks, in a process of their own: the demo's three, with their limits, and one that lies. Sent by IPC
 * `{gatewayUrl, token}`, they call back there; sends `{urls, liar}` at the start.
 */
export interface AttackVendors {
  /** By the vendor's slug. */
  readonly urls: Readonly<Record<string, string>>;
  /** A server that answers every call with more than anybody would read. */
  readonly liar: string;
}

const emulators = await startEmulators();
const chunk = randomBytes(48 * 1024).toString('base64');

/** Endless, slow by turns, and never JSON. */
const liar = createServer((_request, response) => {
  response.on('error', () => {
    // The reader has gone, as it should.
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"Code":0,"UserList":["');
  const write = () => {
    if (!response.destroyed) response.write(chunk, () => setImmediate(write));
  };
  write();
});
liar.listen(0, '127.0.0.1', () => {
  const address = liar.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.send?.({
    urls: Object.fromEntries([...emulators].map(([slug, { url }]) => [slug, url])),
    liar: `http://127.0.0.1:${port}`,
  } satisfies AttackVendors);
});
process.on('message', ({ gatewayUrl, token }: { readonly gatewayUrl: string; readonly token: string }) => {
  for (const { name } of demoApps) {
    for (const emulator of emulators.values()) {
      const app = emulator.apps.find((each) => each.name === name);
      if (app) app.callbackUrl = `${gatewayUrl}/callbacks/${name}/${token}`;
    }
  }
});
process.once('disconnect', () => process.exit(0));
