import { z } from 'zod';
import { AppError, type ErrorDetails } from '../../errors.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import { ownOf } from '../../net/keyed.ts';
import type { Answer } from '../../net/wire.ts';
import { codes } from './codes.ts';

/** The names of the list of items that failed; it changes from call to call (catalogue: envelope). */
const failureLists = ['ErrorList', 'ErrList', 'ErrorUsers', 'Fails', 'FailKeys', 'FailKey', 'ErrKeyList'] as const;

const codeField = z.union([z.number(), z.string().regex(/^\d{1,12}$/)]).transform(String);

const envelopeSchema = z.looseObject({
  Code: codeField,
  Message: z.string().nullish(),
  RequestId: z.union([z.string(), z.number()]).nullish(),
});

const failureSchema = z.object({
  UserId: z.string().optional(),
  ConvId: z.string().optional(),
  Key: z.string().optional(),
  SubCode: codeField.optional(),
  SubMessage: z.string().nullish(),
  // In place of a code, from the one endpoint that lists `FailKeys`.
  Reason: z.string().nullish(),
});

const auditSchema = z.array(z.object({ Reason: z.string() })).min(1);

/** An item that the vendor did not take. */
export interface ItemFailure {
  /** The user, conversation or key by which the call named the item. */
  readonly id: string;
  readonly error: AppError;
}

/** The vendor's own words are shown to clients: cut where no sentence goes on. */
const maxTextLength = 300;

/** What a vendor's code means: for an endpoint with `errors` of its own, that. */
export function errorOf(
  vendorCode: string,
  said: string | null | undefined,
  endpoint: Pick<Endpoint, 'errors'>,
  details: ErrorDetails = {},
): AppError {
  const known = ownOf(codes, vendorCode);
  const own = ownOf(endpoint.errors, vendorCode);
  const message = known?.[1] ?? (said ? `The vendor said: ${said.slice(0, maxTextLength)}` : undefined);
  return new AppError(own ?? known?.[0] ?? 'VENDOR_REJECTED', message, { ...details, vendorCode });
}

/**
 * Takes the envelope off: `Code` 0 is a success, and so is a refusal that lists why each item of a batch failed. The
 * payload then has `failures`, whatever the vendor calls the list, and `refusal` when no item at all was taken.
 * Throws what the code means; `VENDOR_BAD_RESPONSE` for anything that is no envelope.
 */
export function open(answer: Answer, endpoint: Endpoint): unknown {
  const parsed = envelopeSchema.safeParse(answer.json);
  if (!parsed.success) throw noEnvelope(answer);
  const { Code: code, Message: said, RequestId: requestId, ...payload } = parsed.data;
  const details = {
    vendorStatus: answer.status,
    vendorRequestId: requestId === null || requestId === undefined ? undefined : String(requestId),
  };
  const failures = failuresOf(payload, endpoint, details);
  if (code === '0') return { ...payload, failures };
  const refusal = errorOf(code, reasonOf(payload) ?? said, endpoint, details);
  if (endpoint.batch === undefined || failures.length === 0) throw refusal;
  return { ...payload, failures, refusal };
}

function failuresOf(payload: object, endpoint: Endpoint, details: ErrorDetails): ItemFailure[] {
  const lists: Record<string, unknown> = { ...payload };
  const listed = failureLists.map((name) => lists[name]).find((list) => Array.isArray(list));
  return (listed ?? []).flatMap((each: unknown): ItemFailure[] => {
    const item = failureSchema.safeParse(each);
    if (!item.success) return [];
    const { UserId, ConvId, Key, SubCode, SubMessage, Reason } = item.data;
    const id = UserId ?? ConvId ?? Key;
    return id === undefined
      ? []
      : [{ id, error: errorOf(SubCode ?? Reason ?? 'none', SubMessage ?? Reason, endpoint, details) }];
  });
}

/** Why moderation refused a message, where it says so. */
function reasonOf(payload: Record<string, unknown>): string | undefined {
  const audits = auditSchema.safeParse(payload['AuditInfos']);
  return audits.success ? audits.data[0]?.Reason : undefined;
}

/** The vendor documents no status but 200: any other comes from something in front of it. */
function noEnvelope({ status }: Answer): AppError {
  if (status === 429) return new AppError('RATE_LIMITED', undefined, { vendorStatus: status, vendorCode: '429' });
  if (status >= 500) return new AppError('VENDOR_UNAVAILABLE', undefined, { vendorStatus: status });
  return new AppError('VENDOR_BAD_RESPONSE', 'The answer has no Code.', { vendorStatus: status });
}
