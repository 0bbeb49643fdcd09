import { describe, expect, test } from 'vitest';
import { decodeParams } from '../../src/emulator/params.ts';
import { Router } from '../../src/emulator/router.ts';
import type { WireRequest } from '../../src/emulator/wire.ts';
import type { CatalogueParam } from '../../src/net/catalogue.ts';
import { blankEndpoint, makeParam } from '../support/endpoint.ts';

type Sent = { readonly json?: unknown; readonly form?: string; readonly method?: string };

const requestOf = ({ json, form = '', method = 'POST' }: Sent): WireRequest => ({
  method,
  path: '/a',
  rawPath: '/a',
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from(json === undefined ? form : JSON.stringify(json)),
});

const decode = (params: readonly CatalogueParam[], sent: Sent, anyCaseBooleans = false) =>
  decodeParams(
    { ...blankEndpoint, params: [...params] },
    requestOf(sent),
    {},
    {
      lists: { brackets: false, comma: false },
      anyCaseBooleans,
    },
  );

describe('an emulator reads parameters by the columns of the catalogue', () => {
  const renamed = [makeParam({ name: 'description', aka: ['desc'], required: true })];

  test.each([{ description: 'd' }, { desc: 'd' }])('a handler sees the name of %j as the catalogue has it', (json) => {
    expect(decode(renamed, { json })).toEqual({ params: { description: 'd' } });
  });

  test('the name of the catalogue wins over another name of the same parameter', () => {
    expect(decode(renamed, { json: { desc: 'other', description: 'd' } })).toEqual({ params: { description: 'd' } });
  });

  test('another name is read in forms too, and a required parameter is missing when neither name is there', () => {
    const form = renamed.map((param) => ({ ...param, in: 'form' as const }));
    expect(decode(form, { form: 'desc=d' })).toEqual({ params: { description: 'd' } });
    expect(decode(form, { form: 'text=d' })).toMatchObject({ problem: { reason: 'missing' } });
  });

  test.each<[CatalogueParam['type'], CatalogueParam['type'], unknown, unknown]>([
    ['int', 'string', '1', 1],
    ['bool', 'string', 'True', true],
    ['bool', 'string', 'false', false],
    ['bool', 'int', 0, false],
    ['string', 'int', 8, '8'],
    ['object[]', 'object', { id: 1 }, [{ id: 1 }]],
  ])('%s: a value of the other type %s, %j, is read as the first type', (type, other, value, read) => {
    expect(decode([makeParam({ name: 'x', type, also: [other] })], { json: { x: value } })).toEqual({
      params: { x: read },
    });
    expect(decode([makeParam({ name: 'x', type })], { json: { x: value } })).toMatchObject({
      problem: { reason: 'type' },
    });
  });

  test('a required parameter may be left out for the one that stands in its place, and only then', () => {
    const params = [makeParam({ name: 'body', required: true, unless: 'msg' }), makeParam({ name: 'msg' })];
    expect(decode(params, { json: { msg: 'm' } })).toEqual({ params: { msg: 'm' } });
    expect(decode(params, { json: {} })).toMatchObject({ problem: { reason: 'missing', param: { name: 'body' } } });
  });

  test.each(['ids=a,b', 'ids=a&ids=b'])('a value joined by commas may come once for each item: %s', (form) => {
    expect(decode([makeParam({ name: 'ids', in: 'form', items: 20 })], { form })).toEqual({ params: { ids: 'a,b' } });
  });

  test('a form has booleans in any letter case where the vendor takes them so', () => {
    const flag = [makeParam({ name: 'flag', in: 'form', type: 'bool' })];
    expect(decode(flag, { form: 'flag=True' }, true)).toEqual({ params: { flag: true } });
    expect(decode(flag, { form: 'flag=True' })).toEqual({ params: { flag: 'True' } });
  });
});

test('a request reaches an endpoint by its method and by those that the vendor takes as well', () => {
  const router = new Router([{ ...blankEndpoint, id: 'a', method: 'DELETE', alsoMethods: ['GET'], path: '/a' }]);
  const found = (method: string) => router.match(requestOf({ method })).map(({ endpoint }) => endpoint.id);
  expect([found('DELETE'), found('GET'), found('POST')]).toEqual([['a'], ['a'], []]);
});
