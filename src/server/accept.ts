/** The two media types of GraphQL over HTTP. */
export const plainJson = 'application/json; charset=utf-8';
export const graphqlJson = 'application/graphql-response+json; charset=utf-8';

export type ResponseType = typeof plainJson | typeof graphqlJson;

/**
 * The type that a request's `Accept` prefers; plain JSON where it does not care, and null where it takes neither. To be
 * asked before anything runs: a mutation must not be made for a caller that is then refused.
 */
export function negotiate(accept: string | undefined): ResponseType | null {
  if (accept === undefined || accept.trim() === '') return plainJson;
  const ranges = accept.slice(0, 4096).split(',').map(readRange);
  const plain = quality(ranges, 'application/json');
  const graphql = quality(ranges, 'application/graphql-response+json');
  if (plain.q === 0 && graphql.q === 0) return null;
  if (plain.q !== graphql.q) return plain.q > graphql.q ? plainJson : graphqlJson;
  if (plain.specificity !== graphql.specificity) {
    return plain.specificity > graphql.specificity ? plainJson : graphqlJson;
  }
  return plain.index <= graphql.index ? plainJson : graphqlJson;
}

interface Range {
  readonly type: string;
  readonly q: number;
}

interface Match {
  readonly q: number;
  readonly specificity: number;
  readonly index: number;
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const q = weight === undefined ? 1 : Number(weight.slice(2));
  return { type, q: q >= 0 && q <= 1 ? q : 0 };
}

/** The weight of the most specific range that fits. */
function quality(ranges: readonly Range[], type: string): Match {
  for (const [specificity, name] of [[3, type] as const, [2, 'application/*'] as const, [1, '*/*'] as const]) {
    const index = ranges.findIndex((range) => range.type === name);
    const range = ranges[index];
    if (range) return { q: range.q, specificity, index };
  }
  return { q: 0, specificity: 0, index: ranges.length };
}
