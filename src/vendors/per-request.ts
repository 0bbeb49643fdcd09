import type { CallbackRequest } from './vendor.ts';

/**
 * A read of a callback's request that is done once for each request, which is looked at several times: for its signature, for what it
 * asks and for what it tells. One that throws is done again.
 */
export function perRequest<T>(read: (request: CallbackRequest) => T): (request: CallbackRequest) => T {
  const known = new WeakMap<CallbackRequest, { readonly value: T }>();
  return (request) => {
    const found = known.get(request) ?? { value: read(request) };
    known.set(request, found);
    return found.value;
  };
}
