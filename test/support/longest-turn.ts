import { setImmediate as nextTurn } from 'node:timers/promises';

/** The most processor time that this thread spent between two turns of the event loop while `work` went on, in milliseconds. */
export async function longestTurnMs(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const before = process.threadCpuUsage();
    await nextTurn();
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}
