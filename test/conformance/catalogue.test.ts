import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { vendors } from '../../src/vendors/index.ts';

test('what is made of the catalogues is up to date', () => {
  const script = new URL('../../scripts/catalogue.ts', import.meta.url).pathname;
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toMatch(/endpoints/);
});

describe.each(vendors.map((vendor) => [vendor.slug, vendor] as const))('%s', (slug, vendor) => {
  const catalogue = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
  const known = new Map(catalogue.endpoints.map((endpoint) => [endpoint.id, endpoint]));

  test('an endpoint, a limit, a callback stands in the catalogue once', () => {
    for (const entries of [catalogue.endpoints, catalogue.limits, catalogue.callbacks]) {
      const ids = entries.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    }
  });

  test('an endpoint stands in the tables once', () => {
    const ids = vendor.endpoints.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('the emulator has a handler for every endpoint of the tables, and none that the catalogue does not know', async () => {
    const { handlers } = await vendor.loadEmulator();
    expect(vendor.endpoints.map(({ id }) => id).filter((id) => handlers[id] === undefined)).toEqual([]);
    expect(Object.keys(handlers).filter((id) => !known.has(id))).toEqual([]);
  });

  test('every endpoint that the tables use has a place for each of its required parameters', () => {
    for (const { id, path, query, body } of vendor.endpoints) {
      const places = [path, ...Object.keys(query), ...Object.keys(body)].join(' ');
      const required = known.get(id)?.params.filter((param) => param.required && !/[.[{]/.test(param.name)) ?? [];
      for (const { name } of required) expect(places, `${id}: ${name}`).toContain(name);
    }
  });
});
