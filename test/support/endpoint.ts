import type { z } from 'zod';
import type { CatalogueEndpoint } from '../../src/net/catalogue.ts';
import { endpointsOf } from '../../src/net/define-endpoint.ts';
import type { Endpoint } from '../../src/net/endpoint.ts';

/** An endpoint of a catalogue that takes nothing. */
export const blankEndpoint: CatalogueEndpoint = {
  id: '',
  title: '',
  area: '',
  listed: false,
  method: 'GET',
  path: '/',
  encoding: 'query',
  limits: [],
  params: [],
  paging: 'none',
  idempotent: false,
  readOnly: false,
  deprecated: false,
  errors: [],
  confidence: 'documented',
};

/** An endpoint of a catalogue that has nothing else. Limits are named by their buckets. */
export function makeEndpoint<R extends z.ZodType>(
  facts: Omit<Partial<CatalogueEndpoint>, 'limits'> & { readonly id: string; readonly limits?: readonly string[] },
  reply: R,
): Endpoint<Record<string, unknown>, z.output<R>> {
  const limits = (facts.limits ?? []).map((bucket) => ({ bucket, cost: 1 }));
  const endpoints = [{ ...blankEndpoint, ...facts, limits }];
  const catalogue = { vendor: 'test', pathPrefix: '', limits: [], endpoints, callbacks: [], errors: [] };
  return endpointsOf<Record<string, Record<string, unknown>>>(catalogue)(facts.id, { reply });
}

/** A parameter of a catalogue; an optional text in the JSON body unless said otherwise. */
export const makeParam = (
  param: Partial<CatalogueEndpoint['params'][number]> & { readonly name: string },
): CatalogueEndpoint['params'][number] => ({ in: 'json', type: 'string', required: false, repeat: false, ...param });
