import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import { subjectsOf } from '../../src/domain/subject.ts';
import { type Fields, payloadOf, readItem } from '../support/rongcloud-callbacks.ts';

/** A message as full routing tells it. */
const routed = (fields: Fields) => ({
  fromUserId: 'alice',
  toUserId: 'bob',
  channelType: 'PERSON',
  msgUID: 'UID-1',
  msgTimestamp: '1700000005000',
  source: 'iOS',
  ...fields,
});
const told = (fields: Fields): EventPayload | undefined => payloadOf('message.sync', routed(fields));

describe('a read receipt of one conversation', () => {
  const receipt = {
    objectName: 'RC:ReadNtf',
    content: '{"lastMessageSendTime":1700000001000,"messageUId":"UID-0","type":1}',
  };

  test('is its reader’s, up to the message that it names the time of', () => {
    expect(readItem('message.sync', routed(receipt)).events).toEqual([
      {
        dedupeKey: 'conversation.read:["UID-1"]',
        occurredAt: new Date(1_700_000_005_000),
        payload: {
          type: 'CONVERSATION_READ',
          readerId: 'alice',
          peer: { kind: 'direct', id: 'bob' },
          until: new Date(1_700_000_001_000),
        },
      },
    ]);
  });

  test('without a time reads up to its own', () => {
    expect(told({ ...receipt, content: '{}' })).toMatchObject({ type: 'CONVERSATION_READ', until: null });
  });

  test('in a group, where the vendor has no such thing, is a signal', () => {
    expect(told({ ...receipt, channelType: 'GROUP', toUserId: 'g1' })).toMatchObject({
      type: 'MESSAGE_SENT',
      message: { isStored: false, isCounted: false },
    });
  });
});

describe('what a client tells the other devices of its user', () => {
  const reading = { objectName: 'RC:SRSMsg', content: '{"lastMessageSendTime":1700000001000}' };

  test.each([
    ['PERSON', 'bob', 'direct'],
    ['GROUP', 'g1', 'group'],
  ])('is read in a conversation of the kind %s, and is for nobody else', (channelType, toUserId, kind) => {
    const payload = told({ ...reading, channelType, toUserId });
    expect(payload).toEqual({
      type: 'CONVERSATION_READ',
      readerId: 'alice',
      peer: { kind, id: toUserId },
      until: new Date(1_700_000_001_000),
      isOwn: true,
    });
    const audience = payload && subjectsOf(payload).filter((subject) => subject.startsWith('to:'));
    expect(audience).toEqual(['to:user:alice']);
  });

  test('is not what a receipt is: that is for both', () => {
    const payload = told({ ...reading, objectName: 'RC:ReadNtf' });
    expect(payload && subjectsOf(payload)).toContain('to:user:bob');
  });
});

describe('a receipt in a group', () => {
  const receipt = { objectName: 'RC:RRRspMsg', channelType: 'GROUP', toUserId: 'g1' };

  test('is an event for each message that was read, with who sent it and keys of their own', () => {
    const content = JSON.stringify({ receiptMessageDic: { bob: ['B-1', 'B-2'], carol: ['C-1'] } });
    const { events } = readItem('message.sync', routed({ ...receipt, content }));
    expect(events.map(({ dedupeKey }) => dedupeKey)).toEqual([
      'message.read:["UID-1","B-1"]',
      'message.read:["UID-1","B-2"]',
      'message.read:["UID-1","C-1"]',
    ]);
    expect(events.map(({ payload }) => payload)).toMatchObject(
      [
        ['bob', 'B-1'],
        ['bob', 'B-2'],
        ['carol', 'C-1'],
      ].map(([senderId, key]) => ({
        type: 'MESSAGE_READ',
        readerId: 'alice',
        message: { to: { kind: 'group', id: 'g1' }, senderId, key, content: null },
      })),
    );
  });

  test.each(['{}', '{"receiptMessageDic":{"bob":"B-1"}}', 'nonsense'])(
    'that names no messages (%s) is a signal',
    (content) => {
      expect(told({ ...receipt, content })).toMatchObject({ type: 'MESSAGE_SENT', message: { isStored: false } });
    },
  );
});

describe('the vendor’s types', () => {
  test.each(['CmdMsg', 'TypSts', 'RRReqMsg', 'MsgExMsg'])('RC:%s is neither stored nor counted', (name) => {
    expect(told({ objectName: `RC:${name}`, content: '{}' })).toMatchObject({
      type: 'MESSAGE_SENT',
      message: { isStored: false, isCounted: false },
    });
  });

  test.each(['InfoNtf', 'GrpNtf', 'ContactNtf', 'ProfileNtf', 'CmdNtf', 'RcNtf'])(
    'RC:%s is stored, and not counted',
    (name) => {
      const payload = told({ objectName: `RC:${name}`, content: '{}' });
      expect(payload).toMatchObject({ type: 'MESSAGE_SENT', message: { isCounted: false } });
      expect(payload).not.toHaveProperty('message.isStored');
    },
  );

  test.each(['RC:TxtMsg', 'RC:ImgMsg', 'RC:ReferenceMsg', 'app:order', 'constructor'])('%s is both', (objectName) => {
    const payload = told({ objectName, content: '{}' });
    expect(payload).toMatchObject({ type: 'MESSAGE_SENT' });
    for (const flag of ['isStored', 'isCounted']) expect(payload).not.toHaveProperty(`message.${flag}`);
  });
});
