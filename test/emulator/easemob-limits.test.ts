import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { emulator } from '../../src/vendors/easemob/emulator/index.ts';
import { type EasemobBench, easemobBench } from '../support/easemob.ts';
import { readWireFiles, type WireExchange } from '../support/wire-files.ts';

const catalogue = readCatalogue(new URL('../../src/vendors/easemob/catalogue.json', import.meta.url));
const limits = new Map(catalogue.limits.map((limit) => [limit.id, limit]));

/** One documented exchange for every endpoint, with the tightest of the endpoint's windows; each sends one message at most. */
const cases = [...new Map(readWireFiles('easemob').map((each) => [each.client?.endpoint ?? '', each]))].flatMap(
  ([id, exchange]) => {
    const endpoint = catalogue.endpoints.find((each) => each.id === id);
    const windows = endpoint?.limits.flatMap(({ bucket }) => limits.get(bucket)?.windows ?? []) ?? [];
    const [tightest] = windows.toSorted((a, b) => a.count - b.count);
    return tightest ? [[id, tightest, exchange] as const] : [];
  },
);

let bench: EasemobBench;
beforeEach(async () => {
  bench = await easemobBench();
});
afterEach(() => bench.emulator.stop());

async function send({ method, target, headers, body }: WireExchange): Promise<boolean> {
  const response = await fetch(bench.emulator.url + target, {
    method,
    headers: {
      authorization: `Bearer ${bench.token}`,
      ...(headers['Content-Type'] && { 'content-type': headers['Content-Type'] }),
    },
    ...(body && { body }),
  });
  return /"error":"reach_limit"|"message send reach limit"/.test(await response.text());
}

test.each(cases)('%s lets %j through and no call more', async (_, { count, seconds }, exchange) => {
  await bench.clock.advance(60_000);
  const refused = async (calls: number) => {
    const answers = await Promise.all(Array.from({ length: calls }, () => send(exchange)));
    return answers.filter(Boolean).length;
  };
  expect(await refused(count)).toBe(0);
  expect(await refused(1)).toBe(1);
  await bench.clock.advance(seconds * 1000 - 1);
  expect(await refused(1)).toBe(1);
  await bench.clock.advance(1);
  expect(await refused(1)).toBe(0);
});

test('there is a case for every endpoint that the emulator serves and the catalogue limits', () => {
  const tried = new Set(cases.map(([id]) => id));
  const limited = (id: string) => (catalogue.endpoints.find((each) => each.id === id)?.limits.length ?? 0) > 0;
  expect(Object.keys(emulator.handlers).filter((id) => limited(id) && !tried.has(id))).toEqual([]);
});
