import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import {
  callbackNames,
  exampleConfig as config,
  exampleOf,
  type Fields,
  requestOf,
} from '../support/easemob-callbacks.ts';

const names = [...callbackNames('event'), ...callbackNames('decision')];

/** A callback of the catalogue with some of its fields, at any depth, gone or something else. */
const spoiled = fc
  .record({
    name: fc.constantFrom(...names),
    changes: fc.array(fc.record({ at: fc.nat(60), value: fc.option(fc.jsonValue()) }), { maxLength: 4 }),
  })
  .map(({ name, changes }) => {
    const body = structuredClone(exampleOf(name));
    for (const { at, value } of changes) spoil(body, at, value);
    return JSON.stringify(body);
  });

function spoil(body: Fields, at: number, value: unknown): void {
  const places: [Fields, string][] = [];
  const walk = (holder: Fields) => {
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof inner === 'object' && inner !== null) walk(inner as Fields);
    }
  };
  walk(body);
  const [holder, key] = places[at % places.length] ?? [body, 'callId'];
  if (value === null) delete holder[key];
  else holder[key] = value;
}

test('whatever comes in place of a callback is read, asked, or refused as such', () => {
  const body = fc.oneof(spoiled, spoiled, fc.json(), fc.string());
  fc.assert(
    fc.property(body, fc.integer(), (text, now) => {
      const request = requestOf(text);
      for (const act of [
        () => callbacks.verify(request, config, now),
        () => callbacks.read(request, config),
        () => callbacks.decisions?.read(request, config),
      ]) {
        try {
          act();
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('whatever is JSON makes an event with a key, and a payload that can be kept', () => {
  fc.assert(
    fc.property(fc.oneof(spoiled, fc.json()), (text) => {
      const { events } = callbacks.read(requestOf(text), config);
      expect(events.length).toBeGreaterThan(0);
      for (const { dedupeKey, occurredAt, payload } of events) {
        expect(dedupeKey).not.toBe('');
        expect(Number.isFinite(occurredAt.getTime())).toBe(true);
        expect(JSON.parse(JSON.stringify(payload))).toMatchObject({ type: payload.type });
      }
    }),
    { numRuns: 2000 },
  );
});

test('every question that is read is answered within the bounds of an answer', () => {
  const verdict = fc.record(
    {
      decision: fc.constantFrom('DELIVER', 'REPLACE', 'REFUSE', 'DROP' as const),
      text: fc.string({ maxLength: 5000 }),
      code: fc.nat(),
      reason: fc.string({ maxLength: 100 }),
    },
    { requiredKeys: ['decision'] },
  );
  fc.assert(
    fc.property(spoiled, verdict, (text, said) => {
      const question = callbacks.decisions?.read(requestOf(text), config);
      if (!question) return;
      const { answer } = callbacks.decisions?.answer(said, question, config) ?? {};
      expect(answer?.body.length).toBeLessThanOrEqual(1000);
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ valid: expect.any(Boolean) });
    }),
  );
});
