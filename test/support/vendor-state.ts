import { createHash } from 'node:crypto';
import { readCatalogue } from '../../src/net/catalogue.ts';
import type { VendorCall } from '../../src/request-options.ts';
import { vendors } from '../../src/vendors/index.ts';
import type { TestGateway } from './gateway.ts';

const readOnly = new Set(
  vendors.flatMap(({ slug }) => {
    const { endpoints } = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
    return endpoints.filter((endpoint) => endpoint.readOnly).map(({ id }) => id);
  }),
);
/** One gives this server a session, and nobody anything; of the others the vendor says whether the user was invited. */
const harmless = new Set(['easemob.token.app', 'zim.call.accept', 'zim.call.reject']);

/** The endpoints of calls that change something at the vendor. */
export const writesAmong = (calls: readonly VendorCall[]): string[] =>
  calls.map(({ endpoint }) => endpoint).filter((endpoint) => !harmless.has(endpoint) && !readOnly.has(endpoint));

/** What the emulated vendors keep, as one short text for each kind of thing. */
export function snapshotOf(gateway: TestGateway): Record<string, string> {
  const apps = [...gateway.emulators.values()].flatMap((emulator) => emulator.apps);
  return Object.fromEntries(
    apps.flatMap(({ name, state }) => {
      const { users, groups, chatrooms, messages } = state;
      return Object.entries({ users, groups, chatrooms, messages }).map(([kind, kept]) => [
        `${name} ${kind}`,
        createHash('sha1').update(JSON.stringify(kept, plain)).digest('base64'),
      ]);
    }),
  );
}

/** An emulator makes its settings of a conversation when they are first read: they are no change. */
const madeByReading = 'conversations';

const plain = (_: string, value: unknown): unknown => {
  if (value instanceof Map) return [...value].filter(([name]) => name !== madeByReading);
  return value instanceof Set ? [...value] : value;
};
