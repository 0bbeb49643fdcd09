import { systemClock } from '../../src/clock.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';

/** Appends events until it is killed, and tells each one that the log has acknowledged: a process for `kill -9`. */
const log = new SqliteLog({ clock: systemClock, file: process.argv[2] ?? '' });
for (let serial = Number(process.argv[3]); ; serial += 1) {
  const draft = {
    dedupeKey: `e${serial}`,
    occurredAt: new Date(),
    subjects: [],
    payload: { type: 'UNKNOWN' as const, callback: `e${serial}` },
  };
  const raw = { receivedAt: 0, callback: null, method: 'POST', query: '', headers: {}, body: `body ${serial}` };
  const seal = { signature: `signature ${serial}`, content: 'c' };
  await log.append('a', [draft], { raw, seal });
  process.stdout.write(`${serial}\n`);
}
