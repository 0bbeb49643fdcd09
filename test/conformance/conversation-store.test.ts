import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { ConversationIndex } from '../../src/conversations/index.ts';
import { MemoryConversationStore } from '../../src/conversations/memory-store.ts';
import { placeOf } from '../../src/conversations/place.ts';
import { SqliteConversationStore } from '../../src/conversations/sqlite-store.ts';
import {
  type ConversationStore,
  defaultBounds,
  type HistoryRef,
  type StoreBounds,
} from '../../src/conversations/store.ts';
import type { EventPayload } from '../../src/domain/event.ts';
import type { Message, Receiver } from '../../src/domain/message.ts';
import { subjectsOf } from '../../src/domain/subject.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { heapUse } from '../support/heap.ts';

const folder = mkdtempSync(join(tmpdir(), 'conversations-'));
let serial = 0;
const open: ConversationStore[] = [];
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const nextFile = () => {
  serial += 1;
  return join(folder, `${serial}.sqlite`);
};

const day = 24 * 3600 * 1000;
const bounds: StoreBounds = {
  maxHistories: 3,
  maxMessagesEach: 5,
  maxKeptEach: 9,
  maxOwners: 3,
  maxEntriesEach: 4,
  maxAudiences: 2,
};
const clock = new FakeClock();
const sqlite = (file: string, keepMs = 30 * day) => new SqliteConversationStore({ clock, file, bounds, keepMs });

const team: Receiver = { kind: 'group', id: 'team' };
const bob: Receiver = { kind: 'direct', id: 'bob' };
const alice: Receiver = { kind: 'direct', id: 'alice' };
const ref = { app: 'app', conversation: 'group:team' } as const;

const message = (key: number, to: Receiver = team, senderId = 'bob', text = `message ${key}`): Message => ({
  to,
  senderId,
  key: String(key),
  vendorId: String(key),
  sequence: null,
  isFromUser: true,
  content: { kind: 'TEXT', text, isBarrage: false },
  sentAt: new Date(1_000 * key),
});

describe.each([
  ['memory', () => new MemoryConversationStore(bounds)],
  ['sqlite', () => sqlite(nextFile())],
])('%s', (_, make) => {
  const start = () => {
    const store = make();
    open.push(store);
    return store;
  };

  test('what users whose ids hold spaces have is nobody else’s', () => {
    const store = start();
    const settings = { clearedAt: null, notificationLevel: 'NONE', labels: null } as const;
    store.putSettings('app', 'alice', { kind: 'direct', id: 'bob group g' }, settings);
    expect(store.settings('app', 'alice direct bob', { kind: 'group', id: 'g' })).toBeUndefined();
    store.putEntry('app', 'alice', {
      peer: { kind: 'direct', id: 'bob group g' },
      listedAt: null,
      readAt: new Date(5),
      isPinned: true,
    });
    expect(store.entry('app', 'alice direct bob', { kind: 'group', id: 'g' })).toBeUndefined();
    const secret = message(1, { kind: 'group', id: 'a b' }, 'd');
    store.putMessage({ app: 'app', conversation: 'group:a b' }, { ...secret, key: 'c' });
    expect(store.message({ app: 'app', conversation: 'group:a' }, 'b c', 'd')).toBeUndefined();
  });

  test('a history is read back in the order sent, whatever order it was put in', () => {
    const store = start();
    for (const key of [2, 1, 3]) store.putMessage(ref, message(key));
    expect(store.history(ref)).toEqual([message(1), message(2), message(3)]);
    expect(store.history({ ...ref, app: 'other' })).toEqual([]);
  });

  test('what an owner has set of a conversation is kept apart from the list, and outlives its entry', () => {
    const store = start();
    const settings = { clearedAt: new Date(5), notificationLevel: 'NONE', labels: ['3'] } as const;
    expect(store.settings('app', 'alice', bob)).toBeUndefined();
    store.putSettings('app', 'alice', bob, { ...settings, labels: null });
    store.putSettings('app', 'alice', bob, settings);
    store.putEntry('app', 'alice', { peer: bob, listedAt: null, readAt: null, isPinned: null });
    store.removeEntry('app', 'alice', bob);
    expect(store.settings('app', 'alice', bob)).toEqual(settings);
    expect(store.settings('app', 'bob', alice)).toBeUndefined();
    expect(store.settings('other', 'alice', bob)).toBeUndefined();
  });

  test('an emptied history shows what came later only, to its owner only', () => {
    const index = new ConversationIndex(start());
    for (const key of [1, 2, 3]) index.told('app', message(key, alice));
    index.set('app', 'alice', bob, { clearedAt: new Date(2_000) });
    expect(index.history('app', 'alice', bob).map(({ key }) => key)).toEqual(['3']);
    expect(index.history('app', 'bob', alice)).toHaveLength(3);
    index.markRead('app', 'alice', bob, new Date(500));
    expect(index.unreadCount('app', 'alice', bob)).toBe(1);
  });

  test('a message put again takes the place of the one of its key and sender', () => {
    const store = start();
    store.putMessage(ref, message(1));
    store.putMessage(ref, message(1, team, 'bob', 'edited'));
    store.putMessage(ref, message(1, team, 'eve', 'of another'));
    expect(store.history(ref)).toHaveLength(2);
    expect(store.message(ref, '1', 'bob')).toMatchObject({ content: { text: 'edited' } });
    expect(store.message(ref, '1')).toBeDefined();
    expect(store.message(ref, '2')).toBeUndefined();
  });

  test('of a long history the newest are kept', () => {
    const store = start();
    for (let key = 1; key <= 9; key += 1) store.putMessage(ref, message(key));
    expect(store.history(ref).map(({ key }) => key)).toEqual(['5', '6', '7', '8', '9']);
  });

  test('a history is read back by places, as far as messages are kept, whatever comes meanwhile', () => {
    const store = make();
    for (let key = 1; key <= 7; key += 1) store.putMessage(ref, message(key));
    const keys = (page: readonly Message[]) => page.map(({ key }) => key);
    const first = store.page(ref, undefined, 3);
    expect(keys(first)).toEqual(['7', '6', '5']);
    store.putMessage(ref, message(8));
    const place = placeOf(first.at(-1) ?? message(0));
    expect(keys(store.page(ref, place, 3))).toEqual(['4', '3', '2']);
    expect(keys(store.page(ref, placeOf(message(1)), 3))).toEqual([]);
    expect(store.oldest(ref)?.key).toBe('1');
    expect(store.oldest({ ...ref, app: 'other' })).toBeUndefined();
    // Only the newest of them are looked at for what is new.
    expect(keys(store.history(ref))).toEqual(['4', '5', '6', '7', '8']);
  });

  test('messages of one moment have places of their own', () => {
    const store = make();
    const sentAt = new Date(1000);
    for (const key of ['9', '10', '11', '8']) store.putMessage(ref, { ...message(1), key, sentAt });
    expect(store.page(ref, undefined, 2).map(({ key }) => key)).toEqual(['11', '10']);
    expect(store.page(ref, { at: 1000, key: '10' }, 9).map(({ key }) => key)).toEqual(['9', '8']);
  });

  test('whom a message is for outlives the message, and is known of the message of that key and place only', () => {
    const store = make();
    const forBob = { userIds: ['bob'], isOnly: true };
    store.putAudience(ref, '1', forBob);
    for (let key = 1; key <= 60; key += 1) store.putMessage(ref, message(key));
    expect(store.history(ref).map(({ key }) => key)).not.toContain('1');
    expect(store.audience(ref, '1')).toEqual(forBob);
    expect(store.audience(ref, '2')).toBeUndefined();
    expect(store.audience({ ...ref, conversation: 'group:choir' }, '1')).toBeUndefined();
    expect(store.audience({ ...ref, app: 'other' }, '1')).toBeUndefined();
  });

  test('entries are kept for each owner, and the oldest go first', async () => {
    const store = start();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      store.putEntry('app', 'bob', {
        peer: { kind: 'direct', id },
        listedAt: new Date(5),
        readAt: null,
        isPinned: true,
      });
      await clock.advance(1);
    }
    expect(store.entries('app', 'bob').map(({ peer }) => peer.id)).toEqual(['b', 'c', 'd', 'e']);
    expect(store.entry('app', 'bob', { kind: 'direct', id: 'b' })).toEqual({
      peer: { kind: 'direct', id: 'b' },
      listedAt: new Date(5),
      readAt: null,
      isPinned: true,
    });
    store.removeEntry('app', 'bob', { kind: 'direct', id: 'b' });
    expect(store.entry('app', 'bob', { kind: 'direct', id: 'b' })).toBeUndefined();
    expect(store.entries('app', 'eve')).toEqual([]);
  });

  test('what was seeded and applied is known', () => {
    const store = start();
    expect([store.isSeeded('app', 'bob'), store.applied('app')]).toEqual([false, undefined]);
    store.markSeeded('app', 'bob');
    store.setApplied('app', { epoch: 'e', offset: 7 });
    expect([store.isSeeded('app', 'bob'), store.applied('app')]).toEqual([true, { epoch: 'e', offset: 7 }]);
  });

  describe('the index over it', () => {
    let offset = 0;
    const nextOffset = () => {
      offset += 1;
      return offset;
    };
    const begin = () => {
      const index = new ConversationIndex(start());
      const tell = (payload: EventPayload, occurredAt = new Date(0)) =>
        index.apply({
          app: 'app',
          stream: 'app',
          epoch: 'e',
          offset: nextOffset(),
          receivedAt: 0,
          draft: { dedupeKey: '', occurredAt, payload, subjects: subjectsOf(payload) },
        });
      const sent = (...args: Parameters<typeof message>) =>
        tell({ type: 'MESSAGE_SENT', message: message(...args), source: 'UNKNOWN' });
      return { index, tell, sent };
    };

    test('counts the messages of others since a conversation began', () => {
      const { index, sent } = begin();
      sent(1, alice);
      sent(2, alice);
      expect(index.unreadCount('app', 'alice', bob)).toBe(2);
      expect(index.unreadCount('app', 'bob', alice)).toBe(0);
      sent(3, bob, 'alice');
      expect(index.unreadCount('app', 'bob', alice)).toBe(1);
    });

    test('counts from zero again when all was read, by an event or here', () => {
      const { index, tell, sent } = begin();
      sent(1, alice);
      tell({ type: 'CONVERSATION_READ', readerId: 'alice', peer: bob }, new Date(1_500));
      expect(index.unreadCount('app', 'alice', bob)).toBe(0);
      sent(2, alice);
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
      index.markRead('app', 'alice', bob, new Date(2_500));
      expect(index.unreadCount('app', 'alice', bob)).toBe(0);
    });

    test('a receipt of one message reads up to it, and an older one unreads nothing', () => {
      const { index, tell, sent } = begin();
      for (const key of [1, 2, 3]) sent(key, alice);
      tell({ type: 'MESSAGE_READ', readerId: 'alice', message: { ...message(2, alice), content: null } });
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
      tell({ type: 'MESSAGE_READ', readerId: 'alice', message: { ...message(1, alice), content: null } });
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
    });

    test('who came into a group has its messages since then unread', () => {
      const { index, tell, sent } = begin();
      sent(1);
      tell(
        {
          type: 'MEMBERS_JOINED',
          space: { kind: 'group', id: 'team' },
          actorId: null,
          userIds: ['eve'],
          cause: 'JOINED',
          memberCount: null,
        },
        new Date(1_500),
      );
      sent(2);
      expect(index.unreadCount('app', 'eve', team)).toBe(1);
      expect(index.listed('app', 'eve', null)).toEqual([team]);
    });

    test('who left a group has it in the list no more', () => {
      const { index, tell } = begin();
      const space = { kind: 'group', id: 'team' } as const;
      tell({ type: 'MEMBERS_JOINED', space, actorId: null, userIds: ['eve'], cause: 'JOINED', memberCount: null });
      tell({ type: 'MEMBERS_LEFT', space, actorId: null, userIds: ['eve'], cause: 'LEFT', memberCount: null });
      expect(index.listed('app', 'eve', null)).toEqual([]);
    });

    test('what is unread is null where the vendor alone has listed it, and counts from the first message told', () => {
      const { index, sent } = begin();
      index.addEntry('app', 'eve', team, new Date(5));
      expect(index.unreadCount('app', 'eve', team)).toBeNull();
      sent(1);
      expect(index.unreadCount('app', 'eve', team)).toBe(1);
    });

    test('the members of a group that is followed from its first message have a count, whether their coming was told or not', () => {
      const { index, sent } = begin();
      for (const key of [1, 2, 3]) sent(key);
      expect(index.unreadCount('app', 'eve', team)).toBe(3);
      sent(4, team, 'eve');
      expect(index.unreadCount('app', 'eve', team)).toBe(0);
      expect(index.unreadCount('app', 'dan', team)).toBe(4);
    });

    test('counts go on beyond the messages that are kept, less what was recalled of them', () => {
      const { index, sent } = begin();
      sent(1, alice);
      index.markRead('app', 'alice', bob, new Date(1_500));
      for (let key = 2; key <= 9; key += 1) sent(key, alice);
      expect(index.unreadCount('app', 'alice', bob)).toBe(8);
      index.recall('app', { ...message(9, alice), recalledAt: new Date() }, { recalledById: null, note: null });
      expect(index.unreadCount('app', 'alice', bob)).toBe(7);
      index.markRead('app', 'alice', bob, new Date(20_000));
      expect(index.unreadCount('app', 'alice', bob)).toBe(0);
    });

    test('signals are in no conversation, and what is sent uncounted is in it and not unread', () => {
      const { index, tell, sent } = begin();
      const command = { ...message(1, alice), content: { kind: 'COMMAND' as const, data: null }, isStored: false };
      tell({ type: 'MESSAGE_SENT', message: command, source: 'UNKNOWN' });
      expect(index.listed('app', 'alice', null)).toEqual([]);
      sent(2, alice);
      tell({ type: 'MESSAGE_SENT', message: { ...message(3, alice), isCounted: false }, source: 'UNKNOWN' });
      tell({ type: 'MESSAGE_SENT', message: { ...command, key: '4', sentAt: new Date(4_000) }, source: 'UNKNOWN' });
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
      expect(index.newest('app', 'alice', bob)?.key).toBe('3');
    });

    test('a conversation that was taken off the list is back with the next message of anybody, and with nothing else', () => {
      const { index, tell, sent } = begin();
      const inTeam = { spaces: [team], isWhole: true };
      for (const owner of ['eve', 'bob']) {
        sent(1);
        index.remove('app', owner, team);
        tell({ type: 'CONVERSATION_READ', readerId: owner, peer: team }, new Date(1_500));
        expect(index.listed('app', owner, inTeam)).toEqual([]);
        sent(owner === 'eve' ? 2 : 3, team, 'dan');
        expect(index.listed('app', owner, inTeam)).toEqual([team]);
      }
      sent(4, alice);
      index.remove('app', 'alice', bob);
      expect(index.listed('app', 'alice', null)).toEqual([]);
      sent(5, bob, 'alice');
      expect(index.listed('app', 'alice', null)).toEqual([bob]);
    });

    test('a group is on the lists of its members alone, once something is said in it, and on none when it is over', () => {
      const { index, tell, sent } = begin();
      const space = { kind: 'group', id: 'team' } as const;
      const inTeam = { spaces: [team], isWhole: true };
      expect(index.listed('app', 'eve', inTeam)).toEqual([]);
      sent(1);
      expect(index.listed('app', 'eve', inTeam)).toEqual([team]);
      expect(index.listed('app', 'bob', { spaces: [], isWhole: true })).toEqual([]);
      expect(index.listed('app', 'bob', { spaces: [], isWhole: false })).toEqual([team]);
      tell({ type: 'SPACE_DELETED', space, actorId: null, memberIds: null });
      for (const memberships of [null, inTeam]) expect(index.listed('app', 'bob', memberships)).toEqual([]);
      tell({ type: 'SPACE_CREATED', space, actorId: null, ownerId: 'bob', memberIds: [] });
      expect(index.listed('app', 'bob', null)).toEqual([team]);
    });

    test('a message for some of a group comes to the lists of those alone, and is unread for those alone', () => {
      const { index, tell, sent } = begin();
      const inTeam = { spaces: [team], isWhole: true };
      sent(1);
      for (const owner of ['eve', 'dan']) index.remove('app', owner, team);
      for (const [key, isOnly] of [
        [2, true],
        [3, false],
      ] as const) {
        const audience = { userIds: ['eve'], isOnly };
        tell({ type: 'MESSAGE_SENT', message: { ...message(key), audience }, source: 'UNKNOWN' });
        expect(index.listed('app', 'eve', inTeam)).toEqual([team]);
        expect(index.listed('app', 'dan', inTeam)).toEqual(isOnly ? [] : [team]);
        expect(index.newest('app', 'eve', team)?.key).toBe('2');
        expect([index.unreadCount('app', 'eve', team), index.unreadCount('app', 'dan', team)]).toEqual([2, key - 1]);
      }
      index.remove('app', 'eve', team);
      const hidden = { ...message(4), audience: { userIds: ['eve'], isOnly: false } };
      tell({ type: 'MESSAGE_SENT', message: hidden, source: 'UNKNOWN' });
      expect(index.listed('app', 'eve', inTeam)).toEqual([]);
      sent(5);
      expect(index.listed('app', 'eve', inTeam)).toEqual([team]);
    });

    test('what is said in a chatroom is on nobody’s list, and counts for nobody', () => {
      const { index, sent } = begin();
      const room: Receiver = { kind: 'chatroom', id: 'room' };
      sent(1, room);
      expect(index.listed('app', 'bob', { spaces: [room], isWhole: true })).toEqual([]);
      expect(index.unreadCount('app', 'bob', room)).toBeNull();
      expect(index.newest('app', 'bob', room)?.key).toBe('1');
    });

    test('a message read from one user’s own history is not in the other’s, until it is read there or told', () => {
      const { index, sent } = begin();
      index.read('app', 'bob', message(1, alice));
      expect(index.newest('app', 'bob', alice)?.key).toBe('1');
      expect(index.newest('app', 'alice', bob)).toBeUndefined();
      expect(index.listed('app', 'alice', null)).toEqual([]);
      index.read('app', 'alice', message(1, alice));
      for (const [owner, peer] of [
        ['bob', alice],
        ['alice', bob],
      ] as const)
        expect(index.newest('app', owner, peer)?.key).toBe('1');
      expect(index.unreadCount('app', 'alice', bob)).toBeNull();
      sent(1, alice);
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
    });

    test('who writes by whatever way has read what came before', () => {
      const { index, tell, sent } = begin();
      for (const [key, source] of [
        [1, 'CLIENT'],
        [3, 'SERVER'],
        [5, 'UNKNOWN'],
      ] as const) {
        sent(key, alice);
        tell({ type: 'MESSAGE_SENT', message: message(key + 1, bob, 'alice'), source });
        expect(index.unreadCount('app', 'alice', bob)).toBe(0);
      }
    });

    test('a receipt that says up to when reads up to then, though it came later', () => {
      const { index, tell, sent } = begin();
      for (const key of [1, 2]) sent(key, alice);
      tell({ type: 'CONVERSATION_READ', readerId: 'alice', peer: bob, until: new Date(1_000) }, new Date(2_500));
      expect(index.unreadCount('app', 'alice', bob)).toBe(1);
    });

    test('a recalled message is unread no more', () => {
      const { index, sent } = begin();
      sent(1, alice);
      index.recall('app', { ...message(1, alice), recalledAt: new Date() }, { recalledById: null, note: null });
      expect(index.unreadCount('app', 'alice', bob)).toBe(0);
    });

    test('an event told twice moves it on once', () => {
      const { index } = begin();
      const payload = { type: 'MESSAGE_SENT', message: message(1, alice), source: 'UNKNOWN' } as const;
      const event = { app: 'app', stream: 'app', epoch: 'e', offset: nextOffset(), receivedAt: 0 };
      const draft = { dedupeKey: '', occurredAt: new Date(0), payload, subjects: [] };
      index.apply({ ...event, draft });
      index.remove('app', 'alice', bob);
      index.apply({ ...event, draft });
      expect(index.listed('app', 'alice', null)).toEqual([]);
    });
  });
});

describe('the store in a file', () => {
  test('is there after the process ended', () => {
    const file = join(folder, 'kept.sqlite');
    const first = sqlite(file);
    first.putMessage(ref, message(1));
    first.putEntry('app', 'bob', { peer: team, listedAt: null, readAt: new Date(9), isPinned: null });
    first.setApplied('app', { epoch: 'e', offset: 3 });
    first.close();
    const second = sqlite(file);
    open.push(second);
    expect(second.history(ref)).toEqual([message(1)]);
    expect(second.entry('app', 'bob', team)).toMatchObject({ readAt: new Date(9) });
    expect(second.applied('app')).toEqual({ epoch: 'e', offset: 3 });
  });

  test('that was not closed is at one place of the log: what it lost, it does not claim', async () => {
    const file = join(folder, 'killed.sqlite');
    const first = sqlite(file);
    open.push(first);
    first.putMessage(ref, message(1));
    first.setApplied('app', { epoch: 'e', offset: 1 });
    await clock.advance(1_000);
    first.putMessage(ref, message(2));
    first.setApplied('app', { epoch: 'e', offset: 2 });
    // As another process sees it that comes after a kill.
    const second = sqlite(file);
    open.push(second);
    expect(second.history(ref)).toEqual([message(1)]);
    expect(second.applied('app')).toEqual({ epoch: 'e', offset: 1 });
  });

  test('forgets what is too old, and what was written to least lately beyond its bounds', async () => {
    const minute = 60_000;
    const store = sqlite(join(folder, 'swept.sqlite'), 10 * minute);
    open.push(store);
    const place = (id: number) => ({ app: 'app', conversation: `group:${id}` as const });
    store.putMessage(place(0), message(1));
    await clock.advance(11 * minute);
    for (let id = 1; id <= 5; id += 1) {
      for (let key = 1; key <= 8; key += 1) store.putMessage(place(id), message(key));
      await clock.advance(1_000);
    }
    for (let id = 1; id <= 15; id += 1) {
      store.putEntry('app', `user${id}`, { peer: team, listedAt: null, readAt: null, isPinned: null });
      await clock.advance(1_000);
    }
    // It sweeps by itself, and counts now and then.
    await clock.advance(6 * minute);
    // Three histories of five messages each are 15 rows, three owners of four entries 12.
    expect([0, 1, 2, 3, 4, 5].map((id) => store.history(place(id)).length)).toEqual([0, 0, 0, 0, 5, 5]);
    expect([1, 2, 3, 4, 15].map((id) => store.entries('app', `user${id}`).length)).toEqual([0, 0, 0, 1, 1]);
  });

  test('takes a disk that is full: reads go on, and what waited is written once there is room', async () => {
    const file = join(folder, 'full.sqlite');
    const store = sqlite(file);
    open.push(store);
    const other = new DatabaseSync(file);
    // Whoever has the file for itself is to a writer what a full disk is.
    other.exec('BEGIN IMMEDIATE');
    store.putMessage(ref, message(1));
    store.setApplied('app', { epoch: 'e', offset: 1 });
    await clock.advance(1_000);
    expect(store.message(ref, '1', 'bob')).toEqual(message(1));
    expect(other.prepare('SELECT count(*) AS rows FROM messages').get()).toEqual({ rows: 0 });
    other.exec('ROLLBACK');
    other.close();
    await clock.advance(10_000);
    expect(store.history(ref)).toEqual([message(1)]);
  });

  test('of version 3 is taken over with what users set and read', () => {
    const file = join(folder, 'three.sqlite');
    const old = new DatabaseSync(file);
    old.exec(`
      CREATE TABLE messages (app TEXT, conversation TEXT, key TEXT, sender TEXT, sent_at INTEGER NOT NULL, put_at INTEGER NOT NULL,
        body BLOB NOT NULL, UNIQUE (app, conversation, key, sender));
      CREATE TABLE entries (app TEXT, owner TEXT, kind TEXT, peer TEXT, listed_at INTEGER, read_at INTEGER, pinned INTEGER,
        put_at INTEGER NOT NULL, UNIQUE (app, owner, kind, peer));
      CREATE TABLE settings (app TEXT, owner TEXT, kind TEXT, peer TEXT, body BLOB NOT NULL, UNIQUE (app, owner, kind, peer));
      CREATE TABLE seeded (app TEXT, owner TEXT, put_at INTEGER NOT NULL, PRIMARY KEY (app, owner)) WITHOUT ROWID;
      CREATE TABLE applied (app TEXT PRIMARY KEY, epoch TEXT NOT NULL, offset INTEGER NOT NULL) WITHOUT ROWID;
      INSERT INTO entries VALUES ('app', 'alice', 'direct', 'bob', NULL, 1500, 1, 5);
      INSERT INTO applied VALUES ('app', 'e', 7);
      PRAGMA user_version = 3;`);
    old.close();
    const store = sqlite(file);
    open.push(store);
    expect(store.entry('app', 'alice', bob)).toEqual({
      peer: bob,
      listedAt: null,
      readAt: new Date(1_500),
      isPinned: true,
    });
    expect(store.applied('app')).toEqual({ epoch: 'e', offset: 7 });
    const index = new ConversationIndex(store);
    index.told('app', message(1, alice));
    index.told('app', message(2, alice));
    expect(index.unreadCount('app', 'alice', bob)).toBe(1);
  });

  test('has its tallies after the process ended', () => {
    const file = join(folder, 'tallies.sqlite');
    const first = sqlite(file);
    const tally = { since: new Date(1), latestAt: new Date(2), kept: 3, counted: 2, isOver: true };
    first.putTally(ref, tally);
    first.putEntry('app', 'eve', {
      peer: team,
      listedAt: null,
      readAt: null,
      isPinned: null,
      readCount: 1,
      hiddenAt: 2,
    });
    first.close();
    const second = sqlite(file);
    open.push(second);
    expect(second.tally(ref)).toEqual(tally);
    expect(second.entry('app', 'eve', team)).toMatchObject({ readCount: 1, hiddenAt: 2 });
    expect(second.tally({ ...ref, app: 'other' })).toMatchObject({ since: null, kept: 0, counted: 0 });
  });

  test('keeps a long history at its length without being swept', async () => {
    const store = sqlite(join(folder, 'long.sqlite'));
    open.push(store);
    for (let key = 1; key <= 200; key += 1) store.putMessage(ref, message(key));
    expect(store.history(ref).map(({ key }) => key)).toEqual(['196', '197', '198', '199', '200']);
  });
});

describe('memory', () => {
  test('is bounded by what histories take of it: those unused the longest go', () => {
    const store = new MemoryConversationStore(defaultBounds, 200_000);
    const of = (index: number): HistoryRef => ({ app: 'app', conversation: `group:${index}` });
    for (let index = 0; index < 100; index += 1)
      store.putMessage(of(index), message(1, team, 'bob', 'x'.repeat(5_000)));
    const kept = Array.from({ length: 100 }, (_, index) => index).filter(
      (index) => store.history(of(index)).length > 0,
    );
    // Two bytes for a character, and what a message takes besides.
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 100 - kept.length + index));
  });

  test('counts a message that takes the place of another in its place', () => {
    const store = new MemoryConversationStore({ ...defaultBounds, maxMessagesEach: 3, maxKeptEach: 3 }, 60_000);
    for (let key = 0; key < 200; key += 1) {
      store.putMessage(ref, message(key, team, 'bob', 'x'.repeat(5_000)));
      store.putMessage(ref, message(key, team, 'bob', 'edited'.padEnd(5_000)));
    }
    expect(store.history(ref).map(({ key }) => key)).toEqual(['197', '198', '199']);
  });
});

describe('a file', () => {
  test('holds no more messages in memory than are counted, however large they are', { timeout: 60_000 }, async () => {
    const { grown } = await heapUse('messages on their way to a file');
    expect(grown).toBeLessThan(30 * 1024 * 1024);
  });
});
