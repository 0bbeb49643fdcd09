import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { configSchema } from '../../src/vendors/zim/app-config.ts';
import { callbacks, signCallback } from '../../src/vendors/zim/callbacks.ts';
import { blocklist } from '../../src/vendors/zim/endpoints/blocklist.ts';
import { endpoints } from '../../src/vendors/zim/endpoints/index.ts';
import { open } from '../../src/vendors/zim/envelope.ts';
import { readContent } from '../../src/vendors/zim/read-content.ts';

const config = configSchema.parse({ appId: 1, serverSecret: 's'.repeat(32), callbackSecret: 'c' });
const request = (body: string) => ({ method: 'POST', query: new URLSearchParams(), headers: {}, body });

/** Runs an action that may fail, but only with one of these codes. */
function failsOnlyWith(codes: readonly string[], action: () => void): void {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(codes).toContain(error instanceof AppError ? error.code : '');
  }
}

const { callbacks: documented } = readCatalogue(new URL('../../src/vendors/zim/catalogue.json', import.meta.url));
const names = [...new Set(documented.flatMap(({ fields }) => fields.map(({ name }) => name)))];
const events = documented.flatMap(({ event }) => event ?? []);
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    ...events,
    '@RBT#x',
    '["a"]',
    0,
    1,
    2,
    10,
    11,
    31,
    32,
    100,
    200,
    '%7B%22multi_msg%22%3A%5B1%5D%7D',
    8.64e15 + 1,
  ),
);
const fields = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 });
/** The vendor's own examples, spoiled. */
const example = fc
  .tuple(fc.constantFrom(...documented), fields)
  .map(([each, spoiled]) => JSON.stringify({ ...JSON.parse(each.example), ...spoiled, event: each.event }));
const callback = fields.map((given) => JSON.stringify(given));

test('a callback of any content is read, or refused as no callback', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), callback, example), (body) => {
      failsOnlyWith(['UNAUTHENTICATED'], () => callbacks.verify(request(body), config, 1_700_000_000_000));
      failsOnlyWith(['BAD_USER_INPUT'], () => {
        for (const event of callbacks.read(request(body), config).events) {
          expect(event.occurredAt.toISOString()).toBeTypeOf('string');
          expect(event.dedupeKey.length).toBeLessThanOrEqual(300);
          JSON.stringify(event);
        }
      });
      const question = callbacks.decisions?.read(request(body), config);
      if (!question) return;
      expect(question.occurredAt.toISOString()).toBeTypeOf('string');
      expect(question.dedupeKey.length).toBeLessThanOrEqual(300);
      for (const decision of ['DELIVER', 'REPLACE', 'REFUSE', 'DROP'] as const)
        JSON.parse(callbacks.decisions?.answer({ decision, text: 'x' }, question, config).answer.body ?? '');
    }),
    { numRuns: 4000 },
  );
});

test('only the triple that was signed is true', () => {
  const texts = fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }));
  const signature = signCallback('c', '1700000000', '48151');
  fc.assert(
    fc.property(texts, ([timestamp, nonce]) => {
      const body = JSON.stringify({ timestamp, nonce, signature });
      expect(() => callbacks.verify(request(body), config, 1_700_000_000_000)).toThrow(AppError);
    }),
    { numRuns: 500 },
  );
});

test('content of any form is read', () => {
  const type = fc.constantFrom(1, 2, 10, 11, 12, 13, 14, 20, 31, 32, 100, 200, 7);
  fc.assert(
    fc.property(type, fc.oneof(fc.anything(), fc.json(), fc.string()), (number, body) => {
      expect(readContent({ type: number, body }).kind).toBeTypeOf('string');
    }),
    { numRuns: 2000 },
  );
});

test('an answer of any content is a payload or an AppError', () => {
  const add = endpoints.find(({ id }) => id === blocklist.add.id);
  const answers = fc.oneof(
    fc.jsonValue(),
    fc.record({ Code: fc.jsonValue(), ErrList: fc.jsonValue() }, { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(answers, (json) => {
      if (!add) throw new Error('no entry');
      try {
        open({ status: 200, headers: {}, json, text: '' }, add);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 1000 },
  );
});
