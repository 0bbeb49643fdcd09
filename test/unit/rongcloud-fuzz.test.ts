import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import { readContent } from '../../src/vendors/rongcloud/read-content.ts';

const { callbacks } = rongcloud;
const config = rongcloud.config.parse({ appKey: 'key', appSecret: 's', region: 'cn' });

/** Runs an action that may fail, but only with one of these codes. */
function failsOnlyWith(codes: readonly string[], action: () => void): void {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(codes).toContain(error instanceof AppError ? error.code : '');
  }
}

const { callbacks: documented } = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));
const names = [...new Set(documented.flatMap(({ fields }) => fields.flatMap(({ name }) => name.split(/[.[\]]+/))))];
const words = ['RC:RcCmd', 'RC:TxtMsg', 'PERSON', 'GROUP', 'message:private', '{"messageUId":"a"}', '__proto__'];
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(...words, '', '0', '1', 0, 1, 2, 3, 8, 10000, 8.64e15 + 1, 1_700_000_000_000),
);
const fields = fc.dictionary(fc.constantFrom(...names.filter(Boolean)), value, { maxKeys: 6 });

const textOf = (given: unknown) => (typeof given === 'string' ? given : JSON.stringify(given));
const asForm = (given: object) =>
  new URLSearchParams(Object.entries(given).map(([name, each]): [string, string] => [name, textOf(each)])).toString();
/** The vendor's own examples, spoiled. */
const example = fc.tuple(fc.constantFrom(...documented), fields).map(([{ example: given, encoding }, spoiled]) => {
  if (encoding === 'form') return asForm({ ...Object.fromEntries(new URLSearchParams(given)), ...spoiled });
  const parsed: unknown = JSON.parse(given);
  return JSON.stringify(
    Array.isArray(parsed) ? [{ ...parsed[0], ...spoiled }, spoiled] : { ...Object(parsed), ...spoiled },
  );
});
const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fields.map((given) => JSON.stringify(given)),
  fields.map(asForm),
  example,
  fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
);
const query = fc.oneof(
  fc.constant(''),
  fc.string(),
  fc.dictionary(fc.constantFrom('appKey', 'nonce', 'timestamp', 'signTimestamp', 'signature'), fc.string()).map(asForm),
);
const contentType = fc.constantFrom(undefined, 'application/json', 'application/x-www-form-urlencoded');

test('a callback of any content is read, or refused as no callback', () => {
  fc.assert(
    fc.property(bodies, query, contentType, (body, search, type) => {
      const headers = { 'content-type': type };
      const request = () => ({ method: 'POST', query: new URLSearchParams(search), headers, body });
      failsOnlyWith(['UNAUTHENTICATED'], () => callbacks.verify(request(), config, 1_700_000_000_000));
      failsOnlyWith(['BAD_USER_INPUT'], () => {
        const read = callbacks.read(request(), config);
        for (const event of read.events) {
          expect(event.occurredAt.toISOString()).toBeTypeOf('string');
          expect(event.dedupeKey.length).toBeLessThanOrEqual(300);
          JSON.stringify(event);
        }
        expect(callbacks.read(request(), config)).toEqual(read);
      });
      const question = callbacks.decisions?.read(request(), config);
      if (!question) return;
      expect(question.occurredAt.toISOString()).toBeTypeOf('string');
      expect(question.dedupeKey.length).toBeLessThanOrEqual(300);
      for (const decision of ['DELIVER', 'REPLACE', 'REFUSE', 'DROP'] as const) {
        const given = callbacks.decisions?.answer({ decision, text: 'x' }, question, config);
        expect(JSON.parse(given?.answer.body ?? '').pass).toBe(given?.decision === 'REFUSE' ? 0 : 1);
      }
    }),
    { numRuns: 4000 },
  );
});

test('only the triple that was signed is true', () => {
  const text = fc.string({ maxLength: 20 });
  // sha1('s' + 'n1' + '1700000000000')
  const signature = '2c0fb098cbcc39f352aba784785adff07c234676';
  const verify = (nonce: string, timestamp: string) => {
    const given = new URLSearchParams({ appKey: 'key', nonce, timestamp, signature });
    return callbacks.verify({ method: 'POST', query: given, headers: {}, body: '' }, config, 1_700_000_000_000);
  };
  expect(verify('n1', '1700000000000')).toEqual({ signature });
  fc.assert(
    fc.property(text, text, (nonce, timestamp) => {
      expect(() => verify(nonce, timestamp)).toThrow(AppError);
    }),
    { numRuns: 500 },
  );
});

test('content of any form is read', () => {
  const type = fc.constantFrom(
    'RC:TxtMsg',
    'RC:ReferenceMsg',
    'RC:RcCmd',
    'RC:RcNtf',
    'RC:LBSMsg',
    'RC:X',
    '',
    'app:own',
  );
  fc.assert(
    fc.property(type, fc.oneof(fc.anything(), fc.json(), fc.string()), (name, body) => {
      expect(readContent(name, body).kind).toBeTypeOf('string');
    }),
    { numRuns: 2000 },
  );
});
