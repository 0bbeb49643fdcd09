import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { encodeFields, encodeRequest } from '../../src/net/encode.ts';
import { vendors } from '../../src/vendors/index.ts';
import { readWireFiles } from '../support/wire-files.ts';

/** The golden files are also run against the emulators, by `<vendor>-wire.test.ts`: both sides must fit the same facts. */
const filesOf = (slug: string) => (existsSync(new URL(`wire/${slug}`, import.meta.url)) ? readWireFiles(slug) : []);

describe.each(vendors.map((vendor) => [vendor.slug, vendor] as const))(
  '%s: our client sends what the documentation shows',
  (slug, vendor) => {
    const catalogue = readCatalogue(new URL(`../../src/vendors/${slug}/catalogue.json`, import.meta.url));
    const entries = new Map(vendor.endpoints.map((entry) => [entry.id, entry]));
    const exchanges = filesOf(slug).filter((exchange) => exchange.client && entries.has(exchange.client.endpoint));

    test('every entry is shown', () => {
      const shown = new Set(exchanges.map((exchange) => exchange.client?.endpoint));
      expect([...entries.keys()].filter((id) => !shown.has(id))).toEqual([]);
    });

    test.each(exchanges.map((exchange) => [`${exchange.client?.endpoint}: ${exchange.title}`, exchange] as const))(
      '%s',
      (_, exchange) => {
        const entry = entries.get(exchange.client?.endpoint ?? '');
        if (!entry) throw new Error('no entry');
        const lists = vendor.lists;
        const request = encodeRequest(entry, exchange.client?.params ?? {}, lists);
        const [path = '', query = ''] = exchange.target.split('?');
        const prefix = catalogue.pathPrefix.split('/').length - 1;
        const shown =
          prefix > 0
            ? `/${path
                .split('/')
                .slice(prefix + 1)
                .join('/')}`
            : path;
        expect(request.method).toBe(exchange.method);
        expect(decodeURIComponent(request.path)).toBe(decodeURIComponent(shown));
        expect(new URLSearchParams(encodeFields(request.query)).toString()).toBe(new URLSearchParams(query).toString());
        if (entry.bodyKind === 'json' || entry.bodyKind === 'whole')
          expect(JSON.parse(request.body ?? '{}')).toEqual(JSON.parse(exchange.body || '{}'));
        else
          expect([...new URLSearchParams(request.body ?? '')].sort()).toEqual(
            [...new URLSearchParams(exchange.body)].sort(),
          );
      },
    );
  },
);
