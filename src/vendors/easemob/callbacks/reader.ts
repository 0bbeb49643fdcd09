import { z } from 'zod';
import type { EventPayload } from '../../../domain/event.ts';
import type { Receiver } from '../../../domain/message.ts';
import type { SpaceKey } from '../../../domain/space.ts';
import { maxIdLength } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { id, rows } from '../endpoints/values.ts';
import { bareUserId, isServerName } from '../ids.ts';
import type { Body } from './body.ts';

/** One thing that a callback tells. */
export interface Told {
  readonly payload: EventPayload;
  /** When other callbacks tell the same: see `Change`. */
  readonly key?: string | undefined;
  /** See `ToldEvent`. */
  readonly isKindGuessed?: boolean;
}

/** What a reader is given beside the fields of its own. */
export interface Source {
  readonly body: Body;
  /** For operators. */
  readonly raw: unknown;
  readonly config: Config;
  readonly at: Date | null;
}

/** What a callback tells; undefined for one of another shape than the vendor documents. */
export type Reader = (source: Source) => readonly Told[] | undefined;
export type Readers = Readonly<Partial<Record<string, Reader>>>;

/** A reader of callbacks whose fields fit a schema. What is not among them is not looked at. */
export const reading =
  <T>(schema: z.ZodType<T>, tell: (fields: T, source: Source) => EventPayload | readonly Told[] | undefined): Reader =>
  (source) => {
    const parsed = schema.safeParse(source.body);
    const told = parsed.success ? tell(parsed.data, source) : undefined;
    return told === undefined || isList(told) ? told : [{ payload: told }];
  };

const isList = (told: EventPayload | readonly Told[]): told is readonly Told[] => Array.isArray(told);

/** An id without which nothing can be told. No vendor's is longer: what is repeated in each event of a callback must be short. */
export const someId = id.pipe(z.string().min(1).max(maxIdLength));
/** Ids without which nothing can be told. */
export const someIds = rows(someId).pipe(z.array(z.string()).min(1));

/** Who acted, by any form of the name; null for the app itself, its console, and where it is not told. */
export function actorOf(name: string | undefined, config: Config): string | null {
  const userId = name === undefined ? '' : bareUserId(name, config);
  return userId === '' || isServerName(userId, config.systemUser) ? null : userId;
}

/**
 * What changes have in common that several callbacks tell, each with an id of its own: the older and the newer format, both sides of
 * a friendship, coming in and how. They come within milliseconds of each other, so the second is part of the key: two callbacks on either
 * side of its end are two events. The forms do not all say what changed: what is done again within one second is told apart by how often
 * a form tells of it. Without a time there is no such key.
 */
export function sharedKey(change: string, at: Date | null, ...details: readonly string[]): string | undefined {
  if (!at) return undefined;
  return [change, ...details, String(Math.floor(at.getTime() / 1000))].join('|');
}

export const placeOf = ({ kind, id: spaceId }: SpaceKey): string => `${kind}:${spaceId}`;

/** The kinds of conversation in the words of the vendor's several fields for them. */
const kinds: ReadonlyMap<string, Receiver['kind']> = new Map([
  ['chat', 'direct'],
  ['chat:user', 'direct'],
  ['group', 'group'],
  ['groupchat', 'group'],
  ['chat:group', 'group'],
  ['chatroom', 'chatroom'],
  ['chat:room', 'chatroom'],
]);

export const kindOf = (word: string): Receiver['kind'] | undefined => kinds.get(word);
