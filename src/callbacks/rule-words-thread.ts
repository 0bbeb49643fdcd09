import { parentPort, workerData } from 'node:worker_threads';
import { makeTables } from './rule-words.ts';

/** The thread that `makeTablesAside` starts: makes the tables of the rules that it is given, and hands them over without a copy. */
const tables = makeTables(workerData);
const buffers = tables.flatMap(({ first, table, depths, suffixes, ends }) =>
  [first, table, depths, suffixes, ends].map(({ buffer }) => buffer),
);
parentPort?.postMessage(tables, buffers);
