import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import {
  parseRecalls,
  recallOf,
  type StoredRecall,
  withRecall,
  writeRecalls,
} from '../../src/vendors/rongcloud/adapters/recalls.ts';

const recall = (messageUid: string, more: Partial<StoredRecall> = {}): StoredRecall => ({
  messageUid,
  senderId: 'bob',
  time: 1_700_000_000_000,
  isByAdmin: false,
  ...more,
});

describe('recalls in a cursor', () => {
  test('are those that were read, whatever their ids', () => {
    const all = [recall('A|B,C'), recall('ä %', { senderId: 'x,y|z', isByAdmin: true, time: 7 })];
    expect(parseRecalls(writeRecalls(all))).toEqual(all);
    expect([writeRecalls([]), parseRecalls('')]).toEqual(['', []]);
  });

  test('are the last twenty', () => {
    const all = Array.from({ length: 25 }, (_, index) => recall(`uid${index}`));
    expect(parseRecalls(writeRecalls(all))).toEqual(all.slice(5));
  });

  test.each(['x', 'uid|bob|time|0', 'uid|bob||0', 'uid|bob|1234567890123456|0', 'uid|bob|-1|0'])(
    '%s is no cursor of this server',
    (text) => {
      expect(() => parseRecalls(text)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
    },
  );
});

describe('a recall', () => {
  const message = {
    key: 'uid',
    senderId: 'bob',
    content: { kind: 'TEXT' },
    metadata: 1,
    raw: {},
  } as unknown as Message;

  test('takes back the message that it names, of the same sender', () => {
    const at = new Date(1_700_000_000_000);
    expect(withRecall(message, [recall('other'), recall('uid')])).toMatchObject({
      content: { kind: 'RECALLED', recalledById: 'bob', note: null },
      metadata: null,
      raw: null,
      recalledAt: at,
    });
    expect(withRecall(message, [recall('uid', { isByAdmin: true })]).content).toMatchObject({ recalledById: null });
    for (const none of [[], [recall('other')], [recall('uid', { senderId: 'carol' })]])
      expect(withRecall(message, none)).toBe(message);
  });

  test.each([
    ['RC:RcCmd', { messageUId: 'uid' }, { messageUid: 'uid', isByAdmin: false }],
    ['RC:RcCmd', { messageUID: 'uid', isAdmin: 1 }, { messageUid: 'uid', isByAdmin: true }],
    ['RC:RcCmd', { messageUID: 'new', messageUId: 'old', isAdmin: '1' }, { messageUid: 'new', isByAdmin: true }],
    ['RC:RcCmd', { messageUId: '' }, undefined],
    ['RC:RcCmd', { messageUId: 7 }, undefined],
    ['RC:RcCmd', {}, undefined],
    ['RC:TxtMsg', { messageUId: 'uid' }, undefined],
  ])('of a stored %s with %j is %j', (objectName, content, expected) => {
    const stored = { objectName, content, fromUserId: 'bob', msgTime: 7 } as unknown as Parameters<typeof recallOf>[0];
    expect(recallOf(stored)).toEqual(expected && { senderId: 'bob', time: 7, ...expected });
  });
});
