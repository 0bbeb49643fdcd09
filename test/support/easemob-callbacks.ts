import { readCatalogue } from '../../src/net/catalogue.ts';
import { configSchema } from '../../src/vendors/easemob/app-config.ts';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import type { CallbackRequest } from '../../src/vendors/vendor.ts';

const catalogue = readCatalogue(new URL('../../src/vendors/easemob/catalogue.json', import.meta.url));

/** The app whose key is that of the catalogue's examples, with the secret `callback-secret`. */
export const exampleConfig = configSchema.parse({
  orgName: 'org',
  appName: 'app',
  clientId: 'id',
  clientSecret: 'secret',
  callbackSecret: 'callback-secret',
});

export type Fields = Record<string, unknown>;

/** Every callback of the catalogue, without what all ids begin with. */
export const callbackNames = (kind: 'event' | 'decision') =>
  catalogue.callbacks.filter((each) => each.kind === kind).map(({ id }) => id.slice('easemob.callback.'.length));

/** The catalogue's example of a callback, with fields of the body and of its payload replaced. */
export function exampleOf(name: string, fields: Fields = {}, payload: Fields = {}): Fields {
  const found = catalogue.callbacks.find(({ id }) => id === `easemob.callback.${name}`);
  if (!found) throw new Error(`no ${name}`);
  const example: Fields = JSON.parse(found.example);
  const inner = example['payload'] as Fields | undefined;
  return { ...example, ...(inner && { payload: { ...inner, ...payload } }), ...fields };
}

export const requestOf = (body: unknown): CallbackRequest => ({
  method: 'POST',
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const readExample = (body: unknown) => callbacks.read(requestOf(body), exampleConfig);
export const payloadsOf = (body: unknown) => readExample(body).events.map(({ payload }) => payload);
export const keysOf = (body: unknown) => readExample(body).events.map(({ dedupeKey }) => dedupeKey);
