import { z } from 'zod';
import { parseJson } from '../../../net/json.ts';
import { perRequest } from '../../per-request.ts';
import { type CallbackRequest, maxIdLength } from '../../vendor.ts';
import { id, moment } from '../endpoints/values.ts';

/** Text that is there; undefined for anything else. */
export const text = z.string().min(1).optional().catch(undefined);
/** An id, however it is written; undefined for none. */
export const idText = id.pipe(z.string().min(1).max(maxIdLength)).optional().catch(undefined);
export const fields = z.looseObject({}).catch({});

const bodySchema = z.looseObject({
  callId: idText,
  security: z.unknown().optional(),
  eventType: text,
  chat_type: text,
  content_type: text,
  channel_channel: text,
  event: text,
  operation: text,
  step: text,
  reason: text,
  status: z.unknown().optional(),
  from: idText,
  to: idText,
  group_id: idText,
  msg_id: idText,
  timestamp: moment,
  payload: fields,
});
export type Body = z.output<typeof bodySchema>;

/** The body as JSON, and the fields by which callbacks are told apart. Throws `SyntaxError` for what is no JSON. */
export const bodyOf = perRequest((request): { readonly json: unknown; readonly body: Body } => {
  const json = parseJson(request.body);
  const parsed = bodySchema.safeParse(json);
  return { json, body: parsed.success ? parsed.data : { payload: {} } };
});

/** As `bodyOf`; nothing for what is no JSON, which is for the reader to say. */
export function bodyIfJson(request: CallbackRequest): Partial<ReturnType<typeof bodyOf>> {
  try {
    return bodyOf(request);
  } catch {
    return {};
  }
}

/** What is kept with messages for operators: without the signature, which would be good for another body. */
export function withoutSignature(json: unknown): unknown {
  const { security: _, ...unsigned } = fields.parse(json);
  return unsigned;
}
