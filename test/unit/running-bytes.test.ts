import { describe, expect, it } from 'vitest';
import { RunningBytes } from '../../src/server/running-bytes.ts';

const bounds = { runningBytesPerCaller: 100, runningBytes: 250 };
const tooMany = expect.objectContaining({ code: 'TOO_MANY_OPERATIONS', details: { retryAfterMs: 1000 } });

describe('what running operations hold', () => {
  it('is bounded for each caller, and free again when it is released', () => {
    const running = new RunningBytes(bounds);
    const first = running.open('alice', 60);
    expect(() => running.open('alice', 41)).toThrow(tooMany);
    expect(() => first.add(41)).toThrow(tooMany);
    first.add(40);
    first.release();
    first.release();
    expect(running.bytes).toBe(0);
    running.open('alice', 100);
  });

  it('is bounded for all callers together', () => {
    const running = new RunningBytes(bounds);
    running.open('alice', 100);
    running.open('bob', 100);
    expect(() => running.open('carol', 51)).toThrow(tooMany);
    running.open('carol', 50);
    expect(running.bytes).toBe(250);
  });

  it('counts nothing for what was refused or comes after the release', () => {
    const running = new RunningBytes(bounds);
    const holding = running.open('alice', 10);
    expect(() => holding.add(1000)).toThrow(tooMany);
    holding.add(-5);
    expect(running.bytes).toBe(5);
    holding.release();
    holding.add(1000);
    expect(running.bytes).toBe(0);
  });
});
