import type { Charge } from '../limits/bucket.ts';
import type { Endpoint } from './endpoint.ts';

/** A parameter by name; entries name the parameters that count or tell buckets apart. */
const paramOf = (params: unknown, name: string): unknown => (params as Record<string, unknown>)[name];

/** How many items a call carries. */
export function itemsOf<P, R>(endpoint: Endpoint<P, R>, params: P): number {
  const value = endpoint.batch ? paramOf(params, endpoint.batch.param) : undefined;
  return Array.isArray(value) ? value.length : 1;
}

/** What a call draws from the limits. */
export function chargesOf<P, R>(endpoint: Endpoint<P, R>, params: P): Charge[] {
  return endpoint.limits.map(({ bucket, cost, by }) => {
    const counted = cost === undefined ? undefined : paramOf(params, cost);
    const size = Array.isArray(counted)
      ? counted.length
      : typeof counted === 'object' && counted !== null
        ? Object.keys(counted).length
        : 1;
    return { bucket, scope: by === undefined ? '' : String(paramOf(params, by) ?? ''), cost: Math.max(1, size) };
  });
}
