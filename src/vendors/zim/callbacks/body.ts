import { parseJson } from '../../../net/json.ts';
import { perRequest } from '../../per-request.ts';
import { isRecord, percentDecoded } from '../text.ts';

/** The fields of a callback. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * The fields of a callback. The vendor's pages disagree on its encoding: a JSON object, the same percent-encoded, or form
 * fields (catalogue: quirks). Undefined when it is none of them.
 */
export const bodyOf = perRequest(
  ({ body }): Body | undefined => objectIn(body) ?? objectIn(decoded(body)) ?? formIn(body),
);

function objectIn(text: string): Body | undefined {
  try {
    const parsed = parseJson(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    // Another encoding.
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return percentDecoded(text);
  } catch {
    // A stray percent sign.
    return '';
  }
}

/** A name given twice is a list. */
function formIn(text: string): Body | undefined {
  const form = new URLSearchParams(text);
  if (!form.has('event') && !form.has('signature')) return undefined;
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
