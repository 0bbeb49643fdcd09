import { describe, expect, test } from 'vitest';
import { CallIndex } from '../../src/calls/call-index.ts';
import type { CallDone } from '../../src/domain/call.ts';
import type { EventPayload } from '../../src/domain/event.ts';
import { subjectsOf } from '../../src/domain/subject.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000);
const of = { callId: '7', callerId: null };
const started = (inviteeIds: readonly string[], more: object = {}): CallDone => ({
  type: 'CALL_STARTED',
  callId: '7',
  callerId: 'alice',
  inviteeIds,
  data: null,
  createdAt: at(0),
  expiresAt: at(90),
  ...more,
});
const accepted = (userId: string): CallDone => ({ type: 'CALL_ACCEPTED', ...of, userId, data: null });
const rejected = (userId: string): CallDone => ({ type: 'CALL_REJECTED', ...of, userId, data: null });

/** What is known after these were told, each with its second. */
function knownAfter(...told: readonly (readonly [EventPayload, number])[]) {
  const index = new CallIndex();
  for (const [payload, seconds] of told) index.apply('app', payload, at(seconds));
  const call = index.find('app', '7');
  return { ...call, participants: call?.participants.map(({ userId, state }) => `${userId} ${state}`) };
}

describe('a call is known as its events tell it', () => {
  test('from the first', () => {
    expect(knownAfter([started(['bob', 'carol']), 0])).toEqual({
      callId: '7',
      callerId: 'alice',
      participants: ['bob RINGING', 'carol RINGING'],
      createdAt: at(0),
      expiresAt: at(90),
    });
  });

  test.each<[string, readonly (readonly [EventPayload, number])[], readonly string[]]>([
    [
      'answers',
      [
        [started(['bob', 'carol']), 0],
        [accepted('bob'), 1],
        [rejected('carol'), 2],
      ],
      ['bob ACCEPTED', 'carol REJECTED'],
    ],
    [
      'answers told before the call',
      [
        [accepted('bob'), 1],
        [started(['bob']), 0],
      ],
      ['bob ACCEPTED'],
    ],
    [
      'an answer told again later does not undo a newer one',
      [
        [rejected('bob'), 5],
        [accepted('bob'), 1],
      ],
      ['bob REJECTED'],
    ],
    [
      'a newer answer',
      [
        [accepted('bob'), 1],
        [rejected('bob'), 5],
      ],
      ['bob REJECTED'],
    ],
    [
      'users invited later',
      [
        [started(['bob']), 0],
        [{ type: 'CALL_EXTENDED', ...of, actorId: 'bob', inviteeIds: ['dave'] }, 3],
      ],
      ['bob RINGING', 'dave RINGING'],
    ],
    [
      'those who did not answer in time',
      [
        [started(['bob', 'carol']), 0],
        [accepted('bob'), 1],
        [{ type: 'CALL_TIMED_OUT', ...of, userIds: ['carol'] }, 90],
      ],
      ['bob ACCEPTED', 'carol TIMED_OUT'],
    ],
    [
      'a call that was canceled',
      [
        [started(['bob']), 0],
        [{ type: 'CALL_CANCELED', ...of, inviteeIds: ['bob', 'carol'], reason: null }, 9],
      ],
      ['bob CANCELED', 'carol CANCELED'],
    ],
  ])('%s', (_, told, participants) => {
    expect(knownAfter(...told)).toMatchObject({ participants });
  });

  test('what was known of it at its start is more exact than its callback', () => {
    const noted = started(['bob'], { createdAt: at(0.123), expiresAt: at(90.123) });
    expect(knownAfter([noted, 0], [started(['bob'], { callerId: null }), 0])).toMatchObject({
      callerId: 'alice',
      createdAt: at(0.123),
      expiresAt: at(90.123),
    });
  });

  test('in its own app, and not at all when nothing was told', () => {
    const index = new CallIndex();
    index.apply('app', started(['bob']), at(0));
    index.apply('app', { type: 'USER_UPDATED', userId: 'bob' }, at(0));
    expect(index.find('other', '7')).toBeUndefined();
    expect(index.find('app', '8')).toBeUndefined();
  });

  test('of many, the oldest are forgotten first, and of a crowd the rest', () => {
    const index = new CallIndex();
    for (let call = 0; call <= 20_000; call += 1)
      index.apply('app', { ...started(['bob']), callId: String(call) } as EventPayload, at(0));
    expect(index.find('app', '0')).toBeUndefined();
    expect(index.find('app', '20000')).toBeDefined();
    index.apply('app', started(Array.from({ length: 1_500 }, (_, user) => `user${user}`)), at(0));
    expect(index.find('app', '7')?.participants).toHaveLength(1_000);
  });
});

describe('an event of a call', () => {
  const told = (payload: EventPayload) => ({ dedupeKey: 'k', occurredAt: at(1), payload });

  test('is for everybody in it, though the callback names only who did something', () => {
    const index = new CallIndex();
    index.apply('app', started(['bob', 'carol']), at(0));
    const { payload } = index.refine('app', told(accepted('bob')));
    expect(payload).toEqual({ ...accepted('bob'), callerId: 'alice', participantIds: ['bob', 'carol'] });
    expect([...subjectsOf(payload)].sort()).toEqual(
      ['call:7', 'user:alice', 'user:bob', 'user:carol'].flatMap((each) => [each, `to:${each}`]).sort(),
    );
  });

  test('is as it was told when the call is not known, and so is every other', () => {
    const index = new CallIndex();
    index.apply('app', started(['bob']), at(0));
    for (const [app, payload] of [
      ['other', accepted('bob')],
      ['app', { type: 'USER_UPDATED', userId: 'bob' }],
    ] as const) {
      const event = told(payload);
      expect(index.refine(app, event)).toBe(event);
    }
  });
});
