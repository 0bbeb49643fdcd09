import { spawn } from 'node:child_process';

/** Trouble that goes on beside a run of the limits' benchmark. */
export interface Adversity {
  readonly name: string;
  /** The least part of a limit that shall be used all the same. */
  readonly leastUsed: number;
  /** Begins it, for an emulator at `url` and a run of so many seconds; gives what ends it. */
  start(url: string, seconds: number): Promise<() => void>;
}

/**
 * Processes that never rest, as `stress-ng --cpu 4` has them; in a session of their own, as another service's are. They end by
 * themselves when this process does not end them.
 */
export const hogs = (count: number): Adversity => ({
  name: `${count} busy loops beside it`,
  leastUsed: 0.98,
  async start(_url, seconds) {
    const loop = `const end = Date.now() + ${(seconds + 10) * 1000}; while (Date.now() < end);`;
    const shell = `${Array.from({ length: count }, () => '"$0" --eval "$1" &').join(' ')} wait`;
    const { pid } = spawn('sh', ['-c', shell, process.execPath, loop], { stdio: 'ignore', detached: true });
    return () => {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    };
  },
});

/** The event loop stands still for 50 to 500 ms, every two to four seconds. */
export const stalls: Adversity = {
  name: 'with an event loop that stalls for 50-500 ms every 2-4 s',
  leastUsed: 0.9,
  async start() {
    let timer: NodeJS.Timeout;
    const stall = () => {
      const endsAt = performance.now() + 50 + Math.random() * 450;
      while (performance.now() < endsAt);
      timer = setTimeout(stall, 2_000 + Math.random() * 2_000);
    };
    timer = setTimeout(stall, 1_000);
    return () => clearTimeout(timer);
  },
};

/**
 * A link of 20 ms that has 200 ms for the middle third of the run, then 20 ms again. While it is slow, a limiter that cannot know
 * when it will be fast again can use no more than 1 / 1.2 of a window of a second.
 */
export const steps: Adversity = {
  name: 'over a link that steps from 20 to 200 ms and back',
  leastUsed: 0.9,
  async start(url, seconds) {
    const third = (seconds * 1000) / 3;
    await setLatency(url, 20);
    const timers = [
      setTimeout(() => void setLatency(url, 200), third),
      setTimeout(() => void setLatency(url, 20), 2 * third),
    ];
    return () => timers.forEach(clearTimeout);
  },
};

async function setLatency(url: string, latencyMs: number): Promise<void> {
  const body = JSON.stringify([{ latencyMs, jitterMs: 5 }]);
  const reply = await fetch(`${url}/_emulator/faults`, { method: 'POST', body });
  if (!reply.ok) throw new Error(`the emulator does not take faults: ${reply.status} ${await reply.text()}`);
}
