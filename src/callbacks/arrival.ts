import type { Arrival, RawCallback, Seal } from '../events/log.ts';
import type { CallbackContract, CallbackRequest, VerifiedCallback } from '../vendors/vendor.ts';

type Contract = Pick<CallbackContract<unknown>, 'signatures' | 'headers'>;

/** Headers of every vendor that say something of a callback. The others are of whatever stands between the vendor and here. */
const commonHeaders = ['content-type', 'user-agent'];

/** What one callback only may carry, where the vendor signs every callback anew. */
export function sealOf(
  { signatures }: Contract,
  { signature }: VerifiedCallback,
  request: CallbackRequest,
): Seal | undefined {
  if (signatures === 'shared') return undefined;
  return { signature, content: `${request.query.toString()}\n${request.body}` };
}

/** What the log keeps of a callback beside its events. */
export function arrivalOf(
  { headers: own = [] }: Contract,
  request: CallbackRequest,
  callback: string | null,
  receivedAt: number,
  seal: Seal | undefined,
): Arrival {
  const { method, query, headers, body } = request;
  const kept = [...commonHeaders, ...own].flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    raw: { receivedAt, callback, method, query: query.toString(), headers: Object.fromEntries(kept), body },
    seal,
  };
}

/** The request that was kept, for reading it once more. */
export function requestOf({ method, query, headers, body }: RawCallback): CallbackRequest {
  return { method, query: new URLSearchParams(query), headers, body };
}
