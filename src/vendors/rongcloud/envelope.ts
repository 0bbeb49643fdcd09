import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import { ownOf } from '../../net/keyed.ts';
import type { Answer } from '../../net/wire.ts';

/** What the vendor's codes mean; those not named are judged by their HTTP status. (The catalogue's `errors`.) */
const codes: Readonly<Record<string, ErrorCode>> = {
  400: 'NOT_FOUND',
  1000: 'VENDOR_UNAVAILABLE',
  1001: 'VENDOR_MISCONFIGURED',
  1002: 'BAD_USER_INPUT',
  1003: 'BAD_USER_INPUT',
  1004: 'VENDOR_MISCONFIGURED',
  1005: 'BAD_USER_INPUT',
  1006: 'VENDOR_MISCONFIGURED',
  1007: 'VENDOR_MISCONFIGURED',
  1008: 'RATE_LIMITED',
  1009: 'VENDOR_MISCONFIGURED',
  1010: 'VENDOR_MISCONFIGURED',
  1011: 'VENDOR_MISCONFIGURED',
  1015: 'NOT_FOUND',
  1016: 'LIMIT_REACHED',
  1018: 'VENDOR_MISCONFIGURED',
  1050: 'VENDOR_UNAVAILABLE',
  2007: 'LIMIT_REACHED',
  23410: 'NOT_FOUND',
  24406: 'NOT_FOUND',
  26001: 'BAD_USER_INPUT',
  26003: 'VENDOR_UNAVAILABLE',
  26020: 'VENDOR_MISCONFIGURED',
  26021: 'LIMIT_REACHED',
  26022: 'LIMIT_REACHED',
};

/** Success of most endpoints, and of those under `/v2`. */
const goodCodes = new Set(['200', '10000']);

/** What a refusal says is shown to clients: cut where no sentence goes on. */
const maxTextLength = 300;

/** The flat object every answer is; the text of a failure has three names. */
const envelope = z.looseObject({
  code: z.union([z.number(), z.string()]),
  errorMessage: z.string().optional(),
  message: z.string().optional(),
  msg: z.string().optional(),
});

/**
 * Takes the envelope off: the payload stands beside the code. The code decides, not the status, since some failures come
 * with 200. Throws `AppError` with the vendor's code, text and request id.
 */
export function open(answer: Answer, endpoint: Endpoint): unknown {
  const parsed = envelope.safeParse(answer.json);
  const vendorRequestId = headerOf(answer, 'x-request-id');
  if (!parsed.success) throw notAnEnvelope(answer, endpoint, vendorRequestId);
  const vendorCode = String(parsed.data.code);
  if (goodCodes.has(vendorCode)) return answer.json;
  const { errorMessage, message, msg } = parsed.data;
  throw new AppError(
    ownOf(endpoint.errors, vendorCode) ?? ownOf(codes, vendorCode) ?? meaningOf(answer.status),
    (errorMessage ?? message ?? msg)?.slice(0, maxTextLength),
    {
      vendorCode,
      vendorStatus: answer.status,
      vendorRequestId,
    },
  );
}

/** A proxy's page, or half an answer: only the status tells. */
function notAnEnvelope(answer: Answer, endpoint: Endpoint, vendorRequestId: string | undefined): AppError {
  const vendorCode = String(answer.status);
  const code =
    answer.status < 400 ? 'VENDOR_BAD_RESPONSE' : (ownOf(endpoint.errors, vendorCode) ?? meaningOf(answer.status));
  return new AppError(code, undefined, { vendorCode, vendorStatus: answer.status, vendorRequestId });
}

function meaningOf(status: number): ErrorCode {
  if (status >= 500) return 'VENDOR_UNAVAILABLE';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 401 || status === 430) return 'VENDOR_MISCONFIGURED';
  return 'VENDOR_REJECTED';
}

function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
