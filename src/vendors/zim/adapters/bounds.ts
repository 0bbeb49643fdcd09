import { AppError } from '../../../errors.ts';
import { catalogue } from '../catalogue.ts';
import type { ZimParams } from '../catalogue.types.ts';

/** What is wrong with a text; `what` begins the sentence. */
type TextCheck = (text: string | null | undefined, what: string) => AppError | undefined;

/**
 * Checks the text of one item against the bound of its parameter in the catalogue, so that one that is too long does not spoil the batch:
 * the check of the whole call would refuse every item. Throws when the parameter has no bound.
 */
export function textBound(endpoint: keyof ZimParams, name: string): TextCheck {
  const params = catalogue.endpoints.find(({ id }) => id === endpoint)?.params;
  const { bytes, chars } = params?.find((param) => param.name === name) ?? {};
  const most = bytes ?? chars;
  if (most === undefined) throw new Error(`${endpoint}: the catalogue has no bound for the text ${name}`);
  const [sizeOf, unit] =
    bytes === undefined
      ? [(text: string) => [...text].length, 'characters']
      : [(text: string) => Buffer.byteLength(text), 'bytes'];
  return (text, what) =>
    sizeOf(text ?? '') > most ? new AppError('BAD_USER_INPUT', `${what} has at most ${most} ${unit}.`) : undefined;
}
