import { deserialize } from 'node:v8';
import type { Message, Receiver } from '../domain/message.ts';
import { dateOf, type Row } from '../sqlite.ts';
import type { Entry, HistoryRef, Tally } from './store.ts';

export const messageName = ({ app, conversation }: HistoryRef, key: string, senderId: string) =>
  JSON.stringify([app, conversation, key, senderId]);

export const entryName = (app: string, ownerId: string, { kind, id }: Receiver) =>
  JSON.stringify([app, ownerId, kind, id]);

export const historyName = ({ app, conversation }: HistoryRef) => JSON.stringify([app, conversation]);

export const messageOf = (row: Row): Message => deserialize(row['body'] as Uint8Array) as Message;

const countOf = (value: unknown) => (value === null ? undefined : Number(value));

export const entryOf = (row: Row): Entry => ({
  peer: { kind: row['kind'] as Receiver['kind'], id: String(row['peer']) },
  listedAt: dateOf(row['listed_at']),
  readAt: dateOf(row['read_at']),
  isPinned: row['pinned'] === null ? null : row['pinned'] === 1,
  readCount: countOf(row['read_count']),
  hiddenAt: countOf(row['hidden_at']),
});

export const tallyOf = (row: Row): Tally => ({
  since: dateOf(row['since']),
  latestAt: dateOf(row['latest_at']),
  kept: Number(row['kept']),
  counted: Number(row['counted']),
  isOver: row['is_over'] === 1,
});
