import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import { subjectsOf } from '../../src/domain/subject.ts';

const message = (kind: Message['to']['kind'], id: string): Message => ({
  to: { kind, id },
  senderId: 'bob',
  key: '1',
  vendorId: null,
  sequence: null,
  isFromUser: true,
  content: null,
  sentAt: null,
});
const team = { kind: 'group', id: 'team' } as const;

test('ids that hold half of a surrogate pair have subjects like any others', () => {
  const payload = { type: 'MESSAGE_SENT', message: message('direct', 'a\ud800'), source: 'CLIENT' } as const;
  expect(subjectsOf(payload)).toContain('direct:a%EF%BF%BD:bob');
});

describe('the subjects of an event', () => {
  test.each<[string, EventPayload, readonly string[]]>([
    [
      'a direct message is heard by both users, whoever sent it',
      { type: 'MESSAGE_SENT', message: message('direct', 'alice'), source: 'CLIENT' },
      ['direct:alice:bob', 'user:alice', 'user:bob', 'to:direct:alice:bob', 'to:user:alice', 'to:user:bob'],
    ],
    [
      'a group message is heard in the group and by its sender',
      { type: 'MESSAGE_SENT', message: message('group', 'team'), source: 'CLIENT' },
      ['group:team', 'user:bob', 'to:group:team', 'to:user:bob'],
    ],
    [
      'a message that was not sent is told to its sender alone',
      { type: 'MESSAGE_SEND_FAILED', message: message('direct', 'alice'), reason: null },
      ['direct:alice:bob', 'user:alice', 'user:bob', 'to:user:bob'],
    ],
    [
      'a verdict is heard by operators only',
      {
        type: 'MESSAGE_DECIDED',
        message: message('group', 'team'),
        decision: 'DROP',
        rule: null,
        isLate: false,
        latencyMs: 1,
      },
      ['group:team', 'user:bob'],
    ],
    [
      'nobody hears that another blocks it',
      { type: 'BLOCKLIST_CHANGED', userId: 'bob', targetId: 'alice', isBlocked: true },
      ['user:alice', 'user:bob', 'to:user:bob'],
    ],
    [
      'users removed from a group hear of it, though they are members no more',
      { type: 'MEMBERS_LEFT', space: team, actorId: 'eve', userIds: ['bob'], cause: 'REMOVED', memberCount: null },
      ['group:team', 'user:bob', 'user:eve', 'to:group:team', 'to:user:bob'],
    ],
    [
      'that a member ignores a group is its own affair',
      { type: 'SPACE_IGNORE_CHANGED', space: team, actorId: 'bob', isIgnored: true },
      ['group:team', 'user:bob', 'to:user:bob'],
    ],
    [
      'a call is heard by those in it',
      { type: 'CALL_ACCEPTED', callId: '7', callerId: 'bob', userId: 'alice', data: null },
      ['call:7', 'user:alice', 'user:bob', 'to:call:7', 'to:user:alice', 'to:user:bob'],
    ],
    ['what is not understood is heard by operators without a filter', { type: 'UNKNOWN', callback: 'x' }, []],
  ])('%s', (_, payload, expected) => {
    expect([...subjectsOf(payload)].sort()).toEqual([...expected].sort());
  });
});
