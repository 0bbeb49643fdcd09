import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { vendors } from '../../src/vendors/index.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.pathname.length).replaceAll('//', '/'));

describe('the layout', () => {
  const domains = readdirSync(new URL('schema/', root)).map((name) => name.replace('.graphql', ''));
  const maps = readdirSync(new URL('resolvers/', root)).map((name) => name.replace('.ts', ''));

  test.each(domains)('schema/%s.graphql has its resolvers, where it has something to resolve', (domain) => {
    const isResolved = /^(extend )?(type|interface|union|scalar) /m.test(read(`schema/${domain}.graphql`));
    expect(maps.includes(domain)).toBe(isResolved);
  });

  test('a resolver map without a schema of its name is a helper that says so by having no map', () => {
    const helpers = maps.filter((name) => !domains.includes(name) && name !== 'index');
    for (const helper of helpers) expect(read(`resolvers/${helper}.ts`), helper).not.toMatch(/Query: \{|Mutation: \{/);
  });

  test('every value of enum Vendor has a vendor, and every vendor a value', () => {
    const [, body = ''] = /enum Vendor \{([^}]*)\}/.exec(read('schema/app.graphql')) ?? [];
    const values = body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^[A-Z]+$/.test(line));
    expect(values.sort()).toEqual(vendors.map((vendor) => vendor.name).sort());
  });

  test("no shared code knows a vendor's name", () => {
    const names = new RegExp(vendors.map(({ slug }) => `\\b${slug}\\b`).join('|'), 'i');
    const shared = [...files('src'), ...files('resolvers')].filter((path) => !/^src\/(vendors|generated)\//.test(path));
    // Comments may say what a rule is good for.
    const code = (path: string) => read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(shared.filter((path) => names.test(code(path)))).toEqual([]);
  });

  test('there is one graphql, or instanceof would fail between two', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> };
    expect(Object.keys(lock.packages).filter((name) => /(^|\/)node_modules\/graphql$/.test(name))).toEqual([
      'node_modules/graphql',
    ]);
  });
});
