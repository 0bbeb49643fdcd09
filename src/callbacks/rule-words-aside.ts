import { Worker } from 'node:worker_threads';
import type { RuleSettings } from '../domain/decision.ts';
import type { RuleWordTables } from './rule-words.ts';

/** Makes the tables of rules in a thread of its own: those of 10,000 words take 100 ms and more, for which no vendor is to wait. */
export function makeTablesAside(rules: readonly RuleSettings[]): Promise<RuleWordTables> {
  // Of the rest some is secret, and nothing of it is words.
  const words = rules.map(({ name, keywords, confusables, spacedLetters, except }) => ({
    ...{ name, keywords, confusables, spacedLetters, except },
  }));
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./rule-words-thread.ts', import.meta.url), { workerData: words, execArgv: [] });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that makes the tables of words has ended without them')));
  });
}
