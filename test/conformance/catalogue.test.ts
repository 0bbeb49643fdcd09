import { describe, expect, test } from 'vitest';
import { type CatalogueEndpoint, readCatalogue } from '../../src/net/catalogue.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';
import { vendors } from '../../src/vendors/index.ts';

/** A list's and a record's name without their decorations: `UserId[]`, `chatroom[{chatroomId}]`. */
const plain = (name: string) => name.replace(/\[(\{[^}]*\})?\]$/, '');
/** Names that are no parameter of the wire: nested ones, and those of a JSON body that is not an object. */
const isTopLevel = (name: string) => !/[.\s{}*]/.test(plain(name));

function namesOf(entry: Endpoint, place: string): string[] {
  if (place === 'path') return [...entry.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  if (place === 'query') return Object.keys(entry.query);
  if (entry.bodyKind === 'whole') return [];
  return place === entry.bodyKind ? Object.keys(entry.body) : [];
}

describe.each(vendors.map((vendor) => [vendor.slug, vendor] as const))(
  '%s: the endpoint table agrees with the catalogue',
  (slug, vendor) => {
    const catalogue = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
    const known = new Map(catalogue.endpoints.map((endpoint) => [endpoint.id, endpoint]));

    test('no entry stands twice', () => {
      const ids = vendor.endpoints.map((entry) => entry.id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    });

    test('the emulator has a handler for every entry, and none that the catalogue does not know', async () => {
      const { handlers } = await vendor.loadEmulator();
      const ids = vendor.endpoints.map((entry) => entry.id);
      expect(ids.filter((id) => handlers[id] === undefined)).toEqual([]);
      expect(Object.keys(handlers).filter((id) => !known.has(id))).toEqual([]);
    });

    test.each(vendor.endpoints.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
      const facts = known.get(id) as CatalogueEndpoint;
      expect(facts, 'is in the catalogue').toBeDefined();
      expect(entry.method).toBe(facts.method);
      expect(`${vendor.pathPrefix}${entry.path}`).toBe(facts.path);
      expect(entry.readOnly, 'readOnly').toBe(facts.readOnly);
      expect(entry.idempotent, 'idempotent').toBe(facts.idempotent || facts.readOnly);
      const buckets = facts.limits.map((draw) => draw.bucket);
      const own = entry.limits.map((draw) => draw.bucket);
      // Where a vendor's page is stricter than the user's list, the catalogue has a second limit of the name, with `.page`.
      const stricter = own.filter(
        (bucket) => bucket.endsWith('.page') && buckets.includes(bucket.replace('.page', '')),
      );
      expect(own.filter((bucket) => !stricter.includes(bucket)).sort()).toEqual([...buckets].sort());
      const ids = catalogue.limits.map((limit) => limit.id);
      expect(ids.filter((id) => id.endsWith('.page') && buckets.includes(id.replace('.page', ''))).sort()).toEqual(
        stricter.sort(),
      );
      for (const draw of facts.limits) {
        const drawn = entry.limits.find((each) => each.bucket === draw.bucket);
        const scope = catalogue.limits.find((limit) => limit.id === draw.bucket)?.scope;
        expect(drawn?.cost !== undefined, `${draw.bucket} counts items`).toBe(draw.cost !== 1);
        expect(drawn?.by !== undefined, `${draw.bucket} is kept by ${scope}`).toBe(scope !== 'app');
      }
      if (facts.batch && entry.batch) expect(entry.batch.max).toBeLessThanOrEqual(facts.batch.max);
      for (const place of ['path', 'query', 'form', 'json'] as const) {
        const listed = facts.params.filter((param) => param.in === place && isTopLevel(param.name));
        const own = namesOf(entry, place).filter((name) => !vendor.pathPrefix.includes(`{${name}}`));
        // A page that declares a GET with a body may have meant the query: an entry may write both.
        const places: readonly string[] = facts.method === 'GET' && place === 'query' ? ['query', 'json'] : [place];
        const allowed = facts.params.filter((param) => places.includes(param.in)).map((param) => plain(param.name));
        const unknown = own.filter((name) => !allowed.includes(plain(name)));
        expect(unknown, `${place} parameters the catalogue does not know`).toEqual([]);
        if (entry.bodyKind === 'whole' && place === 'json') continue;
        const missing = listed
          .filter((param) => param.required && !vendor.pathPrefix.includes(`{${param.name}}`))
          .map((param) => plain(param.name));
        expect(
          missing.filter((name) => !own.map(plain).includes(name)),
          `required ${place} parameters without a place in the entry`,
        ).toEqual([]);
      }
    });
  },
);
