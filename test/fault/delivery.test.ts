import { expect, test } from 'vitest';
import { faults } from '../support/checker.ts';
import { runDelivery } from '../support/delivery.ts';

const seed = Number(process.env['DELIVERY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test('clients that come and go have everything that was acknowledged, once, in order, while the server is killed and started again', async () => {
  const result = await runDelivery({ seed, seconds: 8, clients: 30, rate: 100, killEverySeconds: 2.5, maxEvents: 100 });
  const told = `seed ${seed}: ${JSON.stringify(result).slice(0, 5000)}`;
  process.stdout.write(`${told}\n`);
  for (const fault of faults) expect(result.report.found[fault], told).toEqual([]);
  expect(result.report.verdict, told).toBe('valid');
  expect(result.kills, told).toBeGreaterThan(0);
  expect(result.report.writes.ok, told).toBeGreaterThan(100);
  // Each begins with one; those that stayed away have another.
  expect(result.report.gaps, told).toBeGreaterThan(30);
}, 180_000);

test('a server that acknowledges what it does not keep is found out', async () => {
  const result = await runDelivery({
    seed,
    seconds: 3,
    clients: 6,
    rate: 60,
    killEverySeconds: 60,
    maxEvents: 1000,
    lies: true,
  });
  expect(result.report.verdict).toBe('invalid');
  expect(result.report.found.lost.length).toBeGreaterThan(0);
  for (const fault of faults.filter((each) => each !== 'lost')) expect(result.report.found[fault]).toEqual([]);
}, 120_000);
