import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CatalogueEndpoint } from '../../src/net/catalogue.ts';
import { endpointsOf } from '../../src/net/define-endpoint.ts';
import { encodeRequest } from '../../src/net/encode.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';
import type { ParamRules } from '../../src/net/param-schema.ts';
import { makeEndpoint, makeParam } from '../support/endpoint.ts';

type Param = CatalogueEndpoint['params'][number];

const endpointWith = (params: readonly Param[], more: Partial<CatalogueEndpoint> = {}) =>
  makeEndpoint({ id: 'a.b', method: 'POST', path: '/b', ...more, limits: [], params: [...params] }, z.unknown());

const accepts = (param: Partial<Param>, value: unknown, more: Partial<CatalogueEndpoint> = {}) =>
  endpointWith([makeParam({ name: 'x', required: true, ...param })], more).params.safeParse({ x: value }).success;

/** A row of the catalogue with a value at its bound and one past it. */
const bounds: readonly (readonly [string, Partial<Param>, unknown, unknown])[] = [
  ['bytes of a text', { bytes: 4 }, 'éé', 'ééé'],
  ['characters of a text', { chars: 2 }, '😀😀', '😀😀😀'],
  ['bytes of each item', { type: 'string[]', bytes: 2 }, ['é'], ['é', 'éé']],
  ['items of a list', { type: 'string[]', items: 2 }, ['a', 'b'], ['a', 'b', 'c']],
  ['items of a repeated parameter', { in: 'form', repeat: true, items: 2 }, ['a', 'b'], ['a', 'b', 'c']],
  ['items of a list joined by commas', { in: 'form', items: 2 }, ['a', 'b'], ['a', 'b', 'c']],
  ['the largest number', { type: 'int', max: 9 }, 9, 10],
  ['the smallest number', { type: 'int', min: -1 }, -1, -2],
  ['a number without a smallest one', { type: 'int' }, 0, -1],
  ['the values of a text', { values: ['a', 'b'] }, 'b', 'c'],
  ['the values of a number', { type: 'int', values: [0, 1] }, 1, 2],
  ['a whole number', { type: 'long' }, 1_700_000_000_000, 1.5],
  ['a boolean', { type: 'bool' }, false, 'false'],
  ['a required text', {}, 'a', ''],
  ['an optional text', { required: false, bytes: 3 }, '', 'long'],
  ['an item of a list', { type: 'string[]' }, ['a'], ['']],
  ['a list', { type: 'string[]' }, ['a'], []],
  ['an object', { type: 'object' }, { any: 1 }, 'text'],
];

describe('an endpoint checks its parameters by the columns of the catalogue', () => {
  test.each(bounds)('%s', (_, param, atBound, past) => {
    expect(accepts(param, atBound)).toBe(true);
    expect(accepts(param, past)).toBe(false);
  });

  test('a required parameter that is left out is refused, and one that the catalogue does not have', () => {
    const endpoint = endpointWith([makeParam({ name: 'x', required: true }), makeParam({ name: 'y' })]);
    expect(endpoint.params.safeParse({ x: 'a' }).success).toBe(true);
    expect(endpoint.params.safeParse({ y: 'a' }).success).toBe(false);
    expect(endpoint.params.safeParse({ x: 'a', z: 'a' }).success).toBe(false);
  });

  test('a required text may be empty where the catalogue says that it may be blank', () => {
    expect(accepts({ blank: true }, '')).toBe(true);
  });

  test('a list may be without items where the catalogue says that it may be empty', () => {
    expect(accepts({ type: 'string[]', empty: true }, [])).toBe(true);
  });

  test('the most items of one call bound the list that is batched', () => {
    const batch = { param: 'x', max: 1 };
    expect(accepts({ type: 'string[]' }, ['a'], { batch })).toBe(true);
    expect(accepts({ type: 'string[]' }, ['a', 'b'], { batch })).toBe(false);
  });

  test('fields of objects and of the items of lists are checked as deep as they are named', () => {
    const endpoint = endpointWith([
      makeParam({ name: 'users', type: 'object[]', required: true, items: 1 }),
      makeParam({ name: 'users[].id', required: true, bytes: 2 }),
      makeParam({ name: 'users[].push.title', chars: 2 }),
    ]);
    const takes = (users: unknown) => endpoint.params.safeParse({ users }).success;
    expect(takes([{ id: 'a' }])).toBe(true);
    expect(takes([{ id: 'a', push: { title: 'ab' } }])).toBe(true);
    expect(takes([{ id: 'a', push: { title: 'abc' } }])).toBe(false);
    expect(takes([{ push: {} }])).toBe(false);
    expect(takes([{ id: 'a', other: 1 }])).toBe(false);
    expect(takes([{ id: 'a' }, { id: 'b' }])).toBe(false);
  });

  test('the keys of an object may be the caller’s, also __proto__', () => {
    const endpoint = endpointWith([makeParam({ name: 'marks.{id}.mark', type: 'int', required: true, max: 3 })]);
    const parsed = endpoint.params.parse({ marks: new Map([['__proto__', { mark: 3 }]]) });
    expect(JSON.stringify(parsed)).toBe('{"marks":{"__proto__":{"mark":3}}}');
    expect(endpoint.params.safeParse({ marks: { a: { mark: 4 } } }).success).toBe(false);
  });
});

describe('an endpoint writes its parameters to where the catalogue says', () => {
  const write = (endpoint: Endpoint, params: Record<string, unknown>) => encodeRequest(endpoint, params, 'repeat');

  test('path, query and a form', () => {
    const endpoint = endpointWith(
      [
        makeParam({ name: 'id', in: 'path', required: true }),
        makeParam({ name: 'size', in: 'query', type: 'int' }),
        makeParam({ name: 'users', in: 'form', repeat: true }),
        makeParam({ name: 'ids', in: 'form', items: 9 }),
        makeParam({ name: 'extra', in: 'form', type: 'json' }),
      ],
      { path: '/b/{id}' },
    );
    const request = write(endpoint, { id: 'a/b', size: 2, users: ['u', 'v'], ids: ['i', 'j'], extra: { k: 1 } });
    expect(request).toMatchObject({ path: '/b/a%2Fb', query: [['size', '2']] });
    expect([...new URLSearchParams(request.body)]).toEqual([
      ['users', 'u'],
      ['users', 'v'],
      ['ids', 'i,j'],
      ['extra', '{"k":1}'],
    ]);
  });

  test('a body that is a list, and one whose keys are the caller’s', () => {
    const list = endpointWith([makeParam({ name: '[].id', required: true })]);
    expect(write(list, { body: [{ id: 'a' }] }).body).toBe('[{"id":"a"}]');
    const form = endpointWith([makeParam({ name: '{key}', in: 'form', required: true })]);
    expect(write(form, { body: { a: '1' } }).body).toBe('a=1');
  });

  test('both places, where the vendor’s page leaves open which it means', () => {
    const endpoint = endpointWith([
      makeParam({ name: 'Limit', in: 'query', type: 'int' }),
      makeParam({ name: 'Limit', in: 'json', type: 'int' }),
    ]);
    expect(write(endpoint, { Limit: 5 })).toMatchObject({ query: [['Limit', '5']], body: '{"Limit":5}' });
  });

  test.each(['.', '..', ''])('a segment of a path is not %j', (id) => {
    const endpoint = endpointWith([makeParam({ name: 'id', in: 'path', required: true })], { path: '/b/{id}' });
    expect(() => write(endpoint, { id })).toThrow('id');
  });
});

describe('what the columns do not say', () => {
  const facts = (params: readonly Param[]) => ({
    vendor: 'a',
    pathPrefix: '/{org}',
    limits: [],
    callbacks: [],
    errors: [],
    endpoints: [{ ...template, params: [...params] }],
  });
  const template: CatalogueEndpoint = {
    ...{ id: 'a.b', title: '', area: '', listed: true, method: 'POST', path: '/{org}/b', encoding: 'json', paging: '' },
    ...{ params: [], idempotent: false, readOnly: true, deprecated: false, errors: [], confidence: 'documented' },
    limits: [
      { bucket: 'plain', cost: 1 },
      { bucket: 'items', cost: 'x', by: 'group' },
    ],
  };
  const define = (params: readonly Param[], rules?: ParamRules) =>
    endpointsOf<{ 'a.b': Record<string, unknown> }>(facts(params), rules);

  test('a refined parameter keeps its place and whether it is optional', () => {
    const endpoint = define([makeParam({ name: 'x' })])('a.b', { params: { x: z.literal('only') } });
    expect(endpoint.params.safeParse({}).success).toBe(true);
    expect(endpoint.params.safeParse({ x: 'only' }).success).toBe(true);
    expect(endpoint.params.safeParse({ x: 'other' }).success).toBe(false);
  });

  test('texts have the rules of their name, wherever they stand; an endpoint’s own come first', () => {
    const id = z.string().regex(/^\d+$/);
    const params = [makeParam({ name: 'id' }), makeParam({ name: 'rows[].id' }), makeParam({ name: 'ids', items: 9 })];
    const makes = define(params, { named: { id, ids: id } });
    const takes = (value: unknown, options = {}) => makes('a.b', options).params.safeParse(value).success;
    expect(takes({ id: '1', rows: [{ id: '1' }], ids: ['1'] })).toBe(true);
    expect(takes({ id: 'a' })).toBe(false);
    expect(takes({ rows: [{ id: 'a' }] })).toBe(false);
    expect(takes({ ids: ['1', 'a'] })).toBe(false);
    expect(takes({ id: 'a' }, { named: { id: z.string() } })).toBe(true);
  });

  test('an item has no comma where it would become two', () => {
    const rules = { splitsList: (name: string) => name === 'split' };
    const params = [
      makeParam({ name: 'split', in: 'form', repeat: true }),
      makeParam({ name: 'whole', in: 'form', repeat: true }),
      makeParam({ name: 'joined', in: 'form', items: 9 }),
    ];
    const takes = (value: unknown) => define(params, rules)('a.b').params.safeParse(value).success;
    expect(takes({ split: ['a'], whole: ['a,b'], joined: ['a'] })).toBe(true);
    expect(takes({ split: ['a,b'] })).toBe(false);
    expect(takes({ joined: ['a,b'] })).toBe(false);
  });

  test('path, limits and what may be repeated come from the catalogue; a read may be', () => {
    expect(define([])('a.b')).toMatchObject({
      path: '/b',
      limits: [{ bucket: 'plain' }, { bucket: 'items', cost: 'x', by: 'group' }],
      readOnly: true,
      idempotent: true,
      auth: 'app',
    });
  });

  test('an id that the catalogue does not have is an error at the start', () => {
    const define = endpointsOf<Record<string, Record<string, unknown>>>(facts([]));
    expect(() => define('a.c')).toThrow('a.c is not in the catalogue');
  });
});
