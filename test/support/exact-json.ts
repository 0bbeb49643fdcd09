import fc from 'fast-check';

/** A JSON value; a `bigint` is an integer that is written bare, however long. */
export type ExactJson = string | number | bigint | boolean | null | readonly ExactJson[] | ExactObject;
interface ExactObject {
  readonly [key: string]: ExactJson;
}

/** JSON text with every `bigint` bare, as clients in languages with integers of 64 bits write it. */
export function writeExact(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeExact).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${writeExact(each)}`).join(',')}}`;
}

/** The same value written in a GraphQL document, where keys are names. */
export function writeLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeLiteral).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return writeExact(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${writeLiteral(each)}`)
    .join(' ')}}`;
}

/** The value as every reader of this API gets it: integers beyond 2^53 are decimal texts. */
export function readExact(value: unknown): unknown {
  if (typeof value === 'bigint' || typeof value === 'number')
    return Number.isSafeInteger(Number(value)) || !/^-?\d+$/.test(String(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(readExact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readExact(each)]));
}

/** Texts of every plane, and those that look like something else. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
  fc.constantFrom(
    '1.10',
    '1e400',
    '13800138000',
    '007',
    '-0',
    'true',
    'null',
    '"quoted"',
    ' ',
    '%41+%2B',
    '\u0000',
    '{',
  ),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(String),
);

const leaf = fc.oneof(
  anyText,
  fc.constantFrom('', '{}', '[1.10]', '{"id":1724442618569203714}'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.boolean(),
  fc.constant(null),
);

const key = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  fc.constantFrom('extra', 'type', 'data'),
);

const { value } = fc.letrec<{ value: ExactJson; list: readonly ExactJson[]; object: ExactObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

/** Any JSON value, nested up to three levels. */
export const anyJson: fc.Arbitrary<ExactJson> = value;

/** A JSON object with at least one key. */
export const anyObject: fc.Arbitrary<ExactObject> = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 });

/** An object of texts, as the strictest vendor takes it. */
export const textPairs = fc.dictionary(key, fc.oneof(anyText, fc.constant('')), { minKeys: 1, maxKeys: 6 });

/** What comes back the same where a vendor keeps one text: objects, lists, and texts that are no JSON of either. */
export const textOrNested: fc.Arbitrary<ExactJson> = fc.oneof(anyText, anyObject, fc.array(value, { maxLength: 3 }));
