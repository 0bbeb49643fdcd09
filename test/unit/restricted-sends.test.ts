import { describe, expect, test } from 'vitest';
import { MemoryConversationStore } from '../../src/conversations/memory-store.ts';
import { RestrictedSends } from '../../src/conversations/restricted-sends.ts';
import type { ToldEvent } from '../../src/domain/event.ts';
import type { MessageAudience, NewMessage, SentMessage } from '../../src/domain/message.ts';
import { AppError, failed, type Outcome, succeeded } from '../../src/errors.ts';
import { FakeClock } from '../support/fake-clock.ts';

const team = { kind: 'group', id: 'team' } as const;
const forBob: MessageAudience = { userIds: ['bob'], isOnly: true };
const outgoing: NewMessage = {
  senderId: 'alice',
  kind: 'group',
  to: ['team'],
  content: { kind: 'TEXT', text: 'hi', isBarrage: false },
  visibleTo: ['bob'],
};
const sent = (key: string | null) =>
  succeeded<SentMessage>({ key, vendorId: key, sequence: null, senderId: 'alice', sentAt: null });

function told(key: string, change: { senderId?: string; audience?: MessageAudience } = {}): ToldEvent {
  const content = { kind: 'TEXT', text: 'hi', isBarrage: false } as const;
  const message = { to: team, senderId: 'alice', key, vendorId: key, sequence: null, isFromUser: true, content };
  return {
    dedupeKey: key,
    occurredAt: new Date(0),
    payload: { type: 'MESSAGE_SENT', source: 'SERVER', message: { ...message, sentAt: null, ...change } },
  };
}

function scene() {
  const clock = new FakeClock();
  const sends = new RestrictedSends(new MemoryConversationStore(), clock);
  const answer = Promise.withResolvers<readonly Outcome<SentMessage>[]>();
  const done = sends.during('app', outgoing, () => answer.promise).catch(() => {});
  const audience = (event: ToldEvent, app = 'app') => {
    const { payload } = sends.refine(app, event);
    return payload.type === 'MESSAGE_SENT' ? payload.message.audience : undefined;
  };
  return { clock, sends, answer, done, audience };
}

/** Whether it is fulfilled by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe('while a message is sent to some members', () => {
  test('what its sender says there waits for the answer, which tells which message it is', async () => {
    const { sends, answer, done, audience } = scene();
    const settled = sends.settled('app', [told('other'), told('own')]);
    expect(await isOver(settled)).toBe(false);
    answer.resolve([sent('own')]);
    await settled;
    await done;
    expect([audience(told('other')), audience(told('own')), audience(told('own'))]).toEqual([
      undefined,
      forBob,
      forBob,
    ]);
  });

  test('nothing else waits', async () => {
    const { sends } = scene();
    expect(await isOver(sends.settled('app', [told('1', { senderId: 'carol' })]))).toBe(true);
    expect(await isOver(sends.settled('other', [told('1')]))).toBe(true);
  });

  test('an event waits for two seconds at the most, and is taken for it then: once', async () => {
    const { clock, sends, audience } = scene();
    const settled = sends.settled('app', [told('1')]);
    await clock.advance(1999);
    expect(await isOver(settled)).toBe(false);
    await clock.advance(1);
    expect(await isOver(settled)).toBe(true);
    expect([audience(told('1')), audience(told('2'))]).toEqual([forBob, undefined]);
  });
});

describe('the next message of the sender', () => {
  test.each<[string, readonly Outcome<SentMessage>[], MessageAudience | undefined]>([
    ['is taken for one whose outcome is not known', [failed(new AppError('OUTCOME_UNKNOWN'))], forBob],
    ['is taken for one that has no id', [sent(null)], forBob],
    ['is its own after a send that surely failed', [failed(new AppError('FORBIDDEN'))], undefined],
  ])('%s', async (_, outcomes, expected) => {
    const { answer, done, audience } = scene();
    answer.resolve(outcomes);
    await done;
    expect(audience(told('1'))).toEqual(expected);
  });

  test('is its own where the callback itself said whom the other was for, and after ten minutes', async () => {
    for (const wait of [0, 10 * 60_000]) {
      const { clock, answer, done, audience } = scene();
      answer.reject(new AppError('OUTCOME_UNKNOWN'));
      await done;
      if (wait === 0) expect(audience(told('1', { audience: forBob }))).toEqual(forBob);
      await clock.advance(wait);
      expect(audience(told('2'))).toBeUndefined();
    }
  });
});
