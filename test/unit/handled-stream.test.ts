import { expect, test } from 'vitest';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { handledStream } from '../../src/callbacks/handled-stream.ts';
import { FakeClock } from '../support/fake-clock.ts';

test('a stream of handled callbacks that is ended while it waits is over, and stays so', async () => {
  const stream = handledStream(new CallbackActivity(new FakeClock()), ['app']);
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(await stream.next()).toEqual({ value: undefined, done: true });
});
