import { readCatalogue } from '../../src/net/catalogue.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';

/** The vendor's callbacks as the catalogue shows them, read as they stand or with other fields put in. */
export const { callbacks: documented } = readCatalogue(
  new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url),
);
export const config = rongcloud.config.parse({ appKey: 'key', appSecret: 's', region: 'cn' });
export const signedAt = 1_700_000_009_000;

export type Fields = Record<string, unknown>;
export const named = (name: string) => `rongcloud.callback.${name}`;
export const entryOf = (name: string) => {
  const found = documented.find(({ id }) => id === named(name));
  if (!found) throw new Error(`no callback ${name}`);
  return found;
};
export const isForm = (name: string) => entryOf(name).encoding === 'form';
export const read = (body: string, contentType = 'application/json') => {
  const query = new URLSearchParams({ nonce: 'n', timestamp: String(signedAt), signature: 'x' });
  return rongcloud.callbacks.read({ method: 'POST', query, headers: { 'content-type': contentType }, body }, config);
};
export const readJson = (body: unknown) => read(JSON.stringify(body));
export const readForm = (fields: Fields) =>
  read(new URLSearchParams(fields as Record<string, string>).toString(), 'application/x-www-form-urlencoded');

/** The catalogue's example as it is read, and its one item with other fields put in. */
export const parsed = (name: string): unknown => {
  const { example } = entryOf(name);
  return isForm(name) ? Object.fromEntries(new URLSearchParams(example)) : JSON.parse(example);
};
export const itemOf = (name: string): Fields => [parsed(name)].flat()[0] as Fields;
export const readItem = (name: string, fields: Fields) => {
  const item = { ...itemOf(name), ...fields };
  if (isForm(name)) return readForm(item);
  return readJson(Array.isArray(parsed(name)) ? [item] : item);
};
export const payloadOf = (name: string, fields: Fields) => readItem(name, fields).events[0]?.payload;
export const keyOf = (name: string, fields: Fields) => readItem(name, fields).events[0]?.dedupeKey;
export const at = new Date(1_700_000_000_000);
export const room = { kind: 'chatroom', id: 'r1' } as const;
export const group = { kind: 'group', id: 'g1' } as const;
export const joined = { type: 'MEMBERS_JOINED', memberCount: null } as const;
